import JSON
package import Mutants

/// What reviewers agreed to: the lowest scores, and the mutants that nothing needs to catch, each with its reason.
package struct DetectionRecord: Sendable {
    package struct Harmless: Sendable {
        /// The name of a mutant; `*` stands for any text.
        package let pattern: String
        package let reason: String

        package func covers(_ id: String) -> Bool { NamePattern(pattern).covers(id) }
    }

    /// In tenths of a percent.
    package let leastGenerated: Int
    package let harmless: [Harmless]
    /// Mechanisms that no scenario shows, by name, each with the reason.
    package let unshown: [String: String]
    /// The titles of the scenarios that are about a mechanism, by its name.
    package let claims: [(mechanism: String, scenarios: [String])]

    package struct Unreadable: Error, CustomStringConvertible {
        package let description: String
    }

    package init(reading text: String) throws(Unreadable) {
        let json: JSON
        do { json = try JSON.parse(text) } catch { throw Unreadable(description: "\(error)") }
        guard let least = json["least-generated"]?.int else {
            throw Unreadable(description: "'least-generated' must be a whole number of tenths of a percent")
        }
        leastGenerated = least
        var harmless: [Harmless] = []
        for entry in json["harmless"]?.array ?? [] {
            guard let reason = entry["reason"]?.string, let patterns = entry["mutants"]?.array?.compactMap(\.string),
                !reason.isEmpty,
                !patterns.isEmpty
            else { throw Unreadable(description: "each entry of 'harmless' needs 'mutants' and a 'reason'") }
            harmless += patterns.map { Harmless(pattern: $0, reason: reason) }
        }
        self.harmless = harmless
        unshown = Dictionary(
            (json["unshown-mechanisms"]?.object ?? [:]).map { ($0.name, $0.value.string ?? "") }, uniquingKeysWith: { $1 })
        claims = (json["mechanisms"]?.object ?? [:]).map { ($0.name, $0.value.array?.compactMap(\.string) ?? []) }
    }
}

/// The result of the generated mutants beside what reviewers agreed to.
package struct GeneratedScore: Sendable {
    package struct Row: Sendable {
        package var caught = 0
        package var missed = 0
        package var harmless = 0
        package var withoutEffect = 0
        package var neverDiffers = 0
        package var singles = 0

        package var mutants: Int { caught + missed + harmless + withoutEffect + neverDiffers }

        /// In tenths of a percent, of those that change something and are not listed as harmless; `nil` where there are none.
        package var score: Int? { caught + missed == 0 ? nil : caught * 1000 / (caught + missed) }
    }

    package let run: GeneratedRun
    package let record: DetectionRecord
    /// Missed, and not in the record.
    package let missed: [GeneratedResult]
    /// Lines of the record that cover no mutant that was missed.
    package let stale: [DetectionRecord.Harmless]
    package let rows: [(part: ExchangeMember.Part, alteration: GeneratedMutant.Alteration, row: Row)]
    package let total: Row

    package init(_ run: GeneratedRun, _ record: DetectionRecord) {
        self.run = run
        self.record = record
        func isListed(_ result: GeneratedResult) -> Bool { record.harmless.contains { $0.covers(result.mutant.id) } }
        let missedOrListed = run.results.filter { if case .missed = $0.outcome { true } else { false } }
        missed = missedOrListed.filter { !isListed($0) }
        // A part of the mutants cannot tell that a line is stale.
        stale = run.isWhole ? record.harmless.filter { line in !missedOrListed.contains { line.covers($0.mutant.id) } } : []
        var rows: [(ExchangeMember.Part, GeneratedMutant.Alteration, Row)] = []
        var total = Row()
        for part in ExchangeMember.Part.allCases {
            for alteration in GeneratedMutant.Alteration.allCases {
                var row = Row()
                for result in run.results where result.mutant.member.part == part && result.mutant.alteration == alteration {
                    let isListed = isListed(result)
                    row.add(result, isListed: isListed)
                    total.add(result, isListed: isListed)
                }
                if row.mutants > 0 { rows.append((part, alteration, row)) }
            }
        }
        self.rows = rows.map { (part: $0.0, alteration: $0.1, row: $0.2) }
        self.total = total
    }

    /// Whether it is known which mutants hang by a single run.
    package var countsSingles: Bool {
        run.results.contains { if case .caught(_, _, _, .some) = $0.outcome { true } else { false } }
    }

    /// Whether nothing is missed that the record does not list, and the score has not fallen.
    package var isGood: Bool {
        run.unreadable.isEmpty && run.failing.isEmpty && stale.isEmpty && missed.isEmpty
            && (run.isWhole ? (total.score ?? 1000) >= record.leastGenerated : true)
    }
}

extension GeneratedScore.Row {
    fileprivate mutating func add(_ result: GeneratedResult, isListed: Bool) {
        switch result.outcome {
        case .caught(_, _, _, let isSingle):
            caught += 1
            if isSingle == true { singles += 1 }
        case .missed: if isListed { harmless += 1 } else { missed += 1 }
        case .withoutEffect: withoutEffect += 1
        case .neverDiffers: neverDiffers += 1
        }
    }
}

/// The name of generated mutants; `*` stands for any text.
struct NamePattern {
    private let parts: [Substring]

    init(_ text: String) { parts = text.split(separator: "*", omittingEmptySubsequences: false) }

    func covers(_ id: String) -> Bool { Self.matches(parts[...], id[...]) }

    private static func matches(_ parts: ArraySlice<Substring>, _ text: Substring) -> Bool {
        guard let head = parts.first, text.hasPrefix(head) else { return false }
        let rest = text.dropFirst(head.count)
        guard parts.count > 1 else { return rest.isEmpty }
        let next = parts.dropFirst()
        // Where the next part begins is not known, so every place is tried.
        return rest.indices.contains { matches(next, rest[$0...]) } || matches(next, rest[rest.endIndex...])
    }
}
