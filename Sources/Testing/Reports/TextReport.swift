import Invariants
package import ScenarioKit
import Units

/// For people: one line for each scenario, the failures, and a summary.
package struct TextReport {
    package let results: [ScenarioResult]
    package let isColoured: Bool
    /// With which seed all of them were run; `nil`: each with its own.
    package let seed: UInt64?
    package var traces = Traces.none

    /// Which traces are shown, where a result has one.
    package enum Traces: Sendable {
        case none
        /// Of runs that are not good, what concerns the failing documents.
        case failing
        /// Of every run, all of it.
        case all
    }

    package init(_ results: [ScenarioResult], isColoured: Bool = false, seed: UInt64? = nil) {
        self.results = results
        self.isColoured = isColoured
        self.seed = seed
    }

    package var text: String { list(width: Self.width(results.map(Self.title))) + details }

    /// The width of the longest name.
    package static func width(_ titles: [String]) -> Int { titles.map(\.count).max() ?? 0 }

    private func list(width: Int) -> String { results.map { line(for: $0, width: width) + "\n" }.joined() }

    /// What comes after the list: the changed runs, the failures, and a summary. The failures come last, where a terminal shows them.
    package var details: String {
        let shown = results.filter { !$0.outcome.isGood || !$0.excerpts.isEmpty || traces == .all }
        let changed = results.filter { $0.outcome == .changed }
        var lines = shown.filter(\.outcome.isGood).flatMap(details)
        // A change of the engine may concern hundreds of runs in the same way.
        lines += (traces == .none ? Array(changed.prefix(Self.mostChanged)) : changed).flatMap(details)
        if changed.count > 1 { lines += ["", "changed runs, by what differs:"] + ChangedRuns(changed).lines }
        lines += shown.filter { !$0.outcome.isGood && $0.outcome != .changed }.flatMap(details)
        if !results.isEmpty { lines.append("") }
        let summary = ReportSummary(results)
        let isGood = results.allSatisfy(\.outcome.isGood)
        lines.append(colour(summary.text, isGood ? .green : .red))
        return lines.joined(separator: "\n") + "\n"
    }

    private func details(_ result: ScenarioResult) -> [String] {
        var lines = ["", colour("\(result.outcome.rawValue) \(Self.title(result))", Self.colour(of: result.outcome))]
        lines.append("  \(result.path) · seed \(result.seed)" + (result.digest.isEmpty ? "" : " · digest \(result.digest)"))
        lines += FailureText(result: result).lines
        if traces != .none, let trace = result.trace { lines += TraceText(trace, isWhole: traces == .all).lines }
        if !result.outcome.isGood { lines.append("  to run it again: " + result.commandToRunAgain(seed: seed)) }
        if result.outcome == .changed { lines.append("  if it is meant: tandem run --accept \(result.path.quotedForShell)") }
        return lines
    }

    /// How many changed runs are told one by one.
    private static let mostChanged = 5

    /// One scenario in one line.
    ///
    /// - Parameter width: The width of the longest name, so that the figures are in a column.
    package func line(for result: ScenarioResult, width: Int = 0) -> String {
        let title = Self.title(result)
        let verdict = result.outcome.rawValue
        let gap = String(repeating: " ", count: max(1, 8 - verdict.count))
        let figures =
            result.outcome == .error && result.exchanges == 0
            ? "" : "  \(counted(result.exchanges, "exchange")) in \(result.simulated.forPeople)"
        return colour(verdict, Self.colour(of: result.outcome)) + gap
            + (figures.isEmpty ? title : title.padded(to: width) + figures)
    }

    package static func title(_ result: ScenarioResult) -> String { RunTitle.of(result.name, variant: result.variant) }

    // MARK: Colour

    private enum Colour: String {
        case green = "32"
        case red = "31"
        case yellow = "33"
    }

    private static func colour(of outcome: ScenarioResult.Outcome) -> Colour {
        switch outcome {
        case .passed, .caught: .green
        case .failed, .missed, .changed: .red
        case .error: .yellow
        }
    }

    private func colour(_ text: String, _ colour: Colour) -> String {
        isColoured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension ScenarioResult {
    /// - Parameter seed: `nil`: the scenario's own.
    package func commandToRunAgain(seed: UInt64?) -> String {
        (["tandem run \(path.quotedForShell)"] + (variant.isEmpty ? [] : ["--variant \(variant.quotedForShell)"])
            + (seed.map { ["--seed \($0)"] } ?? [])).joined(separator: " ")
    }
}
