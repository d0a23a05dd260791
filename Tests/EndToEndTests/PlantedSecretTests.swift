import Foundation
import JSON
import Stage
import Testing

extension EndToEndTests {
    /// Recognisable secrets go in, and all output is searched for them.
    @Suite(.timeLimit(.minutes(5))) struct PlantedSecretTests {
        private static let user = "WSI-planted"
        private static let token = "planted-rackbeat-token-6f1e"
        private static let password = "planted-ongoing-password-93ac"
        private static let rackbeatHook = "planted-rackbeat-hook-b20d"
        private static let ongoingHook = "planted-ongoing-hook-47c8"
        private static let wrong = "planted-wrong-secret-d5e9"

        /// Each secret, plain and as headers carry it.
        private static let needles: [String] = {
            let plain = [token, password, rackbeatHook, ongoingHook, wrong]
            let pairs = ["\(user):\(password)", "\(user):\(wrong)"]
            return plain + (plain + pairs).map { Data($0.utf8).base64EncodedString() }
        }()

        private static func leaks(in text: String) -> [String] { leaks(in: Data(text.utf8)) }

        private static func leaks(in data: Data) -> [String] { needles.filter { data.range(of: Data($0.utf8)) != nil } }

        /// All output, by its place.
        private final class Output {
            private(set) var texts: [(place: String, data: Data)] = []

            func add(_ place: String, _ data: Data) { texts.append((place, data)) }
            func add(_ place: String, _ text: String) { add(place, Data(text.utf8)) }

            func add(_ process: TandemProcess, _ words: String) {
                add("stdout of \(words)", process.output)
                add("stderr of \(words)", process.errorOutput)
            }

            var leaks: [String] {
                texts.flatMap { text in PlantedSecretTests.leaks(in: text.data).map { "\(text.place): \($0)" } }
            }
        }

        /// A search that finds nothing must be able to find something.
        @Test func theSearchFindsEachSecret() {
            for needle in Self.needles { #expect(Self.leaks(in: "before \(needle) after").contains(needle)) }
            #expect(Self.leaks(in: "nothing here") == [])
        }

        @Test func noSecretComesOut() throws {
            let folder = try TemporaryFolder()
            let fakes = try Fakes(
                world: smallWorld, in: folder.path,
                arguments: [
                    "--rackbeat-token", Self.token, "--ongoing-user", Self.user, "--ongoing-password", Self.password,
                ])
            #expect(fakes.rackbeatToken == Self.token)
            let account = try #require(try fakes.rackbeat("/self").at("user_account", "id")?.int)
            #expect(try fakes.take("rackbeat.book-order", fiveChairs))
            let output = Output()
            let engine = try Operator(
                of: fakes, in: folder.path, settings: ["stock-sync: on"],
                general: [
                    "listen:", "  address: 127.0.0.1:0", "  rackbeat-tokens: [ { env: RB_HOOK } ]",
                    "  ongoing-tokens: [ { env: ON_HOOK } ]",
                ], rackbeat: ["account: \(account)"],
                environment: ["RB_HOOK": Self.rackbeatHook, "ON_HOOK": Self.ongoingHook])
            func run(_ arguments: String..., as environment: [String: String]? = nil) throws {
                let process = try TandemProcess(
                    arguments + ["--log-level", "trace"], in: folder.path, environment: environment ?? engine.environment)
                _ = try process.exitCode(within: 120)
                output.add(process, arguments.joined(separator: " "))
            }

            try run("config", "check")
            try run("sync", "--dry-run")
            try run("sync", "--dry-run", "--json")
            try run("verify", "--allow-writes")
            try run("verify", "--format", "json", "--all")
            try run("sync", "--once", "--log-format", "text")
            _ = try fakes.take("ongoing.pick", ["order": "1042", "lines": ["1": 3]])
            _ = try fakes.take("ongoing.send", ["order": "1042"])
            // Failures are reported in more detail than successes.
            for kind in ["html", "truncated-json", "server-error-after", "unauthorised", "response-lost"] {
                try fakes.post("/faults", ["match": "rackbeat * /**", "fault": .string(kind), "nth": 3])
                try run("sync", "--once", "--json", "--log-format", "json")
            }
            try fakes.delete("/faults")

            let service = try TandemProcess(
                ["sync", "--log-level", "trace"], in: folder.path, environment: engine.environment)
            let listener = Listener(port: try #require(Listener.port(of: service)))
            #expect(try listener.rackbeat("order.created", token: Self.rackbeatHook, account: account) == 202)
            #expect(try listener.rackbeat("order.created", token: Self.wrong, account: account) == 401)
            #expect(
                try listener.ongoing(["orderId": 1, "goodsOwnerId": JSON(fakes.goodsOwner)], token: Self.ongoingHook) == 202)
            output.add("/metrics", try listener.get("/metrics").text)
            output.add("/health", try listener.get("/health").text)
            // While the service runs, the journal has its latest pages in the write-ahead log.
            #expect(
                TandemProcess.eventually(within: 30) {
                    FileManager.default.contents(atPath: engine.journal + "-wal")?.isEmpty == false
                })
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasPrefix("tandem.db") {
                output.add(file, try Data(contentsOf: URL(filePath: "\(folder.path)/\(file)")))
            }
            try run("status")
            try run("status", "--json")
            try run("retry", "--all")
            try run("drift")
            try run("audit")
            service.terminate()
            #expect(try service.exitCode(within: 30) == 0)
            output.add(service, "sync")

            // Refused credentials are secrets too.
            var environment = engine.environment
            environment["RACKBEAT_SECRET"] = Self.wrong
            environment["ONGOING_SECRET"] = Self.wrong
            try run("sync", "--once", as: environment)
            try run("verify", as: environment)
            try run("drift", "--json", as: environment)
            try run("audit", "--format", "json", as: environment)

            output.add("the exchange journal", JSON.array(try fakes.exchanges()).pretty)
            for path in ["/world", "/violations", "/check", "/faults", "/health"] {
                output.add(path, try fakes.get(path).pretty)
            }
            output.add("stderr of serve", fakes.process.errorOutput)
            output.add("tandem.yaml", try Data(contentsOf: URL(filePath: "\(folder.path)/tandem.yaml")))
            output.add("tandem.db afterwards", try Data(contentsOf: URL(filePath: engine.journal)))

            #expect(output.leaks == [])
            // There was something to search: each place has the content that it must have.
            func text(_ place: String) -> String {
                String(decoding: output.texts.first { $0.place == place }?.data ?? Data(), as: UTF8.self)
            }
            #expect(text("tandem.db afterwards").contains("1042"))
            #expect(text("tandem.db-wal") != "", "the service was running, so its journal had a write-ahead log")
            #expect(text("the exchange journal").contains("create-shipment"))
            #expect(text("stderr of sync").contains("\"level\":\"debug\""))
            #expect(text("stdout of drift --json").contains("refused with 401"))
            #expect(text("stdout of verify --allow-writes").contains("reach and rights"))
        }
    }
}
