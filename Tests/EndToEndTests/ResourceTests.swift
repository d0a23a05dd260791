#if os(Linux)
    import Exchange
    import Foundation
    import HTTPTypes
    import JSON
    import Sockets
    import Stage
    import Synchronization
    import Testing

    extension EndToEndTests {
        /// How much memory and how many descriptors a real `tandem sync` takes when its peers take all that they can get. Each test prints
        /// its figures.
        @Suite(.timeLimit(.minutes(5))) struct ResourceTests {
            private let folder: TemporaryFolder
            private let fakes: Fakes
            private let account: Int

            init() throws {
                folder = try TemporaryFolder()
                fakes = try Fakes(world: smallWorld, in: folder.path)
                #expect(try fakes.take("rackbeat.book-order", fiveChairs))
                account = try #require(try fakes.rackbeat("/self").at("user_account", "id")?.int)
            }

            // MARK: The listener

            private func start() throws -> (engine: Operator, process: TandemProcess, port: Int) {
                let engine = try Operator(
                    of: fakes, in: folder.path, settings: ["schedule: { orders: 10s }"],
                    general: ["listen: { address: 127.0.0.1:0, rackbeat-tokens: [ { env: HOOK } ] }"],
                    rackbeat: ["account: \(account)"], environment: ["HOOK": "hook"])
                let process = try engine.start("sync")
                let port = try #require(Listener.port(of: process), "\(process.errorOutput)")
                #expect(try TandemProcess.eventually(within: 60) { try !engine.openJobs() }, "\(process.errorOutput)")
                return (engine, process, port)
            }

            /// The engine still reads and writes, and its listener still answers.
            private func expectWorking(_ process: TandemProcess, _ port: Int) throws {
                #expect(
                    TandemProcess.eventually(within: 30) { (try? Listener(port: port).get("/health/live").status) == 200 },
                    "\(process.errorOutput)")
                #expect(
                    try fakes.take(
                        "rackbeat.book-order", ["number": 1043, "lines": [["id": 2, "item": "TABLE-02", "quantity": 1]]]))
                #expect(
                    try TandemProcess.eventually(within: 60) {
                        try fakes.ongoing("/orders?goodsOwnerId=\(fakes.goodsOwner)&orderNumber=1043").array?.isEmpty == false
                    }, "\(process.errorOutput)")
            }

            private func stop(_ process: TandemProcess) throws {
                process.terminate()
                #expect(try process.exitCode(within: 30) == 0, "\(process.errorOutput)")
            }

            /// Lets an engine work while callers do what they do, and expects that they cost no more than so much.
            private func expectCost(
                of words: String, _ count: Int, descriptors: Int, megabytes: Int, _ act: (Callers) throws -> Void
            ) throws {
                let (_, process, port) = try start()
                let before = Figures(of: process)
                let callers = Callers(count, to: port)
                try act(callers)
                try expectWorking(process, port)
                let during = Figures(of: process)
                print("\(count) \(words): \(before) before, \(during) with them")
                #expect(during.descriptors - before.descriptors <= descriptors)
                #expect(during.peakKilobytes - before.peakKilobytes < megabytes << 10)
                callers.close()
                try stop(process)
            }

            @Test func silentConnectionsTakeNeitherDescriptorsNorMemory() throws {
                try expectCost(of: "silent connections", 1024, descriptors: 256, megabytes: 48) { silent in
                    #expect(silent.count == 1024)
                }
            }

            /// Each asks again and again and never reads a response.
            @Test func callersThatNeverReadCostOneResponseEach() throws {
                let request = String(repeating: "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", count: 2000)
                try expectCost(of: "callers that never read", 64, descriptors: 80, megabytes: 64) { callers in
                    for _ in 0..<3 { callers.write(request) }
                }
            }

            /// Each sends a byte of a long body now and then.
            @Test func callersThatDripCostWhatTheySent() throws {
                try expectCost(of: "callers that drip", 64, descriptors: 80, megabytes: 32) { callers in
                    callers.write("POST /webhooks/rackbeat HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n")
                    for _ in 0..<20 {
                        callers.write("x")
                        Thread.sleep(forTimeInterval: 0.05)
                    }
                }
            }

            // MARK: Lists

            enum List: String, CaseIterable, Sendable {
                /// What the engine takes at most for a hundred rows.
                case large = "32 MB of rows to limit=100"
                case tooLarge = "63 MB of rows to limit=100"
                case sameRows = "the same rows on every page, without an end"
                case newRows = "new rows on every page, without an end"
            }

            /// Rackbeat's list of orders is none that anybody should get.
            @Test(arguments: List.allCases) func aHostileListIsBoundedInMemory(list: List) throws {
                // The engine has nothing to do about it, however often it is shown.
                #expect(try fakes.take("rackbeat.cancel-order", ["order": 1042]))
                let plain = try runOnce(through: nil)
                let hostile = try runOnce(through: list)
                print("\(list.rawValue): \(hostile.figures), \(plain.figures) without it. \(hostile.problem)")
                // A page is held as bytes and read row by row; what is too long is not even begun.
                let most = list == .large ? 160 << 10 : 24 << 10
                #expect(hostile.figures.peakKilobytes - plain.figures.peakKilobytes < most)
                #expect(hostile.figures.descriptors <= plain.figures.descriptors + 8)
            }

            private func runOnce(through list: List?) throws -> (figures: Figures, problem: String) {
                let engine = try Operator(of: fakes, in: folder.path)
                var proxy: SocketServer?
                if let list {
                    let row = try #require(try fakes.rackbeat("/orders?limit=100&page=1")["orders"]?.array?.first)
                    let server = try Self.proxy(to: fakes.rackbeat, list, row.text)
                    proxy = server
                    let path = "\(folder.path)/tandem.yaml"
                    let origin = Self.origin(of: fakes.rackbeat)
                    try String(contentsOfFile: path, encoding: .utf8)
                        .replacing(origin, with: "http://127.0.0.1:\(server.port)")
                        .write(toFile: path, atomically: true, encoding: .utf8)
                }
                defer { proxy?.stop(within: .seconds(2)) }
                let process = try engine.start("sync", "--once", "--journal", "\(folder.path)/\(UUID().uuidString).db")
                var figures = Figures(of: process)
                while process.isRunning {
                    figures.grow(to: Figures(of: process))
                    usleep(2000)
                }
                let code = try process.exitCode(within: 120)
                return (
                    figures, code == 0 ? "" : "exit \(code), \(process.output.suffix(400)) \(process.errorOutput.suffix(400))"
                )
            }

            private static func origin(of url: String) -> String {
                "http://" + url.dropFirst("http://".count).prefix { $0 != "/" }
            }

            /// Passes everything on, but for the first page of orders and what follows it.
            private static func proxy(to url: String, _ list: List, _ row: String) throws -> SocketServer {
                let transport = SocketTransport(to: origin(of: url))
                let pages = Mutex(0)
                return try SocketServer.start { request in
                    guard request.method == .get, request.target.contains("/orders?") else {
                        return (try? transport.send(request)).map { .response($0) } ?? .closed
                    }
                    let page = pages.withLock { count in
                        count += 1
                        return count
                    }
                    switch list {
                    case .large: return response(rows: wideRows(like: row, megabytes: 32), page: 1, of: 1)
                    case .tooLarge: return response(rows: wideRows(like: row, megabytes: 63), page: 1, of: 1)
                    case .sameRows: return response(rows: Array(repeating: row, count: 100), page: page, of: page + 1)
                    case .newRows:
                        let rows = (0..<100).map { row.replacing("\"number\":1042", with: "\"number\":\(page * 1000 + $0)") }
                        return response(rows: rows, page: page, of: page + 1)
                    }
                }
            }

            private static func wideRows(like row: String, megabytes: Int) -> [String] {
                let padding = String(repeating: "x", count: (megabytes << 20) / 100 - row.utf8.count - 20)
                return (0..<100).map { _ in row.dropLast() + ",\"padding\":\"\(padding)\"}" }
            }

            private static func response(rows: [String], page: Int, of pages: Int) -> Served {
                let body =
                    "{\"orders\":[" + rows.joined(separator: ",")
                    + "],\"total\":\(pages * 100),\"pages\":\(pages),\"limit\":100,\"page\":\(page)}"
                return .response(Response(status: 206, headers: [.contentType: "application/json"], body: Array(body.utf8)))
            }
        }
    }

    /// What a process has taken so far.
    private struct Figures: CustomStringConvertible {
        /// The most that was resident at any time.
        var peakKilobytes = 0
        var descriptors = 0

        init(of process: TandemProcess) {
            let place = "/proc/\(process.identifier)"
            let status = (try? String(contentsOfFile: "\(place)/status", encoding: .utf8)) ?? ""
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            peakKilobytes = line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
            descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "\(place)/fd").count) ?? 0
        }

        mutating func grow(to other: Figures) {
            peakKilobytes = max(peakKilobytes, other.peakKilobytes)
            descriptors = max(descriptors, other.descriptors)
        }

        var description: String { "\(peakKilobytes >> 10) MB at most, \(descriptors) descriptors" }
    }

    /// Connections of which no one reads anything.
    private final class Callers {
        private var descriptors: [CInt] = []
        var count: Int { descriptors.count }

        init(_ count: Int, to port: Int) {
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 4096))
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            for _ in 0..<count {
                let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
                guard descriptor >= 0 else { return }
                let isConnected = withUnsafePointer(to: &address) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                    }
                }
                guard isConnected else {
                    Foundation.close(descriptor)
                    return
                }
                descriptors.append(descriptor)
            }
        }

        deinit { close() }

        /// As much of it as the peer takes at once.
        func write(_ text: String) {
            let bytes = Array(text.utf8)
            for descriptor in descriptors {
                _ = bytes.withUnsafeBytes {
                    send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
                }
            }
        }

        func close() {
            for descriptor in descriptors { Foundation.close(descriptor) }
            descriptors = []
        }
    }
#endif
