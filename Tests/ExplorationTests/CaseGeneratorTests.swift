import Exploration
import ScenarioKit
import Simulation
import StrictYAML
import Testing

@Suite struct CaseGeneratorTests {
    /// The options, the world, the people and the faults come from the seed and from nothing else.
    @Test(arguments: [1, 7, 20] as [UInt64]) func aSeedGeneratesTheSameCaseEveryTime(seed: UInt64) throws {
        let first = try CaseGenerator.generate(seed: seed)
        let second = try CaseGenerator.generate(seed: seed)
        #expect(first.run.trail == second.run.trail)
        #expect(!first.run.trail.marks.isEmpty)
        #expect(
            ScenarioWriting.text(first.scenario, summary: first.scenario.summary)
                == ScenarioWriting.text(second.scenario, summary: second.scenario.summary))
    }

    /// The written scenario knows nothing of the generator and runs to the same end.
    @Test(arguments: 1...25 as ClosedRange<UInt64>) func theWrittenScenarioRepeatsTheCase(seed: UInt64) throws {
        let generated = try CaseGenerator.generate(seed: seed)
        let text = ScenarioWriting.text(generated.scenario, summary: generated.scenario.summary)
        let scenario = try ScenarioReader.read(text, path: "regressions/seed-\(seed).yaml")
        let repeated = Runner.run(scenario, .plain)
        #expect(repeated.result.problem == nil)
        #expect(repeated.trail.firstDifference(from: generated.run.trail) == nil)
        #expect(repeated.result.digest == generated.run.result.digest)
        #expect(repeated.invariantResults == generated.run.invariantResults)
        #expect(repeated.result.outcome == generated.run.result.outcome)
    }

    @Test func theUnmodifiedEngineViolatesNothing() throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            let generated = try CaseGenerator.generate(seed: seed)
            #expect(generated.run.result.outcome == .passed, "seed \(seed): \(generated.options.text)")
        }
    }

    /// Swarm testing: seeds differ in their features, and every feature is in some seeds and missing from others.
    @Test func theOptionsVaryFromSeedToSeed() {
        let options = (1...60 as ClosedRange<UInt64>).map { CaseOptions(seed: $0) }
        for feature in CaseOptions.Feature.allCases {
            let count = options.count { $0.has(feature) }
            #expect(count > 0 && count < options.count, "\(feature.rawValue) is in \(count) of \(options.count)")
        }
        #expect(Set(options.map(\.text)).count > 55)
        #expect(options[0].text.contains(" actions · "))
    }

    /// About a third of the cases have skewed clocks, in both directions, mostly by minutes. The skew changes nothing else.
    @Test func clocksAreSkewedInAThirdOfTheCases() throws {
        var skews: [Duration] = []
        let seeds = 1...120 as ClosedRange<UInt64>
        for seed in seeds where CaseOptions(seed: seed).has(.skewedClocks) {
            let options = CaseOptions(seed: seed)
            let world = try #require(try CaseGenerator.generate(seed: seed, options: options).scenario.world)
            let right = CaseOptions(features: options.features.subtracting([.skewedClocks]), actions: options.actions)
            let same = try #require(try CaseGenerator.generate(seed: seed, options: right).scenario.world)
            #expect(world["clock-skew"] != nil && same["clock-skew"] == nil)
            #expect(world["products"]?.list.count == same["products"]?.list.count)
            for member in world["clock-skew"]?.members ?? [] { skews.append(member.value.duration) }
        }
        #expect(seeds.count { CaseOptions(seed: $0).has(.skewedClocks) } >= 25)
        #expect(skews.contains { $0 < .zero } && skews.contains { $0 > .zero })
        #expect(skews.contains { $0 > .seconds(3600) || $0 < .seconds(-3600) })
        #expect(skews.allSatisfy { $0 > .seconds(-12 * 3600) && $0 < .seconds(12 * 3600) })
    }

    /// People whose actions are all refused would find nothing.
    @Test func aHundredCasesUseEveryAction() throws {
        var words: Set<String> = []
        for seed in 1...100 as ClosedRange<UInt64> {
            for step in try CaseGenerator.generate(seed: seed).scenario.steps { words.insert(step.kind.word) }
        }
        let wanted: Set<String> = [
            "rackbeat.book-order", "rackbeat.draft-order", "rackbeat.book-draft", "rackbeat.reopen-order",
            "rackbeat.change-order", "rackbeat.cancel-order", "rackbeat.book-purchase-order", "rackbeat.adjust",
            "rackbeat.change-product",
            "ongoing.release", "ongoing.allocate", "ongoing.pick", "ongoing.unpick", "ongoing.send", "ongoing.collect",
            "ongoing.back-order", "ongoing.receive", "ongoing.correct-receipt", "ongoing.finish", "ongoing.adjust",
            "engine.sync", "engine.nudge", "engine.crash", "fault.begin", "run-until", "wait",
        ]
        #expect(wanted.subtracting(words).sorted() == [])
    }

    /// What no case draws, no exploration finds anything about. A thousand seeds draw all of it several times over.
    @Test func twoHundredCasesDrawAlmostAllOfTheLanguage() throws {
        var vocabulary = Vocabulary()
        for seed in 1...200 as ClosedRange<UInt64> { vocabulary.add(try CaseGenerator.generate(seed: seed).scenario) }
        let rare: Set = [
            "ongoing.cancel", "rackbeat.change-purchase-order remove-lines", "rackbeat.change-purchase-order supplier",
        ]
        #expect(vocabulary.neverDrawn.flatMap { $0.names }.filter { !rare.contains($0) } == [])
    }

    @Test func shardsRunEachSeedOnce() {
        let seeds = (1...3).flatMap { number -> [UInt64] in
            let batch = ExploreBatch(seeds: 10, from: 5, shard: Shard("\(number)/3")!)
            return (0..<batch.count!).map { batch.seed(of: $0) }
        }
        #expect(seeds.sorted() == Array(5...14))
    }

    /// Three runs of each seed: the case twice, and the written scenario.
    @Test func theBatchChecksThatItRepeats() {
        let batch = ExploreBatch(seeds: 5, from: 1, checksDeterminism: true)
        for number in 0..<5 {
            let item = batch.run(number)
            #expect(item.failures.isEmpty)
            #expect(item.figures.runs == 1)
        }
    }
}
