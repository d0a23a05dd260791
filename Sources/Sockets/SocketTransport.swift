import AsyncHTTPClient
package import Exchange
import FoundationEssentials
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Units

/// Sends requests to one system over HTTP/1.1, on one connection that is kept alive between them.
///
/// Certificates are always verified and redirects never followed: a 302 is returned like any other response. Nothing is sent
/// twice, neither by this transport nor by the HTTP client below it: only the caller knows whether a request may be repeated.
/// Blocks; calls come one at a time.
package final class SocketTransport: Transport {
    /// How long making a connection may take, TLS included.
    package static let connectLimit = Duration.seconds(5)

    private let client: HTTPClient
    private let origin: String
    private let responseLimitBytes: Int

    /// - Parameters:
    ///   - origin: Scheme, host and port, such as `https://app.rackbeat.com`; without a path, which each request brings.
    ///   - outbound: Proxy and trusted certificates.
    ///   - responseLimitBytes: The longest body of a response that is accepted.
    package init(to origin: String, through outbound: Outbound = .direct, responseLimitBytes: Int = Served.longestBody) {
        self.origin = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
        self.responseLimitBytes = responseLimitBytes
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(Self.connectLimit)))
        configuration.httpVersion = .http1Only
        var security = TLSConfiguration.makeClientConfiguration()
        security.minimumTLSVersion = .tlsv12
        if let authorities = outbound.authorities { security.trustRoots = .certificates(authorities) }
        security.additionalTrustRoots = [.certificates(outbound.moreAuthorities)]
        configuration.tlsConfiguration = security
        configuration.proxy = outbound.proxies.proxy(for: self.origin).map { HTTPClient.Configuration.Proxy($0) }
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
        // The HTTP client would retry within the deadline. That is for the caller's rate limit and back-off to decide.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Shorter than any usual server keeps an idle connection (the shortest in wide use is five seconds), so that a request
        // hardly ever meets a connection that is just being closed.
        configuration.connectionPool.idleTimeout = .seconds(4)
        configuration.http1_1ConnectionDebugInitializer = { ResponseGuard.install(on: $0) }
        // One loop for the connection and the delegate, so that both see events in one order.
        client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton.next(), configuration: configuration)
    }

    deinit { client.shutdown { _ in } }

    package func send(_ request: Request) throws -> Response {
        let collector = ResponseCollector(limitBytes: min(responseLimitBytes, request.responseLimitBytes ?? .max))
        let outgoing: HTTPClient.Request
        do {
            outgoing = try HTTPClient.Request(
                url: origin + request.target, method: HTTPMethod(rawValue: request.method.rawValue),
                headers: HTTPHeaders(request.headers), body: request.body.isEmpty ? nil : .bytes(request.body))
        } catch {
            throw TransportFailure.notConnected("the address of the request is no URL")
        }
        // A corrected target would not be the one that the caller gave.
        guard outgoing.url.absoluteString == origin + request.target else {
            throw TransportFailure.notConnected("the address of the request is not percent-encoded")
        }
        do {
            return try client.execute(
                request: outgoing, delegate: collector, deadline: .now() + TimeAmount(request.timeout)
            ).wait()
        } catch {
            throw TransportFailure(error, progress: collector.progress, request: request, isSecure: origin.hasPrefix("https:"))
        }
    }
}

extension HTTPClient.Configuration.Proxy {
    fileprivate init(_ proxy: ProxyRules.Proxy) {
        self = .server(
            host: proxy.host, port: proxy.port,
            authorization: proxy.user.map { .basic(username: $0, password: proxy.password ?? "") })
    }
}

extension TimeAmount {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
