package import ScenarioKit
import Simulation

/// Whether a run repeats to the byte: checked, not hoped for.
package enum Determinism {
    /// Plays the same run again and compares the two event by event.
    ///
    /// - Returns: The first event that differs, as both runs have it; `nil` when they are the same.
    package static func parting(
        _ scenario: Scenario, _ variant: Scenario.Variant, _ runOptions: RunOptions, from first: ScenarioRun
    ) -> String? {
        let second = Runner.run(scenario, variant, runOptions)
        if let number = first.trail.firstDifference(from: second.trail) {
            return words(scenario, variant, runOptions, number)
        }
        guard first.result == second.result, first.invariantResults == second.invariantResults else {
            return "two runs went the same way and were judged differently"
        }
        return nil
    }

    /// Two further runs, with every event in words. They may part elsewhere, or not at all: that is said.
    private static func words(
        _ scenario: Scenario, _ variant: Scenario.Variant, _ runOptions: RunOptions, _ number: Int
    ) -> String {
        var runOptions = runOptions
        runOptions.keepsWords = true
        let pair = (0..<2).map { _ in Runner.run(scenario, variant, runOptions).trail }
        guard let seen = pair[0].firstDifference(from: pair[1]) else {
            return "two runs of one seed parted at event \(number); two more did not part again"
        }
        let texts = pair.map { seen <= $0.words.count ? $0.words[seen - 1] : "(the run was over)" }
        return "two runs of one seed parted at event \(number)" + (seen == number ? "" : ", two more at event \(seen)")
            + "\n      the one    \(texts[0])\n      the other  \(texts[1])"
    }
}
