import Exchange
import Foundation
import HTTPTypes
import Testing

@testable import Sockets

/// Proxies and certificate authorities of outgoing requests.
@Suite struct OutboundTests {
    // MARK: Certificates

    @Test func aHostIsTrustedWhoseAuthorityTheSettingsName() throws {
        try withAuthorityFile { file in
            for outbound in [
                try Outbound(environment: [:], authorityFile: file),
                try Outbound(environment: ["SSL_CERT_FILE": file], authorityFile: nil),
            ] {
                #expect(try status(through: outbound) == 200)
            }
        }
    }

    /// The name must still be right.
    @Test func anAuthorityVouchesForItsNamesOnly() throws {
        let server = try TLSServer(try TestCertificate.serverConfiguration())
        defer { server.stop() }
        try withAuthorityFile { file in
            let outbound = try Outbound(environment: [:], authorityFile: file)
            let transport = SocketTransport(to: "https://127.0.0.2:\(server.port)", through: outbound)
            #expect(throws: TransportFailure.self) { try transport.send(Request(.get, "/x")) }
            #expect(server.requests == 0)
        }
    }

    @Test(
        arguments: [("no such file", nil), ("cannot be read", nil), ("holds no certificate in PEM", "no certificate\n")]
            as [(String, String?)])
    func aFileWithoutCertificatesIsRefused(problem: String, text: String?) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID()).pem").path()
        defer { try? FileManager.default.removeItem(atPath: file) }
        if let text { try text.write(toFile: file, atomically: true, encoding: .utf8) }
        let expected = text == nil ? "cannot be read" : problem
        for (name, environment, setting) in [("SSL_CERT_FILE", ["SSL_CERT_FILE": file], nil), ("tls.ca-file", [:], file)]
            as [(String, [String: String], String?)]
        {
            let error = #expect(throws: OutboundProblem.self) { try Outbound(environment: environment, authorityFile: setting) }
            #expect(error?.description.hasPrefix("\(name): the file \(file) ") == true)
            #expect(error?.description.contains(expected) == true)
        }
    }

    // MARK: Proxies

    @Test func httpsGoesThroughTheProxy() throws {
        let server = try TLSServer(try TestCertificate.serverConfiguration())
        defer { server.stop() }
        let proxy = try ConnectProxy(to: server.port)
        defer { proxy.stop() }
        try withAuthorityFile { file in
            let outbound = try Outbound(
                environment: ["HTTPS_PROXY": "http://fjord:p%40ss@127.0.0.1:\(proxy.port)"], authorityFile: file)
            let transport = SocketTransport(to: "https://warehouse.example.test", through: outbound)
            #expect(try transport.send(Request(.get, "/api/x")).status == 200)
        }
        #expect(server.requests == 1)
        let credentials = Data("fjord:p@ss".utf8).base64EncodedString()
        #expect(
            proxy.requests.map { $0.lowercased() } == [
                "connect warehouse.example.test:443 http/1.1", "proxy-authorization: basic \(credentials.lowercased())",
            ])
    }

    @Test(arguments: [
        ("407 Proxy Authentication Required", "the proxy refuses its user and password, or asks for them"),
        ("502 Bad Gateway", "the proxy does not connect to the host"),
    ])
    func aProxyThatRefusesIsNamedAndNothingIsSent(status: String, reason: String) throws {
        let proxy = try ConnectProxy(to: 1, status: status)
        defer { proxy.stop() }
        let outbound = try Outbound(environment: ["https_proxy": "127.0.0.1:\(proxy.port)"], authorityFile: nil)
        let transport = SocketTransport(to: "https://warehouse.example.test", through: outbound)
        #expect(throws: TransportFailure.notConnected(reason)) { try transport.send(Request(.post, "/x")) }
    }

    @Test(
        arguments: [
            ("", "https://app.rackbeat.com", true), ("", "http://app.rackbeat.com", false), ("", "https://localhost:8443", false),
            ("", "https://127.0.0.1:8443", false), ("", "https://[::1]:8443", false), ("", "https://127.example.co.uk", true),
            ("*", "https://app.rackbeat.com", false), ("rackbeat.com", "https://app.rackbeat.com", false),
            (".rackbeat.com", "https://app.rackbeat.com", false), ("*.rackbeat.com", "https://app.rackbeat.com", false),
            ("beat.com", "https://app.rackbeat.com", true), ("APP.Rackbeat.com.", "https://app.rackbeat.com", false),
            ("other.test, app.rackbeat.com", "https://app.rackbeat.com", false),
            ("app.rackbeat.com:443", "https://app.rackbeat.com", false),
            ("app.rackbeat.com:8443", "https://app.rackbeat.com", true), ("10.0.0.8", "https://10.0.0.8:8443", false),
            ("0.0.8", "https://10.0.0.8", true), ("fd00::8", "https://[fd00::8]", false),
            (",, ,", "https://app.rackbeat.com", true),
        ])
    func exceptionsAreReadAsCurlReadsThem(exceptions: String, origin: String, isProxied: Bool) throws {
        let rules = try ProxyRules(["HTTPS_PROXY": "http://proxy.test:3128", "NO_PROXY": exceptions])
        #expect((rules.proxy(for: origin) != nil) == isProxied)
    }

    @Test func smallLettersWinAndAnEmptyValueSwitchesTheProxyOff() throws {
        let both = try ProxyRules(["HTTPS_PROXY": "http://a.test:1", "https_proxy": "http://b.test:2"])
        #expect(both.proxy(for: "https://x.test")?.host == "b.test")
        #expect(try ProxyRules(["HTTPS_PROXY": "http://a.test:1", "https_proxy": ""]) == .none)
        #expect(try ProxyRules(["all_proxy": "a.test:1"]).proxy(for: "https://x.test")?.port == 1)
        // For plain HTTP, which goes nowhere but to this machine.
        #expect(try ProxyRules(["HTTP_PROXY": "http://a.test:1"]) == .none)
    }

    @Test(arguments: [
        "proxy.test", "socks5://proxy.test:1080", "https://proxy.test:443", "http://:3128", "http://u:secret%zz@p.test:1",
        "p.test:99999",
    ])
    func aProxyThatCannotBeReadIsRefusedWithoutItsText(text: String) throws {
        let error = #expect(throws: OutboundProblem.self) { try ProxyRules(["HTTPS_PROXY": text]) }
        #expect(error?.description.hasPrefix("HTTPS_PROXY: ") == true)
        #expect(error?.description.contains("secret") == false)
    }

    // MARK: Help

    private func status(through outbound: Outbound) throws -> Int {
        let server = try TLSServer(try TestCertificate.serverConfiguration())
        defer { server.stop() }
        return try SocketTransport(to: "https://127.0.0.1:\(server.port)", through: outbound).send(Request(.get, "/x")).status
    }

    private func withAuthorityFile(_ body: (String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID()).pem").path()
        try TestCertificate.certificate.write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        try body(file)
    }
}
