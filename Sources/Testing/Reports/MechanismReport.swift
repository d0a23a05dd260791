package import JSON
import Mutants
package import ScenarioKit
import Units

/// Which scenarios turn red without a mechanism, for people and for programs.
package struct MechanismReport {
    private let run: MechanismRun

    package init(_ run: MechanismRun) { self.run = run }

    package var text: String {
        var lines: [String] = []
        for result in run.results {
            let outcome = Self.outcome(of: result)
            let verdict = outcome == "missed" ? "MISSED" : outcome
            lines.append("\(verdict)  \(result.mechanism.name): \(result.mechanism.description)")
            if result.claims.isEmpty {
                lines.append("        no scenario is about it" + (result.reasonNotShown.map { ": \($0)" } ?? ""))
            }
            lines += result.claims.map { "        \($0.title)  \($0.catcher.map { "red by \($0)" } ?? "GREEN")" }
        }
        lines.append("")
        for (title, problem) in run.failing { lines.append("\(title) is red with every mechanism: \(problem)") }
        for (path, problem) in run.unreadable { lines += ["\(path) cannot be run:", "\(problem)"] }
        lines += run.stale
        lines.append("folder          scenarios  about a mechanism  red without it")
        for row in folders {
            lines.append(
                row.folder.padding(16) + "\(row.scenarios)".padding(11) + "\(row.claims)".padding(19) + "\(row.red)")
        }
        lines.append(summary)
        return lines.joined(separator: "\n") + "\n"
    }

    /// `caught`, `listed` with a reason why no scenario can show it, or `missed`.
    private static func outcome(of result: MechanismResult) -> String {
        result.isCaught ? "caught" : result.reasonNotShown == nil ? "missed" : "listed"
    }

    package var summary: String {
        let caught = run.results.count(where: \.isCaught)
        let listed = run.results.count { !$0.isCaught && $0.reasonNotShown != nil }
        return "\(counted(run.results.count, "mechanism")): \(caught) caught, \(listed) listed with a reason, "
            + "\(run.results.count - caught - listed) missed; "
            + "\(run.results.count { $0.claims.count { $0.catcher != nil } == 1 }) are caught by one scenario alone"
    }

    package var cases: [ReportedCase] {
        run.results.map { result in
            if !result.isCaught, let reason = result.reasonNotShown {
                return ReportedCase(suite: "mechanisms", name: result.mechanism.name, skipped: reason)
            }
            let green = result.claims.filter { $0.catcher == nil }.map { "\($0.title) stays green without it" }
            let problem =
                result.isCaught
                ? nil
                : ReportedCase.Problem(
                    type: "missed", message: green.first ?? "no scenario is about it", text: green.joined(separator: "\n"))
            return ReportedCase(
                suite: "mechanisms", name: result.mechanism.name, outcome: result.isCaught ? "caught" : "missed", problem: problem
            )
        }
            + ReportedCase.failing(run.failing, unreadable: run.unreadable.map { ($0.path, "\($0.problem)") })
            + run.stale.map { ReportedCase.broken("Scenarios/detection.json", $0) }
    }

    /// How many scenarios each folder has, how many are about a mechanism, and how many turn red without each that they are about.
    private var folders: [(folder: String, scenarios: Int, claims: Int, red: Int)] {
        func folder(_ title: String) -> String { String(title.prefix { $0 != "/" }) }
        let claims = Dictionary(grouping: run.results.flatMap(\.claims)) { folder($0.title) }
        return Dictionary(grouping: run.scenarios, by: folder).sorted { $0.key < $1.key }.map { name, scenarios in
            let claims = claims[name] ?? []
            let titles = Set(claims.map(\.title))
            let red = titles.count { title in claims.allSatisfy { $0.title != title || $0.catcher != nil } }
            return (name, scenarios.count, titles.count, red)
        }
    }

    package var json: JSON {
        [
            "version": JSON(JSONReport.version), "command": "tandem mutants --mechanisms",
            "mechanisms": .array(
                run.results.map { result in
                    [
                        "name": .string(result.mechanism.name), "outcome": .string(Self.outcome(of: result)),
                        "reason": result.isCaught ? .null : result.reasonNotShown.map(JSON.string) ?? .null,
                        "scenarios": .array(
                            result.claims.map { ["name": .string($0.title), "redBy": $0.catcher.map(JSON.string) ?? .null] }),
                    ]
                }),
            "folders": .array(
                folders.map {
                    [
                        "name": .string($0.folder), "scenarios": JSON($0.scenarios), "aboutAMechanism": JSON($0.claims),
                        "red": JSON($0.red),
                    ]
                }), "stale": .array(run.stale.map(JSON.string)), "failing": .array(run.failing.map { .string($0.title) }),
        ]
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
