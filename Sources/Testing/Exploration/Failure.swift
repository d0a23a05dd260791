package import ScenarioKit

/// A run of an exploration that failed, with everything needed to repeat it.
package struct Failure: Sendable {
    package var result: ScenarioResult
    package var scenario: Scenario
    package var variant: Scenario.Variant
    package var options: RunOptions
    /// What was special about the run, a line each: `exchange 12, ongoing PUT /orders: carried out, but the response was lost`.
    package var conditions: [String]
    /// The command that repeats the run, without the program's name.
    package var replay: String
}
