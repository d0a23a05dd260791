import Exchange
import HTTPTypes
import Invariants
import JSON
import Mutants
import ScenarioKit
import Simulation
import SyncCore
import Testing
import Units

@Suite struct ConductInvariantTests {
    // MARK: Location

    private func shipped(_ location: String) -> [String] {
        Fixture.findings(NothingOutsideTheLocation.self) {
            $0.rackbeat.shipments[0].lines[0].location = location
            $0.exchanges = [
                Fixture.exchange(
                    31, .post, "/api/orders/1042/create-shipment",
                    response: Response(status: 201, json: ["order_shipment": ["id": 700]]))
            ]
        }
    }

    @Test func stockMovedAtAnotherLocationIsFound() {
        #expect(shipped("1001") == [])
        #expect(
            shipped("1002") == [
                "shipment 700 of order 1042, KOP-01: Connection 'main' moved stock outside its location. "
                    + "| expected no movement outside location 1001 | Rackbeat -3 at location 1002"
            ])
    }

    /// ERP users may ship from any location: no connection created this document.
    @Test func aDocumentThatNoConnectionCreatedIsAllowed() {
        #expect(Fixture.judge(NothingOutsideTheLocation.self) { $0.rackbeat.shipments[0].lines[0].location = "1002" } == .holds)
    }

    @Test func aReceiptAndAnAdjustmentElsewhereAreFoundToo() {
        let findings = Fixture.findings(NothingOutsideTheLocation.self) {
            $0.rackbeat.receipts[0].lines[0].location = "1002"
            $0.rackbeat.adjustments = [.init(id: 55, item: "KOP-01", location: "1002", change: 2, reason: "", isByHand: false)]
            $0.exchanges = [
                Fixture.exchange(
                    1, .post, "/api/purchase-orders/2001/create-receipt",
                    response: Response(status: 201, json: ["purchase_order_receipt": ["number": 300]])),
                Fixture.exchange(
                    2, .post, "/api/inventory-adjustments",
                    response: Response(status: 201, json: ["inventory_regulation": ["id": 55]])),
            ]
        }
        #expect(findings.count == 2)
        #expect(findings[0].hasPrefix("receipt 300 of purchase order 2001, KOP-01: "))
        #expect(findings[1].hasPrefix("adjustment 55, KOP-01: "))
    }

    // MARK: Contract

    @Test func aRepeatedViolationIsOneFindingWithItsFirstExchanges() {
        let verdict = Fixture.judge(ContractKept.self) {
            $0.violations = (1...9).map {
                ContractBreach(
                    exchange: $0, operation: "ongoing GET /orders", sentence: "The query parameter 'page' is not known.")
            }
        }
        #expect(
            verdict
                == .broken([
                    Finding(
                        subject: "ongoing GET /orders", sentence: "The query parameter 'page' is not known.",
                        exchanges: [1, 2, 3])
                ]))
    }

    // MARK: Rate limits

    @Test func overlappingCallsAreFound() {
        let findings = Fixture.findings(RateLimitsKept.self) {
            $0.exchanges = [
                Fixture.exchange(1, .get, "/api/orders"),
                Fixture.exchange(2, .get, "/api/orders", at: Fixture.start + .milliseconds(79)),
            ]
        }
        #expect(findings == ["connection 'main': Two calls overlap. | expected one call at a time"])
    }

    /// The network did it, not the engine.
    @Test func aRequestThatArrivesTwiceIsSentOnce() {
        let call = Fixture.exchange(1, .post, "/api/inventory-adjustments")
        let next = Fixture.exchange(2, .get, "/api/orders", at: call.endedAt + .seconds(1))
        var second = call
        second.fault = AppliedFault.secondDelivery(of: 1)
        #expect(Fixture.judge(RateLimitsKept.self) { $0.exchanges = [second, call, next] } == .holds)
        // Also when it arrives after the call has ended.
        second.endedAt = next.endedAt + .seconds(20)
        #expect(Fixture.judge(RateLimitsKept.self) { $0.exchanges = [call, second, next] } == .holds)
    }

    private func calls(_ count: Int, every pause: Duration) -> [Exchanged] {
        (0..<count).map {
            Fixture.exchange(
                $0 + 1, .get, "/api/orders", at: Fixture.start + .milliseconds(Int64($0) * pause.milliseconds),
                lasting: .milliseconds(50))
        }
    }

    @Test func oneCallAboveTheLimitInAnyWindowIsFound() {
        #expect(Fixture.judge(RateLimitsKept.self) { $0.exchanges = calls(2000, every: .milliseconds(125)) } == .holds)
        #expect(
            Fixture.findings(RateLimitsKept.self) { $0.exchanges = calls(481, every: .milliseconds(124)) } == [
                "Rackbeat: The calls exceed the rate limit. | expected at most 480 calls in 1m"
            ])
    }

    /// Each goods owner has a limit of its own in the warehouse; the account of Rackbeat has one for all.
    @Test func theLimitOfTheWarehouseIsOneForEachConnection() {
        func findings(_ system: System, _ names: [String]) -> [String] {
            Fixture.findings(RateLimitsKept.self) { evidence in
                evidence.connections = ["main", "north"].map { name in
                    var facts = Fixture.connection { $0.name = name }
                    facts.ongoingProfile = facts.ongoingProfile.changing(["rate_limit": "100"])
                    facts.rackbeatProfile = facts.rackbeatProfile.changing(["rate_limit": "100"])
                    return facts
                }
                evidence.exchanges = (0..<120).map { index in
                    var call = Fixture.exchange(
                        index + 1, .get, "/api/orders", system: system, at: Fixture.start + .milliseconds(Int64(index) * 400),
                        lasting: .milliseconds(50))
                    call.connection = names[index % names.count]
                    return call
                }
            }
        }
        #expect(findings(.ongoing, ["main", "north"]) == [])
        for name in ["main", "north"] {
            #expect(
                findings(.ongoing, [name]) == [
                    "Ongoing, connection '\(name)': The calls exceed the rate limit. | expected at most 100 calls in 1m"
                ])
        }
        #expect(findings(.rackbeat, ["main", "north"]).count == 1)
    }

    private func after429(
        _ retryAfter: String, _ milliseconds: Int, date: String? = nil, restart: Bool = false, status: Int = 429
    ) -> Verdict {
        var response = Response(status: status)
        response.headers[.retryAfter] = retryAfter
        response.headers[.date] = date
        return Fixture.judge(RateLimitsKept.self) {
            $0.exchanges = [
                Fixture.exchange(1, .get, "/api/orders", response: response),
                Fixture.exchange(2, .get, "/api/orders", at: Fixture.start + .milliseconds(80 + milliseconds)),
            ]
            if restart { $0.restarts = [Fixture.start + .milliseconds(90)] }
        }
    }

    /// To the second: one millisecond early is early.
    @Test func aCallBeforeTheEndOfAPauseIsFound() {
        #expect(after429("30", 30_000) == .holds)
        #expect(after429("30", 29_999) != .holds)
        let date = "Mon, 02 Mar 2026 08:00:30 GMT"
        #expect(after429(date, 30_000, date: "Mon, 02 Mar 2026 08:00:00 GMT") == .holds)
        #expect(after429(date, 29_999, date: "Mon, 02 Mar 2026 08:00:00 GMT") != .holds)
        #expect(after429(date, 29_920) == .holds)
    }

    @Test func aServerThatIsDownMayAskForAPauseToo() {
        #expect(after429("30", 30_000, status: 503) == .holds)
        #expect(after429("30", 29_999, status: 503) != .holds)
    }

    @Test func aRestartedEngineNeedNotRememberThePause() {
        #expect(after429("30", 1000) != .holds)
        #expect(after429("30", 1000, restart: true) == .holds)
    }

    /// A failed call and its retry, once for each pause.
    private func retries(_ pauses: [Int], status: Int = 502) -> [String] {
        var time = Fixture.start
        var exchanges: [Exchanged] = []
        for (turn, pause) in pauses.enumerated() {
            for (response, wait) in [(status, pause), (200, 60_000)] {
                exchanges.append(
                    Fixture.exchange(
                        exchanges.count + 1, .get, "/api/orders?page=\(turn)", response: Response(status: response), at: time))
                time = exchanges.last!.endedAt + .milliseconds(wait)
            }
        }
        return Fixture.findings(RateLimitsKept.self) { $0.exchanges = exchanges }
    }

    @Test func equalPausesAreFound() {
        #expect(
            retries([250, 250, 250, 250, 250, 250]) == [
                "Rackbeat, connection 'main': Every retry of a failed call comes after exactly 250 ms. "
                    + "| expected pauses that differ"
            ])
        #expect(retries([250, 250, 250, 250, 250]) == [], "five may be an accident")
        #expect(retries([250, 250, 250, 250, 250, 249]) == [])
        #expect(retries([250, 250, 250, 250, 250, 250], status: 404) == [], "a refusal needs no back-off")
    }

    // MARK: Refusals

    private func refused(
        _ times: Int, every pause: Duration, status: Int = 400, _ method: HTTPRequest.Method = .put,
        after action: ActionLog.Action? = nil
    ) -> [String] {
        Fixture.findings(RefusalsAreNotRetried.self) {
            $0.actionLog = ActionLog()
            if let action {
                for turn in 1..<times { $0.actionLog.record(action, at: Fixture.start + pause * turn) }
            }
            $0.exchanges = (0..<times).map { turn in
                var exchange = Fixture.exchange(
                    turn + 1, method, "/api/orders", response: Response(status: status),
                    at: Fixture.start + .milliseconds(Int64(turn) * pause.milliseconds))
                exchange.request.body = Array(#"{"orderNumber":"1042"}"#.utf8)
                return exchange
            }
        }
    }

    @Test func aRefusalThatIsRetriedIsFound() {
        let quarter = Duration.seconds(900)
        #expect(
            refused(6, every: quarter) == [
                "Rackbeat PUT /api/orders: The system refused the same request 6 times within 1h 15m. "
                    + "| expected a parked record, and no retry before somebody changes something"
            ])
        #expect(refused(5, every: quarter) == [])
        #expect(refused(20, every: .seconds(1800)) == [], "a retry now and then may be a person's")
        #expect(refused(6, every: quarter, status: 503) == [], "a failing server may recover")
        #expect(refused(6, every: quarter, status: 404, .get) == [], "a read may be repeated")
        #expect(refused(6, every: quarter, after: .orderReopened("1042")) == [], "a change is a reason to send it again")
        #expect(refused(6, every: quarter, after: .orderReopened("1043")) != [], "a change of another order is not")
    }

    /// What is refused, and what only did not work this time.
    @Test(arguments: [400, 404, 405, 409, 410, 413, 415, 422, 423, 428])
    func everyRefusalCounts(status: Int) { #expect(refused(6, every: .seconds(900), status: status).count == 1) }

    @Test(arguments: [200, 301, 401, 403, 408, 429, 500, 502, 503, 504])
    func whatIsNoRefusalMayBeRetried(status: Int) { #expect(refused(6, every: .seconds(900), status: status) == []) }

    // MARK: Stuck

    @Test func aJobThatNeverEndsIsFound() {
        func findings(_ beginnings: Int) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.unfinishedJobs = [UnfinishedJob(connection: "main", job: "shipments", beginnings: beginnings)]
            }
        }
        #expect(findings(1) == [], "one crash is an injected fault")
        #expect(
            findings(3) == [
                "shipments, connection 'main': The job started 3 times, and each time the process ended first. "
                    + "| expected a job that runs to its end"
            ])
    }

    @Test func anUnknownOutcomeIsFound() {
        #expect(
            Fixture.findings(NothingStuck.self) {
                $0.unknownOutcomes = [
                    UnknownOutcome(connection: "main", record: RecordRef(.order, "1042"), kind: "shipment", state: "creating")
                ]
            } == [
                "shipment of order 1042, connection 'main': The outcome is still unknown (creating). | expected every outcome known"
            ])
    }

    @Test func aDraftOfTheEnginesIsFoundAndOneOfAnERPUsersIsNot() {
        func findings(_ exchanges: [Exchanged]) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.rackbeat.shipments[0].shippedAt = nil
                $0.exchanges = exchanges
            }
        }
        let response = Response(status: 201, json: ["order_shipment": ["id": 700]])
        #expect(
            findings([Fixture.exchange(31, .post, "/api/orders/1042/create-shipment", response: response)]) == [
                "order 1042: The engine left a draft behind. | expected no draft "
                    + "| Rackbeat shipment 700, not shipped, of 3 KOP-01"
            ])
        #expect(findings([]) == [])
    }

    /// Each kind of document by itself.
    @Test func aDraftOfAReceiptOrAnAdjustmentIsFoundToo() {
        func findings(_ number: Int, byHand: Bool = false) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.rackbeat.receipts[0].receivedAt = nil
                $0.rackbeat.adjustments = [
                    .init(id: 55, item: "KOP-01", location: "1001", change: nil, reason: "", isByHand: byHand)
                ]
                $0.exchanges = [
                    Fixture.exchange(
                        1, .post, "/api/purchase-orders/2001/create-receipt",
                        response: Response(status: 201, json: ["purchase_order_receipt": ["number": JSON(number)]])),
                    Fixture.exchange(
                        2, .post, "/api/inventory-adjustments",
                        response: Response(status: 201, json: ["inventory_regulation": ["id": 55]])),
                ]
            }
        }
        let receipt =
            "purchase order 2001: The engine left a draft behind. | expected no draft | Rackbeat receipt 300, not received, "
            + "of 40 KOP-01"
        let adjustment =
            "KOP-01 at location 1001: The engine left a draft behind. | expected no draft | Rackbeat adjustment 55, not booked"
        #expect(findings(300) == [receipt, adjustment])
        #expect(findings(300, byHand: true) == [receipt])
        #expect(findings(301) == [adjustment])
    }

    /// After a lost response, a draft with other lines may be an ERP user's: the engine shows it and does not delete it.
    @Test func aDraftThatAParkedRecordNamesIsNotLeftBehind() {
        func findings(_ documents: [RecordRef]) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.rackbeat.shipments[0].shippedAt = nil
                let response = Response(status: 201, json: ["order_shipment": ["id": 700]])
                $0.exchanges = [Fixture.exchange(31, .post, "/api/orders/1042/create-shipment", response: response)]
                $0.parked = [
                    ParkedFact(
                        connection: "main", job: .shipments, record: RecordRef(.order, "1042"), reason: "It differs.",
                        documents: documents)
                ]
                $0.expectedParked = [ExpectedParked(job: .shipments, number: "1042")]
            }
        }
        #expect(findings([RecordRef(.shipment, "700")]) == [])
        #expect(findings([RecordRef(.shipment, "7001")]).count == 1)
        #expect(findings([RecordRef(.receipt, "700")]).count == 1)
        #expect(findings([]).count == 1)
    }

    /// A fault may have kept the engine from seeing the record. What is parked must be expected all the same.
    @Test func anExpectedParkedRecordNeedNotBeThereWhereItIsNotDemanded() {
        #expect(
            Fixture.judge(NothingStuck.self) {
                $0.expectedParked = [ExpectedParked(job: .orders, number: "1042")]
                $0.demandsExpectedParked = false
            } == .holds)
    }

    @Test func aParkedRecordMustBeExpectedAndAnExpectedOneMustBeThere() {
        let fact = ParkedFact(connection: "main", job: .orders, record: RecordRef(.order, "1042"), reason: "Work has begun.")
        #expect(
            Fixture.findings(NothingStuck.self) { $0.parked = [fact] } == [
                "orders 1042, connection 'main': The record is parked: Work has begun. "
                    + "| expected no parked record but those that the scenario lists under 'expect: parked'"
            ])
        let expected = ExpectedParked(job: .orders, number: "1042")
        for other in [
            ExpectedParked(job: .shipments, number: "1042"), ExpectedParked(connection: "second", number: "1042"),
            ExpectedParked(number: "104"), ExpectedParked(number: "1042", document: RecordRef(.shipment, "700")),
        ] {
            let verdict = Fixture.judge(NothingStuck.self) {
                $0.parked = [fact]
                $0.expectedParked = [other]
                $0.demandsExpectedParked = false
            }
            #expect(verdict != .holds, "\(other)")
        }
        #expect(
            Fixture.judge(NothingStuck.self) {
                $0.parked = [fact]
                $0.expectedParked = [expected]
            } == .holds)
        #expect(
            Fixture.findings(NothingStuck.self) { $0.expectedParked = [expected] } == [
                "orders 1042: The scenario expects a parked record, and there is none. | expected a parked record"
            ])
    }

    // MARK: Secrets

    @Test func aSecretOutsideItsHeaderIsFound() {
        func findings(_ change: (inout Request) -> Void) -> [String] {
            var request = Request(.get, "/api/orders", headers: [.authorization: "Bearer s3cret-token"])
            change(&request)
            return Fixture.findings(NoSecretAnywhere.self) {
                var exchange = Fixture.exchange(1, .get, "/api/orders")
                exchange.request = request
                $0.exchanges = [exchange]
            }
        }
        let rest =
            "The request has a secret outside the Authorization header. | expected secrets in the Authorization header only"
        #expect(findings { _ in } == [])
        #expect(findings { $0.target += "?api_token=s3cret-token" } == ["Rackbeat, request target: \(rest)"])
        #expect(findings { $0.target += "?api_token=s3cret%2Dtoken" } == ["Rackbeat, request target: \(rest)"])
        #expect(findings { $0.body = Array(#"{"note":"s3cret-token"}"#.utf8) } == ["Rackbeat, request body: \(rest)"])
        #expect(findings { $0.headers[.referer] = "s3cret-token" } == ["Rackbeat, header Referer: \(rest)"])
    }

    @Test func aSecretInAnOutputIsFoundAndNotRepeated() {
        let findings = Fixture.findings(NoSecretAnywhere.self) {
            $0.outputs = [("the journal", "refused: Bearer s3cret-token"), ("the log", "all well")]
            $0.parked = [ParkedFact(connection: "main", job: .orders, record: RecordRef(.order, "1042"), reason: "s3cret-token")]
        }
        #expect(
            findings == [
                "the journal: The text has a secret in it. | expected no secret in anything that is stored or shown",
                "parked orders, connection 'main': The text has a secret in it. | expected no secret in anything that is stored or shown",
            ])
        #expect(!findings.joined().contains("s3cret"))
    }

    @Test func withoutSecretsTheInvariantIsUndecided() {
        #expect(Fixture.judge(NoSecretAnywhere.self) { $0.secrets = [] } == .undecided("the run names no secrets to look for"))
    }

    // MARK: Movements

    @Test func stockThatDiffersFromItsMovementsIsFound() {
        #expect(
            Fixture.findings(StockEqualsMovements.self) {
                $0.rackbeat.imbalances = [StockImbalance(item: "KOP-01", place: "1001", stock: 9, sum: 10)]
                $0.ongoing.imbalances = [StockImbalance(item: "KOP-01", place: "1", stock: 11, sum: 10)]
            } == [
                "KOP-01 at location 1001: Stock differs from the sum of its movements. | expected 10 | Rackbeat 9",
                "KOP-01 of goods owner 1: Stock differs from the sum of its movements. | expected 10 | Ongoing 11",
            ])
    }

    // MARK: All invariants

    /// Nothing would ever catch a mutant that names an invariant that does not exist.
    @Test func everyMutantNamesAnInvariantThatExists() {
        for mutant in Mutant.all {
            #expect(AllInvariants.ids.contains(mutant.caughtBy), "\(mutant.name): \(mutant.caughtBy)")
        }
    }

    @Test func everyInvariantHasAnIDOfItsOwnAndAStatementThatSaysTheHarm() {
        #expect(Set(AllInvariants.ids).count == AllInvariants.types.count)
        for invariant in AllInvariants.types {
            #expect(invariant.statement.hasSuffix("."), "\(invariant.id)")
            #expect(invariant.statement.contains("; otherwise "), "\(invariant.id)")
        }
    }
}
