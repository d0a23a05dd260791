import Exchange
import HTTPTypes
import JSON
import Testing
import Units

@testable import Simulation

/// A server that counts, behind a simulated network.
private final class Bench {
    let start = Moment(iso: "2026-03-02T08:00:00Z")!
    let clock: VirtualClock
    let network: SimulatedNetwork
    private(set) var served: [Request] = []
    private var transport: (any Transport)!
    var observed: [Exchanged] = []

    init(seed: UInt64 = 1, over real: (any RealNetwork)? = nil) {
        clock = VirtualClock(startingAt: start)
        network = SimulatedNetwork(clock: clock, chance: Chance(seed: seed))
        try! network.open(.ongoing, on: real)
        network.observe = { [unowned self] in observed.append($0) }
        restart()
    }

    /// Another process of the same connection.
    func restart() {
        transport = network.transport(to: .ongoing, connection: "main", basePath: "/api") { [unowned self] request in
            served.append(request)
            return Response(status: 200, json: ["orderId": 7, "order": ["id": 9, "name": "x"], "count": JSON(served.count)])
        }
    }

    func put(timeout: Duration = .seconds(30)) -> Result<Response, any Error> {
        Result { try transport.send(Request(.put, "/api/orders?x=1", body: Array("{}".utf8), timeout: timeout)) }
    }

    func get() -> Result<Response, any Error> { Result { try transport.send(Request(.get, "/api/orders/7")) } }

    func inject(_ kind: FaultKind, _ pattern: String = "ongoing * /**", _ change: (inout Fault) -> Void = { _ in }) throws {
        var fault = Fault(try ExchangePattern(pattern), kind)
        change(&fault)
        network.add(fault)
    }
}

extension Result<Response, any Error> {
    fileprivate var response: Response? { try? get() }

    fileprivate var failure: TransportFailure? {
        if case .failure(let error) = self { error as? TransportFailure } else { nil }
    }
}

@Suite struct SimulatedNetworkTests {
    @Test func anExchangeTakesItsLatencyAndIsWrittenDown() throws {
        let bench = Bench()
        #expect(bench.put().response?.status == 200)
        let entry = try #require(bench.network.journal.entries.first)
        #expect(entry.number == 1)
        #expect(entry.connection == "main")
        #expect(entry.startedAt == bench.start)
        let latency = entry.endedAt - entry.startedAt
        #expect(latency >= .milliseconds(40) && latency <= .milliseconds(120))
        #expect(bench.observed.map(\.number) == [1])
    }

    /// A pick must be able to happen between the sending of a request and its arrival, and between that and the response.
    @Test func theWorldGoesOnInBothHalvesOfAnExchange() throws {
        let bench = Bench()
        bench.network.latency[.ongoing] = .milliseconds(100)...(.milliseconds(100))
        var servedWhen: [Int] = []
        for milliseconds in [49, 51, 100, 101] {
            bench.clock.at(bench.start + .milliseconds(milliseconds)) { servedWhen.append(bench.served.count) }
        }
        _ = bench.put()
        #expect(servedWhen == [0, 1, 1])
    }

    /// A pause until a moment is that long by the clock of whoever names it.
    @Test func aSystemNamesMomentsByItsOwnClock() throws {
        let bench = Bench()
        bench.network.clockSkew = [.ongoing: .seconds(-420)]
        #expect(bench.network.time(at: .ongoing) == bench.start - .seconds(420))
        #expect(bench.network.time(at: .rackbeat) == bench.start)
        var fault = Fault(try ExchangePattern("ongoing * /**"), .tooManyRequestsUntilDate)
        fault.retryAfter = .seconds(30)
        bench.network.add(fault)
        let response = try #require(bench.put().response)
        let told = try #require(response.headers[.date].flatMap { HTTPDate.parse($0) })
        let until = try #require(response.headers[.retryAfter].flatMap { HTTPDate.parse($0) })
        #expect(told < bench.start - .seconds(418))
        #expect(until - told == .seconds(30))
    }

    @Test func oneSeedGivesOneRun() {
        func run(_ seed: UInt64) -> EventTrail {
            let bench = Bench(seed: seed)
            for _ in 0..<20 { _ = bench.put() }
            return bench.network.trail
        }
        #expect(run(5) == run(5))
        #expect(run(5).firstDifference(from: run(6)) == 1)
    }

    // MARK: Over a real network

    /// A client that sends every request twice behind its caller's back.
    private struct Stutter: RealNetwork {
        func open(_ handler: @escaping Handler) -> any RealWire { Wire(handler: handler) }

        final class Wire: RealWire, Transport {
            private let handler: Handler

            init(handler: @escaping Handler) { self.handler = handler }

            func transport() -> any Transport { self }
            func transportToClosedPort() -> any Transport { self }

            func send(_ request: Request) throws -> Response {
                _ = handler(request)
                guard case .response(let response) = handler(request) else { throw TransportFailure.lost("closed") }
                return response
            }
        }
    }

    /// It would double what the engine does, and no invariant could tell it from a bug of the engine. So it is not served, and the
    /// run that was to be like the one in process is not.
    @Test func aRequestThatAClientRepeatsIsServedOnceAndShows() throws {
        let bench = Bench(over: Stutter())
        #expect(bench.put().failure == .lost("closed"))
        #expect(bench.served.count == 1)
    }

    /// A request without an exchange in progress has an unknown sender.
    @Test func aRequestThatNobodySentIsNotServed() {
        let bench = Bench()
        #expect(bench.network.arrive(Request(.get, "/api/orders/7"), at: .ongoing) == .closed)
        #expect(bench.served.isEmpty)
    }

    // MARK: Faults

    /// What the caller sees of each fault, whether the server carried the request out, and how often.
    @Test(arguments: [
        (FaultKind.refusedConnection, "no connection (connection refused)", 0),
        (.requestLost, "connection lost (closed before a response)", 0),
        (.responseLost, "connection lost (closed before a response)", 1),
        (.tooManyRequests, "429 retry-after 30", 0),
        (.tooManyRequestsUntilDate, "429 retry-after Mon, 02 Mar 2026 08:00:30 GMT", 0),
        (.serverErrorBefore, "500", 0),
        (.serverErrorAfter, "500", 1),
        (.badGateway, "502", 0),
        (.serviceUnavailable, "503", 0),
        (.requestTimeout, "408", 0),
        (.unauthorised, "401", 0),
        (.slow, "no response within 30 s", 1),
        (.lateEffect, "no response within 30 s", 0),
        (.resetMidBody, "connection lost (reset after 25 of 51 bytes)", 1),
        (.truncatedJSON, "200", 1),
        (.html, "200", 0),
        (.noID, "200", 1),
        (.noContent, "204", 1),
        (.duplicatedRequest, "200", 2),
        (.serviceUnavailableAfter, "503", 1),
        (.requestTimeoutAfter, "408", 1),
        (.duplicatedLater, "200", 1),
        (.oversized, "connection lost (the response is longer than 64 MB)", 1),
        (.badGatewayAfter, "502", 1),
        (.serviceUnavailableWithRetryAfter, "503 retry-after 30", 0),
        (.notFoundPage, "404", 0),
        (.numbersAsTexts, "200", 1),
        (.respond, "200", 0),
        (.respondAfter, "200", 1),
    ])
    func eachFaultDoesWhatItsNameSays(_ kind: FaultKind, _ seen: String, _ served: Int) throws {
        let bench = Bench()
        try bench.inject(kind)
        let result = bench.put()
        #expect(bench.served.count == served)
        if let failure = result.failure {
            #expect(failure.description == seen)
        } else {
            let response = try #require(result.response)
            let retry = response.headers[.retryAfter].map { " retry-after \($0)" } ?? ""
            #expect("\(response.status)\(retry)" == seen)
        }
        #expect(bench.network.journal.entries.last?.faultKind == kind)
        #expect(kind.isCarriedOut == (served > 0 || kind == .lateEffect))
        // It is applied once; the next exchange succeeds.
        #expect(bench.put().response?.json?["orderId"] == 7)
    }

    @Test func everyKindIsInTheTableAboveOrIsARead() {
        let tried = 29
        let reads = FaultKind.allCases.filter { !$0.applies(to: Request(.put, "/")) }
        #expect(
            reads == [.staleRead, .futureRow, .endlessList, .endlessRows, .unsorted, .filterIgnored, .lateRow])
        #expect(FaultKind.allCases.count == tried + reads.count)
    }

    /// The page of a proxy is no JSON, whatever its status.
    @Test func htmlComesAsHTML() throws {
        let bench = Bench()
        try bench.inject(.html)
        let response = try #require(bench.put().response)
        #expect(!response.saysJSON)
        #expect(String(decoding: response.body, as: UTF8.self).hasPrefix("<!DOCTYPE html>"))
    }

    @Test func aTruncatedResponseSaysJSONAndIsNone() throws {
        let bench = Bench()
        try bench.inject(.truncatedJSON)
        let response = try #require(bench.put().response)
        #expect(response.saysJSON)
        #expect(response.json == nil)
    }

    @Test func anAnswerWithoutIDKeepsEverythingElse() throws {
        let bench = Bench()
        try bench.inject(.noID)
        #expect(bench.put().response?.json == ["order": ["name": "x"], "count": 1])
    }

    /// The request arrives after its sender has given up: the most treacherous of all.
    @Test func aLateEffectComesAfterTheTimeOut() throws {
        let bench = Bench()
        try bench.inject(.lateEffect) { $0.delay = .seconds(5) }
        #expect(bench.put(timeout: .seconds(10)).failure == .timedOut(after: .seconds(10)))
        #expect(bench.clock.now() == bench.start + .seconds(10))
        #expect(bench.served.isEmpty)
        try bench.clock.wait(for: .seconds(5))
        #expect(bench.served.count == 1)
        #expect(bench.network.journal.entries[0].served?.status == 200)
        #expect(bench.observed.map { $0.served?.status } == [nil, 200])
    }

    /// The effect of the second delivery must be visible, or nothing would explain a second draft.
    @Test func aRequestThatArrivesTwiceIsRecordedTwiceUnderOneNumber() throws {
        let bench = Bench()
        try bench.inject(.duplicatedRequest)
        #expect(bench.put().response?.json?["count"] == 1)
        let entries = bench.network.journal.entries
        #expect(entries.map(\.number) == [1, 1])
        #expect(entries.map { $0.served?.json?["count"] } == [2, 1])
        #expect(entries.map { $0.fault as? AppliedFault } == [.secondDelivery(of: 1), .injected(.duplicatedRequest)])
        #expect(bench.network.journal.count == 1)
    }

    /// A cache repeats an earlier response. The server does not see the request.
    @Test func aStaleReadRepeatsTheEarlierResponseToTheSameRead() throws {
        let bench = Bench()
        try bench.inject(.staleRead)
        #expect(bench.get().response?.json?["count"] == 1)
        #expect(bench.get().response?.json?["count"] == 1)
        #expect(bench.served.count == 1)
        #expect(bench.get().response?.json?["count"] == 2)
    }

    /// The cache is outside the process that reads.
    @Test func aStaleReadOutlivesTheProcess() throws {
        let bench = Bench()
        bench.network.add(.fault(.staleRead, exchange: 2))
        #expect(bench.get().response?.json?["count"] == 1)
        bench.restart()
        #expect(bench.get().response?.json?["count"] == 1)
        #expect(bench.network.injectedFaultsApplied == 1)
    }

    @Test func aStaleReadIsNotAppliedToAWrite() throws {
        let bench = Bench()
        try bench.inject(.staleRead)
        _ = bench.put()
        #expect(bench.put().response?.json?["count"] == 2)
    }

    /// The fault applies to the second and third order, not to the first and fourth.
    @Test func nthAndTimesNameWhichExchangesAreStruck() throws {
        let bench = Bench()
        try bench.inject(.serverErrorBefore, "ongoing PUT /orders") {
            $0.nth = 2
            $0.times = 2
        }
        #expect((0..<4).map { _ in bench.put().response?.status } == [200, 500, 500, 200])
        #expect(bench.network.faultsApplied == 2)
    }

    @Test func aFaultStrikesWithinItsTimeAlone() throws {
        let bench = Bench()
        try bench.inject(.serverErrorBefore) {
            $0.times = nil
            $0.from = bench.start + .seconds(10)
            $0.until = bench.start + .seconds(20)
        }
        #expect(bench.put().response?.status == 200)
        try bench.clock.run(until: bench.start + .seconds(10))
        #expect(bench.put().response?.status == 500)
        try bench.clock.run(until: bench.start + .seconds(20))
        #expect(bench.put().response?.status == 200)
    }

    @Test func aFaultOfAnotherConnectionLeavesThisOneAlone() throws {
        let bench = Bench()
        try bench.inject(.serverErrorBefore) { $0.connection = "other" }
        #expect(bench.put().response?.status == 200)
    }

    @Test func theFirstRuleWhoseTurnItIsDecides() throws {
        let bench = Bench()
        try bench.inject(.badGateway) { $0.nth = 2 }
        try bench.inject(.serviceUnavailable) { $0.times = nil }
        #expect((0..<3).map { _ in bench.put().response?.status } == [503, 502, 503])
    }

    @Test func afterHealingNothingStrikes() throws {
        let bench = Bench()
        try bench.inject(.refusedConnection) { $0.times = nil }
        #expect(bench.put().failure != nil)
        bench.network.removeFaults()
        #expect(bench.put().response?.status == 200)
    }

    @Test func anAnswerSlowerThanTheRequestAllowsIsATimeOutWithoutAnyFault() {
        let bench = Bench()
        bench.network.latency[.ongoing] = .seconds(8)...(.seconds(8))
        #expect(bench.put(timeout: .seconds(5)).failure == .timedOut(after: .seconds(5)))
        #expect(bench.clock.now() == bench.start + .seconds(5))
        #expect(bench.served.count == 1)
    }

    // MARK: Crashes

    @Test func aCrashBeforeAnExchangeSendsNothing() throws {
        let bench = Bench()
        bench.network.crashes.add(CrashPlan(.before, .exchange(try ExchangePattern("ongoing PUT /orders"), nth: 2)))
        #expect(bench.put().response != nil)
        guard case .failure(let error) = bench.put() else { return #expect(Bool(false), "the engine went on") }
        #expect(error as? SimulatedCrash == SimulatedCrash(.exchange(.before, number: 2, .ongoing, .put, path: "/orders")))
        #expect(bench.served.count == 1)
        #expect(bench.network.journal.count == 1)
        // The restarted engine does not crash again.
        #expect(bench.put().response != nil)
    }

    /// Carried out, and nobody saw the response: a restarted engine has to find out.
    @Test func aCrashAfterAnExchangeLeavesItsEffect() throws {
        let bench = Bench()
        bench.network.crashes.add(CrashPlan(.after, .exchange(nil, nth: 1)))
        guard case .failure(let error) = bench.put() else { return #expect(Bool(false), "the engine went on") }
        #expect("\(error)" == "the engine crashed after exchange 1, ongoing PUT /orders")
        #expect(bench.served.count == 1)
        #expect(bench.network.journal.entries[0].served?.status == 200)
        #expect(bench.network.crashes.crashes.map(\.description) == ["the engine crashed after exchange 1, ongoing PUT /orders"])
    }

    /// An exchange that never reached the server has a number too.
    @Test func aFaultIsInjectedByNumber() throws {
        let bench = Bench()
        try bench.inject(.refusedConnection) { $0.times = 2 }
        bench.network.add(.fault(.slow, exchange: 4))
        bench.network.add(.crash(.after, .exchange(5)))
        bench.network.add(.crash(.before, .exchange(6)))
        #expect(bench.put().response == nil)
        #expect(bench.put().response == nil)
        #expect(bench.put().response?.status == 200)
        #expect(bench.put().failure == .timedOut(after: .seconds(30)))
        _ = bench.put()
        _ = bench.put()
        #expect(bench.put().response?.status == 200)
        #expect(
            bench.network.crashes.crashes.map(\.point) == [
                .exchange(.after, number: 5, .ongoing, .put, path: "/orders"),
                .exchange(.before, number: 6, .ongoing, .put, path: "/orders"),
            ])
        #expect(bench.network.injectedFaultsApplied == 3)
        #expect(bench.served.count == 4)
    }

    /// The turn of the scenario's own fault is used up, and the run reports that.
    @Test func anInjectedFaultTakesThePlaceOfAPlannedOne() throws {
        let bench = Bench()
        try bench.inject(.serverErrorBefore) { $0.nth = 2 }
        bench.network.add(.fault(.badGateway, exchange: 2))
        #expect((0..<3).map { _ in bench.put().response?.status } == [200, 502, 200])
        #expect(bench.network.faultsDisplaced == 1)
        #expect(bench.network.faultsApplied == 1)
    }

    /// Which page was asked for shows in the response, and another is always behind it.
    @Test(arguments: [
        (FaultKind.endlessList, "page=7", "1", #"{"rows":[{"id":1,"updated_at":"2026-03-02"}],"page":7,"pages":1000000}"#),
        (.endlessRows, "page=7", "1", #"{"rows":[{"id":1,"updated_at":"2026-02-24"}],"page":7,"pages":8}"#),
        (.endlessList, "orderIdFrom=70", "0", #"{"rows":[{"id":1,"updated_at":"2026-03-02"}],"page":1,"pages":1}"#),
    ])
    func aListWithoutAnEndShowsItsFirstPage(_ kind: FaultKind, _ query: String, _ asked: String, _ body: String) throws {
        let network = SimulatedNetwork(clock: VirtualClock(startingAt: Moment(milliseconds: 0)), chance: Chance(seed: 1))
        var served: [String] = []
        let transport = network.transport(to: .rackbeat, connection: "main", basePath: "/api") { request in
            served.append(request.target)
            return Response(
                status: 200, json: ["rows": [["id": 1, "updated_at": "2026-03-02"]], "page": 1, "pages": 1])
        }
        network.add(Fault(try ExchangePattern("rackbeat GET /**"), kind))
        let response = try transport.send(Request(.get, "/api/orders?limit=100&" + query))
        #expect(served == ["/api/orders?limit=100&" + query.prefix { $0 != "=" } + "=" + asked])
        #expect(String(decoding: response.body, as: UTF8.self) == body)
    }

    @Test(arguments: [
        ("/api/orders?page=1", true, true), ("/api/orders?orderIdFrom=0", true, false), ("/api/orders/7", false, false),
    ])
    func onlyAListHasPages(_ target: String, _ isList: Bool, _ isNumbered: Bool) {
        #expect(FaultKind.endlessList.applies(to: Request(.get, target)) == isList)
        #expect(FaultKind.endlessRows.applies(to: Request(.get, target)) == isNumbered)
        #expect(!FaultKind.endlessList.applies(to: Request(.put, target)))
    }

    /// The process stands still where the plan says so, and what is due happens meanwhile.
    @Test func aPauseLetsTimePassAndGoesOn() throws {
        var log: [String] = []
        let points = CrashPoints { log.append("waited \($0.components.seconds) s") }
        points.add(CrashPlan(.before, .commit(nth: 2), pause: .seconds(600)))
        for commit in 1...3 {
            try points.willCommit()
            log.append("kept \(commit)")
            try points.didCommit()
        }
        #expect(log == ["kept 1", "waited 600 s", "kept 2", "kept 3"])
        #expect(points.pauses == 1 && points.crashes.isEmpty && points.unapplied.isEmpty)
    }

    @Test func aCrashAroundACommitStrikesOnItsSideOnce() throws {
        let points = CrashPoints { _ in }
        points.add(CrashPlan(.before, .commit(nth: 2)))
        points.add(CrashPlan(.after, .commit(nth: 3)))
        var log: [String] = []
        for commit in 1...4 {
            do {
                try points.willCommit()
                log.append("kept \(commit)")
                try points.didCommit()
            } catch { log.append("\(error)") }
        }
        // The second was rolled back, so that the third to be tried is the second to be kept.
        #expect(
            log == [
                "kept 1", "the engine crashed before commit 2", "kept 3", "kept 4", "the engine crashed after commit 4",
            ])
    }
}

extension Response {
    /// The body as a tree; `nil` when there is none or it is not JSON.
    fileprivate var json: JSON? { try? JSON.parse(body) }
}
