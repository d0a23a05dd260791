package import ScenarioKit
import Simulation

/// One random test case for each of many seeds.
package struct ExploreBatch: Batch {
    package let count: Int?
    private let first: UInt64
    private let shard: Shard
    private let checksDeterminism: Bool
    private let mutant: String?
    private let journals = JournalPool()

    /// - Parameters:
    ///   - seeds: How many, over all shards; `nil`: as many as time allows.
    ///   - first: The first seed.
    ///   - mutant: The name of a mutant, to see whether it is caught; `nil`: the unmodified engine.
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

    package func run(_ number: Int) -> ItemResult {
        let seed = seed(of: number)
        var item = ItemResult()
        do {
            let randomCase = try journals.lend { try CaseGenerator.generate(seed: seed, mutant: mutant, journal: $0) }
            item.add(randomCase.run)
            item.add(drawn: randomCase.scenario)
            if !randomCase.run.result.outcome.isGood { item.add(failure(randomCase, randomCase.run.result)) }
            if checksDeterminism, let difference = try Self.difference(randomCase, mutant: mutant) {
                var result = randomCase.run.result
                result.outcome = .error
                result.problem = difference
                item.add(failure(randomCase, result))
            }
        } catch {
            let scenario = Scenario(path: "seed-\(seed).yaml", title: "seed-\(seed)", seed: seed, steps: [])
            var result = ScenarioResult(name: scenario.title, path: scenario.path, outcome: .error, seed: seed)
            result.problem = "The generated world cannot be set up: \(error)"
            item.add(
                Failure(
                    result: result, scenario: scenario, variant: .plain, options: RunOptions(),
                    conditions: [CaseOptions(seed: seed).text], replay: replay(seed)))
        }
        return item
    }

    private func failure(_ randomCase: CaseGenerator.RandomCase, _ result: ScenarioResult) -> Failure {
        var options = RunOptions()
        options.predictsParked = true
        return Failure(
            result: result, scenario: randomCase.scenario, variant: .plain, options: options,
            conditions: [randomCase.options.text], replay: replay(randomCase.seed))
    }

    private func replay(_ seed: UInt64) -> String {
        "explore --seeds 1 --from \(seed)" + (mutant.map { " --mutant \($0)" } ?? "")
    }

    /// Generates the case again, and runs the scenario that was written of it. All three runs must be equal to the byte.
    ///
    /// - Returns: What differs; `nil` when nothing does.
    private static func difference(_ randomCase: CaseGenerator.RandomCase, mutant: String?) throws -> String? {
        let again = try CaseGenerator.generate(seed: randomCase.seed, mutant: mutant)
        if let number = randomCase.run.trail.firstDifference(from: again.run.trail) {
            return "Two cases generated from one seed differ at event \(number)."
        }
        let text = ScenarioWriting.text(randomCase.scenario, summary: randomCase.scenario.summary)
        guard text == ScenarioWriting.text(again.scenario, summary: again.scenario.summary) else {
            return "Two cases generated from one seed had the same events but were written as different scenarios."
        }
        let scenario = try ScenarioReader.read(text, path: randomCase.scenario.path)
        let read = Runner.run(scenario, .plain)
        if let number = randomCase.run.trail.firstDifference(from: read.trail) {
            return "The generated case and the scenario written of it differ at event \(number)."
                + (read.result.problem.map { " \($0)" } ?? "")
        }
        guard read.result.outcome == randomCase.run.result.outcome || randomCase.scenario.mutant != nil else {
            return "The generated case \(randomCase.run.result.outcome), but the scenario written of it \(read.result.outcome)."
        }
        return nil
    }
}
