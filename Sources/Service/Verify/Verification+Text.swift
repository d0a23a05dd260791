import Contract
import Exchange
package import JSON
import Units

extension Severity {
    package var word: String {
        switch self {
        case .failure: "FAILURE"
        case .unknown: "unknown"
        case .warning: "warning"
        case .news: "note"
        case .good: "ok"
        }
    }
}

extension Verification {
    /// One section, for who reads along.
    package func text(of section: ReadinessSection) -> String {
        let shown = shown(in: section)
        guard !shown.isEmpty else { return "" }
        var text = "\(section.title)\n"
        for finding in shown {
            let words = finding.words
            let place = finding.connection.map { hasSeveral ? "\($0): " : "" } ?? ""
            text += "  \(finding.severity.word.padded(to: 8)) \(place)\(words.isSo.escapingControls())\n"
            guard finding.severity != .good else { continue }
            if let harm = words.harm { text += "           harm    \(harm.escapingControls())\n" }
            if let remedy = words.remedy { text += "           remedy  \(remedy.escapingControls())\n" }
        }
        if section == .assumptions { text += "  \(assumptionCounts)\n" }
        return text + "\n"
    }

    private var hasSeveral: Bool { Set(findings.compactMap(\.connection)).count > 1 }

    /// Of the assumptions, those are shown that somebody should know of; of the rest only how many there are.
    func shown(in section: ReadinessSection) -> [ReadinessFinding] {
        findings(in: section).filter { finding in
            guard case .assumption(let assumption, _, let outcome) = finding.kind, !options.showsAll else { return true }
            if case .refuted = outcome { return true }
            return assumption.readBy == .engine
        }
    }

    private var assumptionCounts: String {
        var confirmed = 0
        var refuted = 0
        var open = 0
        for finding in findings {
            guard case .assumption(_, _, let outcome) = finding.kind else { continue }
            switch outcome {
            case .confirmed, .stated, .immaterial: confirmed += 1
            case .refuted: refuted += 1
            case .untested: open += 1
            }
        }
        return "\(confirmed) confirmed, \(refuted) refuted, \(open) not tested" + (options.showsAll ? "" : "; --all shows each")
    }

    package var text: String { ReadinessSection.allCases.map { text(of: $0) }.joined() + conclusion }

    /// What to do, and the verdict in the last line.
    package var conclusion: String {
        func listed(_ title: String, _ findings: [ReadinessFinding]) -> String {
            title + "\n"
                + findings.enumerated().map { index, finding in
                    let words = finding.words
                    let place = finding.connection.map { hasSeveral ? "\($0): " : "" } ?? ""
                    return
                        "  \(index + 1). \(place)\(words.isSo.escapingControls()). \((words.remedy ?? words.harm ?? "").escapingControls())\n"
                }.joined() + "\n"
        }
        let figures = "\(counted(exchanges, "call")) in \(duration.forPeople)"
        switch verdict {
        case .ready:
            let open = openAssumptions.count
            let note = open == 0 ? "" : "; \(counted(open, "assumption")) only writing or people can tell, see above"
            return "ready: \(counted(count(.warning), "warning")), \(figures)\(note)\n"
        case .notReady(let todo):
            return listed("to do", todo)
                + "not ready: \(counted(todo.count, "thing")) to do, \(counted(count(.warning), "warning")), \(figures)\n"
        case .cannotKnow(let open):
            return listed("to find out", open)
                + "cannot know: \(counted(open.count, "thing")) to find out, \(counted(count(.warning), "warning")), \(figures)\n"
        }
    }

    package var word: String {
        switch verdict {
        case .ready: "ready"
        case .notReady: "not ready"
        case .cannotKnow: "cannot know"
        }
    }

    // MARK: JSON

    package var json: JSON {
        [
            "version": 1, "verdict": .string(word), "calls": JSON(exchanges), "milliseconds": JSON(Int(duration.milliseconds)),
            "findings": .array(
                findings.map { finding in
                    let words = finding.words
                    var object: JSONObject = [
                        "section": .string(finding.section.rawValue), "severity": .string(finding.severity.rawValue),
                        "connection": Self.text(finding.connection), "found": .string(words.isSo), "harm": Self.text(words.harm),
                        "remedy": Self.text(words.remedy),
                    ]
                    if case .assumption(let assumption, let assumed, let outcome) = finding.kind {
                        object.append(
                            "assumption",
                            [
                                "number": .string(assumption.number), "key": .string(assumption.key),
                                "system": .string(assumption.system.rawValue), "assumed": .string(assumed),
                                "outcome": .string(outcome.word),
                            ])
                    }
                    if case .operatorDid(_, let outcome) = finding.kind {
                        object.append("wouldBook", .array(outcome.booked.map(DryRun.json(of:))))
                    }
                    return .object(object)
                }),
        ]
    }

    private static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
}

extension AssumptionOutcome {
    package var word: String {
        switch self {
        case .confirmed: "confirmed"
        case .refuted: "refuted"
        case .stated: "stated"
        case .immaterial: "immaterial"
        case .untested: "untested"
        }
    }
}

extension String {
    fileprivate func padded(to length: Int) -> String { self + String(repeating: " ", count: max(0, length - count)) }
}
