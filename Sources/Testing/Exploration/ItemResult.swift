package import ScenarioKit
import Simulation

/// The result of one item.
package struct ItemResult: Sendable {
    package private(set) var figures = Figures()
    /// At most one for each run of the item.
    package private(set) var failures: [Failure] = []
    /// Of all runs of the item, to compare two explorations.
    package private(set) var digest: UInt64 = 0

    package init() {}

    package mutating func add(_ run: ScenarioRun) {
        figures.add(run)
        var combined = EventDigest()
        combined.add(Int64(bitPattern: digest))
        combined.add(run.result.digest)
        digest = combined.value
    }

    /// A random case, for what it is made of.
    mutating func add(drawn scenario: Scenario) { figures.vocabulary.add(scenario) }

    package mutating func add(_ failure: Failure) {
        failures.append(failure)
        figures.violations += 1
    }
}
