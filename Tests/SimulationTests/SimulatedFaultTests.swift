import Exchange
import HTTPTypes
import JSON
import Testing
import Units

@testable import Simulation

@Suite struct SimulatedFaultTests {
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
        let bench = NetworkBench()
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
        let bench = NetworkBench()
        try bench.inject(.html)
        let response = try #require(bench.put().response)
        #expect(!response.saysJSON)
        #expect(String(decoding: response.body, as: UTF8.self).hasPrefix("<!DOCTYPE html>"))
    }

    @Test func aTruncatedResponseSaysJSONAndIsNone() throws {
        let bench = NetworkBench()
        try bench.inject(.truncatedJSON)
        let response = try #require(bench.put().response)
        #expect(response.saysJSON)
        #expect(response.json == nil)
    }

    @Test func anAnswerWithoutIDKeepsEverythingElse() throws {
        let bench = NetworkBench()
        try bench.inject(.noID)
        #expect(bench.put().response?.json == ["order": ["name": "x"], "count": 1])
    }

    /// The request arrives after its sender has given up: the most treacherous of all.
    @Test func aLateEffectComesAfterTheTimeOut() throws {
        let bench = NetworkBench()
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
        let bench = NetworkBench()
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
        let bench = NetworkBench()
        try bench.inject(.staleRead)
        #expect(bench.get().response?.json?["count"] == 1)
        #expect(bench.get().response?.json?["count"] == 1)
        #expect(bench.served.count == 1)
        #expect(bench.get().response?.json?["count"] == 2)
    }

    /// The cache is outside the process that reads.
    @Test func aStaleReadOutlivesTheProcess() throws {
        let bench = NetworkBench()
        bench.network.add(.fault(.staleRead, exchange: 2))
        #expect(bench.get().response?.json?["count"] == 1)
        bench.restart()
        #expect(bench.get().response?.json?["count"] == 1)
        #expect(bench.network.injectedFaultsApplied == 1)
    }

    @Test func aStaleReadIsNotAppliedToAWrite() throws {
        let bench = NetworkBench()
        try bench.inject(.staleRead)
        _ = bench.put()
        #expect(bench.put().response?.json?["count"] == 2)
    }

    /// The fault applies to the second and third order, not to the first and fourth.
    @Test func nthAndTimesNameWhichExchangesAreStruck() throws {
        let bench = NetworkBench()
        try bench.inject(.serverErrorBefore, "ongoing PUT /orders") {
            $0.nth = 2
            $0.times = 2
        }
        #expect((0..<4).map { _ in bench.put().response?.status } == [200, 500, 500, 200])
        #expect(bench.network.faultsApplied == 2)
    }

    @Test func aFaultStrikesWithinItsTimeAlone() throws {
        let bench = NetworkBench()
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
        let bench = NetworkBench()
        try bench.inject(.serverErrorBefore) { $0.connection = "other" }
        #expect(bench.put().response?.status == 200)
    }

    @Test func theFirstRuleWhoseTurnItIsDecides() throws {
        let bench = NetworkBench()
        try bench.inject(.badGateway) { $0.nth = 2 }
        try bench.inject(.serviceUnavailable) { $0.times = nil }
        #expect((0..<3).map { _ in bench.put().response?.status } == [503, 502, 503])
    }

    @Test func afterHealingNothingStrikes() throws {
        let bench = NetworkBench()
        try bench.inject(.refusedConnection) { $0.times = nil }
        #expect(bench.put().failure != nil)
        bench.network.removeFaults()
        #expect(bench.put().response?.status == 200)
    }

    @Test func anAnswerSlowerThanTheRequestAllowsIsATimeOutWithoutAnyFault() {
        let bench = NetworkBench()
        bench.network.latency[.ongoing] = .seconds(8)...(.seconds(8))
        #expect(bench.put(timeout: .seconds(5)).failure == .timedOut(after: .seconds(5)))
        #expect(bench.clock.now() == bench.start + .seconds(5))
        #expect(bench.served.count == 1)
    }

    // MARK: Injected by number

    /// An exchange that never reached the server has a number too.
    @Test func aFaultIsInjectedByNumber() throws {
        let bench = NetworkBench()
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
        let bench = NetworkBench()
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
}
