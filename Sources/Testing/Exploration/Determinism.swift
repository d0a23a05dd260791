import ScenarioKit
import Simulation

/// Checks that a run repeats to the byte.
enum Determinism {
    /// Runs the scenario again and compares both runs event by event.
    ///
    /// - Returns: The first event that differs, as both runs have it; `nil` when they are equal.
    static func difference(
        _ scenario: Scenario, _ variant: Scenario.Variant, _ options: RunOptions, from first: ScenarioRun
    ) -> String? {
        let second = Runner.run(scenario, variant, options)
        if let number = first.trail.firstDifference(from: second.trail) { return describe(scenario, variant, options, number) }
        guard first.result == second.result, first.invariantResults == second.invariantResults else {
            return "Two runs had the same events but different verdicts."
        }
        return nil
    }

    /// Runs twice more and records every event as text. These runs may differ elsewhere or not at all; the text says so.
    private static func describe(
        _ scenario: Scenario, _ variant: Scenario.Variant, _ options: RunOptions, _ number: Int
    ) -> String {
        var options = options
        options.keepsWords = true
        let pair = (0..<2).map { _ in Runner.run(scenario, variant, options).trail }
        guard let seen = pair[0].firstDifference(from: pair[1]) else {
            return "Two runs of one seed differ at event \(number); two more runs are equal."
        }
        let texts = pair.map { seen <= $0.words.count ? $0.words[seen - 1] : "(the run is over)" }
        return "Two runs of one seed differ at event \(number)" + (seen == number ? "." : "; two more differ at event \(seen).")
            + "\n      first   \(texts[0])\n      second  \(texts[1])"
    }
}
