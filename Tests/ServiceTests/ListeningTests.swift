import Exchange
import HTTPTypes
import JSON
import SyncCore
import Synchronization
import Testing
import Units

@testable import Service
@testable import SyncEngine

@Suite struct WebhookReceiverTests {
    private let nudges = Notes()
    private let counts = Notes()

    /// What was told, in order.
    private final class Notes: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func add(_ note: String) { kept.withLock { $0.append(note) } }
    }

    private func webhookReceiver(_ file: String = plainFile) throws -> WebhookReceiver {
        let configuration = try configuration(file)
        return WebhookReceiver(
            configuration, try credentials(of: configuration),
            nudge: { [nudges] job, connection in nudges.add("\(connection)/\(job.rawValue)") },
            count: { [counts] system, outcome in counts.add("\(system) \(outcome.rawValue)") })
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
        #expect(try webhookReceiver().respond(to: rackbeat(event), from: .rackbeat).status == 202)
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
        #expect(try webhookReceiver().respond(to: ongoing(.read(body)), from: .ongoing).status == 202)
        #expect(nudges.all == jobs)
    }

    /// Delivery is at least once.
    @Test func aMessageThatComesTwiceNudgesOnce() throws {
        let webhookReceiver = try webhookReceiver()
        let message = ongoing(["webhookEventId": 991, "orderId": 70_011, "goodsOwnerId": 42])
        for _ in 0..<3 { #expect(webhookReceiver.respond(to: message, from: .ongoing).status == 202) }
        #expect(nudges.all == ["main/shipments"])
        #expect(counts.all == ["ongoing nudged", "ongoing duplicate", "ongoing duplicate"])
    }

    @Test func messagesOfUnknownSendersAreRefused() throws {
        let webhookReceiver = try webhookReceiver()
        func text(_ response: Response) -> String { "\(response.status) " + String(decoding: response.body, as: UTF8.self) }
        let order: JSON = ["orderId": 1, "goodsOwnerId": 42]
        #expect(
            text(webhookReceiver.respond(to: rackbeat("order.created", token: "guess"), from: .rackbeat))
                == "401 the token is unknown\n")
        #expect(text(webhookReceiver.respond(to: ongoing(order, token: ""), from: .ongoing)) == "401 the token is unknown\n")
        #expect(
            text(webhookReceiver.respond(to: rackbeat("order.created", account: "4712"), from: .rackbeat))
                == "403 the account is unknown\n")
        #expect(
            text(webhookReceiver.respond(to: ongoing(["orderId": 1, "goodsOwnerId": 43]), from: .ongoing))
                == "403 the goods owner is unknown\n")
        #expect(
            text(webhookReceiver.respond(to: rackbeat("order.created", body: "[1"), from: .rackbeat))
                == "400 a JSON object was expected\n")
        let large = rackbeat("order.created", body: #"{"a":"\#(String(repeating: "x", count: 1_000_000))"}"#)
        #expect(text(webhookReceiver.respond(to: large, from: .rackbeat)) == "413 at most 1000000 bytes were expected\n")
        var asked = rackbeat("order.created")
        asked.method = .get
        #expect(webhookReceiver.respond(to: asked, from: .rackbeat).status == 405)
        #expect(webhookReceiver.respond(to: asked, from: .rackbeat).headers[.allow] == "POST")
        #expect(nudges.all == [])
    }

    @Test func withoutATokenNoWebhookIsAccepted() throws {
        let file = plainFile.replacing("  ongoing-tokens: [ { env: ONGOING_WEBHOOK } ]\n", with: "")
        #expect(try webhookReceiver(file).respond(to: ongoing(["orderId": 1, "goodsOwnerId": 42]), from: .ongoing).status == 404)
    }
}

@Suite struct ServiceHandlerTests {
    private let servers = smallWorld()

    private func service(_ journal: Journal) throws -> (SyncService, Configuration, Credentials) {
        let configuration = try configuration()
        let credentials = try credentials(of: configuration)
        let service = try SyncService(
            configuration, credentials, journal: journal, runtime: servers.runtime, log: silence, startedAt: noon)
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

    /// A rule over a metric of another name would never fire.
    @Test func theAlertRulesNameMetricsThatAreServed() throws {
        let (handler, _) = try handler(.inMemory(), at: noon)
        let text = String(decoding: handler.respond(to: Request(.get, "/metrics")).body, as: UTF8.self)
        for rule in AlertRules.rules {
            let named = rule.expression.matches(of: /tandem_[a-z_]+/).map { String($0.output) }
            for name in named { #expect(text.contains("# TYPE \(name) "), "\(rule.name) asks for \(name)") }
            #expect(!named.isEmpty || rule.expression.hasPrefix("up{"))
        }
    }

    @Test func metricsCountExchangesLagAndParkedRecords() throws {
        let journal = try Journal.inMemory()
        let (handler, service) = try handler(journal, at: noon + .seconds(90))
        try runUntilStocked(service)
        let text = String(decoding: handler.respond(to: Request(.get, "/metrics")).body, as: UTF8.self)
        #expect(
            text == """
                # HELP tandem_exchanges_total Exchanges with both systems, by operation and outcome.
                # TYPE tandem_exchanges_total counter
                tandem_exchanges_total{connection="main",system="ongoing",operation="GET /orders",outcome="200"} 5
                tandem_exchanges_total{connection="main",system="ongoing",operation="GET /orders/statuses",outcome="404"} 1
                tandem_exchanges_total{connection="main",system="ongoing",operation="GET /purchaseOrders",outcome="200"} 1
                tandem_exchanges_total{connection="main",system="ongoing",operation="PUT /articles",outcome="200"} 1
                tandem_exchanges_total{connection="main",system="ongoing",operation="PUT /orders",outcome="400"} 1
                tandem_exchanges_total{connection="main",system="rackbeat",operation="GET /locations/{number}",outcome="200"} 1
                tandem_exchanges_total{connection="main",system="rackbeat",operation="GET /orders",outcome="200"} 1
                tandem_exchanges_total{connection="main",system="rackbeat",operation="GET /products",outcome="200"} 2
                tandem_exchanges_total{connection="main",system="rackbeat",operation="GET /purchase-orders",outcome="200"} 1
                tandem_exchanges_total{connection="main",system="rackbeat",operation="GET /self",outcome="200"} 1
                # HELP tandem_webhooks_total Webhook messages received, by system and outcome.
                # TYPE tandem_webhooks_total counter
                # HELP tandem_job_lag_seconds Seconds since the start of a job's latest successful run.
                # TYPE tandem_job_lag_seconds gauge
                tandem_job_lag_seconds{connection="main",job="orders"} 90
                tandem_job_lag_seconds{connection="main",job="products"} 90
                tandem_job_lag_seconds{connection="main",job="purchase-orders"} 90
                tandem_job_lag_seconds{connection="main",job="receipts"} 90
                tandem_job_lag_seconds{connection="main",job="shipments"} 90
                tandem_job_lag_seconds{connection="main",job="stock"} 90
                # HELP tandem_job_succeeded Whether a job's latest run succeeded.
                # TYPE tandem_job_succeeded gauge
                tandem_job_succeeded{connection="main",job="orders"} 1
                tandem_job_succeeded{connection="main",job="products"} 1
                tandem_job_succeeded{connection="main",job="purchase-orders"} 1
                tandem_job_succeeded{connection="main",job="receipts"} 1
                tandem_job_succeeded{connection="main",job="shipments"} 1
                tandem_job_succeeded{connection="main",job="stock"} 1
                # HELP tandem_parked Parked records.
                # TYPE tandem_parked gauge
                tandem_parked{connection="main"} 1
                # HELP tandem_retry_scheduled Records with a scheduled retry.
                # TYPE tandem_retry_scheduled gauge
                tandem_retry_scheduled{connection="main"} 0
                # HELP tandem_outcome_unknown Writes with an unknown outcome.
                # TYPE tandem_outcome_unknown gauge
                tandem_outcome_unknown{connection="main"} 0
                # HELP tandem_paused_until_timestamp_seconds Until when a connection is paused, as Unix time; 0: it is not.
                # TYPE tandem_paused_until_timestamp_seconds gauge
                tandem_paused_until_timestamp_seconds{connection="main"} 0
                # HELP tandem_health_status Whether a connection is in this state.
                # TYPE tandem_health_status gauge
                tandem_health_status{connection="main",status="degraded"} 1
                tandem_health_status{connection="main",status="failing"} 0
                tandem_health_status{connection="main",status="ok"} 0

                """, "\(text)")
    }

    @Test func healthIsOkWhileTheJobsRunWhenTheyAreDue() throws {
        let journal = try Journal.inMemory()
        let (early, service) = try handler(journal, at: noon + .seconds(60))
        #expect(early.respond(to: Request(.get, "/health")).status == 200, "it has only begun")
        try runUntilStocked(service)
        let (late, _) = try handler(journal, at: noon + .seconds(86_400))
        let response = late.respond(to: Request(.get, "/health"))
        #expect(response.status == 503)
        #expect(
            String(decoding: response.body, as: UTF8.self).hasPrefix(
                #"{"status":"failing","connections":[{"name":"main","status":"failing","problem":"the job 'products' has not succeeded for 1d","#
            ))
    }

    /// Whoever may not be asked is asked again after the pause; `/health` says until when, and so does `status`.
    @Test func refusedCredentialsFailAtOnceWithTheNextAttempt() throws {
        let journal = try Journal.inMemory()
        let (handler, service) = try handler(journal, at: noon + .seconds(60))
        let servers = servers
        servers.on("GET /api/self") { _ in
            service.stop()
            return Response(status: 401)
        }
        try service.run("main")
        let response = handler.respond(to: Request(.get, "/health"))
        #expect(response.status == 503)
        let body = try JSON.parse(response.body)
        let reason = try #require(body["connections"]?[0]?["reasons"]?[0])
        #expect(reason["reason"] == "credentials-refused")
        #expect(reason["since"] == "2026-03-02T12:00:00.000Z")
        #expect(reason["nextAttempt"] == "2026-03-02T12:05:00.000Z")
        #expect(handler.respond(to: Request(.get, "/health/ready")).status == 503)
        // A new start would not help.
        #expect(handler.respond(to: Request(.get, "/health/live")).status == 200)
        let metrics = String(decoding: handler.respond(to: Request(.get, "/metrics")).body, as: UTF8.self)
        #expect(metrics.contains("tandem_paused_until_timestamp_seconds{connection=\"main\"} 1772453100\n"), "\(metrics)")
        let status = try StatusReport(of: journal, connections: ["main"], at: noon + .seconds(60))
        #expect(status.text.contains("paused until 2026-03-02T12:05:00Z, for another 4m; "), "\(status.text)")
    }

    @Test func aJournalThatCannotBeWrittenFails() throws {
        let journal = try Journal.inMemory()
        let (handler, _) = try handler(journal, at: noon)
        try journal.execute("PRAGMA query_only = ON")
        let health = handler.respond(to: Request(.get, "/health"))
        let body = String(decoding: health.body, as: UTF8.self)
        #expect(health.status == 503)
        #expect(body.contains(#""reason":"journal-unusable""#), "\(body)")
    }

    @Test func theMetricsFollowPrometheusConventions() throws {
        let journal = try Journal.inMemory()
        let (handler, service) = try handler(journal, at: noon + .seconds(90))
        try runUntilStocked(service)
        let text = String(decoding: handler.respond(to: Request(.get, "/metrics")).body, as: UTF8.self)
        #expect(MetricsLint.problems(in: text) == [])
    }

    /// The linter itself finds what it is there for.
    @Test(arguments: [
        ("# HELP a_total x\n# TYPE a_total gauge\na_total 1\n", "a_total: only a counter ends in _total"),
        ("# HELP a x\n# TYPE a counter\na 1\n", "a: a counter ends in _total"),
        ("# HELP a_milliseconds x\n# TYPE a_milliseconds gauge\na_milliseconds 1\n", "a_milliseconds: seconds is the base unit"),
        ("# TYPE a gauge\na 1\n", "a: it has no help"), ("# HELP a x\na 1\n", "a: it has no type"),
        ("# HELP a_gauge x\n# TYPE a_gauge gauge\na_gauge 1\n", "a_gauge: the type is no part of the name"),
        ("# HELP aB x\n# TYPE aB gauge\naB 1\n", "aB: names are written in snake_case"),
        ("# HELP a x\n# TYPE a gauge\na{fooBar=\"1\"} 1\n", "a: the label fooBar is not written in snake_case"),
        ("# HELP a x\n# TYPE a gauge\na{b=\"1\"} 1\na{b=\"1\"} 2\n", "a: the sample a{b=\"1\"} stands twice"),
        ("# HELP a x\n# TYPE a gauge\na 1", "the text does not end with a line break"),
        ("# HELP a_count x\n# TYPE a_count gauge\na_count 1\n", "a_count: the suffix belongs to histograms and summaries"),
    ]) func theLinterFinds(text: String, problem: String) {
        #expect(MetricsLint.problems(in: text).contains(problem), "\(MetricsLint.problems(in: text))")
    }

    private func health(_ journal: Journal, at moment: Moment) throws -> (status: Int, body: String) {
        let response = try handler(journal, at: moment).0.respond(to: Request(.get, "/health"))
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    /// Starting the service again helps no parked record, so the status stays 200; the body says that somebody is needed.
    @Test func healthIsDegradedWhileARecordNeedsAPerson() throws {
        let health = try health(journalThatGaveUp(), at: noon)
        #expect(health.status == 200)
        #expect(
            health.body.contains(
                #"{"status":"degraded","connections":[{"name":"main","status":"degraded","problem":"1 record is parked"#))
    }

    /// Also in a service that was started meanwhile: since when a job has been failing stands in the journal.
    @Test func healthFailsWhenAJobHasBeenFailingForHours() throws {
        let journal = try Journal.inMemory()
        for hours in [0, 2, 4] {
            try journal.of("main").save(
                RunRecord(
                    connection: "main", job: .orders, startedAt: noon + .seconds(hours * 3600),
                    endedAt: noon + .seconds(hours * 3600),
                    succeeded: false, summary: "unreadable"))
        }
        #expect(try health(journal, at: noon + .seconds(4 * 3600 - 1)).status == 200)
        let late = try health(journal, at: noon + .seconds(4 * 3600))
        #expect(late.status == 503)
        #expect(late.body.contains("the job 'orders' has been failing for 4h"))
        try journal.of("main").save(
            RunRecord(
                connection: "main", job: .orders, startedAt: noon + .seconds(4 * 3600), endedAt: noon + .seconds(4 * 3600),
                succeeded: true, summary: "done"))
        #expect(try health(journal, at: noon + .seconds(4 * 3600)).status == 200)
    }

    /// A list is no record: nothing is parked, and nothing else tells of it.
    @Test func aListThatCanNeverBeReadTurnsHealthBad() throws {
        let journal = try Journal.inMemory()
        let (_, service) = try handler(journal, at: noon)
        let servers = servers
        servers.on("GET /api/orders") { _ in
            // Every five minutes, for five hours.
            if servers.conversation.count(where: { $0.hasPrefix("GET /api/orders?") }) >= 60 { service.stop() }
            return Response(status: 200, json: ["orders": "none today"])
        }
        try service.run("main")
        #expect(try journal.parked().isEmpty)
        #expect(try health(journal, at: noon + .seconds(3 * 3600)).status == 200)
        let late = try health(journal, at: noon + .seconds(5 * 3600))
        #expect(late.status == 503)
        #expect(late.body.contains("the job 'orders' has been failing for "), "\(late.body)")
    }

    @Test func everyOtherPathIsNotFound() throws {
        let (handler, _) = try handler(Journal.inMemory(), at: noon)
        #expect(handler.respond(to: Request(.get, "/")).status == 404)
        #expect(handler.respond(to: Request(.post, "/metrics")).status == 405)
        #expect(handler.respond(to: Request(.post, "/webhooks/ongoing")).status == 401)
    }
}
