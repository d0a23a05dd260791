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

    /// Quotes a word of the command line for a shell where that is necessary.
    package static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.utf8.allSatisfy { isLetterOrDigit($0) || "-_./@,+=:".utf8.contains($0) }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
