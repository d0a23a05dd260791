import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server that responds 200 to whatever comes through the encryption.
final class TLSServer {
    private let heard: Count
    private let channel: any Channel

    init(_ configuration: TLSConfiguration) throws {
        let context = try NIOSSLContext(configuration: configuration)
        let heard = Count()
        self.heard = heard
        channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandlers(NIOSSLServerHandler(context: context), Listener(heard))
            }
        }.bind(host: "127.0.0.1", port: 0).wait()
    }

    var port: Int { channel.localAddress!.port! }
    var requests: Int { heard.number.load(ordering: .sequentiallyConsistent) }

    func stop() { try! channel.close().wait() }

    private final class Count: Sendable { let number = Atomic(0) }

    private final class Listener: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let heard: Count

        init(_ heard: Count) { self.heard = heard }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            heard.number.add(1, ordering: .sequentiallyConsistent)
            let response = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(response), promise: nil)
        }
    }
}

/// A proxy that connects every `CONNECT` to one port of this machine, whatever host it asks for.
final class ConnectProxy {
    /// The first lines of the requests, and their `Proxy-Authorization` where they have one.
    var requests: [String] { log.lines.withLock { $0 } }
    var port: Int { channel.localAddress!.port! }

    private let log = Log()
    private let channel: any Channel

    /// - Parameter status: What it says; only after 200 does it connect.
    init(to port: Int, status: String = "200 Connection established") throws {
        let log = log
        channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(Head(log, port, status))
            }
        }.bind(host: "127.0.0.1", port: 0).wait()
    }

    func stop() { try! channel.close().wait() }

    private final class Log: Sendable { let lines = Mutex<[String]>([]) }

    /// Reads the head of the request, then passes on bytes.
    private final class Head: ChannelInboundHandler, @unchecked Sendable {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let log: Log
        private let port: Int
        private let status: String
        private var head = ""
        private var target: (any Channel)?

        init(_ log: Log, _ port: Int, _ status: String) {
            self.log = log
            self.port = port
            self.status = status
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            if let target { return target.writeAndFlush(bytes, promise: nil) }
            head += String(buffer: bytes)
            guard head.hasSuffix("\r\n\r\n") else { return }
            let lines = head.split(separator: "\r\n").map(String.init)
            log.lines.withLock { $0 += lines.prefix(1) + lines.filter { $0.lowercased().hasPrefix("proxy-authorization:") } }
            let channel = context.channel
            let reply = ByteBuffer(string: "HTTP/1.1 \(status)\r\n\r\n")
            guard status.hasPrefix("200") else { return channel.writeAndFlush(reply, promise: nil) }
            ClientBootstrap(group: context.eventLoop).channelInitializer { other in
                other.eventLoop.makeCompletedFuture { try other.pipeline.syncOperations.addHandler(Back(to: channel)) }
            }.connect(host: "127.0.0.1", port: port).whenSuccess { other in
                self.target = other
                channel.writeAndFlush(reply, promise: nil)
            }
        }

        func channelInactive(context: ChannelHandlerContext) { target?.close(promise: nil) }
    }

    private final class Back: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let client: any Channel

        init(to client: any Channel) { self.client = client }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            client.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }
    }
}

/// Made for these tests: its own authority, for 127.0.0.1, localhost and warehouse.example.test, valid a hundred years; it opens nothing.
enum TestCertificate {
    static func serverConfiguration() throws -> TLSConfiguration {
        .makeServerConfiguration(
            certificateChain: [.certificate(try NIOSSLCertificate(bytes: Array(certificate.utf8), format: .pem))],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
    }

    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBzTCCAXOgAwIBAgIULPH6lgSn6bRlxWFJHav2xCnqBAIwCgYIKoZIzj0EAwIw
        IDEeMBwGA1UEAwwVVGFuZGVtIHRlc3QgYXV0aG9yaXR5MCAXDTI2MTEzMDA3NDYy
        N1oYDzIxMjYxMTA2MDc0NjI3WjAgMR4wHAYDVQQDDBVUYW5kZW0gdGVzdCBhdXRo
        b3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT2Kro6LxZwbUzAX1l3+rlk
        sWt1z0z4NWUEoVd9li336TodFZ6uYT7RsYv3e/RX0tU01TwLAJR6To7U9hIF2wjY
        o4GIMIGFMB0GA1UdDgQWBBR8ywha4ftV5gb0cmr8rK1uCz6QnzAfBgNVHSMEGDAW
        gBR8ywha4ftV5gb0cmr8rK1uCz6QnzAyBgNVHREEKzAphwR/AAABgglsb2NhbGhv
        c3SCFndhcmVob3VzZS5leGFtcGxlLnRlc3QwDwYDVR0TAQH/BAUwAwEB/zAKBggq
        hkjOPQQDAgNIADBFAiEArKUiwORBEqKbroMGZz1x18BBXWaQpchFu5EJuwBcZaoC
        ID+5mBnkJf7I4X20KNd1XcbmeSK/agZz5Q4gyDNn/HHI
        -----END CERTIFICATE-----

        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEVxKV+TyVwGNSX+I
        +qzTjyryrLCU/VygLeXdS2VgpNqhRANCAAT2Kro6LxZwbUzAX1l3+rlksWt1z0z4
        NWUEoVd9li336TodFZ6uYT7RsYv3e/RX0tU01TwLAJR6To7U9hIF2wjY
        -----END PRIVATE KEY-----

        """
}
