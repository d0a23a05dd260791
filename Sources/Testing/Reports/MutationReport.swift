import Invariants
package import JSON
package import ScenarioKit
import Units

/// The table of the mutation suite, for people and for programs.
package struct MutationReport {
    package let run: MutationRun

    package init(_ run: MutationRun) { self.run = run }

    // MARK: For people

    package var text: String {
        var rows = run.mutantResults.map(Self.row)
        rows.insert(["mutant", "caught by", "after"], at: 0)
        let widths = [0, 1].map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            row[0].padded(to: widths[0]) + "  " + row[1].padded(to: widths[1]) + "  " + row[2]
        }
        for mutantResult in run.mutantResults where !mutantResult.isCaught || !mutantResult.alarms.isEmpty {
            lines += [""] + Self.details(mutantResult)
        }
        for (path, problem) in run.unreadable { lines += ["", "\(path) cannot be run:", "\(problem)"] }
        return lines.joined(separator: "\n") + "\n\n" + summary + "\n"
    }

    /// One line each for the mutants, the unmodified engine and the invariants.
    package var summary: String {
        let caught = run.mutantResults.count(where: \.isCaught)
        let alarms = run.mutantResults.count { !$0.alarms.isEmpty }
        var lines = [
            "\(counted(run.mutantResults.count, "mutant")): \(caught) caught, \(run.mutantResults.count - caught) missed"
        ]
        lines.append(
            alarms == 0
                ? "unmodified engine, same scenarios: no violation"
                : "unmodified engine, same scenarios: violations in \(alarms) of them")
        let untested = run.untestedInvariants
        let invariants = AllInvariants.ids.count
        lines.append(
            untested.isEmpty
                ? "\(invariants) invariants: each catches a mutant that names it"
                : "\(invariants) invariants: \(untested.joined(separator: ", ")) caught nothing here")
        return lines.joined(separator: "\n")
    }

    private static func title(_ mutantResult: MutantResult) -> String {
        RunTitle.of(mutantResult.name, variant: mutantResult.variant)
    }

    private static func row(_ mutantResult: MutantResult) -> [String] {
        guard mutantResult.isCaught, let first = mutantResult.firstCatch else { return [title(mutantResult), "MISSED", "–"] }
        return [
            title(mutantResult), mutantResult.wanted.joined(separator: ", "),
            "\(first.exchange) of \(counted(mutantResult.exchanges, "exchange"))",
        ]
    }

    private static func details(_ mutantResult: MutantResult) -> [String] {
        var lines = [title(mutantResult), "  \(mutantResult.path) · \(mutantResult.mutant): \(mutantResult.description)"]
        if !mutantResult.isCaught {
            lines.append("  missed: " + (mutantResult.problem ?? "the invariants that it names all hold"))
        }
        for alarm in mutantResult.alarms {
            switch alarm.verdict {
            case .holds: break
            case .undecided(let why): lines.append("  unmodified engine: \(alarm.invariant) is undecided: \(why)")
            case .broken(let findings):
                for finding in findings {
                    lines.append("  unmodified engine: \(alarm.invariant): \(finding.subject): \(finding.sentence)")
                }
            }
        }
        lines.append("  tandem run \(mutantResult.path)")
        return lines
    }

    // MARK: For build servers

    /// - Parameter isWhole: Whether the whole suite ran, so that every invariant had to catch something.
    package func cases(isWhole: Bool) -> [ReportedCase] {
        run.mutantResults.map { result in
            ReportedCase(
                suite: "mutants", name: Self.title(result), outcome: result.isCaught ? "caught" : "missed",
                problem: Self.problem(of: result))
        }
            + ReportedCase.failing([], unreadable: run.unreadable.map { ($0.path, "\($0.problem)") })
            + run.untestedInvariants.map { id in
                isWhole
                    ? ReportedCase.broken(id, "no mutant names this invariant and breaks it")
                    : ReportedCase(suite: "invariants", name: id, skipped: "no mutant of this run names it and breaks it")
            }
    }

    private static func problem(of result: MutantResult) -> ReportedCase.Problem? {
        let lines = details(result)
        let message: String
        if !result.isCaught {
            message = "\(result.mutant) is missed: " + (result.problem ?? "the invariants that it names all hold")
        } else if let alarm = result.alarms.first {
            message = "the unmodified engine violates \(alarm.invariant)"
        } else {
            return nil
        }
        return ReportedCase.Problem(
            type: result.wanted.first ?? "mutant", message: message, text: lines.joined(separator: "\n"), path: result.path)
    }

    // MARK: For programs

    package var json: JSON {
        [
            "version": JSON(JSONReport.version), "command": "tandem mutants",
            "summary": [
                "mutants": JSON(run.mutantResults.count), "caught": JSON(run.mutantResults.count(where: \.isCaught)),
                "violationsOfTheUnmodifiedEngine": JSON(run.mutantResults.count { !$0.alarms.isEmpty }),
                "untestedInvariants": .array(run.untestedInvariants.map(JSON.string)),
            ], "mutants": .array(run.mutantResults.map(Self.json)),
            "unreadable": .array(run.unreadable.map { .string($0.path) }),
        ]
    }

    private static func json(_ mutantResult: MutantResult) -> JSON {
        [
            "name": .string(mutantResult.name), "path": .string(mutantResult.path),
            "variant": mutantResult.variant.isEmpty ? .null : .string(mutantResult.variant),
            "mutant": .string(mutantResult.mutant),
            "summary": .string(mutantResult.description), "outcome": .string(mutantResult.isCaught ? "caught" : "missed"),
            "wanted": .array(mutantResult.wanted.map(JSON.string)),
            "caughtBy": .array(
                mutantResult.catches.map { ["invariant": .string($0.invariant), "afterExchanges": JSON($0.exchange)] }),
            "exchanges": JSON(mutantResult.exchanges),
            "violationsOfTheUnmodifiedEngine": .array(mutantResult.alarms.map { .string($0.invariant) }),
            "problem": mutantResult.problem.map(JSON.string) ?? .null,
        ]
    }
}
