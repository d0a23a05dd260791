package import ScenarioKit

/// A run of an exploration that broke a rule, with all that is needed to play it again.
package struct Failure: Sendable {
    package var result: ScenarioResult
    package var scenario: Scenario
    package var variant: Scenario.Variant
    package var runOptions: RunOptions
    /// What was done to the run, a line each: `response-lost@12: ongoing PUT /orders, carried out, but the answer was lost`.
    package var circumstances: [String]
    /// The command that plays it again, without the program's name.
    package var replay: String

    package init(
        result: ScenarioResult, scenario: Scenario, variant: Scenario.Variant, runOptions: RunOptions, circumstances: [String],
        replay: String
    ) {
        self.result = result
        self.scenario = scenario
        self.variant = variant
        self.runOptions = runOptions
        self.circumstances = circumstances
        self.replay = replay
    }

    /// A word of the command line that a shell takes as it stands.
    package static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.utf8.allSatisfy { isLetterOrDigit($0) || "-_./@,+=:".utf8.contains($0) }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
