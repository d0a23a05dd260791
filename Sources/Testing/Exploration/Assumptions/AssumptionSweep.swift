import ScenarioKit
import Simulation
import Units

/// Runs a day of work under alternatives of the assumptions. Client and fake both believe them, so every invariant must hold, and
/// exactly those records may be parked that a person has to settle on such an account.
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
        let options = RunOptions.injecting([], demanding: .endState)
        return DisturbedDay(
            path: WorkingDay.path(alternative), title: alternative.name, options: options,
            scenario: { try WorkingDay.scenario(alternative) },
            failure: { self.failure(alternative, $0, options, $1) }
        ).run(journals, checksDeterminism: checksDeterminism)
    }

    private func failure(
        _ alternative: Alternative, _ scenario: Scenario, _ options: RunOptions, _ result: ScenarioResult
    ) -> Failure {
        Failure(
            result: result, scenario: scenario, variant: .plain, options: options, conditions: [alternative.title],
            replay: "sweep --assumptions \(alternative.name.quotedForShell)")
    }
}
