import ScenarioKit
import Simulation

/// A story for each of many seeds.
package struct ExploreBatch: Batch {
    package let count: Int?
    private let first: UInt64
    private let shard: Shard
    private let checksDeterminism: Bool
    private let mutant: String?
    private let journals = JournalPool()

    /// - Parameters:
    ///   - seeds: How many, over all shards; `nil`: as many as there is time for.
    ///   - first: The first of them.
    ///   - mutant: The name of a defect made on purpose, to see that it is found; `nil` for the sound engine.
    package init(
        seeds: Int?, from first: UInt64 = 1, shard: Shard = .whole, checksDeterminism: Bool = false, mutant: String? = nil
    ) {
        count = seeds.map { $0 / shard.count + (shard.number <= $0 % shard.count ? 1 : 0) }
        self.first = first
        self.shard = shard
        self.checksDeterminism = checksDeterminism
        self.mutant = mutant
    }

    package func seed(of number: Int) -> UInt64 { first + UInt64(shard.item(number)) }

    package func work(on number: Int) -> Outcome {
        let seed = seed(of: number)
        var outcome = Outcome()
        do {
            let story = try journals.lend { try CaseGenerator.story(seed: seed, mutant: mutant, journal: $0) }
            outcome.add(story.played)
            if Complaint(story.played.result) != nil || !story.played.result.outcome.isGood {
                outcome.note(failure(story, story.played.result))
            }
            if checksDeterminism, let parting = try Self.parting(story, mutant: mutant) {
                var result = story.played.result
                result.outcome = .error
                result.problem = parting
                outcome.note(failure(story, result))
            }
        } catch {
            let scenario = Scenario(path: "seed-\(seed).yaml", title: "seed-\(seed)", seed: seed, steps: [])
            var result = ScenarioResult(name: scenario.title, path: scenario.path, outcome: .error, seed: seed)
            result.problem = "the world that was drawn cannot be set up: \(error)"
            outcome.note(
                Failure(
                    result: result, scenario: scenario, variant: .plain, runOptions: RunOptions(),
                    circumstances: [ExploreOptions(seed: seed).text], replay: replay(seed)))
        }
        return outcome
    }

    private func failure(_ story: CaseGenerator.RandomCase, _ result: ScenarioResult) -> Failure {
        var runOptions = RunOptions()
        runOptions.predictsParked = true
        return Failure(
            result: result, scenario: story.scenario, variant: .plain, runOptions: runOptions,
            circumstances: ["drawn: \(story.options.text)"], replay: replay(story.seed))
    }

    private func replay(_ seed: UInt64) -> String {
        "explore --seeds 1 --from \(seed)" + (mutant.map { " --sabotage \($0)" } ?? "")
    }

    /// The story is told a second time, and then played from its own text: all three must be one to the byte.
    private static func parting(_ story: CaseGenerator.RandomCase, mutant: String?) throws -> String? {
        let again = try CaseGenerator.story(seed: story.seed, mutant: mutant)
        if let number = story.played.trail.firstDifference(from: again.played.trail) {
            return "two walks of one seed parted at event \(number)"
        }
        let text = ScenarioWriting.text(story.scenario, story: story.scenario.story)
        guard text == ScenarioWriting.text(again.scenario, story: again.scenario.story) else {
            return "two walks of one seed took the same way and were written down differently"
        }
        let scenario = try ScenarioReader.read(text, path: story.scenario.path)
        let read = Runner.run(scenario, .plain)
        if let number = story.played.trail.firstDifference(from: read.trail) {
            return "the walk and the scenario that was written of it parted at event \(number)"
                + (read.result.problem.map { ": \($0)" } ?? "")
        }
        guard read.result.outcome == story.played.result.outcome || story.scenario.mutant != nil else {
            return "the walk was \(story.played.result.outcome), the scenario that was written of it is \(read.result.outcome)"
        }
        return nil
    }
}
