import Invariants
package import JSON
package import ScenarioKit
import Units

/// The museum's table, for people and for programs.
package struct MutationReport {
    package let tour: MutationRun

    package init(_ tour: MutationRun) { self.tour = tour }

    // MARK: For people

    package var text: String {
        var rows = tour.mutantResults.map(Self.row)
        rows.insert(["defect", "caught by", "after"], at: 0)
        let widths = [0, 1].map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            Self.padded(row[0], widths[0]) + "  " + Self.padded(row[1], widths[1]) + "  " + row[2]
        }
        for mutantResult in tour.mutantResults where !mutantResult.isCaught || !mutantResult.alarms.isEmpty {
            lines += [""] + Self.complaints(mutantResult)
        }
        for (path, problem) in tour.unreadable { lines += ["", "\(path) cannot be played:", "\(problem)"] }
        return lines.joined(separator: "\n") + "\n\n" + summary + "\n"
    }

    /// One line for each thing that was promised.
    package var summary: String {
        let caught = tour.mutantResults.count(where: \.isCaught)
        let alarms = tour.mutantResults.count { !$0.alarms.isEmpty }
        var lines = [
            "\(counted(tour.mutantResults.count, "defect")): \(caught) caught, \(tour.mutantResults.count - caught) missed"
        ]
        lines.append(
            alarms == 0
                ? "the sound engine in the same scenarios: no rule raised an alarm"
                : "the sound engine in the same scenarios: alarms in \(alarms) of them")
        let untested = tour.untestedRules
        let invariants = AllInvariants.ids.count
        lines.append(
            untested.isEmpty
                ? "\(invariants) rules: each has caught what it was to catch"
                : "\(invariants) rules: \(untested.joined(separator: ", ")) caught nothing here")
        return lines.joined(separator: "\n")
    }

    private static func title(_ mutantResult: MutantResult) -> String {
        mutantResult.variant.isEmpty ? mutantResult.name : "\(mutantResult.name) [\(mutantResult.variant)]"
    }

    private static func row(_ mutantResult: MutantResult) -> [String] {
        guard mutantResult.isCaught, let first = mutantResult.firstCatch else { return [title(mutantResult), "NOBODY", "–"] }
        return [
            title(mutantResult), mutantResult.wanted.joined(separator: ", "),
            "\(first.exchange) of \(counted(mutantResult.exchanges, "exchange"))",
        ]
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func complaints(_ mutantResult: MutantResult) -> [String] {
        var lines = [title(mutantResult), "  \(mutantResult.path) · \(mutantResult.mutant): \(mutantResult.story)"]
        if !mutantResult.isCaught {
            lines.append("  missed: " + (mutantResult.problem ?? "no rule that it names was broken"))
        }
        for alarm in mutantResult.alarms {
            switch alarm.verdict {
            case .holds: break
            case .undecided(let why): lines.append("  alarm at the sound engine: \(alarm.invariant) is undecided: \(why)")
            case .broken(let findings):
                for finding in findings {
                    lines.append("  alarm at the sound engine: \(alarm.invariant): \(finding.subject): \(finding.sentence)")
                }
            }
        }
        lines.append("  tandem run \(mutantResult.path)")
        return lines
    }

    // MARK: For programs

    package var json: JSON {
        [
            "version": 1,
            "summary": [
                "defects": JSON(tour.mutantResults.count), "caught": JSON(tour.mutantResults.count(where: \.isCaught)),
                "alarms": JSON(tour.mutantResults.count { !$0.alarms.isEmpty }),
                "untestedRules": .array(tour.untestedRules.map(JSON.string)),
            ], "defects": .array(tour.mutantResults.map(Self.json)),
            "unreadable": .array(tour.unreadable.map { .string($0.path) }),
        ]
    }

    private static func json(_ mutantResult: MutantResult) -> JSON {
        [
            "name": .string(mutantResult.name), "path": .string(mutantResult.path),
            "variant": mutantResult.variant.isEmpty ? .null : .string(mutantResult.variant),
            "mutant": .string(mutantResult.mutant),
            "story": .string(mutantResult.story), "isCaught": .bool(mutantResult.isCaught),
            "wanted": .array(mutantResult.wanted.map(JSON.string)),
            "caughtBy": .array(
                mutantResult.catches.map { ["rule": .string($0.invariant), "afterExchanges": JSON($0.exchange)] }),
            "exchanges": JSON(mutantResult.exchanges), "alarms": .array(mutantResult.alarms.map { .string($0.invariant) }),
            "problem": mutantResult.problem.map(JSON.string) ?? .null,
        ]
    }
}
