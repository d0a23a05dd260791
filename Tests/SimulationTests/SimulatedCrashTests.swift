import Exchange
import HTTPTypes
import Testing
import Units

@testable import Simulation

@Suite struct SimulatedCrashTests {
    @Test func aCrashBeforeAnExchangeSendsNothing() throws {
        let bench = NetworkBench()
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
        let bench = NetworkBench()
        bench.network.crashes.add(CrashPlan(.after, .exchange(nil, nth: 1)))
        guard case .failure(let error) = bench.put() else { return #expect(Bool(false), "the engine went on") }
        #expect("\(error)" == "the engine crashed after exchange 1, ongoing PUT /orders")
        #expect(bench.served.count == 1)
        #expect(bench.network.journal.entries[0].served?.status == 200)
        #expect(bench.network.crashes.crashes.map(\.description) == ["the engine crashed after exchange 1, ongoing PUT /orders"])
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
