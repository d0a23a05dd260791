import JSON
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
        if !scenario.tags.isEmpty { lines.append("tags: \(flow(.list(scenario.tags.map { .text($0) })))") }
        lines.append("seed: \(scenario.seed)")
        if let world = scenario.world { lines += block("world", world) }
        if !scenario.faults.isEmpty {
            lines.append("faults:")
            for fault in scenario.faults {
                if explains, let pattern = fault["match"], let kind = fault["fault"] {
                    lines.append("  # \(StepDescription.fault(pattern, kind))")
                }
                lines.append("  - \(flow(fault))")
            }
        }
        lines.append("steps:" + (scenario.steps.isEmpty ? " []" : ""))
        for step in scenario.steps {
            if explains { lines += wrapped(StepDescription.of(step)).map { "  # \($0)" } }
            lines.append("  - \(text(of: step))")
        }
        if let settle = scenario.settle { lines.append("settle: \(settle.written)") }
        let variants = scenario.variants.compactMap(\.changes)
        if !variants.isEmpty {
            lines.append("matrix:")
            lines += variants.map { "  - \(flow($0))" }
        }
        if !scenario.expectations.isEmpty {
            lines.append("expect:")
            lines += scenario.expectations.map { "  \($0.kind.name): \(flow($0.value))" }
        }
        if let mutant = scenario.mutant { lines.append("mutant: \(flow(mutant))") }
        if !scenario.caughtBy.isEmpty { lines.append("caught-by: \(flow(.list(scenario.caughtBy)))") }
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

    private static func text(of step: Step) -> String {
        guard let time = step.time else {
            guard let argument = step.argument else { return step.kind.word }
            return "\(step.kind.word): \(flow(argument))"
        }
        let argument = step.argument.map(flow) ?? "~"
        return "{ at: \(self.time(time)), \(step.kind.word): \(argument) }"
    }

    /// One line for each member of a record, and for each element of a list in it.
    private static func block(_ name: String, _ value: Value) -> [String] {
        guard case .record(let members) = value.content, !members.isEmpty else { return ["\(name): \(flow(value))"] }
        var lines = ["\(name):"]
        for member in members {
            if case .list(let elements) = member.value.content, !elements.isEmpty {
                lines.append("  \(member.name):")
                lines += elements.map { "    - \(flow($0))" }
            } else {
                lines.append("  \(member.name): \(flow(member.value))")
            }
        }
        return lines
    }

    // MARK: Values

    /// A value on one line.
    static func flow(_ value: Value) -> String {
        switch value.content {
        case .text(let text): scalar(text)
        case .whole(let number): String(number)
        case .decimal(let number): number.description
        case .flag(let flag): String(flag)
        case .duration(let duration): duration.written
        case .moment(let moment): moment.isoUTCMilliseconds
        case .date(let date): date.description
        case .custom(let custom): written(custom)
        case .list(let values): values.isEmpty ? "[]" : "[ " + values.map(flow).joined(separator: ", ") + " ]"
        case .record(let members): mapping(members.map { (scalar($0.name), $0.value) })
        case .table(let entries): mapping(entries.map { (flow($0.key), $0.value) })
        case .tree(let tree): tree.text
        case .nothing: "~"
        case .unreadable: preconditionFailure("\(value.place): what could not be read cannot be written")
        }
    }

    /// What only scenarios know how to write.
    private static func written(_ custom: any Sendable) -> String {
        switch custom {
        case let time as TimePoint: self.time(time)
        case let pattern as ExchangePattern: quoted(pattern.description)
        default: preconditionFailure("no scenario holds a \(type(of: custom))")
        }
    }

    private static func mapping(_ entries: [(key: String, value: Value)]) -> String {
        entries.isEmpty ? "{}" : "{ " + entries.map { "\($0.key): \(flow($0.value))" }.joined(separator: ", ") + " }"
    }

    /// The text as YAML, quoted where it would otherwise mean something else.
    static func scalar(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: byte >= 0x80 || "-_./ ".utf8.contains(byte)
            }
        }
        let first = text.utf8.first
        let startsPlain = first.map { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ".") } ?? false
        let isNull = ["null", "Null", "NULL"].contains(text)
        return isPlain && startsPlain && text.utf8.last != UInt8(ascii: " ") && !isNull ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\x" + (digits.count < 2 ? "0" : "") + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func time(_ time: TimePoint) -> String {
        switch time {
        case .sinceStart(let duration): duration.written
        case .timeOfDay(let minutes):
            quoted(String(100 + minutes / 60).suffix(2) + ":" + String(100 + minutes % 60).suffix(2))
        case .moment(let moment): moment.isoUTCMilliseconds
        }
    }
}
