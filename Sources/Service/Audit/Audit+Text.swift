import ClientKit
import Invariants
package import JSON
import SyncCore
import Units

extension Verdict {
    /// For reports.
    var word: String {
        switch self {
        case .holds: "holds"
        case .broken: "broken"
        case .undecided: "undecided"
        }
    }

    var findings: [Finding] { if case .broken(let findings) = self { findings } else { [] } }
    var reason: String? { if case .undecided(let why) = self { why } else { nil } }
}

extension StockComparison {
    /// `CHAIR-01: +3 (Ongoing 7, Rackbeat 4): +3 adjusted by hand in Rackbeat`
    var text: String {
        var parts = causes.map { "\($0.amount.signed) \($0.words)" }
        if !unexplained.isZero { parts.append("\(unexplained.signed) unexplained") }
        return "\(item): \(difference.signed) (Ongoing \(ongoing), Rackbeat \(rackbeat)): \(parts.joined(separator: ", "))"
    }
}

extension Audit {
    /// `16 invariants: 14 hold, 1 broken, 1 undecided · 3 pending · 312 calls in 2m 3s`
    package var summary: String {
        let holds = count { $0 == .holds }
        let broken = count { !$0.findings.isEmpty }
        let undecided = count { $0.reason != nil }
        let pending = connections.reduce(0) { $0 + $1.sections.reduce(0) { $0 + $1.pending.count } }
        return "\(counted(holds + broken + undecided, "invariant")): \(holds) hold, \(broken) broken, \(undecided) undecided · "
            + "\(pending) pending · \(counted(calls, "call")) in \(duration.forPeople)"
    }

    package var text: String {
        connections.map(Self.text).joined(separator: "\n") + "\n" + summary + "\n"
            + (since.map { "Only documents that changed since \($0) were judged.\n" } ?? "")
            + (hasJournal ? "" : "Without a journal: parked records are not excused.\n")
    }

    private static func text(of result: ConnectionResult) -> String {
        var text = "connection \(result.connection)\n"
        if let problem = result.problem { return text + "  not audited: \(problem)\n" }
        var table = TextTable(indent: 2)
        for section in result.sections {
            let figures =
                section.verdict.reason
                ?? [
                    section.verdict.findings.isEmpty ? nil : counted(section.verdict.findings.count, "finding"),
                    section.pending.isEmpty ? nil : "\(section.pending.count) pending",
                ].compactMap { $0 }.joined(separator: ", ")
            table.add([section.verdict.word, section.section.title, figures])
        }
        text += table.text
        for section in result.sections where !section.verdict.findings.isEmpty {
            text += "\n  \(section.section.title)\n"
            for finding in section.verdict.findings { text += Self.text(of: finding) }
            text += "    harm      \(section.section.harm)\n    remedy    \(section.section.remedy)\n"
        }
        let pending = result.sections.flatMap(\.pending)
        if !pending.isEmpty { text += "\n  pending\n" }
        for pending in pending { text += "    \(pending.finding.subject): \(pending.finding.sentence) \(pending.why)\n" }
        if !result.stock.isEmpty { text += "\n  stock that differs, Ongoing minus Rackbeat\n" }
        for stock in result.stock { text += "    \(stock.text)\n" }
        if !result.unreadable.isEmpty { text += "\n  not judged\n" }
        for record in result.unreadable {
            text += "    \(record.job.rawValue) \(record.number ?? "without a number"): \(record.problem)\n"
        }
        return text
    }

    private static func text(of finding: Finding) -> String {
        var text = "    \(finding.subject): \(finding.sentence)\n"
        let details = [
            ("expected", finding.expected), ("Rackbeat", finding.rackbeatHolds), ("Ongoing ", finding.ongoingHolds),
        ]
        for (name, words) in details { if let words { text += "      \(name)  \(words)\n" } }
        return text
    }

    // MARK: JSON

    package var json: JSON {
        [
            "version": 1, "since": since.map { .string($0.description) } ?? .null, "journal": .bool(hasJournal),
            "calls": JSON(calls),
            "milliseconds": JSON(Int(duration.milliseconds)), "connections": .array(connections.map(Self.json)),
        ]
    }

    private static func json(_ result: ConnectionResult) -> JSON {
        [
            "connection": .string(result.connection), "problem": text(result.problem),
            "sections": .array(
                result.sections.map { section in
                    [
                        "section": .string(section.section.rawValue), "invariant": .string(section.section.invariant.id),
                        "statement": .string(section.section.invariant.statement), "verdict": .string(section.verdict.word),
                        "why": text(section.verdict.reason), "remedy": .string(section.section.remedy),
                        "findings": .array(section.verdict.findings.map { .object(json($0)) }),
                        "pending": .array(
                            section.pending.map { pending in
                                var object = json(pending.finding)
                                object.append("why", .string(pending.why))
                                return .object(object)
                            }),
                    ]
                }),
            "stock": .array(
                result.stock.map { stock in
                    [
                        "item": .string(stock.item), "ongoing": .decimal(stock.ongoing), "rackbeat": .decimal(stock.rackbeat),
                        "difference": .decimal(stock.difference), "unexplained": .decimal(stock.unexplained),
                        "causes": .array(
                            stock.causes.map {
                                ["amount": .decimal($0.amount), "cause": .string($0.words), "lasts": .bool($0.lasts)]
                            }),
                    ]
                }),
            "notJudged": .array(
                result.unreadable.map {
                    ["job": .string($0.job.rawValue), "number": text($0.number), "problem": .string($0.problem)]
                }),
        ]
    }

    private static func json(_ finding: Finding) -> JSONObject {
        [
            "subject": .string(finding.subject), "sentence": .string(finding.sentence), "expected": text(finding.expected),
            "rackbeat": text(finding.rackbeatHolds), "ongoing": text(finding.ongoingHolds),
        ]
    }

    private static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
}
