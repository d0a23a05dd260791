import Exchange
import HTTPTypes
import Invariants
import JSON
import Simulation
import SyncCore
import Testing
import Units

/// How the engine treats both systems: how often it calls, and what it does after a refusal.
@Suite struct CallInvariantTests {
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
}
