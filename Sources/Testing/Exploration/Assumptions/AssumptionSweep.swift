import ScenarioKit
import Simulation
import Units

/// Runs a day of work under alternatives of the assumptions. Client and fake both believe them, so every invariant must hold, and
/// exactly those records may be parked that a person has to settle on such an account.
///
/// A choice that makes a fake misbehave is told to the fake alone.
package struct AssumptionSweep: Batch {
    private let alternatives: [Alternative]
    private let checksDeterminism: Bool
    private let journals = JournalPool()

    /// - Parameter alternatives: Without those that are refused.
    package init(_ alternatives: [Alternative], checksDeterminism: Bool = false) {
        self.alternatives = alternatives
        self.checksDeterminism = checksDeterminism
    }

    package var count: Int? { alternatives.count }

    package func run(_ number: Int) -> ItemResult {
        let alternative = alternatives[number]
        var item = ItemResult()
        let options = RunOptions.injecting([], demanding: .endState)
        let scenario: Scenario
        do {
            scenario = try WorkingDay.scenario(alternative)
        } catch {
            let empty = Scenario(path: WorkingDay.path(alternative), title: alternative.name, steps: [])
            var result = ScenarioResult(name: empty.title, path: empty.path, outcome: .error, seed: 1)
            result.problem = "\(error)"
            item.add(failure(alternative, empty, options, result))
            return item
        }
        let run = journals.lend { Runner.run(scenario, .plain, options, journal: $0) }
        item.add(run)
        if !run.result.outcome.isGood { item.add(failure(alternative, scenario, options, run.result)) }
        if checksDeterminism, let difference = Determinism.difference(scenario, .plain, options, from: run) {
            var result = run.result
            result.outcome = .error
            result.problem = difference
            item.add(failure(alternative, scenario, options, result))
        }
        return item
    }

    private func failure(
        _ alternative: Alternative, _ scenario: Scenario, _ options: RunOptions, _ result: ScenarioResult
    ) -> Failure {
        Failure(
            result: result, scenario: scenario, variant: .plain, options: options, conditions: [alternative.title],
            replay: "sweep --assumptions \(alternative.name.quotedForShell)")
    }
}
