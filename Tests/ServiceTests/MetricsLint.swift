/// The rules of Prometheus' own linter (`promtool check metrics`) for its text format.
enum MetricsLint {
    /// Units that are multiples of a base unit, and the base unit.
    private static let units: [(String, String)] = [
        ("milliseconds", "seconds"), ("microseconds", "seconds"), ("nanoseconds", "seconds"), ("minutes", "seconds"),
        ("hours", "seconds"), ("days", "seconds"), ("ms", "seconds"), ("kilobytes", "bytes"), ("megabytes", "bytes"),
        ("bits", "bytes"), ("percent", "ratio"), ("celcius", "celsius"),
    ]

    static func problems(in text: String) -> [String] {
        var problems: [String] = []
        var help: Set<String> = []
        var types: [String: String] = [:]
        var families: [String] = []
        var samples: Set<String> = []
        if !text.hasSuffix("\n") { problems.append("the text does not end with a line break") }
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3)
            if line.hasPrefix("# HELP ") {
                let name = String(words[2])
                if !help.insert(name).inserted { problems.append("\(name): its help stands twice") }
                if words.count < 4 { problems.append("\(name): it has no help") }
                families.append(name)
            } else if line.hasPrefix("# TYPE ") {
                let name = String(words[2])
                if types.updateValue(String(words[3]), forKey: name) != nil { problems.append("\(name): its type stands twice") }
                if families.last != name { families.append(name) }
            } else {
                let sample = line.prefix(upTo: line.lastIndex(of: " ")!)
                let name = String(sample.prefix { $0 != "{" })
                if families.last != name { problems.append("\(name): its samples do not stand together") }
                if !help.contains(name) { problems.append("\(name): it has no help") }
                if types[name] == nil { problems.append("\(name): it has no type") }
                if !samples.insert(String(sample)).inserted { problems.append("\(name): the sample \(sample) stands twice") }
                for label in labels(of: sample) {
                    if !isSnakeCase(label) { problems.append("\(name): the label \(label) is not written in snake_case") }
                    if ["le", "quantile", "instance"].contains(label) || label.hasPrefix("__") {
                        problems.append("\(name): the label \(label) is reserved")
                    }
                }
            }
        }
        for name in Set(families) {
            if types[name] != nil, !help.contains(name) { problems.append("\(name): it has no help") }
            problems += self.problems(of: name, type: types[name] ?? "")
        }
        return problems
    }

    private static func problems(of name: String, type: String) -> [String] {
        var problems: [String] = []
        if !isSnakeCase(name) { problems.append("\(name): names are written in snake_case") }
        if type == "counter", !name.hasSuffix("_total") { problems.append("\(name): a counter ends in _total") }
        if type != "counter", name.hasSuffix("_total") { problems.append("\(name): only a counter ends in _total") }
        let parts = name.split(separator: "_").map(String.init)
        for (unit, base) in units where parts.contains(unit) { problems.append("\(name): \(base) is the base unit") }
        if parts.contains(where: ["counter", "gauge", "histogram", "summary"].contains) {
            problems.append("\(name): the type is no part of the name")
        }
        if ["_count", "_sum", "_bucket"].contains(where: name.hasSuffix) {
            problems.append("\(name): the suffix belongs to histograms and summaries")
        }
        return problems
    }

    private static func labels(of sample: Substring) -> [String] {
        guard let open = sample.firstIndex(of: "{") else { return [] }
        return sample[sample.index(after: open)...].dropLast().split(separator: ",").compactMap { part in
            part.contains("=") ? String(part.prefix { $0 != "=" }) : nil
        }
    }

    private static func isSnakeCase(_ name: String) -> Bool {
        name.allSatisfy { $0 == "_" || $0.isASCII && ($0.isLowercase || $0.isNumber) }
    }
}
