import AsyncHTTPClient
import Exchange
import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension TransportFailure {
    /// What an error of the HTTP client means for the caller: above all, whether the request may have been carried out.
    ///
    /// The texts name no host, address or port: these differ from run to run, and the configuration has them.
    init(_ error: any Error, progress: ResponseCollector.Progress, request: Request, isSecure: Bool) {
        switch progress {
        // The client reports a complete head before it sends any of the body. No server acts on part of a head.
        case .unsent: self = .notConnected(Self.whyNoConnection(error, isSecure: isSecure))
        case .tooLong(let limit): self = .tooLong(limitBytes: limit)
        case .sent, .receiving:
            if let violation = error as? ResponseGuard.Violation {
                self = .lost(violation.problem)
            } else if error.isTimeout {
                self = .timedOut(after: request.timeout)
            } else if case .receiving(let bytes, let whole?) = progress {
                self = .reset(after: bytes, of: whole)
            } else if case .receiving(let bytes, nil) = progress {
                self = .lost("reset after \(bytes) bytes")
            } else if error is HTTPParserError, error as? HTTPParserError != .invalidEOFState {
                self = .lost("the response is not HTTP")
            } else {
                self = .closedBeforeResponse
            }
        }
    }

    private static func whyNoConnection(_ error: any Error, isSecure: Bool) -> String {
        // A host name with several addresses has an error for each.
        let attempts = (error as? NIOConnectionError)?.connectionErrors.map(\.error) ?? [error]
        if attempts.isEmpty { return "the name of the host is not known" }
        let numbers = attempts.compactMap { ($0 as? IOError)?.errnoCode }
        // An address that refuses outweighs those that do not react.
        if numbers.contains(ECONNREFUSED) { return "connection refused" }
        if numbers.contains(where: [ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL].contains) { return "the host cannot be reached" }
        if numbers.contains(where: [ECONNRESET, EPIPE].contains) { return "closed before the request was sent" }
        if error is NIOConnectionError { return "no connection within \(SocketTransport.connectLimit.components.seconds) s" }
        if let reason = (error as? HTTPClientError).flatMap(whyNotThroughProxy) { return reason }
        if error.isTimeout { return "no connection in time" }
        if error as? HTTPClientError == .remoteConnectionClosed { return "closed before the request was sent" }
        if isSecure {
            return "\(error)".contains("CERTIFICATE_VERIFY_FAILED")
                ? "the certificate of the host is not trusted" : "the TLS handshake failed"
        }
        return "the request could not be sent"
    }
}

/// Why a proxy has not let the request through, if it was the proxy.
private func whyNotThroughProxy(_ error: HTTPClientError) -> String? {
    switch error {
    case .proxyAuthenticationRequired: "the proxy refuses its user and password, or asks for them"
    case .invalidProxyResponse: "the proxy does not connect to the host"
    case .httpProxyHandshakeTimeout: "the proxy did not respond in time"
    default: nil
    }
}

extension Error {
    fileprivate var isTimeout: Bool {
        guard let error = self as? HTTPClientError else { return false }
        return [
            .deadlineExceeded, .readTimeout, .writeTimeout, .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout,
        ].contains(error)
    }
}
