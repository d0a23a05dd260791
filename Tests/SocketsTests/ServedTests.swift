import Exchange
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import Sockets

/// What a handler wants on the wire is what a caller without any HTTP of ours sees there; and how servers end and share a thread.
@Suite struct ServedTests {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private func wire(_ served: Served) throws -> (text: String, end: RawConnection.End) {
        let server = try SocketServer.start { _ in served }
        defer { server.stop(within: .seconds(2)) }
        let raw = RawConnection(port: server.port)
        raw.write(Self.request)
        return raw.read()
    }

    @Test func closedIsAnEndWithoutAByte() throws {
        let seen = try wire(.closed)
        #expect(seen.text == "")
        #expect(seen.end == .closed)
    }

    @Test func cutShortPromisesTheWholeAndIsResetAfterAPart() throws {
        let seen = try wire(.cutShort(Response(status: 200, body: Array("0123456789".utf8)), afterBodyBytes: 4))
        #expect(seen.text == "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123")
        #expect(seen.end == .reset)
    }

    /// A complete body would be a complete response, so the last byte is always missing.
    @Test func cutShortIsNeverTheWhole() throws {
        #expect(try wire(.cutShort(Response(status: 200, body: [49, 50]), afterBodyBytes: 9)).text.hasSuffix("\r\n\r\n1"))
    }

    @Test func aResponseWithoutABodyIsCutBeforeItsFirstByte() throws {
        let seen = try wire(.cutShort(Response(status: 204), afterBodyBytes: 0))
        #expect(seen.text == "")
        #expect(seen.end == .closed)
    }

    /// No response comes until the server stops, which does not wait for such a connection longer than the limit.
    @Test func silenceLastsUntilTheServerEnds() throws {
        let received = DispatchSemaphore(value: 0)
        let server = try SocketServer.start { _ in
            received.signal()
            return .silence
        }
        let raw = RawConnection(port: server.port)
        raw.write(Self.request)
        received.wait()
        server.stop(within: .milliseconds(50))
        let seen = raw.read()
        #expect(seen.text == "")
        #expect(seen.end != .nothingCame)
    }

    /// Statuses without a body have none on the wire, or the next response on the connection would begin in the middle of it.
    @Test(arguments: [204, 304]) func aStatusWithoutABodyHasNone(status: Int) throws {
        let server = try SocketServer.start { _ in .response(Response(status: status, body: Array("stray".utf8))) }
        defer { server.stop(within: .seconds(2)) }
        let raw = RawConnection(port: server.port)
        raw.write(Self.request + Self.request.replacing("Host: a", with: "Host: a\r\nConnection: close"))
        let text = raw.read().text
        #expect(text.ranges(of: "HTTP/1.1 \(status) ").count == 2)
        #expect(!text.contains("stray"))
        #expect(!text.contains("content-length"))
    }

    /// The request in progress gets its response; the port is closed for the next.
    @Test func stoppingCompletesARequestInProgress() throws {
        let received = DispatchSemaphore(value: 0)
        let mayRespond = DispatchSemaphore(value: 0)
        let stopped = DispatchSemaphore(value: 0)
        let server = try SocketServer.start { _ in
            received.signal()
            mayRespond.wait()
            return .response(Response(status: 200, body: Array("whole".utf8)))
        }
        let raw = RawConnection(port: server.port)
        raw.write(Self.request)
        received.wait()
        Thread.detachNewThread {
            server.stop(within: .seconds(30))
            stopped.signal()
        }
        mayRespond.signal()
        let seen = raw.read()
        #expect(seen.text.hasSuffix("whole"))
        #expect(seen.end == .closed)
        stopped.wait()
        #expect(throws: TransportFailure.notConnected("connection refused")) {
            try SocketTransport(to: "http://127.0.0.1:\(server.port)").send(Request(.get, "/"))
        }
    }

    /// Two servers on one queue never run two handlers at once.
    @Test func aQueueRunsOneHandlerAtATime() throws {
        let queue = SerialQueue()
        let inside = Atomic(0)
        let worst = Atomic(0)
        let handler: Handler = { _ in
            let now = inside.add(1, ordering: .sequentiallyConsistent).newValue
            worst.max(now, ordering: .sequentiallyConsistent)
            for _ in 0..<100 { sched_yield() }
            inside.subtract(1, ordering: .sequentiallyConsistent)
            return .response(Response(status: 200, body: [49]))
        }
        let servers = try [SocketServer.start(on: queue, handler: handler), SocketServer.start(on: queue, handler: handler)]
        defer { for server in servers { server.stop(within: .seconds(2)) } }
        let connections = (0..<16).map { RawConnection(port: servers[$0 % 2].port) }
        for connection in connections { connection.write(String(repeating: Self.request, count: 10)) }
        for connection in connections {
            let seen = connection.read { $0.ranges(of: "HTTP/1.1 200 OK").count == 10 && $0.hasSuffix("1") }
            #expect(seen.end == .goingOn)
        }
        #expect(worst.load(ordering: .sequentiallyConsistent) == 1)
    }

    @Test func aPortInUseIsReported() throws {
        let server = try SocketServer.start { _ in .closed }
        defer { server.stop(within: .seconds(2)) }
        let port = server.port
        #expect(throws: SocketServer.StartFailure(description: "cannot listen on 127.0.0.1, port \(port): the port is in use")) {
            try SocketServer.start(port: port) { _ in .closed }
        }
    }
}
