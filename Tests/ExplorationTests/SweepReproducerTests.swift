import ScenarioKit
import Simulation
import StrictYAML
import Testing

@testable import Exploration

/// Minimal reproducers of runs that fail in a fault sweep.
struct SweepReproducerTests {
    private static func scenario(mutant: String? = nil) throws -> Scenario {
        let unmodified = try ScenarioReader.read(
            """
            # A full pick ships the order, and a purchase order comes in.
            world:
              products: [ { number: CHAIR-01, stock: 10 }, { number: TABLE-01, stock: 4 } ]
              engine: { receipt-trigger: immediate }
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: TABLE-01, quantity: 3 } ] }
              - engine.sync
              - ongoing.pick: { order: 1042 }
              - ongoing.send: { order: 1042 }
              - ongoing.receive: { purchase-order: 3001, lines: { 1: 2 } }
              - engine.sync
            """, path: "sweep/a-full-pick.yaml")
        guard let mutant else { return unmodified }
        return Scenario(
            path: unmodified.path, title: unmodified.title, summary: unmodified.summary, seed: unmodified.seed,
            world: unmodified.world, steps: unmodified.steps,
            mutant: .text(mutant))
    }

    /// Steps at given times, which people take late when the engine is late.
    private static func timedScenario() throws -> Scenario {
        try ScenarioReader.read(
            """
            # Picked twice while the schedule runs.
            world:
              products: [ { number: CHAIR-01, stock: 10 } ]
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
              - { at: 10m, ongoing.pick: { order: 1042, lines: { 1: 2 } } }
              - { at: 11m, ongoing.send: { order: 1042 } }
              - run-until: 20m
              - ongoing.pick: { order: 1042, lines: { 1: 3 } }
            """, path: "sweep/picked-twice.yaml")
    }

    /// A fault written into the file has the same effect as the fault injected by number, event by event, including the waits of
    /// people.
    @Test func aWrittenFaultRunsLikeTheInjectedOne() throws {
        for scenario in [try Self.scenario(), try Self.timedScenario()] {
            let subject = SweepSubject(scenario, .plain, faultsPerRun: 1, limit: 60)
            #expect(subject.points.count == 60)
            for point in subject.points {
                var options = RunOptions.injecting(point.injectedFaults, demanding: .endState)
                options.actorsWait = true
                options.listsExchanges = true
                let disturbed = Runner.run(scenario, .plain, options)
                let written = try #require(scenario.writing(point.injectedFaults, from: disturbed), "\(point.text)")
                let whole = written.only(.plain, settling: disturbed.settled)
                let read = try ScenarioReader.read(ScenarioWriting.text(whole, summary: "Written."), path: "written.yaml")
                // A step whose time has passed while people waited is skipped, as in the first run.
                var skipping = RunOptions()
                skipping.steps = .skipped
                let run = Runner.run(read, read.variants[0], skipping)
                #expect(run.trail.firstDifference(from: disturbed.trail) == nil, "\(scenario.title) \(point.text)")
                #expect(run.result.problem == nil, "\(point.text)")
            }
        }
    }

    /// A bug that shows only when a response is lost: the sweep finds it in a scenario that passes, and the minimal reproducer has the
    /// order, its pick, the engine, and the fault.
    @Test func aBugThatNeedsAFaultIsFoundAndShrunk() throws {
        let scenario = try Self.scenario(mutant: "requests-repeated-by-the-http-library")
        let subject = SweepSubject(scenario, .plain, faultsPerRun: 1, limit: nil)
        #expect(subject.baseline.result.outcome == .passed)
        let failure = try #require(Self.firstFailure(of: subject, on: "response-lost"))
        var runs = 0
        let reproducer = try #require(
            Reproducer.of(failure) {
                runs += 1
                return runs > 400
            })
        #expect(reproducer.steps <= 6, "\(reproducer.text)")
        #expect(reproducer.text.contains("fault: response-lost"), "\(reproducer.text)")
        #expect(reproducer.text.contains("Found by: tandem sweep sweep/a-full-pick.yaml --inject response-lost@"))
        #expect(reproducer.name.hasPrefix("shipped-equals-picked-sweep-a-full-pick-response-lost-"), "\(reproducer.name)")
        let read = try ScenarioReader.read(reproducer.text, path: "regressions/\(reproducer.name).yaml")
        let run = Runner.run(read, read.variants[0])
        #expect(run.result.outcome == .caught, "\(reproducer.text)")
    }

    private static func firstFailure(of subject: SweepSubject, on kind: String) -> Failure? {
        let points = subject.points.filter { $0.text.hasPrefix(kind + "@") }
        let sweep = Sweep([SweepSubject(subject.scenario, subject.variant, points: points)])
        for number in 0..<points.count {
            if let failure = sweep.run(number).failures.first { return failure }
        }
        return nil
    }

    // MARK: Pairs

    @Test func pairsDependOnTheScenarioAlone() throws {
        let subjects = try (0..<2).map { _ in SweepSubject(try Self.scenario(), .plain, faultsPerRun: 2, limit: 30) }
        #expect(subjects[0].points == subjects[1].points)
        #expect(subjects[0].points.count == 30)
        #expect(Set(subjects[0].points).count == 30)
        #expect(subjects[0].points.allSatisfy { $0.injectedFaults.count == 2 && $0.injectedFaults[0] != $0.injectedFaults[1] })
        #expect(subjects[0].pointsInAll > 100_000)
    }

    /// The second fault is applied in the run that the first has changed, and both count.
    @Test func bothFaultsOfAPairAreApplied() throws {
        let subject = SweepSubject(try Self.scenario(), .plain, faultsPerRun: 2, limit: 30)
        let sweep = Sweep([subject])
        var figures = Figures()
        for number in 0..<30 {
            let item = sweep.run(number)
            #expect(item.failures.isEmpty, "\(item.failures.map(\.replay))")
            figures += item.figures
        }
        #expect(figures.faults + figures.crashes > 45)
    }

    @Test func aPairIsWrittenAsTwoFaults() throws {
        let scenario = try Self.scenario()
        let point = try #require(SweepPoint("request-lost@6,crash-before-commit@2"))
        var options = RunOptions.injecting(point.injectedFaults, demanding: .endState)
        options.listsExchanges = true
        let written = try #require(scenario.writing(point.injectedFaults, from: Runner.run(scenario, .plain, options)))
        #expect(written.faults.map { $0.required("fault").text } == ["request-lost"])
        let words = written.steps.map(\.kind.word).filter { $0 != "run-until" }
        #expect(words == ["engine.crash"] + scenario.steps.map(\.kind.word))
    }

    @Test func aFaultThatWasNotAppliedIsNotWritten() throws {
        let scenario = try Self.scenario()
        var options = RunOptions.injecting([], demanding: .endState)
        options.listsExchanges = true
        let clean = Runner.run(scenario, .plain, options)
        #expect(scenario.writing([.fault(.slow, exchange: 100_000), .crash(.before, .exchange(3))], from: clean) == nil)
        #expect(scenario.writing([.crash(.after, .commit(100_000))], from: clean) == nil)
    }
}
