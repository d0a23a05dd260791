import Exchange
import HTTPTypes
import JSON
import SyncCore
import SyncEngine
import Synchronization
import Testing
import Units

@testable import Service

@Suite struct ReceiverTests {
    private let nudges = Notes()
    private let counts = Notes()

    /// What was told, in order.
    private final class Notes: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func add(_ note: String) { kept.withLock { $0.append(note) } }
    }

    private func receiver(_ file: String = plainFile) throws -> Receiver {
        let configuration = try configuration(file)
        return Receiver(
            configuration, try credentials(of: configuration),
            nudge: { [nudges] job, connection in nudges.add("\(connection)/\(job.rawValue)") },
            count: { [counts] system, outcome in counts.add("\(system) \(outcome)") })
    }

    private func rackbeat(
        _ event: String, account: String = "4711", token: String = "rb-hook-planted",
        body: String = #"{"key_name":"number","key":1}"#
    ) -> Request {
        var headers: HTTPFields = [:]
        headers[HTTPField.Name("Rackbeat-Webhook-Token")!] = token
        headers[HTTPField.Name("Rackbeat-Webhook-Event")!] = event
        headers[HTTPField.Name("Rackbeat-Account-Id")!] = account
        return Request(.post, "/webhooks/rackbeat", headers: headers, body: Array(body.utf8))
    }

    private func ongoing(_ body: JSON, token: String = "on-hook-planted") -> Request {
        var headers: HTTPFields = [:]
        headers[HTTPField.Name("X-Auth-Token")!] = token
        return Request(.post, "/webhooks/ongoing", headers: headers, body: body.serialized)
    }

    /// The event stands in the header: bodies were seen that name only the key.
    @Test(arguments: [
        ("product.updated", ["main/products"]), ("order.created", ["main/orders"]),
        ("purchase_order.updated", ["main/purchase-orders"]), ("inventory.changed", []), ("plugin.uninstalled", []),
    ]) func rackbeatsEventsNudgeTheJobThatWouldHaveSeenThem(event: String, jobs: [String]) throws {
        #expect(try receiver().answer(rackbeat(event), from: .rackbeat).status == 202)
        #expect(nudges.all == jobs)
        #expect(counts.all == ["rackbeat \(jobs.isEmpty ? "ignored" : "nudged")"])
    }

    @Test(arguments: [
        (#"{"webhookOrdersId":1,"orderId":70011,"goodsOwnerId":42}"#, ["main/shipments"]),
        (#"{"webhookPurchaseOrdersId":1,"purchaseOrderId":555,"goodsOwnerId":42}"#, ["main/receipts"]),
        (#"{"purchaseOrderInfo":{"purchaseOrderId":555},"purchaseOrderLineInfo":{},"goodsOwnerId":42}"#, ["main/receipts"]),
        (#"{"isReceive":true,"isMove":false,"movement":{},"purchaseOrder":{},"goodsOwnerId":42}"#, ["main/receipts"]),
        (#"{"isReceive":false,"isMove":true,"movement":{},"goodsOwnerId":42}"#, []),
        (#"{"transaction":{},"inventory":{},"purchaseOrder":{},"goodsOwnerId":42}"#, ["main/stock"]),
    ]) func ongoingsMessagesNudgeTheJobThatWouldHaveSeenThem(body: String, jobs: [String]) throws {
        #expect(try receiver().answer(ongoing(.read(body)), from: .ongoing).status == 202)
        #expect(nudges.all == jobs)
    }

    /// Delivery is at least once.
    @Test func aMessageThatComesTwiceNudgesOnce() throws {
        let receiver = try receiver()
        let message = ongoing(["webhookEventId": 991, "orderId": 70_011, "goodsOwnerId": 42])
        for _ in 0..<3 { #expect(receiver.answer(message, from: .ongoing).status == 202) }
        #expect(nudges.all == ["main/shipments"])
        #expect(counts.all == ["ongoing nudged", "ongoing duplicate", "ongoing duplicate"])
    }

    @Test func whatIsNotOursIsRefused() throws {
        let receiver = try receiver()
        func text(_ response: Response) -> String { "\(response.status) " + String(decoding: response.body, as: UTF8.self) }
        let order: JSON = ["orderId": 1, "goodsOwnerId": 42]
        #expect(
            text(receiver.answer(rackbeat("order.created", token: "guess"), from: .rackbeat))
                == "401 the token is not one of ours\n")
        #expect(text(receiver.answer(ongoing(order, token: ""), from: .ongoing)) == "401 the token is not one of ours\n")
        #expect(
            text(receiver.answer(rackbeat("order.created", account: "4712"), from: .rackbeat))
                == "403 this account is not ours\n")
        #expect(
            text(receiver.answer(ongoing(["orderId": 1, "goodsOwnerId": 43]), from: .ongoing))
                == "403 this goods owner is not ours\n")
        #expect(
            text(receiver.answer(rackbeat("order.created", body: "[1"), from: .rackbeat)) == "400 a JSON object was expected\n")
        let large = rackbeat("order.created", body: #"{"a":"\#(String(repeating: "x", count: 1_000_000))"}"#)
        #expect(text(receiver.answer(large, from: .rackbeat)) == "413 at most 1000000 bytes were expected\n")
        var asked = rackbeat("order.created")
        asked.method = .get
        #expect(receiver.answer(asked, from: .rackbeat).status == 405)
        #expect(receiver.answer(asked, from: .rackbeat).headers[.allow] == "POST")
        #expect(nudges.all == [])
    }

    @Test func withoutATokenNothingIsTaken() throws {
        let file = plainFile.replacing("  ongoing-tokens: [ { env: ONGOING_WEBHOOK } ]\n", with: "")
        #expect(try receiver(file).answer(ongoing(["orderId": 1, "goodsOwnerId": 42]), from: .ongoing).status == 404)
    }
}

@Suite struct ServiceHandlerTests {
    private let servers = smallWorld()

    private func service(_ journal: Journal) throws -> (SyncService, Configuration, Credentials) {
        let configuration = try configuration()
        let credentials = try credentials(of: configuration)
        let service = try SyncService(
            configuration, credentials, journal: journal, outside: servers.outside, log: silence, startedAt: noon)
        return (service, configuration, credentials)
    }

    private func handler(_ journal: Journal, at moment: Moment) throws -> (ServiceHandler, SyncService) {
        let (service, configuration, credentials) = try service(journal)
        return (ServiceHandler(service, configuration, credentials, journal: journal, now: { moment }), service)
    }

    /// The clock of the test stands still unless somebody waits, so the schedule goes round until the servers stop it.
    private func runUntilStocked(_ service: SyncService) throws {
        let servers = servers
        servers.on("PUT /demo/api/v1/orders", ["message": "The order is odd."], status: 400)
        servers.on("GET /demo/api/v1/purchaseOrders") { _ in
            service.stop()
            return Response(status: 200, json: [])
        }
        try service.run("main")
    }

    @Test func metricsCountExchangesLagAndWhatWaits() throws {
        let journal = try Journal.inMemory()
        let (handler, service) = try handler(journal, at: noon + .seconds(90))
        try runUntilStocked(service)
        let text = String(decoding: handler.answer(Request(.get, "/metrics")).body, as: UTF8.self)
        #expect(
            text == """
                # HELP tandem_exchanges_total Exchanges with both systems, by operation and outcome.
                # TYPE tandem_exchanges_total counter
                tandem_exchanges_total{connection="main",system="ongoing",operation="GET /orders",outcome="200"} 2
                tandem_exchanges_total{connection="main",system="ongoing",operation="GET /purchaseOrders",outcome="200"} 1
                tandem_exchanges_total{connection="main",system="ongoing",operation="PUT /articles",outcome="200"} 1
                tandem_exchanges_total{connection="main",system="ongoing",operation="PUT /orders",outcome="400"} 1
                tandem_exchanges_total{connection="main",system="rackbeat",operation="GET /locations/{number}",outcome="200"} 1
                tandem_exchanges_total{connection="main",system="rackbeat",operation="GET /orders",outcome="200"} 1
                tandem_exchanges_total{connection="main",system="rackbeat",operation="GET /products",outcome="200"} 2
                tandem_exchanges_total{connection="main",system="rackbeat",operation="GET /purchase-orders",outcome="200"} 1
                tandem_exchanges_total{connection="main",system="rackbeat",operation="GET /self",outcome="200"} 1
                # HELP tandem_webhooks_total Webhooks that came in, by what became of them.
                # TYPE tandem_webhooks_total counter
                # HELP tandem_job_lag_seconds How long ago a job's latest run began that came to its end.
                # TYPE tandem_job_lag_seconds gauge
                tandem_job_lag_seconds{connection="main",job="orders"} 90
                tandem_job_lag_seconds{connection="main",job="products"} 90
                tandem_job_lag_seconds{connection="main",job="purchase-orders"} 90
                tandem_job_lag_seconds{connection="main",job="receipts"} 90
                tandem_job_lag_seconds{connection="main",job="shipments"} 90
                tandem_job_lag_seconds{connection="main",job="stock"} 90
                # HELP tandem_job_succeeded Whether a job's latest run came to its end.
                # TYPE tandem_job_succeeded gauge
                tandem_job_succeeded{connection="main",job="orders"} 1
                tandem_job_succeeded{connection="main",job="products"} 1
                tandem_job_succeeded{connection="main",job="purchase-orders"} 1
                tandem_job_succeeded{connection="main",job="receipts"} 1
                tandem_job_succeeded{connection="main",job="shipments"} 1
                tandem_job_succeeded{connection="main",job="stock"} 1
                # HELP tandem_parked Records that are set aside.
                # TYPE tandem_parked gauge
                tandem_parked{connection="main",waits_for="person"} 1
                tandem_parked{connection="main",waits_for="retry"} 0
                # HELP tandem_in_doubt What was begun and is not done.
                # TYPE tandem_in_doubt gauge
                tandem_in_doubt{connection="main"} 0

                """, "\(text)")
    }

    @Test func healthIsWellWhileTheJobsComeToTheirTurn() throws {
        let journal = try Journal.inMemory()
        let (early, service) = try handler(journal, at: noon + .seconds(60))
        #expect(early.answer(Request(.get, "/health")).status == 200, "it has only begun")
        try runUntilStocked(service)
        let (late, _) = try handler(journal, at: noon + .seconds(86_400))
        let answer = late.answer(Request(.get, "/health"))
        #expect(answer.status == 503)
        #expect(
            String(decoding: answer.body, as: UTF8.self)
                == #"{"status":"ill","connections":[{"name":"main","status":"ill","problem":"no job has run for 1d"}]}"#)
    }

    @Test func everythingElseIsSaidNotToBeThere() throws {
        let (handler, _) = try handler(Journal.inMemory(), at: noon)
        #expect(handler.answer(Request(.get, "/")).status == 404)
        #expect(handler.answer(Request(.post, "/metrics")).status == 405)
        #expect(handler.answer(Request(.post, "/webhooks/ongoing")).status == 401)
    }
}
