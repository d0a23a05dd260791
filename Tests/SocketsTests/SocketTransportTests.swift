import Exchange
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import Sockets

/// The production client against servers that misbehave. What matters most is whether the request may have been carried out.
@Suite struct SocketTransportTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    /// What the caller gets from a server that reads one request and then does this.
    private func outcome(_ request: Request = Request(.post, "/x"), of script: @escaping @Sendable (RawConnection) -> Void)
        -> Result<Response, TransportFailure>
    {
        let server = RawServer { connection in
            _ = connection.readRequest()
            script(connection)
        }
        defer { server.stop() }
        let transport = SocketTransport(to: "http://127.0.0.1:\(server.port)")
        do { return .success(try transport.send(request)) } catch { return .failure(error as! TransportFailure) }
    }

    @Test func aResponseArrivesAsItWasSent() throws {
        let response = try outcome {
            $0.write("HTTP/1.1 201 Created\r\nContent-Length: 2\r\nX-Name: value\r\nContent-Encoding: gzip\r\n\r\nok")
        }.get()
        #expect(response.status == 201)
        #expect(response.headers[HTTPField.Name("x-name")!] == "value")
        // Not unpacked: what is labelled so and is not packed is handed on like everything else.
        #expect(response.body == Array("ok".utf8))
    }

    @Test(arguments: [
        ("", false, "closed before a response"), ("", true, "closed before a response"),
        ("HTTP/1.1 200 OK\r\nContent-", false, "closed before a response"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123", false, "reset after 4 of 10 bytes"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123", true, "reset after 4 of 10 bytes"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", false, "reset after 0 of 10 bytes"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n", false, "reset after 4 bytes"),
        ("hello\r\n\r\n", false, "the response is not HTTP"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n", false, "the response is longer than 64 MB"),
    ]) func aResponseThatBreaksOffIsLost(text: String, isReset: Bool, sentence: String) {
        let outcome = outcome { connection in
            connection.write(text)
            isReset ? connection.reset() : connection.close()
        }
        #expect(outcome == .failure(.lost(sentence)))
    }

    /// The bytes that came before a reset are counted each time, not only when they came in time.
    @Test func aResetIsCountedTheSameEveryTime() throws {
        let body = Array(repeating: UInt8(ascii: "x"), count: 20_000)
        let server = try SocketServer.start { _ in .cutShort(Response(status: 200, body: body), afterBodyBytes: 10_000) }
        defer { server.stop(within: .seconds(2)) }
        let transport = SocketTransport(to: "http://127.0.0.1:\(server.port)")
        for _ in 0..<200 {
            #expect(throws: TransportFailure.lost("reset after 10000 of 20000 bytes")) { try transport.send(Request(.get, "/")) }
        }
    }

    /// A chunked response does not announce its length.
    @Test func aResponseWithoutAnEndIsAbandoned() {
        let server = RawServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
            for _ in 0..<64 { connection.write(chunk) }
            _ = connection.read()
        }
        defer { server.stop() }
        let transport = SocketTransport(to: "http://127.0.0.1:\(server.port)", responseLimitBytes: 1 << 20)
        #expect(throws: TransportFailure.lost("the response is longer than 1 MB")) { try transport.send(Request(.get, "/")) }
    }

    @Test func silenceIsATimeOutInTheCallersWords() {
        let outcome = outcome(Request(.post, "/x", timeout: .milliseconds(100))) { _ = $0.read() }
        #expect(outcome == .failure(.timedOut(after: .milliseconds(100))))
    }

    @Test func aResponseThatStopsInTheMiddleIsATimeOutToo() {
        let outcome = outcome(Request(.post, "/x", timeout: .milliseconds(200))) { connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123")
            _ = connection.read()
        }
        #expect(outcome == .failure(.timedOut(after: .milliseconds(200))))
    }

    /// The client would try again and again until the time for connecting is over. The caller has its own pace for that.
    @Test func aClosedPortRefusesAtOnceAndNothingWasSent() throws {
        let port = try ClosedPort()
        let transport = SocketTransport(to: "http://127.0.0.1:\(port.port)")
        let clock = ContinuousClock()
        let took = clock.measure {
            #expect(throws: TransportFailure.notConnected("connection refused")) { try transport.send(Request(.post, "/x")) }
        }
        #expect(took < SocketTransport.connectLimit)
    }

    /// Without a network the resolver may be slow to say so; nothing was sent in either case.
    @Test func anUnknownHostGotNoRequest() {
        let transport = SocketTransport(to: "http://no-such-host.invalid")
        #expect { try transport.send(Request(.post, "/x")) } throws: { ($0 as? TransportFailure)?.effect == .unchanged }
    }

    @Test func aHandshakeThatFailsSendsNothing() throws {
        let server = RawServer { connection in
            _ = connection.read { !$0.isEmpty }
            connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            connection.close()
        }
        defer { server.stop() }
        let transport = SocketTransport(to: "https://127.0.0.1:\(server.port)")
        #expect(throws: TransportFailure.notConnected("the TLS handshake failed")) { try transport.send(Request(.post, "/x")) }
    }

    @Test func aRedirectIsReturnedAndNotFollowed() throws {
        let elsewhere = RawServer { connection in
            _ = connection.readRequest()
            connection.write(Self.ok)
        }
        defer { elsewhere.stop() }
        let response = try outcome {
            $0.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(elsewhere.port)/\r\nContent-Length: 0\r\n\r\n")
        }.get()
        #expect(response.status == 302)
        #expect(elsewhere.connections == 0)
    }

    /// What the engine wrote is what the server reads, byte for byte.
    @Test(arguments: [
        "/", "/api/orders?page=2", "/a%2Fb/c%20d", "/x?filter%5Bname%5D=a%26b&c=+", "/x?", "/x/", "/x//y", "/x?a=b?c=d",
        "/x?from=2026-01-01T00:00:00%2B01:00", "/K%C3%B8benhavn", "/a;b=1/c,d'e(f)!*@:$&=~-._",
    ]) func theTargetIsSentAsItIsWritten(target: String) throws {
        let seen = Mutex("")
        let server = RawServer { connection in
            let request = connection.readRequest() ?? ""
            seen.withLock { $0 = String(request.prefix { $0 != "\r\n" }) }
            connection.write(Self.ok)
            _ = connection.read()
        }
        defer { server.stop() }
        var headers = HTTPFields()
        headers[.authorization] = "Bearer x"
        _ = try SocketTransport(to: "http://127.0.0.1:\(server.port)").send(Request(.get, target, headers: headers))
        #expect(seen.withLock { $0 } == "GET \(target) HTTP/1.1")
    }

    @Test func aTargetThatIsNotEncodedIsRefusedNotCorrected() throws {
        let server = RawServer { $0.write(Self.ok) }
        defer { server.stop() }
        let transport = SocketTransport(to: "http://127.0.0.1:\(server.port)")
        #expect { try transport.send(Request(.get, "/a b")) } throws: { ($0 as? TransportFailure)?.effect == .unchanged }
        #expect(server.connections == 0)
    }

    @Test func oneConnectionIsKeptForAllCalls() throws {
        let server = RawServer { connection in
            while connection.readRequest() != nil { connection.write(Self.ok) }
        }
        defer { server.stop() }
        let transport = SocketTransport(to: "http://127.0.0.1:\(server.port)")
        for _ in 0..<5 { #expect(try transport.send(Request(.put, "/x", body: [49])).status == 200) }
        #expect(server.connections == 1)
    }

    /// A server may close a connection that was idle at the very moment the next request is sent. The request may have been read,
    /// so it is not sent again, whatever the method: that is for the caller to decide.
    @Test func aRequestOnAConnectionThatIsJustBeingClosedIsNotRepeated() {
        let requests = Mutex(0)
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            requests.withLock { $0 += 1 }
            connection.write(Self.ok)
            guard connection.readRequest() != nil else { return }
            requests.withLock { $0 += 1 }
            connection.close()
        }
        defer { server.stop() }
        let transport = SocketTransport(to: "http://127.0.0.1:\(server.port)")
        #expect(throws: Never.self) { try transport.send(Request(.post, "/x")) }
        #expect(throws: TransportFailure.lost("closed before a response")) { try transport.send(Request(.post, "/x")) }
        #expect(requests.withLock { $0 } == 2)
    }

    /// The same left to chance: the server closes right after its response, and the next request is sent at once. Each is read at
    /// most once, and one that the caller is told was not sent was not.
    @Test func noRequestIsReadTwiceHoweverTheCloseFalls() {
        let read = Mutex<[String]>([])
        let server = RawServer { connection in
            while let request = connection.readRequest() {
                read.withLock { $0.append(String(request.suffix(4))) }
                connection.write(Self.ok)
                connection.close()
                return
            }
        }
        defer { server.stop() }
        let transport = SocketTransport(to: "http://127.0.0.1:\(server.port)")
        var certainlyUnsent: [String] = []
        var responded: [String] = []
        for number in 1000..<1200 {
            let name = String(number)
            do {
                _ = try transport.send(Request(.post, "/x", body: Array(name.utf8)))
                responded.append(name)
            } catch let failure as TransportFailure {
                if failure.effect == .unchanged { certainlyUnsent.append(name) }
            } catch {
                Issue.record("\(error)")
            }
        }
        let seen = read.withLock { $0 }
        #expect(Set(seen).count == seen.count)
        #expect(Set(responded).isSubset(of: seen))
        #expect(Set(certainlyUnsent).isDisjoint(with: seen))
        #expect(responded.count > 100)
    }
}
