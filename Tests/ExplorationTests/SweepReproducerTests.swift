import ScenarioKit
import Simulation
import Testing

@testable import Exploration

/// What becomes of a run of the sweep that broke a rule.
struct SweepFindTests {
    /// - Parameter defect: Made on purpose.
    private static func scenario(_ defect: String? = nil) throws -> Scenario {
        let sound = try ScenarioReader.read(
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
        guard let defect else { return sound }
        return Scenario(
            path: sound.path, title: sound.title, story: sound.story, seed: sound.seed, world: sound.world, steps: sound.steps,
            mutant: .text(defect))
    }

    /// People who come at times of their own, and late where the engine came late.
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

    /// The file says of a blow what the number said: the run that it makes is the same, event by event, and so is what people do
    /// who had to wait.
    @Test func whatIsWrittenOfABlowPlaysToTheByte() throws {
        for scenario in [try Self.scenario(), try Self.timedScenario()] {
            let subject = SweepSubject(scenario, .plain, depth: 1, most: 60)
            #expect(subject.points.count == 60)
            for point in subject.points {
                var runOptions = RunOptions.struck(by: point.injectedFaults, demanding: .theEnd)
                runOptions.peopleWait = true
                runOptions.listsExchanges = true
                let struck = Runner.run(scenario, .plain, runOptions)
                let told = try #require(scenario.saying(point.injectedFaults, of: struck), "\(point.text)")
                let whole = told.playing(.plain, settling: struck.settled)
                let read = try ScenarioReader.read(ScenarioWriting.text(whole, story: "Told."), path: "told.yaml")
                // A time that has passed while people waited is left, as they left it.
                var leaving = RunOptions()
                leaving.steps = .leftAtOnce
                let played = Runner.run(read, read.variants[0], leaving)
                #expect(played.trail.firstDifference(from: struck.trail) == nil, "\(scenario.title) \(point.text)")
                #expect(played.result.problem == nil, "\(point.text)")
            }
        }
    }

    /// A defect that shows itself only when an answer is lost: the sweep finds it in a scenario that passes, and what is kept is
    /// the order, its pick, the engine, and the fault.
    @Test func aDefectThatOnlyTroubleShowsIsFoundAndKeptSmall() throws {
        let scenario = try Self.scenario("requests-repeated-by-the-http-library")
        let subject = SweepSubject(scenario, .plain, depth: 1, most: nil)
        #expect(subject.clean.result.outcome == .passed)
        let failure = try #require(Self.firstFailure(of: subject, on: "response-lost"))
        var runs = 0
        let find = try #require(
            Reproducer.of(failure) {
                runs += 1
                return runs > 400
            })
        #expect(find.steps <= 6, "\(find.text)")
        #expect(find.text.contains("fault: response-lost"), "\(find.text)")
        #expect(find.text.contains("Found by: tandem explore --exhaustive sweep/a-full-pick.yaml --only response-lost@"))
        #expect(find.name.hasPrefix("shipped-equals-picked-sweep-a-full-pick-response-lost-"), "\(find.name)")
        let read = try ScenarioReader.read(find.text, path: "found/\(find.name).yaml")
        let played = Runner.run(read, read.variants[0])
        #expect(played.result.outcome == .caught, "\(find.text)")
    }

    /// The sound engine takes none of it amiss.
    private static func firstFailure(of subject: SweepSubject, on kind: String) -> Failure? {
        let points = subject.points.filter { $0.text.hasPrefix(kind + "@") }
        let sweep = Sweep([SweepSubject(subject.scenario, subject.variant, only: points)])
        for number in 0..<points.count {
            if let failure = sweep.work(on: number).failures.first { return failure }
        }
        return nil
    }

    // MARK: Pairs

    @Test func pairsAreDrawnFromTheScenarioAlone() throws {
        let subjects = try (0..<2).map { _ in SweepSubject(try Self.scenario(), .plain, depth: 2, most: 30) }
        #expect(subjects[0].points == subjects[1].points)
        #expect(subjects[0].points.count == 30)
        #expect(Set(subjects[0].points).count == 30)
        #expect(subjects[0].points.allSatisfy { $0.injectedFaults.count == 2 && $0.injectedFaults[0] != $0.injectedFaults[1] })
        #expect(subjects[0].pointsInAll > 100_000)
    }

    /// The second blow falls where the first has led to, and both count.
    @Test func aRunIsStruckByBoth() throws {
        let subject = SweepSubject(try Self.scenario(), .plain, depth: 2, most: 30)
        let sweep = Sweep([subject])
        var figures = Figures()
        for number in 0..<30 {
            let outcome = sweep.work(on: number)
            #expect(outcome.failures.isEmpty, "\(outcome.failures.map(\.replay))")
            figures += outcome.figures
        }
        #expect(figures.faults + figures.crashes > 45)
    }

    @Test func aPairIsToldAsTwo() throws {
        let scenario = try Self.scenario()
        let point = try #require(SweepPoint("request-lost@6,crash-before-commit@2"))
        var runOptions = RunOptions.struck(by: point.injectedFaults, demanding: .theEnd)
        runOptions.listsExchanges = true
        let told = try #require(scenario.saying(point.injectedFaults, of: Runner.run(scenario, .plain, runOptions)))
        #expect(told.faults.map { $0.required("fault").text } == ["request-lost"])
        let words = told.steps.map(\.kind.word).filter { $0 != "run-until" }
        #expect(words == ["engine.crash"] + scenario.steps.map(\.kind.word))
    }

    /// What never struck has nothing to be told by.
    @Test func aBlowThatFellOnNothingIsNotTold() throws {
        let scenario = try Self.scenario()
        var runOptions = RunOptions.struck(by: [], demanding: .theEnd)
        runOptions.listsExchanges = true
        let clean = Runner.run(scenario, .plain, runOptions)
        #expect(scenario.saying([.fault(.slow, exchange: 100_000), .crash(.before, .exchange(3))], of: clean) == nil)
        #expect(scenario.saying([.crash(.after, .commit(100_000))], of: clean) == nil)
    }
}
