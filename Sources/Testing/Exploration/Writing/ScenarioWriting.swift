package import ScenarioKit
import Simulation
import StrictYAML
import Units

/// Writes a scenario as a file that reads back as the same scenario: one line for each step, described in a comment above it.
package enum ScenarioWriting {
    /// - Parameters:
    ///   - summary: The comment at the top.
    ///   - explains: Whether each step has a description.
    package static func text(_ scenario: Scenario, summary: String, explains: Bool = true) -> String {
        let paragraphs = summary.split(separator: "\n", omittingEmptySubsequences: false)
        var lines = paragraphs.flatMap { wrapped(String($0)) }.map { "# \($0)" }
        if !scenario.tags.isEmpty { lines.append("tags: \(FlowText.of(.list(scenario.tags.map { .text($0) })))") }
        lines.append("seed: \(scenario.seed)")
        if let world = scenario.world { lines += block("world", world) }
        if !scenario.faults.isEmpty {
            lines.append("faults:")
            for fault in scenario.faults {
                if explains, let pattern = fault["match"], let kind = fault["fault"] {
                    lines.append("  # \(StepDescription.fault(pattern, kind))")
                }
                lines.append("  - \(FlowText.of(fault))")
            }
        }
        lines.append("steps:" + (scenario.steps.isEmpty ? " []" : ""))
        for step in scenario.steps {
            if explains { lines += wrapped(StepDescription.of(step)).map { "  # \($0)" } }
            lines.append("  - \(FlowText.of(step))")
        }
        if let settle = scenario.settle { lines.append("settle: \(settle.written)") }
        let variants = scenario.variants.compactMap(\.changes)
        if !variants.isEmpty {
            lines.append("matrix:")
            lines += variants.map { "  - \(FlowText.of($0))" }
        }
        if !scenario.expectations.isEmpty {
            lines.append("expect:")
            lines += scenario.expectations.map { "  \($0.kind.name): \(FlowText.of($0.value))" }
        }
        if let mutant = scenario.mutant { lines.append("mutant: \(FlowText.of(mutant))") }
        if !scenario.caughtBy.isEmpty { lines.append("caught-by: \(FlowText.of(.list(scenario.caughtBy)))") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Wraps a comment at 120 characters.
    private static func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + word.count > 120 {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return lines + [line]
    }

    /// One line for each member of a record, and for each element of a list in it.
    private static func block(_ name: String, _ value: Value) -> [String] {
        guard case .record(let members) = value.content, !members.isEmpty else { return ["\(name): \(FlowText.of(value))"] }
        var lines = ["\(name):"]
        for member in members {
            if case .list(let elements) = member.value.content, !elements.isEmpty {
                lines.append("  \(member.name):")
                lines += elements.map { "    - \(FlowText.of($0))" }
            } else {
                lines.append("  \(member.name): \(FlowText.of(member.value))")
            }
        }
        return lines
    }
}
