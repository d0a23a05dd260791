import Exploration
import ScenarioKit
import Simulation
import Testing

@Suite struct WalkTests {
    /// The options, the world, the people and the trouble all come from the seed, and from nothing else.
    @Test(arguments: [1, 7, 20] as [UInt64]) func aSeedTellsTheSameStoryEveryTime(seed: UInt64) throws {
        let first = try CaseGenerator.story(seed: seed)
        let second = try CaseGenerator.story(seed: seed)
        #expect(first.played.trail == second.played.trail)
        #expect(!first.played.trail.marks.isEmpty)
        #expect(
            ScenarioWriting.text(first.scenario, story: first.scenario.story)
                == ScenarioWriting.text(second.scenario, story: second.scenario.story))
    }

    /// What is written down knows nothing of the walk, and comes to the same end.
    @Test(arguments: 1...25 as ClosedRange<UInt64>) func theScenarioThatIsWrittenReplaysTheStory(seed: UInt64) throws {
        let story = try CaseGenerator.story(seed: seed)
        let text = ScenarioWriting.text(story.scenario, story: story.scenario.story)
        let scenario = try ScenarioReader.read(text, path: "found/seed-\(seed).yaml")
        let played = Runner.run(scenario, .plain)
        #expect(played.result.problem == nil)
        #expect(played.trail.firstDifference(from: story.played.trail) == nil)
        #expect(played.result.digest == story.played.result.digest)
        #expect(played.invariantResults == story.played.invariantResults)
        #expect(played.result.outcome == story.played.result.outcome)
    }

    @Test func theSoundEngineKeepsItsPromises() throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            let story = try CaseGenerator.story(seed: seed)
            #expect(story.played.result.outcome == .passed, "seed \(seed): \(story.options.text)")
        }
    }

    /// Swarm: no two seeds are made of the same, and every feature is in some and missing from others.
    @Test func theOptionsVaryFromSeedToSeed() {
        let options = (1...60 as ClosedRange<UInt64>).map { ExploreOptions(seed: $0) }
        for feature in ExploreOptions.Feature.allCases {
            let count = options.count { $0.has(feature) }
            #expect(count > 0 && count < options.count, "\(feature.rawValue) is in \(count) of \(options.count)")
        }
        #expect(Set(options.map(\.text)).count > 55)
        #expect(options[0].text.contains(" acts · "))
    }

    /// About a third have them, both ways, mostly by minutes; and what is drawn for the clocks changes nothing else.
    @Test func clocksAreWrongInAThirdOfTheStories() throws {
        var skews: [Duration] = []
        let seeds = 1...120 as ClosedRange<UInt64>
        for seed in seeds where ExploreOptions(seed: seed).has(.skewedClocks) {
            let options = ExploreOptions(seed: seed)
            let world = try #require(try CaseGenerator.story(seed: seed, options: options).scenario.world)
            let right = ExploreOptions(features: options.features.subtracting([.skewedClocks]), acts: options.acts)
            let same = try #require(try CaseGenerator.story(seed: seed, options: right).scenario.world)
            #expect(world["clock-skew"] != nil && same["clock-skew"] == nil)
            #expect(world["products"]?.list.count == same["products"]?.list.count)
            for member in world["clock-skew"]?.members ?? [] { skews.append(member.value.duration) }
        }
        #expect(seeds.count { ExploreOptions(seed: $0).has(.skewedClocks) } >= 25)
        #expect(skews.contains { $0 < .zero } && skews.contains { $0 > .zero })
        #expect(skews.contains { $0 > .seconds(3600) || $0 < .seconds(-3600) })
        #expect(skews.allSatisfy { $0 > .seconds(-12 * 3600) && $0 < .seconds(12 * 3600) })
    }

    /// People who only ever do what comes to nothing find nothing.
    @Test func thePeopleOfAHundredStoriesDoWhatThereIsToDo() throws {
        var words: Set<String> = []
        for seed in 1...100 as ClosedRange<UInt64> {
            for step in try CaseGenerator.story(seed: seed).scenario.steps { words.insert(step.kind.word) }
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

    @Test func shardsPlayEachSeedOnce() {
        let seeds = (1...3).flatMap { number -> [UInt64] in
            let batch = ExploreBatch(seeds: 10, from: 5, shard: Shard("\(number)/3")!)
            return (0..<batch.count!).map { batch.seed(of: $0) }
        }
        #expect(seeds.sorted() == Array(5...14))
    }

    /// Three runs of each seed: twice the walk, and what was written of it.
    @Test func theCampaignChecksThatItRepeats() {
        let batch = ExploreBatch(seeds: 5, from: 1, checksDeterminism: true)
        for number in 0..<5 {
            let outcome = batch.work(on: number)
            #expect(outcome.failures.isEmpty)
            #expect(outcome.figures.runs == 1)
        }
    }
}
