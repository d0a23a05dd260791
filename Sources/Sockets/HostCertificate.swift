import FoundationEssentials
import NIOCore
import NIOPosix
import NIOSSL
package import Units

/// The certificate that a host shows, whether it is good or not. Whoever sends requests verifies it; this only tells what is wrong with it.
package struct HostCertificate: Sendable, Equatable {
    /// The names of hosts that it was made for.
    package let names: [String]
    package let expiresAt: Moment

    /// Begins a handshake, looks at the certificate, and closes the connection without sending anything.
    ///
    /// - Parameter origin: Scheme, host and port, such as `https://app.rackbeat.com`.
    /// - Returns: `nil` when the origin is not secure, or shows none within the time that a connection may take.
    package static func shown(at origin: String) -> HostCertificate? {
        guard let url = URL(string: origin), url.scheme == "https", let host = url.host() else { return nil }
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let shown = loop.makePromise(of: HostCertificate?.self)
        loop.scheduleTask(in: TimeAmount(SocketTransport.connectLimit)) { shown.succeed(nil) }
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv12
            let context = try NIOSSLContext(configuration: configuration)
            ClientBootstrap(group: loop).connectTimeout(TimeAmount(SocketTransport.connectLimit)).channelInitializer { channel in
                channel.closeFuture.whenComplete { _ in shown.succeed(nil) }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler(context, host) { shown.succeed($0) })
                }
            }.connect(host: host.trimmingBrackets, port: url.port ?? 443).whenFailure { _ in shown.succeed(nil) }
            return try shown.futureResult.wait()
        } catch {
            shown.succeed(nil)
            return nil
        }
    }

    private static func handler(
        _ context: NIOSSLContext, _ host: String, _ see: @escaping @Sendable (HostCertificate?) -> Void
    ) throws -> NIOSSLClientHandler {
        let look: NIOSSLCustomVerificationCallback = { chain, promise in
            see(chain.first.map { HostCertificate($0) })
            promise.succeed(.failed)
        }
        do {
            return try NIOSSLClientHandler(context: context, serverHostname: host, customVerificationCallback: look)
        } catch {
            // The number of a host is no name.
            return try NIOSSLClientHandler(context: context, serverHostname: nil, customVerificationCallback: look)
        }
    }

    private init(_ certificate: NIOSSLCertificate) {
        names = certificate._subjectAlternativeNames().compactMap { name in
            if case .dnsName = name.nameType { String(decoding: name.contents, as: UTF8.self) } else { nil }
        }
        expiresAt = Moment(milliseconds: Int64(certificate.notValidAfter) * 1000)
    }
}

extension String {
    /// As a socket takes the number of a host that a URL writes in brackets.
    fileprivate var trimmingBrackets: String { hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self }
}
