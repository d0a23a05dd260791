package import StrictYAML
import Units

/// The one form of a scenario file: its keys in the order of the reference, lists indented by two, no space at the end of a line. Comments
/// stay with what stands below them.
package enum ScenarioFormat {
    /// - Returns: The text unchanged where it has a form of its own, such as one mapping in braces.
    /// - Throws: What is wrong with a file that cannot be read.
    package static func formatted(_ text: String, path: String) throws(InvalidFile) -> String {
        let before = try ScenarioReader.read(text, path: path)
        guard let blocks = blocks(of: text) else { return text }
        let order = ScenarioShape.file.fields.map(\.name)
        let sorted = blocks.keys.enumerated().sorted { left, right in
            let places = [left, right].map { order.firstIndex(of: $0.element.name) ?? order.count }
            return (places[0], left.offset) < (places[1], right.offset)
        }
        let lines = blocks.head + sorted.flatMap { $0.element.indented }
        let formatted = lines.joined(separator: "\n") + "\n"
        // What would mean something else is left as it is.
        guard let after = try? ScenarioReader.read(formatted, path: path), signature(after) == signature(before) else {
            return text
        }
        return formatted
    }

    /// The scenario in another world: that world takes the place of the default one, and those steps come before its own.
    ///
    /// - Parameters:
    ///   - world: What stands under `world:`, indented.
    ///   - steps: Items of a list, indented.
    /// - Returns: `nil` for a scenario that has a world of its own, or whose steps stand in brackets.
    package static func text(_ text: String, inWorld world: [String], after steps: [String]) -> String? {
        guard let blocks = blocks(of: text), !blocks.keys.contains(where: { $0.name == "world" }) else { return nil }
        var lines = blocks.head
        for block in blocks.keys {
            guard block.name == "steps" else {
                lines += block.indented
                continue
            }
            guard block.lines[block.key] == "steps:" else { return nil }
            lines += block.lines[..<block.key] + ["world:"] + world + ["steps:"] + steps + block.indented[(block.key + 1)...]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private struct Block {
        let name: String
        /// The comment above it, the key, and all that is indented below it.
        var lines: [String]
        var key: Int

        /// A list may stand at the edge in YAML; here everything stands inside its key.
        var indented: [String] {
            let content = lines[(key + 1)...]
            guard content.contains(where: { $0.hasPrefix("-") }) else { return lines }
            return lines[...key] + content.map { $0.isEmpty ? $0 : "  " + $0 }
        }
    }

    private static func blocks(of text: String) -> (head: [String], keys: [Block])? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(withoutEnd)
        while lines.last == "" { lines.removeLast() }
        let head = Array(lines.prefix { $0.hasPrefix("#") })
        var (keys, pending): ([Block], [String]) = ([], [])
        for line in lines.dropFirst(head.count) {
            if line.isEmpty || line.hasPrefix("#") {
                pending.append(line)
            } else if let name = key(of: line) {
                let above = Array(pending.drop { $0.isEmpty })
                keys.append(Block(name: name, lines: above + [line], key: above.count))
                pending = []
            } else {
                guard !keys.isEmpty, line.hasPrefix(" ") || line.hasPrefix("-") else { return nil }
                keys[keys.count - 1].lines += pending + [line]
                pending = []
            }
        }
        if !keys.isEmpty { keys[keys.count - 1].lines += pending }
        return (head, keys)
    }

    private static func withoutEnd(_ line: Substring) -> String {
        var line = line
        while let last = line.last, last.isWhitespace { line = line.dropLast() }
        return String(line)
    }

    /// The key of a line that begins at the edge.
    private static func key(of line: String) -> String? {
        guard let first = line.first, first.isLetter, let colon = line.firstIndex(of: ":") else { return nil }
        return String(line[..<colon])
    }

    /// All that a scenario says.
    private static func signature(_ scenario: Scenario) -> [String] {
        [scenario.summary, String(scenario.seed), scenario.settle?.written ?? "", scenario.world.map(FlowText.of) ?? ""]
            + scenario.tags + scenario.faults.map(FlowText.of) + scenario.steps.map { FlowText.of($0) }
            + scenario.variants.map { $0.changes.map(FlowText.of) ?? "" }
            + scenario.expectations.map { "\($0.kind.name): \(FlowText.of($0.value))" }
            + (scenario.mutant.map { [FlowText.of($0)] } ?? []) + scenario.caughtBy.map(FlowText.of)
    }
}
