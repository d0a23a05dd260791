import Exchange
import Foundation
import HTTPTypes
import Testing

@testable import Sockets

/// A server of ours, met by callers that know no manners.
@Suite struct SocketServerTests {
    /// Echoes each request, and records it.
    private final class Echo: @unchecked Sendable {
        private let lock = NSLock()
        private var targets: [String] = []

        var received: [String] { lock.withLock { targets } }

        func response(_ request: Request) -> Served {
            lock.withLock { targets.append(request.target) }
            let body = "\(request.method) \(request.target) \(String(decoding: request.body, as: UTF8.self))"
            return .response(Response(status: 200, headers: [.contentType: "text/plain"], body: Array(body.utf8)))
        }
    }

    private func withServer(
        limits: SocketServer.Limits = SocketServer.Limits(), _ body: (SocketServer, Echo) throws -> Void
    ) throws {
        let echo = Echo()
        let server = try SocketServer.start(limits: limits, handler: echo.response)
        defer { server.stop(within: .seconds(2)) }
        try body(server, echo)
    }

    private static let host = "Host: localhost\r\n"

    @Test func pipelinedRequestsGetTheirResponsesInOrderOnOneConnection() throws {
        try withServer { server, echo in
            let raw = RawConnection(port: server.port)
            raw.write(
                "GET /1 HTTP/1.1\r\n\(Self.host)\r\nPOST /2 HTTP/1.1\r\n\(Self.host)Content-Length: 3\r\n\r\nabc"
                    + "GET /3 HTTP/1.1\r\n\(Self.host)\r\n")
            let responses = raw.read { $0.hasSuffix("GET /3 ") }.text.components(separatedBy: "HTTP/1.1 200 OK\r\n")
            #expect(responses.map { $0.components(separatedBy: "\r\n\r\n").last } == ["", "GET /1 ", "POST /2 abc", "GET /3 "])
            #expect(echo.received == ["/1", "/2", "/3"])
        }
    }

    @Test func expectContinueGets100() throws {
        try withServer { server, echo in
            let raw = RawConnection(port: server.port)
            raw.write("PUT /x HTTP/1.1\r\n\(Self.host)Content-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            #expect(raw.read { $0.hasSuffix("\r\n\r\n") }.text == "HTTP/1.1 100 Continue\r\n\r\n")
            #expect(echo.received == [])
            raw.write("body")
            #expect(raw.read { $0.hasSuffix("PUT /x body") }.end == .goingOn)
        }
    }

    /// The length alone is enough to refuse it; nothing of the body is requested, and the handler is not called.
    @Test(arguments: ["", "Expect: 100-continue\r\n"]) func aBodyThatIsTooLongIsRefusedUnread(expect: String) throws {
        var limits = SocketServer.Limits()
        limits.bodyBytes = 1000
        try withServer(limits: limits) { server, echo in
            let raw = RawConnection(port: server.port)
            raw.write("POST /x HTTP/1.1\r\n\(Self.host)\(expect)Content-Length: 1001\r\n\r\n")
            let (text, end) = raw.read()
            #expect(text.hasPrefix("HTTP/1.1 413 "))
            #expect(text.contains("connection: close"))
            #expect(text.hasSuffix(#"{"message":"The body is longer than 1000 bytes."}"#))
            #expect(end == .closed)
            #expect(echo.received == [])
        }
    }

    /// Nobody says beforehand how long a chunked body will be. The caller goes on writing while it is refused, and still reads why.
    @Test func aChunkedBodyThatGrowsTooLongIsRefused() throws {
        var limits = SocketServer.Limits()
        limits.bodyBytes = 1000
        try withServer(limits: limits) { server, echo in
            let raw = RawConnection(port: server.port)
            let chunk = "200\r\n" + String(repeating: "x", count: 512) + "\r\n"
            raw.write("POST /x HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk)
            #expect(raw.read().text.hasPrefix("HTTP/1.1 413 "))
            #expect(echo.received == [])
        }
    }

    @Test func aCompressedBodyIsRefusedAndTheConnectionGoesOn() throws {
        try withServer { server, echo in
            let raw = RawConnection(port: server.port)
            raw.write("POST /x HTTP/1.1\r\n\(Self.host)Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd")
            let text = raw.read { $0.hasSuffix("}") }.text
            #expect(text.hasPrefix("HTTP/1.1 415 "))
            #expect(text.contains("accept-encoding: identity\r\n") || text.contains("Accept-Encoding: identity\r\n"))
            #expect(text.contains("content coding gzip is not accepted"))
            raw.write("GET /y HTTP/1.1\r\n\(Self.host)\r\n")
            #expect(raw.read { $0.contains("GET /y") }.end == .goingOn)
            #expect(echo.received == ["/y"])
        }
    }

    @Test func headHasTheLengthOfTheBodyAndNoBody() throws {
        try withServer { server, _ in
            let raw = RawConnection(port: server.port)
            raw.write("HEAD /x HTTP/1.1\r\n\(Self.host)\r\nGET /y HTTP/1.1\r\n\(Self.host)Connection: close\r\n\r\n")
            let responses = raw.read().text.components(separatedBy: "HTTP/1.1 200 OK\r\n")
            #expect(responses.count == 3)
            #expect(responses[1].contains("content-length: 8\r\n"))
            #expect(responses[1].hasSuffix("\r\n\r\n"))
            #expect(responses[2].hasSuffix("GET /y "))
        }
    }

    /// Whatever arrives gets a 4xx response or none, and the next caller is served.
    @Test(arguments: [
        ("hello\r\n\r\n", "400"), ("GET /\r\n\r\n", "400"), ("GET / HTTP/1.1\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"), ("GET / HTTP/1.1\r\nno colon\r\n\r\n", "400"),
        ("GET / HTTP/9.7\r\nHost: a\r\n\r\n", "400"), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", "400"),
        ("\u{16}\u{03}\u{01}\u{02}\u{00}\u{01}", "400"), ("GET /\u{0} HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        ("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "405"),
        ("GET / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n\r\n", "417"),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 70_000) + "\r\n\r\n", "431"),
        ("GET /" + String(repeating: "x", count: 90_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", "431"),
    ]) func whatIsNoRequestIsTheCallersMistake(text: String, status: String) throws {
        try withServer { server, echo in
            let raw = RawConnection(port: server.port)
            raw.write(text)
            raw.endOutput()
            let response = raw.read().text
            #expect(response.hasPrefix("HTTP/1.1 \(status) "), "received \(response.prefix(60))")
            #expect(echo.received == [])
            let next = RawConnection(port: server.port)
            next.write("GET /next HTTP/1.1\r\n\(Self.host)Connection: close\r\n\r\n")
            #expect(next.read().text.hasSuffix("GET /next "))
        }
    }

    /// The good request before it gets its response first.
    @Test func aMalformedRequestGetsItsResponseAfterTheGoodOneBeforeIt() throws {
        try withServer { server, _ in
            let raw = RawConnection(port: server.port)
            raw.write("GET /1 HTTP/1.1\r\n\(Self.host)\r\nnonsense\r\n\r\n")
            let responses = raw.read().text.components(separatedBy: "HTTP/1.1 400 Bad Request\r\n")
            #expect(responses.count == 2)
            #expect(responses[0].hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(responses[0].hasSuffix("GET /1 "))
        }
    }

    @Test func theTargetComesInWhateverFormTheCallerWroteIt() throws {
        try withServer { server, echo in
            let raw = RawConnection(port: server.port)
            for target in ["http://localhost:1/a?b=c", "http://localhost", "http://localhost?q", "/a%2Fb?c=%20&d=+", "*"] {
                raw.write("OPTIONS \(target) HTTP/1.1\r\n\(Self.host)\r\n")
                #expect(raw.read { $0.contains("\r\n\r\nOPTIONS") }.end == .goingOn)
            }
            #expect(echo.received == ["/a?b=c", "/", "/?q", "/a%2Fb?c=%20&d=+", "*"])
        }
    }

    @Test(arguments: [
        ("GET / HTTP/1.0\r\n\r\n", RawConnection.End.closed),
        ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", .goingOn),
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", .goingOn),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", .closed),
        // No upgrade is granted: the response is HTTP/1.1, and the connection ends with it.
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", .closed),
    ]) func theConnectionIsKeptAsTheCallerAsks(request: String, end: RawConnection.End) throws {
        try withServer { server, _ in
            let raw = RawConnection(port: server.port)
            raw.write(request)
            let first = raw.read { $0.hasSuffix("GET / ") }
            #expect(first.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            raw.write("GET /2 HTTP/1.1\r\n\(Self.host)\r\n")
            #expect(raw.read { $0.hasSuffix("GET /2 ") }.end == end)
        }
    }

    /// A caller that says all it has to say and then listens, such as `nc -N`.
    @Test func aCallerThatClosedItsHalfStillGetsAResponse() throws {
        try withServer { server, _ in
            let raw = RawConnection(port: server.port)
            raw.write("GET /x HTTP/1.1\r\n\(Self.host)\r\n")
            raw.endOutput()
            let (text, end) = raw.read()
            #expect(text.hasSuffix("GET /x "))
            #expect(end == .closed)
        }
    }
}
