package import ScenarioKit
import Units

/// What an exploration amounts to. Nothing in it depends on the machine.
package struct Figures: Sendable, Equatable {
    package var runs = 0
    /// How often a fault has struck an exchange.
    package var faults = 0
    package var crashes = 0
    /// How often a standing rule was held against a run.
    package var rulesChecked = 0
    package var exchanges = 0
    package var simulated = Duration.zero
    package var broken = 0
    /// Which odd states the runs came past.
    package var reached = Coverage()

    package init() {}

    package mutating func add(_ played: ScenarioRun) {
        runs += 1
        faults += played.faults
        crashes += played.crashes.count
        rulesChecked += played.invariantResults.count
        exchanges += played.result.exchanges
        simulated += played.result.simulated
        reached += played.reached
    }

    package static func += (left: inout Figures, right: Figures) {
        left.runs += right.runs
        left.faults += right.faults
        left.crashes += right.crashes
        left.rulesChecked += right.rulesChecked
        left.exchanges += right.exchanges
        left.simulated += right.simulated
        left.broken += right.broken
        left.reached += right.reached
    }
}
