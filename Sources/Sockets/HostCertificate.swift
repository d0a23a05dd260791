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
    /// It takes the way of the requests: through the same proxy. What is trusted makes no difference, as nothing is verified.
    ///
    /// - Parameters:
    ///   - origin: Scheme, host and port, such as `https://app.rackbeat.com`.
    ///   - outbound: The proxy of the requests.
    /// - Returns: `nil` when the origin is not secure, or shows none within the time that a connection may take.
    package static func shown(at origin: String, through outbound: Outbound = .direct) -> HostCertificate? {
        guard let url = URL(string: origin), url.scheme == "https", let host = url.host() else { return nil }
        let proxy = outbound.proxies.proxy(for: origin)
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
                    let secure = try handler(context, host) { shown.succeed($0) }
                    guard let proxy else { return try channel.pipeline.syncOperations.addHandler(secure) }
                    try channel.pipeline.syncOperations.addHandler(
                        TunnelHandler(to: "\(host):\(url.port ?? 443)", through: proxy, then: secure))
                }
            }.connect(host: proxy?.host ?? host.trimmingBrackets, port: proxy?.port ?? url.port ?? 443)
                .whenFailure { _ in shown.succeed(nil) }
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

/// Asks a proxy for a tunnel, and gives way to another handler once there is one. Without one the connection ends.
private final class TunnelHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let longestHead = 8192

    private let host: String
    private let proxy: ProxyRules.Proxy
    private let next: NIOSSLClientHandler
    private var head: [UInt8] = []

    init(to host: String, through proxy: ProxyRules.Proxy, then next: NIOSSLClientHandler) {
        self.host = host
        self.proxy = proxy
        self.next = next
    }

    func channelActive(context: ChannelHandlerContext) {
        var head = "CONNECT \(host) HTTP/1.1\r\nHost: \(host)\r\n"
        if let user = proxy.user {
            let credentials = Data("\(user):\(proxy.password ?? "")".utf8).base64EncodedString()
            head += "Proxy-Authorization: Basic \(credentials)\r\n"
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head + "\r\n")), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        head += Array(buffer: unwrapInboundIn(data))
        guard head.suffix(4).elementsEqual("\r\n\r\n".utf8) else {
            if head.count > Self.longestHead { context.close(promise: nil) }
            return
        }
        // `HTTP/1.1 200 Connection established`
        let status = head.split(separator: UInt8(ascii: " ")).dropFirst().first
        guard status?.elementsEqual("200".utf8) ?? false else { return context.close(promise: nil) }
        do {
            // The host speaks second, so nothing of it can stand behind the head.
            try context.pipeline.syncOperations.addHandler(next, position: .after(self))
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        } catch {
            context.close(promise: nil)
        }
    }
}

extension String {
    /// As a socket takes the number of a host that a URL writes in brackets.
    fileprivate var trimmingBrackets: String { hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self }
}
