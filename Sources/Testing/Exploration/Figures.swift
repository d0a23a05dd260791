package import ScenarioKit
import Units

/// The figures of an exploration. None depends on the machine.
package struct Figures: Sendable, Equatable {
    package internal(set) var runs = 0
    /// How many exchanges a fault was applied to.
    package internal(set) var faults = 0
    package internal(set) var crashes = 0
    /// Verdicts of invariants, over all runs.
    package internal(set) var invariantsChecked = 0
    package internal(set) var exchanges = 0
    package internal(set) var simulated = Duration.zero
    /// Runs that failed.
    package var violations = 0
    /// The coverage marks that the runs reached.
    package var coverage = Coverage()
    /// What the random cases were made of.
    package internal(set) var vocabulary = Vocabulary()

    package init() {}

    mutating func add(_ run: ScenarioRun) {
        runs += 1
        faults += run.faults
        crashes += run.crashes.count
        invariantsChecked += run.invariantResults.count
        exchanges += run.result.exchanges
        simulated += run.result.simulated
        coverage += run.reached
    }

    package static func += (left: inout Figures, right: Figures) {
        left.runs += right.runs
        left.faults += right.faults
        left.crashes += right.crashes
        left.invariantsChecked += right.invariantsChecked
        left.exchanges += right.exchanges
        left.simulated += right.simulated
        left.violations += right.violations
        left.coverage += right.coverage
        left.vocabulary += right.vocabulary
    }
}
