import Foundation
import JSON
import Stage
import Testing

extension EndToEndTests {
    /// Recognisable secrets go in, and everything that comes out is searched for them.
    @Suite(.timeLimit(.minutes(5))) struct PlantedSecretTests {
        private static let user = "WSI-planted"
        private static let token = "planted-rackbeat-token-6f1e"
        private static let password = "planted-ongoing-password-93ac"
        private static let rackbeatHook = "planted-rackbeat-hook-b20d"
        private static let ongoingHook = "planted-ongoing-hook-47c8"
        private static let wrong = "planted-wrong-secret-d5e9"

        /// Each secret, and each in the forms in which a header carries it.
        private static let needles: [String] = {
            let plain = [token, password, rackbeatHook, ongoingHook, wrong]
            let pairs = ["\(user):\(password)", "\(user):\(wrong)"]
            return plain + (plain + pairs).map { Data($0.utf8).base64EncodedString() }
        }()

        private static func leaks(in text: String) -> [String] { leaks(in: Data(text.utf8)) }

        private static func leaks(in data: Data) -> [String] { needles.filter { data.range(of: Data($0.utf8)) != nil } }

        /// Everything that was written, by where it was written.
        private final class Findings {
            private(set) var texts: [(place: String, data: Data)] = []

            func add(_ place: String, _ data: Data) { texts.append((place, data)) }
            func add(_ place: String, _ text: String) { add(place, Data(text.utf8)) }

            func add(_ process: TandemProcess, _ words: String) {
                add("stdout of \(words)", process.output)
                add("stderr of \(words)", process.complaints)
            }

            var leaks: [String] {
                texts.flatMap { text in PlantedSecretTests.leaks(in: text.data).map { "\(text.place): \($0)" } }
            }
        }

        /// A search that finds nothing must be one that would have found something.
        @Test func theSearchFindsEachOfThem() {
            for needle in Self.needles { #expect(Self.leaks(in: "before \(needle) after").contains(needle)) }
            #expect(Self.leaks(in: "nothing here") == [])
        }

        @Test func noSecretComesOut() throws {
            let folder = try TemporaryFolder()
            let standIns = try StandIns(
                world: smallShop, in: folder.path,
                arguments: [
                    "--rackbeat-token", Self.token, "--ongoing-user", Self.user, "--ongoing-password", Self.password,
                ])
            #expect(standIns.rackbeatToken == Self.token)
            let account = try #require(try standIns.rackbeat("/self").at("user_account", "id")?.int)
            #expect(try standIns.takes("rackbeat.book-order", fiveChairs))
            let findings = Findings()
            let engine = try Operator(
                of: standIns, in: folder.path, settings: ["stock-sync: on"],
                general: [
                    "listen:", "  address: 127.0.0.1:0", "  rackbeat-tokens: [ { env: RB_HOOK } ]",
                    "  ongoing-tokens: [ { env: ON_HOOK } ]",
                ], rackbeat: ["account: \(account)"],
                environment: ["RB_HOOK": Self.rackbeatHook, "ON_HOOK": Self.ongoingHook])
            func run(_ arguments: String..., as environment: [String: String]? = nil) throws {
                let process = try TandemProcess(
                    arguments + ["--log-level", "trace"], in: folder.path, environment: environment ?? engine.environment)
                _ = try process.ending(within: 120)
                findings.add(process, arguments.joined(separator: " "))
            }

            try run("config", "check")
            try run("sync", "--dry-run")
            try run("sync", "--dry-run", "--json")
            try run("verify", "--allow-writes")
            try run("verify", "--json")
            try run("sync", "--once", "--log-format", "text")
            _ = try standIns.takes("ongoing.pick", ["order": "1042", "lines": ["1": 3]])
            _ = try standIns.takes("ongoing.send", ["order": "1042"])
            // What goes wrong is told at more length than what goes well.
            for kind in ["html", "truncated-json", "server-error-after", "unauthorised", "response-lost"] {
                try standIns.post("/faults", ["match": "rackbeat * /**", "fault": .string(kind), "nth": 3])
                try run("sync", "--once", "--json", "--log-format", "json")
            }
            try standIns.delete("/faults")

            let service = try TandemProcess(
                ["sync", "--log-level", "trace"], in: folder.path, environment: engine.environment)
            let listener = Listener(port: try #require(Listener.port(of: service)))
            #expect(try listener.rackbeat("order.created", token: Self.rackbeatHook, account: account) == 202)
            #expect(try listener.rackbeat("order.created", token: Self.wrong, account: account) == 401)
            #expect(
                try listener.ongoing(["orderId": 1, "goodsOwnerId": JSON(standIns.goodsOwner)], token: Self.ongoingHook) == 202)
            findings.add("/metrics", try listener.get("/metrics").text)
            findings.add("/health", try listener.get("/health").text)
            // While it runs, the journal has its latest pages in the file beside it.
            #expect(
                TandemProcess.eventually(within: 30) {
                    FileManager.default.contents(atPath: engine.journal + "-wal")?.isEmpty == false
                })
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasPrefix("tandem.db") {
                findings.add(file, try Data(contentsOf: URL(filePath: "\(folder.path)/\(file)")))
            }
            try run("status")
            try run("status", "--json")
            try run("retry", "--all")
            try run("drift")
            service.askToStop()
            #expect(try service.ending(within: 30) == 0)
            findings.add(service, "sync")

            // Credentials that are refused are secrets too.
            var environment = engine.environment
            environment["RACKBEAT_SECRET"] = Self.wrong
            environment["ONGOING_SECRET"] = Self.wrong
            try run("sync", "--once", as: environment)
            try run("verify", as: environment)
            try run("drift", "--json", as: environment)

            findings.add("the exchange journal", JSON.array(try standIns.exchanges()).pretty)
            for path in ["/world", "/violations", "/check", "/faults", "/health"] {
                findings.add(path, try standIns.get(path).pretty)
            }
            findings.add("stderr of serve", standIns.process.complaints)
            findings.add("tandem.yaml", try Data(contentsOf: URL(filePath: "\(folder.path)/tandem.yaml")))
            findings.add("tandem.db afterwards", try Data(contentsOf: URL(filePath: engine.journal)))

            #expect(findings.leaks == [])
            // That there was something to search: every place with what must stand in it.
            func text(_ place: String) -> String {
                String(decoding: findings.texts.first { $0.place == place }?.data ?? Data(), as: UTF8.self)
            }
            #expect(text("tandem.db afterwards").contains("1042"))
            #expect(text("tandem.db-wal") != "", "the service was running, so its journal had pages in the file beside it")
            #expect(text("the exchange journal").contains("create-shipment"))
            #expect(text("stderr of sync").contains("\"level\":\"debug\""))
            #expect(text("stdout of drift --json").contains("refused with 401"))
            #expect(text("stdout of verify --allow-writes").contains("assumptions about Rackbeat"))
        }
    }
}
