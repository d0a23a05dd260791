import Exchange
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import Sockets

/// A server of ours with small limits, against callers that want all there is of it.
@Suite(.serialized) struct ServerLimitTests {
    private static let host = "Host: localhost\r\n"

    private static func limits(_ change: (inout SocketServer.Limits) -> Void) -> SocketServer.Limits {
        var limits = SocketServer.Limits()
        change(&limits)
        return limits
    }

    private static func ok(_ request: Request) -> Served { .response(Response(status: 200, body: [111, 107])) }

    private func withServer(
        _ limits: SocketServer.Limits, _ handler: @escaping Handler = ServerLimitTests.ok, _ body: (SocketServer) throws -> Void
    ) throws {
        let server = try SocketServer.start(limits: limits, handler: handler)
        defer { server.stop(within: .seconds(2)) }
        try body(server)
    }

    private func isServed(_ server: SocketServer) -> Bool {
        let raw = RawConnection(port: server.port)
        raw.write("GET /x HTTP/1.1\r\n\(Self.host)Connection: close\r\n\r\n")
        return raw.read().text.hasPrefix("HTTP/1.1 200 ")
    }

    @Test func silentConnectionsKeepNobodyOut() throws {
        try withServer(Self.limits { $0.connections = 4 }) { server in
            let silent = (0..<40).map { _ in RawConnection(port: server.port) }
            // One that comes while the others are still taken in may have to go as well; the next is served.
            #expect((0..<5).contains { _ in isServed(server) })
            // The first of them had to go, and was told so.
            #expect(silent[0].read().end != .nothingCame)
        }
    }

    @Test func silentConnectionsTakeNoMoreDescriptorsThanTheLimit() throws {
        #if os(Linux)
            try withServer(Self.limits { $0.connections = 8 }) { server in
                let silent = (0..<200).map { _ in RawConnection(port: server.port) }
                #expect((0..<5).contains { _ in isServed(server) })
                var serving = Int.max
                // What was closed takes a moment to be gone.
                for _ in 0..<100 where serving > 8 {
                    serving = try socketsServing(server.port)
                    if serving > 8 { Thread.sleep(forTimeInterval: 0.05) }
                }
                #expect((1...8).contains(serving))
                withExtendedLifetime(silent) {}
            }
        #endif
    }

    #if os(Linux)
        /// How many connections to a port the process that listens there holds open. The process has other descriptors: other tests
        /// run beside this one.
        private func socketsServing(_ port: Int) throws -> Int {
            let suffix = ":" + String(port, radix: 16, uppercase: true)
            // Such a file says that it is empty.
            let table = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/net/tcp")).readToEnd() ?? Data()
            return String(decoding: table, as: UTF8.self).split(separator: "\n").dropFirst().count {
                row in
                // Number, local address, remote address, state, …, inode.
                let fields = row.split(separator: " ", omittingEmptySubsequences: true)
                let isListening = fields[3] == "0A"
                return fields[1].hasSuffix(suffix) && !isListening && fields[9] != "0"
            }
        }
    #endif

    /// A request in progress is not given up for one that has not even been sent.
    @Test func aConnectionWithARequestIsNotClosedForANewOne() throws {
        let go = DispatchSemaphore(value: 0)
        let came = DispatchSemaphore(value: 0)
        let handler: Handler = { request in
            if request.target == "/slow" {
                came.signal()
                _ = go.wait(timeout: .now() + 10)
            }
            return Self.ok(request)
        }
        try withServer(Self.limits { $0.connections = 3 }, handler) { server in
            let slow = RawConnection(port: server.port)
            slow.write("GET /slow HTTP/1.1\r\n\(Self.host)\r\n")
            _ = came.wait(timeout: .now() + 10)
            let silent = (0..<20).map { _ in RawConnection(port: server.port) }
            go.signal()
            #expect(slow.read { $0.hasSuffix("ok") }.end == .goingOn)
            withExtendedLifetime(silent) {}
        }
    }

    /// Each byte in time, and the whole never: neither headers nor a body may trickle in for longer than the limit.
    @Test(arguments: ["GET /x HTTP/1.1\r\nX-Name: ", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"])
    func aRequestThatTricklesInIsGivenUp(head: String) throws {
        let limits = Self.limits {
            $0.idle = .milliseconds(400)
            $0.request = .milliseconds(400)
        }
        try withServer(limits) { server in
            let raw = RawConnection(port: server.port)
            raw.write(head)
            let stop = Mutex(false)
            let trickle = Thread {
                while !stop.withLock({ $0 }), raw.write("x") { Thread.sleep(forTimeInterval: 0.05) }
            }
            trickle.start()
            let took = ContinuousClock().measure { #expect(raw.read().end != .nothingCame) }
            stop.withLock { $0 = true }
            // Without the limit it would not end; a busy machine is late.
            #expect(took < .seconds(25))
            #expect(isServed(server))
        }
    }

    /// It asks and asks and reads nothing. One response waits for it, not all of them, and not for ever.
    @Test func whoNeverReadsCostsOneResponse() throws {
        let calls = Mutex(0)
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 8 << 20)
        let handler: Handler = { _ in
            calls.withLock { $0 += 1 }
            return .response(Response(status: 200, body: body))
        }
        try withServer(Self.limits { $0.response = .milliseconds(500) }, handler) { server in
            let raw = RawConnection(port: server.port)
            raw.write(String(repeating: "GET /x HTTP/1.1\r\n\(Self.host)\r\n", count: 200))
            Thread.sleep(forTimeInterval: 0.3)
            #expect(calls.withLock { $0 } <= 2)
            Thread.sleep(forTimeInterval: 1)
            // The limit has passed: what was under way is cut off.
            let (text, end) = raw.read()
            #expect(end != .nothingCame)
            #expect(text.utf8.count < body.count * 2)
            #expect(isServed(server))
        }
    }

    /// A slow reader that does read gets all of it.
    @Test func aLongResponseArrivesWhole() throws {
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 4 << 20)
        let handler: Handler = { _ in .response(Response(status: 200, body: body)) }
        try withServer(SocketServer.Limits(), handler) { server in
            let raw = RawConnection(port: server.port)
            raw.write("GET /x HTTP/1.1\r\n\(Self.host)\r\nGET /y HTTP/1.1\r\n\(Self.host)Connection: close\r\n\r\n")
            let text = raw.read().text
            #expect(text.utf8.count > body.count * 2)
            #expect(text.components(separatedBy: "HTTP/1.1 200 OK\r\n").count == 3)
        }
    }

    @Test func limitsLeaveDescriptorsForEverythingElse() {
        func connections(_ descriptors: Int, servers: Int = 1) -> Int {
            var limits = SocketServer.Limits()
            limits.connections = 256
            limits.leaveDescriptors(servers: servers, of: descriptors)
            return limits.connections
        }
        #expect(connections(65_536) == 256)
        #expect(connections(1024) == 256)
        #expect(connections(1024, servers: 3) == 149)
        #expect(connections(256) == 64)
        #expect(connections(100) == 2)
    }
}
