import Contract
import Exchange
package import JSON

extension Verification {
    package var text: String {
        var text = problems.map { "unreachable: \($0)\n" }.joined()
        var table = TextTable()
        for check in checks { table.add([check.outcome.rawValue, check.place, check.text]) }
        text += table.text
        for section in sections { text += "\n" + self.text(of: section) }
        text += "\ncontract\n"
        text += violations.isEmpty ? "  Every request and every response conforms.\n" : violations.map { "  \($0)\n" }.joined()
        return text
    }

    private struct Section {
        let title: String
        let key: String
        let findings: [Finding]
    }

    private var sections: [Section] {
        var sections: [Section] = []
        let rackbeat = findings.filter { $0.connection == nil }
        if !rackbeat.isEmpty {
            sections.append(Section(title: "assumptions about Rackbeat", key: "rackbeat.profile", findings: rackbeat))
        }
        for plan in findings.compactMap(\.connection).uniqued {
            sections.append(
                Section(
                    title: "assumptions about Ongoing, connection \(plan)", key: "connections.\(plan).ongoing.profile",
                    findings: findings.filter { $0.connection == plan }))
        }
        return sections
    }

    private func text(of section: Section) -> String {
        func count(_ outcome: Finding.Outcome) -> Int { section.findings.count { $0.outcome == outcome } }
        var table = TextTable(indent: 2)
        for finding in section.findings {
            let assumption = finding.assumption
            let words =
                switch finding.outcome {
                case .confirmed: "\(assumption.key): \(finding.assumed)"
                case .refuted:
                    "\(assumption.key): \(finding.assumed) assumed, \(finding.seen) seen" + remedy(finding, section.key)
                case .untested: "\(assumption.key): \(finding.assumed) assumed; \(finding.seen)"
                }
            table.add([assumption.number, finding.outcome.rawValue, words])
        }
        let title =
            "\(section.title): \(count(.confirmed)) confirmed, \(count(.refuted)) refuted, \(count(.untested)) untested\n"
        return title + table.text
    }

    private func remedy(_ finding: Finding, _ key: String) -> String {
        guard finding.assumption.accepts(finding.seen) else {
            return "; Tandem supports no such choice and may misread this account"
        }
        return switch finding.assumption.support(of: finding.seen) {
        case .supported: "; set '\(finding.assumption.key): \(finding.seen)' in '\(key)'"
        case .refused(let sentence): "; this is not supported: \(sentence)"
        }
    }

    package var json: JSON {
        [
            "problems": .array(problems.map(JSON.string)),
            "checks": .array(
                checks.map {
                    ["place": .string($0.place), "outcome": .string($0.outcome.rawValue), "text": .string($0.text)]
                }),
            "assumptions": .array(
                findings.map {
                    [
                        "number": .string($0.assumption.number), "key": .string($0.assumption.key),
                        "system": .string($0.assumption.system.rawValue),
                        "connection": $0.connection.map(JSON.string) ?? .null, "assumed": .string($0.assumed),
                        "outcome": .string($0.outcome.rawValue), "seen": .string($0.seen),
                    ]
                }), "violations": .array(violations.map { .string($0.description) }),
        ]
    }
}

extension [String] {
    /// Each once, at its first place.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
