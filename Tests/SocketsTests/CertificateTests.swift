import Exchange
import HTTPTypes
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Testing

@testable import Sockets

/// A certificate is always verified. There is no setting for it, and so no way to forget to set it back.
@Suite struct CertificateTests {
    /// The name is right and the time is right; only nobody vouches for it.
    @Test func aHostWithoutATrustedCertificateGetsNoRequest() throws {
        try isRefused(try configuration(), because: "the certificate of the host is not trusted")
    }

    /// What a server that speaks only an old version could read is not sent at all.
    @Test func anOldVersionOfTheEncryptionIsRefused() throws {
        var configuration = try configuration()
        configuration.minimumTLSVersion = .tlsv1
        configuration.maximumTLSVersion = .tlsv11
        // Not for its certificate, which it never came to show.
        try isRefused(configuration, because: "the TLS handshake failed")
    }

    private func configuration() throws -> TLSConfiguration {
        .makeServerConfiguration(
            certificateChain: [.certificate(try NIOSSLCertificate(bytes: Array(Self.certificate.utf8), format: .pem))],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(Self.key.utf8), format: .pem)))
    }

    /// A request to a server of that configuration fails before anything of it is sent.
    private func isRefused(_ configuration: TLSConfiguration, because reason: String) throws {
        let heard = Atomic(0)
        let context = try NIOSSLContext(configuration: configuration)
        let server = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandlers(
                    NIOSSLServerHandler(context: context), Listener { heard.add(1, ordering: .sequentiallyConsistent) })
            }
        }.bind(host: "127.0.0.1", port: 0).wait()
        defer { try! server.close().wait() }
        let transport = SocketTransport(to: "https://127.0.0.1:\(server.localAddress!.port!)")
        #expect(throws: TransportFailure.notConnected(reason)) {
            try transport.send(Request(.post, "/x", body: Array("{}".utf8)))
        }
        #expect(heard.load(ordering: .sequentiallyConsistent) == 0)
    }

    /// Responds to whatever comes through the encryption.
    private final class Listener: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let heard: () -> Void

        init(_ heard: @escaping () -> Void) { self.heard = heard }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            heard()
            let response = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(response), promise: nil)
        }
    }

    /// Made for this test, for 127.0.0.1 and a hundred years; it opens nothing.
    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBnDCCAUGgAwIBAgIUd4hVTmwP0a0G4a30RHBzrgL19jgwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNTIzNTEwN1oYDzIxMjYxMTAx
        MjM1MTA3WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAS9to3cDK2+ydW4Zn4hdvm1vY62NilifgntD64mOJu8jr82CGmqEAO7
        YLa2rPSg7IBtpp1xW9COjBHLysj+xNKNo28wbTAdBgNVHQ4EFgQU4NyMFcoQNYfS
        uv/73n/uK7RupHAwHwYDVR0jBBgwFoAU4NyMFcoQNYfSuv/73n/uK7RupHAwDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
        zj0EAwIDSQAwRgIhAM9RyeoW46+APqzSGY8idLI1qXq6h8AVa1xY58fJumsJAiEA
        2ll8Ie8nO6K4AJHzjQePx2HAUvMeQM8MNQLucD6zmnc=
        -----END CERTIFICATE-----

        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/PcncmJQW9jJ9gXc
        AkreuvGp7fOb6lfhb3cuxPlUvAihRANCAAS9to3cDK2+ydW4Zn4hdvm1vY62Nili
        fgntD64mOJu8jr82CGmqEAO7YLa2rPSg7IBtpp1xW9COjBHLysj+xNKN
        -----END PRIVATE KEY-----

        """
}
