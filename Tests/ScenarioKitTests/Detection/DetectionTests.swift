import Mutants
import Reports
import Simulation
import StrictYAML
import Testing

@testable import ScenarioKit

/// Generated mutants and mechanisms, with scenarios made for the test.
struct DetectionTests {
    private struct OneThread: BatchRunner {
        func results<Items: Batch>(of batch: Items, _ phase: String) -> [Items.Output] { (0..<(batch.count ?? 0)).map(batch.run) }
    }

    private static let twoProducts = """
        world:
          products:
            - { number: CHAIR-01, name: Chair, price: 10 }
            - { number: TABLE-01, name: Table, price: 20 }
        steps:
          - engine.sync
        """

    private func scenario(_ text: String, _ path: String = "Scenarios/catalogue/two-products.yaml") throws -> Scenario {
        try ScenarioReader.read(text + "\n", path: path)
    }

    private func run(_ change: (inout GeneratedSuite.Options) -> Void = { _ in }) throws -> GeneratedRun {
        var options = GeneratedSuite.Options()
        change(&options)
        return GeneratedSuite([.scenario(try scenario(Self.twoProducts))], options).run(on: OneThread())
    }

    private func outcome(_ id: String, in run: GeneratedRun) throws -> GeneratedResult.Outcome {
        try #require(run.results.first { $0.mutant.id == id }, "no mutant \(id)").outcome
    }

    @Test func aMemberThatTheEngineSendsWrongIsCaught() throws {
        let run = try run()
        for alteration in ["dropped", "frozen", "neighbour", "altered"] {
            guard
                case .caught(let catcher, "catalogue/two-products", 1, nil) = try outcome(
                    "ongoing PUT /articles body articleName \(alteration)", in: run)
            else {
                Issue.record("articleName \(alteration) was missed")
                continue
            }
            #expect(catcher == "catalogue-agrees")
        }
    }

    @Test func aMemberThatNobodyReadsIsWithoutEffect() throws {
        let run = try run()
        #expect(try outcome("ongoing PUT /articles response message altered", in: run) == .withoutEffect(runs: 1))
        #expect(try outcome("rackbeat GET /products response products.*.name altered", in: run) != .withoutEffect(runs: 1))
    }

    @Test func aPartIsTheSameEveryTime() throws {
        let first = try run { $0.limit = 10 }.results.map(\.mutant)
        #expect(first.count == 10)
        #expect(try run { $0.limit = 10 }.results.map(\.mutant) == first)
        let shards = try ["1/3", "2/3", "3/3"].map { name in try run { $0.shard = Shard(name)! }.results.map(\.mutant) }
        #expect(Set(shards.joined()).count == shards.map(\.count).reduce(0, +))
        #expect(try Set(shards.joined()) == Set(run().results.map(\.mutant)))
    }

    @Test func mutantsAreChosenByTheirNames() throws {
        let run = try run { $0.patterns = ["ongoing PUT /articles body articleName *"] }
        #expect(run.results.count == 4)
        #expect(!run.isWhole)
    }

    @Test func whatTheRecordListsIsNotMissed() throws {
        let run = try run()
        let missed = run.results.filter { if case .missed = $0.outcome { true } else { false } }
        let all = GeneratedScore(run, try DetectionRecord(reading: #"{ "least-generated": 0, "harmless": [] }"#))
        #expect(all.missed.count == missed.count && all.isGood == missed.isEmpty)
        let record = """
            { "least-generated": 0,
              "harmless": [ { "mutants": [ "* altered", "* dropped", "* frozen", "* neighbour", "made up" ], "reason": "It is a test." } ] }
            """
        let listed = GeneratedScore(run, try DetectionRecord(reading: record))
        #expect(listed.missed.isEmpty)
        #expect(listed.stale.contains { $0.pattern == "made up" })
        #expect(!listed.isGood)
    }

    @Test(arguments: [
        ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "abcd", false), ("a", "a", true), ("a", "ab", false),
        ("*b*", "abc", true),
    ])
    func aStarStandsForAnyText(_ pattern: String, _ text: String, _ covers: Bool) {
        #expect(DetectionRecord.Harmless(pattern: pattern, reason: "").covers(text) == covers)
    }

    @Test func aScoreBelowTheRecordFails() throws {
        let run = try run()
        func judged(_ least: Int) throws -> GeneratedScore {
            GeneratedScore(run, try DetectionRecord(reading: "{ \"least-generated\": \(least) }"))
        }
        let score = try #require(try judged(0).total.score)
        #expect(!(try judged(score + 1).isGood))
        #expect(try judged(score).isGood == judged(0).missed.isEmpty)
    }

    @Test func aScenarioThatIsAboutAMechanismTurnsRedWithoutIt() throws {
        let text = Self.twoProducts + "\n  - engine.sync\nexpect:\n  exchanges: { ongoing PUT /articles: 2 }\n"
        let record = try DetectionRecord(
            reading: """
                { "least-generated": 0, "mechanisms": {
                    "unchanged-articles-are-not-sent": [ "catalogue/two-products" ], "webhooks": [ "catalogue/two-products" ],
                    "made-up": [ "catalogue/gone" ] } }
                """)
        let scenario = try scenario(text)
        let run = MechanismSuite([.scenario(scenario)], record).run(on: OneThread())
        func isCaught(_ name: String) -> Bool? { run.results.first { $0.mechanism.name == name }?.isCaught }
        #expect(isCaught("unchanged-articles-are-not-sent") == true)
        #expect(isCaught("webhooks") == false)
        #expect(run.stale == ["there is no mechanism 'made-up'", "made-up: there is no scenario catalogue/gone"])
        #expect(!run.isGood)
        #expect(MechanismReport(run).text.contains("catalogue/two-products  GREEN"))
    }
}
