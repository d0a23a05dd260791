import Exchange
import Foundation
import HTTPTypes
import JSON
import Sockets
import Stage
import Testing

extension EndToEndTests {
    /// `tandem sync` as a service with its listener, over real sockets.
    @Suite(.timeLimit(.minutes(5))) struct ListenerTests {
        private let folder: TemporaryFolder
        private let fakes: Fakes
        private let account: Int

        init() throws {
            folder = try TemporaryFolder()
            fakes = try Fakes(world: smallWorld, in: folder.path)
            #expect(try fakes.take("rackbeat.book-order", fiveChairs))
            account = try #require(try fakes.rackbeat("/self").at("user_account", "id")?.int)
        }

        private func listening(settings: [String] = []) throws -> Operator {
            try Operator(
                of: fakes, in: folder.path, settings: settings,
                general: [
                    "listen:", "  address: 127.0.0.1:0", "  rackbeat-tokens: [ { env: RB_HOOK }, { env: RB_HOOK_OLD } ]",
                    "  ongoing-tokens: [ { env: ON_HOOK } ]",
                ], rackbeat: ["account: \(account)"],
                environment: ["RB_HOOK": "rb-hook-2", "RB_HOOK_OLD": "rb-hook-1", "ON_HOOK": "on-hook-1"])
        }

        /// Starts the service and waits until its first sync round is over.
        private func start(_ engine: Operator, _ arguments: String...) throws -> (process: TandemProcess, listener: Listener) {
            let process = try TandemProcess(["sync"] + arguments, in: engine.folder, environment: engine.environment)
            let port = try #require(Listener.port(of: process), "\(process.errorOutput)")
            #expect(try TandemProcess.eventually(within: 60) { try !engine.openJobs() }, "\(process.errorOutput)")
            return (process, Listener(port: port))
        }

        private func stop(_ process: TandemProcess) throws {
            process.terminate()
            #expect(try process.exitCode(within: 30) == 0, "\(process.errorOutput)")
        }

        private func isInWarehouse(_ number: Int) throws -> Bool {
            try fakes.ongoing("/orders?goodsOwnerId=\(fakes.goodsOwner)&orderNumber=\(number)").array?.isEmpty == false
        }

        private func book(_ number: Int) throws {
            #expect(
                try fakes.take(
                    "rackbeat.book-order",
                    ["number": JSON(number), "lines": [["id": JSON(number), "item": "TABLE-02", "quantity": 1]]]))
        }

        /// The jobs are due again in minutes; only the webhook can start them now.
        @Test func aWebhookStartsAJobAtOnce() throws {
            let engine = try listening()
            let (process, listener) = try start(engine)
            #expect(try isInWarehouse(1042))
            try book(1043)
            #expect(try listener.rackbeat("order.created", token: "rb-hook-1", account: account) == 202)
            #expect(try TandemProcess.eventually(within: 30) { try isInWarehouse(1043) }, "\(process.errorOutput)")

            #expect(try fakes.take("ongoing.pick", ["order": "1043"]))
            #expect(try fakes.take("ongoing.send", ["order": "1043"]))
            let message: JSON = ["webhookEventId": 7, "orderId": 1, "goodsOwnerId": JSON(fakes.goodsOwner)]
            #expect(try listener.ongoing(message, token: "on-hook-1") == 202)
            #expect(
                try TandemProcess.eventually(within: 30) { try fakes.rackbeatOrder(1043)["is_shipped"]?.bool == true },
                "\(process.errorOutput)")
            try stop(process)
            #expect(try fakes.violatedInvariants() == nil)
        }

        /// Without any webhook both systems come to agree too.
        @Test func pollingAloneReachesTheSameState() throws {
            let engine = try Operator(
                of: fakes, in: folder.path, settings: ["schedule: { orders: 10s, shipments: 10s }"])
            let process = try engine.start("sync")
            #expect(try TandemProcess.eventually(within: 60) { try !engine.openJobs() })
            try book(1043)
            #expect(try TandemProcess.eventually(within: 60) { try isInWarehouse(1043) }, "\(process.errorOutput)")
            #expect(try fakes.take("ongoing.pick", ["order": "1043"]))
            #expect(try fakes.take("ongoing.send", ["order": "1043"]))
            #expect(
                try TandemProcess.eventually(within: 60) { try fakes.rackbeatOrder(1043)["is_shipped"]?.bool == true },
                "\(process.errorOutput)")
            try stop(process)
            #expect(try fakes.violatedInvariants() == nil)
        }

        @Test func foreignWebhooksAreRefusedAndCounted() throws {
            let engine = try listening()
            let (process, listener) = try start(engine)
            let owner = JSON(fakes.goodsOwner)
            #expect(try listener.rackbeat("order.created", token: "rb-hook-3", account: account) == 401)
            #expect(try listener.rackbeat("order.created", token: "rb-hook-2", account: account + 1) == 403)
            #expect(try listener.ongoing(["orderId": 1, "goodsOwnerId": owner], token: "on-hook-") == 401)
            #expect(try listener.ongoing(["orderId": 1, "goodsOwnerId": 1], token: "on-hook-1") == 403)
            #expect(try listener.post("/webhooks/ongoing", [:], Array(repeating: 0x20, count: 1_000_001)) == 413)
            let message: JSON = ["webhookEventId": 8, "orderId": 1, "goodsOwnerId": owner]
            for _ in 0..<3 { #expect(try listener.ongoing(message, token: "on-hook-1") == 202) }

            let metrics = try listener.get("/metrics")
            #expect(metrics.status == 200)
            #expect(metrics.text.contains("tandem_webhooks_total{system=\"ongoing\",outcome=\"nudged\"} 1\n"), "\(metrics.text)")
            #expect(metrics.text.contains("tandem_webhooks_total{system=\"ongoing\",outcome=\"duplicate\"} 2\n"))
            #expect(metrics.text.contains("tandem_webhooks_total{system=\"ongoing\",outcome=\"refused\"} 2\n"))
            #expect(metrics.text.contains("tandem_webhooks_total{system=\"rackbeat\",outcome=\"refused\"} 2\n"))
            #expect(
                metrics.text.contains(
                    "tandem_exchanges_total{connection=\"main\",system=\"ongoing\",operation=\"PUT /orders\",outcome=\"201\"} 1\n"
                ))
            #expect(metrics.text.contains("tandem_parked{connection=\"main\"} 0\n"))
            #expect(metrics.text.contains("tandem_outcome_unknown{connection=\"main\"} 0\n"))
            #expect(metrics.text.contains("tandem_job_lag_seconds{connection=\"main\",job=\"orders\"} "))
            let health = try listener.get("/health")
            #expect(health.status == 200)
            #expect(
                health.text == #"{"status":"ok","connections":[{"name":"main","status":"ok","problem":null,"reasons":[]}]}"#,
                "\(health.text)")
            try stop(process)
        }

        /// Stderr is not a terminal, so each line is one JSON object with the fields that operators filter by.
        @Test func theLogIsOneObjectPerLine() throws {
            let engine = try listening()
            let (process, _) = try start(engine, "--log-level", "debug")
            try stop(process)
            let entries = try process.errorOutput.split(separator: "\n").map { try JSON.parse(String($0)) }
            let sent = try #require(
                entries.first { $0["message"]?.string == "sent to the warehouse" && $0["job"]?.string == "orders" })
            #expect(sent["connection"]?.string == "main")
            #expect(sent["subject"]?.string == "1042")
            #expect(sent["attempt"]?.int == 1)
            #expect(sent["level"]?.string == "info")
            #expect(entries.contains { $0["message"]?.string?.contains("Ongoing PUT /orders: 201 in ") == true })
            #expect(process.output == "", "the service prints nothing to stdout")
        }

        @Test func aPortInUseIsReported() throws {
            let engine = try listening()
            let (process, listener) = try start(engine)
            let second = try engine.run("sync", "--listen", "127.0.0.1:\(listener.port)", "--journal", "\(folder.path)/other.db")
            #expect(second.code == 2)
            #expect(
                second.errorOutput.contains("Error: cannot listen on 127.0.0.1, port \(listener.port): the port is in use."),
                "\(second.errorOutput)")
            try stop(process)
        }
    }
}

/// The listener of a running `tandem sync`, as vendors and monitoring use it.
struct Listener {
    let port: Int

    /// The port from the log.
    static func port(of process: TandemProcess) -> Int? {
        let words = "listening on http://127.0.0.1:"
        let isUp = TandemProcess.eventually(within: 30) { process.errorOutput.contains(words) || !process.isRunning }
        guard isUp else { return nil }
        return process.errorOutput.components(separatedBy: words).dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
    }

    func rackbeat(_ event: String, token: String, account: Int) throws -> Int {
        try post(
            "/webhooks/rackbeat",
            ["Rackbeat-Webhook-Token": token, "Rackbeat-Webhook-Event": event, "Rackbeat-Account-Id": "\(account)"],
            Array(#"{"key_name":"number","key":1043}"#.utf8))
    }

    func ongoing(_ message: JSON, token: String) throws -> Int {
        try post("/webhooks/ongoing", ["X-Auth-Token": token], message.serialized)
    }

    func post(_ path: String, _ headers: [String: String], _ body: [UInt8]) throws -> Int {
        var fields: HTTPFields = [.contentType: "application/json"]
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { fields[HTTPField.Name(name)!] = value }
        return try send(Request(.post, path, headers: fields, body: body)).status
    }

    func get(_ path: String) throws -> (status: Int, text: String) {
        let response = try send(Request(.get, path))
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    private func send(_ request: Request) throws -> Response {
        try SocketTransport(to: "http://127.0.0.1:\(port)").send(request)
    }
}
