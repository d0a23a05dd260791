import Exchange
import HTTPTypes
import NIOSSL
import Testing
import Units

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

    /// What is wrong with a certificate can only be said of one that was seen. It is looked at and nothing is sent.
    @Test func theCertificateIsSeenAlthoughItIsNotTrusted() throws {
        let server = try TLSServer(try configuration())
        defer { server.stop() }
        let port = server.port
        let shown = try #require(HostCertificate.shown(at: "https://127.0.0.1:\(port)"))
        #expect(shown.names == ["localhost", "warehouse.example.test"])
        #expect(shown.expiresAt.date(in: .utc).description == "2126-11-06")
        #expect(HostCertificate.shown(at: "http://127.0.0.1:\(port)") == nil)
        #expect(HostCertificate.shown(at: "https://127.0.0.1:1") == nil)
    }

    /// Where requests go through a proxy, the host is reached in no other way.
    @Test func theCertificateIsSeenThroughTheProxy() throws {
        let server = try TLSServer(try configuration())
        defer { server.stop() }
        let proxy = try ConnectProxy(to: server.port)
        defer { proxy.stop() }
        let outbound = try Outbound(
            environment: ["HTTPS_PROXY": "http://fjord:p%40ss@127.0.0.1:\(proxy.port)"], authorityFile: nil)
        let shown = try #require(HostCertificate.shown(at: "https://warehouse.example.test", through: outbound))
        #expect(shown.names == ["localhost", "warehouse.example.test"])
        #expect(
            proxy.requests == ["CONNECT warehouse.example.test:443 HTTP/1.1", "Proxy-Authorization: Basic ZmpvcmQ6cEBzcw=="])
        #expect(server.requests == 0)
    }

    @Test func aProxyThatRefusesShowsNone() throws {
        let proxy = try ConnectProxy(to: 1, status: "407 Proxy Authentication Required")
        defer { proxy.stop() }
        let outbound = try Outbound(environment: ["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"], authorityFile: nil)
        #expect(HostCertificate.shown(at: "https://warehouse.example.test", through: outbound) == nil)
    }

    private func configuration() throws -> TLSConfiguration {
        try TestCertificate.serverConfiguration()
    }

    /// A request to a server of that configuration fails before anything of it is sent.
    private func isRefused(_ configuration: TLSConfiguration, because reason: String) throws {
        let server = try TLSServer(configuration)
        defer { server.stop() }
        let transport = SocketTransport(to: "https://127.0.0.1:\(server.port)")
        #expect(throws: TransportFailure.notConnected(reason)) {
            try transport.send(Request(.post, "/x", body: Array("{}".utf8)))
        }
        #expect(server.requests == 0)
    }
}
