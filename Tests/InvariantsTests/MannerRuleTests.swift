import Exchange
import HTTPTypes
import Invariants
import JSON
import Mutants
import ScenarioKit
import Simulation
import Testing
import Units

@Suite struct MannerRuleTests {
    // MARK: Location

    private func shipped(_ location: String) -> [String] {
        Fixture.findings(NothingOutsideTheLocation.self) {
            $0.shop.shipments[0].lines[0].location = location
            $0.exchanges = [
                Fixture.exchange(
                    31, .post, "/api/orders/1042/create-shipment",
                    answer: Response(status: 201, json: ["order_shipment": ["id": 700]]))
            ]
        }
    }

    @Test func stockMovedAtAnotherLocationIsFound() {
        #expect(shipped("1001") == [])
        #expect(
            shipped("1002") == [
                "shipment 700 of order 1042, KOP-01: The connection 'main' moved stock at a location that is not its own. "
                    + "| expected nothing outside location 1001 | Rackbeat -3 at location 1002"
            ])
    }

    /// The office may ship wherever it likes: no connection made this document.
    @Test func whatNoConnectionMadeIsNotOurs() {
        #expect(Fixture.judge(NothingOutsideTheLocation.self) { $0.shop.shipments[0].lines[0].location = "1002" } == .holds)
    }

    @Test func aReceiptAndAnAdjustmentElsewhereAreFoundToo() {
        let findings = Fixture.findings(NothingOutsideTheLocation.self) {
            $0.shop.receipts[0].lines[0].location = "1002"
            $0.shop.adjustments = [.init(id: 55, item: "KOP-01", location: "1002", change: 2, reason: "", isByHand: false)]
            $0.exchanges = [
                Fixture.exchange(
                    1, .post, "/api/purchase-orders/2001/create-receipt",
                    answer: Response(status: 201, json: ["purchase_order_receipt": ["number": 300]])),
                Fixture.exchange(
                    2, .post, "/api/inventory-adjustments",
                    answer: Response(status: 201, json: ["inventory_regulation": ["id": 55]])),
            ]
        }
        #expect(findings.count == 2)
        #expect(findings[0].hasPrefix("receipt 300 of purchase order 2001, KOP-01: "))
        #expect(findings[1].hasPrefix("adjustment 55, KOP-01: "))
    }

    // MARK: Contract

    @Test func aMistakeMadeManyTimesIsOneFindingWithItsFirstExchanges() {
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

    // MARK: Pace

    @Test func twoCallsAtOnceAreFound() {
        let findings = Fixture.findings(PaceKept.self) {
            $0.exchanges = [
                Fixture.exchange(1, .get, "/api/orders"),
                Fixture.exchange(2, .get, "/api/orders", at: Fixture.start + .milliseconds(79)),
            ]
        }
        #expect(findings == ["connection 'main': Two calls were under way at once. | expected one call after the other"])
    }

    /// The network's doing, not the integration's.
    @Test func aRequestThatArrivedTwiceWasSentOnce() {
        let call = Fixture.exchange(1, .post, "/api/inventory-adjustments")
        #expect(Fixture.judge(PaceKept.self) { $0.exchanges = [call, call] } == .holds)
    }

    private func calls(_ count: Int, every pause: Duration) -> [Exchanged] {
        (0..<count).map {
            Fixture.exchange(
                $0 + 1, .get, "/api/orders", at: Fixture.start + .milliseconds(Int64($0) * pause.milliseconds),
                lasting: .milliseconds(50))
        }
    }

    @Test func oneCallMoreThanTheLimitInAnyWindowIsFound() {
        #expect(Fixture.judge(PaceKept.self) { $0.exchanges = calls(2000, every: .milliseconds(125)) } == .holds)
        #expect(
            Fixture.findings(PaceKept.self) { $0.exchanges = calls(481, every: .milliseconds(124)) } == [
                "Rackbeat: More calls were made than the limit allows. | expected at most 480 calls in 1m"
            ])
    }

    private func after429(_ retryAfter: String, _ milliseconds: Int, date: String? = nil, restart: Bool = false) -> Verdict {
        var answer = Response(status: 429)
        answer.headers[.retryAfter] = retryAfter
        answer.headers[.date] = date
        return Fixture.judge(PaceKept.self) {
            $0.exchanges = [
                Fixture.exchange(1, .get, "/api/orders", answer: answer),
                Fixture.exchange(2, .get, "/api/orders", at: Fixture.start + .milliseconds(80 + milliseconds)),
            ]
            if restart { $0.restarts = [Fixture.start + .milliseconds(90)] }
        }
    }

    /// To the second: one millisecond early is early.
    @Test func thePauseThatA429AsksForIsKept() {
        #expect(after429("30", 30_000) == .holds)
        #expect(after429("30", 29_999) != .holds)
        let date = "Mon, 02 Mar 2026 08:00:30 GMT"
        #expect(after429(date, 30_000, date: "Mon, 02 Mar 2026 08:00:00 GMT") == .holds)
        #expect(after429(date, 29_999, date: "Mon, 02 Mar 2026 08:00:00 GMT") != .holds)
        #expect(after429(date, 29_920) == .holds)
    }

    @Test func anEngineThatIsStartedAnewMayHaveForgottenThePause() {
        #expect(after429("30", 1000) != .holds)
        #expect(after429("30", 1000, restart: true) == .holds)
    }

    /// A call to the warehouse that failed, made again after the pauses, again and again.
    private func retries(_ pauses: [Int], status: Int = 502) -> [String] {
        var time = Fixture.start
        var exchanges: [Exchanged] = []
        for (turn, pause) in pauses.enumerated() {
            for (answer, wait) in [(status, pause), (200, 60_000)] {
                exchanges.append(
                    Fixture.exchange(
                        exchanges.count + 1, .get, "/api/orders?page=\(turn)", answer: Response(status: answer), at: time))
                time = exchanges.last!.endedAt + .milliseconds(wait)
            }
        }
        return Fixture.findings(PaceKept.self) { $0.exchanges = exchanges }
    }

    @Test func pausesThatNeverDifferAreFound() {
        #expect(
            retries([250, 250, 250, 250, 250, 250]) == [
                "Rackbeat, connection 'main': A failed call was made again after exactly 250 ms, every time. "
                    + "| expected pauses that differ"
            ])
        #expect(retries([250, 250, 250, 250, 250]) == [], "five may be chance")
        #expect(retries([250, 250, 250, 250, 250, 249]) == [])
        #expect(retries([250, 250, 250, 250, 250, 250], status: 404) == [], "what is refused is not backed off from")
    }

    // MARK: Refusals

    private func refused(
        _ times: Int, every pause: Duration, status: Int = 400, _ method: HTTPRequest.Method = .put,
        after act: ActionLog.Act? = nil
    ) -> [String] {
        Fixture.findings(RefusalsAreBelieved.self) {
            $0.book = ActionLog()
            if let act {
                for turn in 1..<times { $0.book.write(act, at: Fixture.start + pause * turn) }
            }
            $0.exchanges = (0..<times).map { turn in
                var exchange = Fixture.exchange(
                    turn + 1, method, "/api/orders", answer: Response(status: status),
                    at: Fixture.start + .milliseconds(Int64(turn) * pause.milliseconds))
                exchange.request.body = Array(#"{"orderNumber":"1042"}"#.utf8)
                return exchange
            }
        }
    }

    @Test func aRefusalThatIsNotBelievedIsFound() {
        let quarter = Duration.seconds(900)
        #expect(
            refused(6, every: quarter) == [
                "Rackbeat PUT /api/orders: The same request was refused 6 times within 1h 15m. "
                    + "| expected a record that waits for a change or for a person"
            ])
        #expect(refused(5, every: quarter) == [])
        #expect(refused(20, every: .seconds(1800)) == [], "a person who tries now and then may")
        #expect(refused(6, every: quarter, status: 503) == [], "a server that is down may come back")
        #expect(refused(6, every: quarter, status: 404, .get) == [], "looking again costs nothing")
        #expect(refused(6, every: quarter, after: .orderReopened("1042")) == [], "what was changed is a reason to ask again")
        #expect(refused(6, every: quarter, after: .orderReopened("1043")) != [], "what was done about another order is not")
    }

    // MARK: Stuck

    @Test func aJobThatNeverComesToItsEndIsFound() {
        func findings(_ beginnings: Int) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.unfinishedJobs = [UnfinishedJob(connection: "main", job: "shipments", beginnings: beginnings)]
            }
        }
        #expect(findings(1) == [], "a crash once is the world's doing")
        #expect(
            findings(3) == [
                "shipments, connection 'main': It was begun 3 times, and each time the process ended before it did. "
                    + "| expected a run that comes to its end"
            ])
    }

    @Test func anOutcomeThatIsUnknownIsFound() {
        #expect(
            Fixture.findings(NothingStuck.self) {
                $0.inDoubt = [IntentFact(connection: "main", kind: "shipment", subject: "order 1042", state: "creating")]
            } == [
                "shipment of order 1042, connection 'main': Its outcome is still unknown (creating). | expected every outcome known"
            ])
    }

    @Test func aDraftOfOursIsFoundAndOneOfTheOfficesIsNot() {
        func findings(_ exchanges: [Exchanged]) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.shop.shipments[0].shippedAt = nil
                $0.exchanges = exchanges
            }
        }
        let answer = Response(status: 201, json: ["order_shipment": ["id": 700]])
        #expect(
            findings([Fixture.exchange(31, .post, "/api/orders/1042/create-shipment", answer: answer)]) == [
                "order 1042: A draft of ours was left behind. | expected no draft "
                    + "| Rackbeat shipment 700, not shipped, of 3 KOP-01"
            ])
        #expect(findings([]) == [])
    }

    /// After a lost answer nobody can tell a draft of ours with other lines from one of the office's: it is shown, not deleted.
    @Test func aDraftThatAPersonWasToldOfIsNotLeftBehind() {
        func findings(_ effect: String) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.shop.shipments[0].shippedAt = nil
                let answer = Response(status: 201, json: ["order_shipment": ["id": 700]])
                $0.exchanges = [Fixture.exchange(31, .post, "/api/orders/1042/create-shipment", answer: answer)]
                $0.parked = [
                    ParkedFact(connection: "main", job: "shipments", subject: "1042", reason: "It differs.", effect: effect)
                ]
                $0.expectedParked = [ExpectedParked(job: "shipments", subject: "1042")]
            }
        }
        #expect(findings("The draft 700 was left alone; nothing was booked.") == [])
        #expect(findings("The draft 7001 was left alone; nothing was booked.").count == 1)
        #expect(findings("Nothing was booked.").count == 1)
    }

    /// Where trouble may have kept the engine from seeing it, it need not be parked; what is parked must be named all the same.
    @Test func whatWasSaidNeedNotComeTrueWhereItIsNotDemanded() {
        #expect(
            Fixture.judge(NothingStuck.self) {
                $0.expectedParked = [ExpectedParked(job: "orders", subject: "1042")]
                $0.demandsExpectedParked = false
            } == .holds)
    }

    @Test func whatIsSetAsideMustHaveBeenSaidAndWhatWasSaidMustComeTrue() {
        let fact = ParkedFact(connection: "main", job: "orders", subject: "1042", reason: "Work has begun.")
        #expect(
            Fixture.findings(NothingStuck.self) { $0.parked = [fact] } == [
                "orders 1042, connection 'main': It was set aside: Work has begun. "
                    + "| expected nothing set aside that the scenario does not name"
            ])
        let expected = ExpectedParked(job: "orders", subject: "1042")
        #expect(
            Fixture.judge(NothingStuck.self) {
                $0.parked = [fact]
                $0.expectedParked = [expected]
            } == .holds)
        #expect(
            Fixture.findings(NothingStuck.self) { $0.expectedParked = [expected] } == [
                "orders 1042: The scenario says that it ends with a person, and it was not set aside. | expected it is set aside"
            ])
    }

    // MARK: Secrets

    @Test func aSecretIsFoundWhereverItStandsButInItsHeader() {
        func findings(_ change: (inout Request) -> Void) -> [String] {
            var request = Request(.get, "/api/orders", headers: [.authorization: "Bearer s3cret-token"])
            change(&request)
            return Fixture.findings(NoSecretAnywhere.self) {
                var exchange = Fixture.exchange(1, .get, "/api/orders")
                exchange.request = request
                $0.exchanges = [exchange]
            }
        }
        let rest = "A secret stands where it does not belong. | expected secrets in the Authorization header alone"
        #expect(findings { _ in } == [])
        #expect(findings { $0.target += "?api_token=s3cret-token" } == ["Rackbeat, request target: \(rest)"])
        #expect(findings { $0.target += "?api_token=s3cret%2Dtoken" } == ["Rackbeat, request target: \(rest)"])
        #expect(findings { $0.body = Array(#"{"note":"s3cret-token"}"#.utf8) } == ["Rackbeat, request body: \(rest)"])
        #expect(findings { $0.headers[.referer] = "s3cret-token" } == ["Rackbeat, header Referer: \(rest)"])
    }

    @Test func aSecretInAnOutputIsFoundAndNotRepeated() {
        let findings = Fixture.findings(NoSecretAnywhere.self) {
            $0.outputs = [("the journal", "refused: Bearer s3cret-token"), ("the log", "all well")]
            $0.parked = [ParkedFact(connection: "main", job: "orders", subject: "1042", reason: "s3cret-token")]
        }
        #expect(
            findings == [
                "the journal: A secret was written out. | expected no secret in anything that is kept or shown",
                "parked orders, connection 'main': A secret was written out. | expected no secret in anything that is kept or shown",
            ])
        #expect(!findings.joined().contains("s3cret"))
    }

    @Test func withoutSecretsThereIsNothingToTell() {
        #expect(Fixture.judge(NoSecretAnywhere.self) { $0.secrets = [] } == .undecided("nobody said what the secrets are"))
    }

    // MARK: Balance

    @Test func stockThatIsNotTheSumOfItsMovementsIsFound() {
        #expect(
            Fixture.findings(BooksBalance.self) {
                $0.shop.imbalances = [StockImbalance(item: "KOP-01", place: "1001", stock: 9, sum: 10)]
                $0.warehouse.imbalances = [StockImbalance(item: "KOP-01", place: "1", stock: 11, sum: 10)]
            } == [
                "KOP-01 at location 1001: Stock is not the sum of its movements. | expected 10 | Rackbeat 9",
                "KOP-01 of goods owner 1: Stock is not the sum of its movements. | expected 10 | Ongoing 11",
            ])
    }

    // MARK: The table of rules

    /// A scenario names the rule that must catch a sabotage; a name that no rule has would never be caught.
    @Test func everySabotageIsToBeCaughtByARuleThatExists() {
        for mutant in Mutant.all {
            #expect(StandardInvariants.names.contains(mutant.caughtBy), "\(mutant.name): \(mutant.caughtBy)")
        }
    }

    @Test func everyRuleHasANameOfItsOwnAndASentenceThatSaysWhatIsLost() {
        #expect(Set(StandardInvariants.names).count == StandardInvariants.all.count)
        for invariant in StandardInvariants.all {
            #expect(invariant.statement.hasSuffix("."), "\(invariant.name)")
            #expect(invariant.statement.contains(", or ") || invariant.statement.contains("otherwise"), "\(invariant.name)")
        }
    }
}
