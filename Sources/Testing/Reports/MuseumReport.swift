import Invariants
import JSON
import ScenarioKit
import Units

/// The museum's table, for people and for programs.
package struct MuseumReport {
    package let tour: MuseumTour

    package init(_ tour: MuseumTour) { self.tour = tour }

    // MARK: For people

    package var text: String {
        var rows = tour.exhibits.map(Self.row)
        rows.insert(["defect", "caught by", "after"], at: 0)
        let widths = [0, 1].map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            Self.padded(row[0], widths[0]) + "  " + Self.padded(row[1], widths[1]) + "  " + row[2]
        }
        for exhibit in tour.exhibits where !exhibit.isCaught || !exhibit.alarms.isEmpty {
            lines += [""] + Self.complaints(exhibit)
        }
        for (path, problem) in tour.unreadable { lines += ["", "\(path) cannot be played:", "\(problem)"] }
        return lines.joined(separator: "\n") + "\n\n" + summary + "\n"
    }

    /// One line for each thing that was promised.
    package var summary: String {
        let caught = tour.exhibits.count(where: \.isCaught)
        let alarms = tour.exhibits.count { !$0.alarms.isEmpty }
        var lines = ["\(counted(tour.exhibits.count, "defect")): \(caught) caught, \(tour.exhibits.count - caught) not caught"]
        lines.append(
            alarms == 0
                ? "the sound engine in the same scenarios: no rule raised an alarm"
                : "the sound engine in the same scenarios: alarms in \(alarms) of them")
        let untested = tour.untestedRules
        let rules = StandingRules.names.count
        lines.append(
            untested.isEmpty
                ? "\(rules) rules: each has caught what it was to catch"
                : "\(rules) rules: \(untested.joined(separator: ", ")) caught nothing here")
        return lines.joined(separator: "\n")
    }

    private static func title(_ exhibit: Exhibit) -> String {
        exhibit.variant.isEmpty ? exhibit.name : "\(exhibit.name) [\(exhibit.variant)]"
    }

    private static func row(_ exhibit: Exhibit) -> [String] {
        guard exhibit.isCaught, let first = exhibit.firstCatch else { return [title(exhibit), "NOBODY", "–"] }
        return [
            title(exhibit), exhibit.wanted.joined(separator: ", "),
            "\(first.exchange) of \(counted(exhibit.exchanges, "exchange"))",
        ]
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func complaints(_ exhibit: Exhibit) -> [String] {
        var lines = [title(exhibit), "  \(exhibit.path) · \(exhibit.sabotage): \(exhibit.story)"]
        if !exhibit.isCaught { lines.append("  not caught: " + (exhibit.problem ?? "no rule that it names was broken")) }
        for alarm in exhibit.alarms {
            switch alarm.verdict {
            case .holds: break
            case .undecided(let why): lines.append("  alarm at the sound engine: \(alarm.rule) is undecided: \(why)")
            case .broken(let findings):
                for finding in findings {
                    lines.append("  alarm at the sound engine: \(alarm.rule): \(finding.subject): \(finding.sentence)")
                }
            }
        }
        lines.append("  tandem run \(exhibit.path)")
        return lines
    }

    // MARK: For programs

    package var json: JSON {
        [
            "version": 1,
            "summary": [
                "defects": JSON(tour.exhibits.count), "caught": JSON(tour.exhibits.count(where: \.isCaught)),
                "alarms": JSON(tour.exhibits.count { !$0.alarms.isEmpty }),
                "untestedRules": .array(tour.untestedRules.map(JSON.string)),
            ], "defects": .array(tour.exhibits.map(Self.json)),
            "unreadable": .array(tour.unreadable.map { .string($0.path) }),
        ]
    }

    private static func json(_ exhibit: Exhibit) -> JSON {
        [
            "name": .string(exhibit.name), "path": .string(exhibit.path),
            "variant": exhibit.variant.isEmpty ? .null : .string(exhibit.variant), "sabotage": .string(exhibit.sabotage),
            "story": .string(exhibit.story), "isCaught": .bool(exhibit.isCaught),
            "wanted": .array(exhibit.wanted.map(JSON.string)),
            "caughtBy": .array(
                exhibit.catches.map { ["rule": .string($0.rule), "afterExchanges": JSON($0.exchange)] }),
            "exchanges": JSON(exhibit.exchanges), "alarms": .array(exhibit.alarms.map { .string($0.rule) }),
            "problem": exhibit.problem.map(JSON.string) ?? .null,
        ]
    }
}
