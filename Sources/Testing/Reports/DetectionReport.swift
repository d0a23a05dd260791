package import JSON
import Mutants
package import ScenarioKit
import Units

/// The table of the generated mutants, for people and for programs.
package struct DetectionReport {
    private let score: GeneratedScore
    /// Whether every mutant is listed, with what caught it.
    private let isDetailed: Bool

    package init(_ score: GeneratedScore, isDetailed: Bool) {
        self.score = score
        self.isDetailed = isDetailed
    }

    // MARK: For people

    package var text: String {
        var lines: [String] = []
        if isDetailed {
            lines += score.run.results.map { "\($0.mutant.id)  \(Self.text(of: $0.outcome))" } + [""]
        }
        for (title, problem) in score.run.failing { lines.append("\(title) is red without a mutant: \(problem)") }
        for (path, problem) in score.run.unreadable { lines += ["\(path) cannot be run:", "\(problem)"] }
        if !score.missed.isEmpty {
            lines += ["missed:"] + score.missed.map { "  \($0.mutant.id)  \(Self.text(of: $0.outcome))" } + [""]
        }
        for line in score.stale {
            lines.append("'\(line.pattern)' is listed as harmless and covers no mutant that was missed: take it off the list")
        }
        return (lines + table).joined(separator: "\n") + "\n\n" + summary + "\n"
    }

    private var table: [String] {
        let head = ["generated", "mutants", "caught", "missed", "harmless", "without effect", "one value", "score"]
        var rows = [head]
        rows += score.rows.map { Self.row("\($0.part.rawValue) \($0.alteration.rawValue)", $0.row) }
        rows.append(Self.row("all", score.total))
        if score.countsSingles {
            let singles = score.rows.map(\.row.singles) + [score.total.singles]
            rows = zip(rows, ["by one run"] + singles.map(String.init)).map { $0 + [$1] }
        }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + space : space + text
            }.joined(separator: "  ")
        }
    }

    private static func row(_ title: String, _ row: GeneratedScore.Row) -> [String] {
        [title] + [row.mutants, row.caught, row.missed, row.harmless, row.withoutEffect, row.neverDiffers].map(String.init)
            + [row.score.map(percent) ?? "–"]
    }

    private static func percent(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10) %" }

    package var summary: String {
        var text =
            "\(counted(score.run.results.count, "generated mutant")) in \(counted(score.run.runs, "run")): \(score.total.caught) caught, "
            + "\(score.total.missed) missed"
        if score.countsSingles { text += "; \(score.total.singles) are caught by one run alone" }
        if score.run.isWhole {
            text +=
                "\nscore \(Self.percent(score.total.score ?? 1000)), at least \(Self.percent(score.record.leastGenerated)) is kept"
        }
        return text
    }

    private static func text(of outcome: GeneratedResult.Outcome) -> String {
        switch outcome {
        case .caught(let catcher, let title, let runs, let isSingle):
            "caught by \(catcher) in \(title), \(counted(runs, "run"))" + (isSingle == true ? ", in no other" : "")
        case .missed(let runs): "missed in \(counted(runs, "run"))"
        case .withoutEffect(let runs): "without effect in \(counted(runs, "run"))"
        case .neverDiffers: "it has one value in all runs"
        }
    }

    // MARK: For build servers

    package var cases: [ReportedCase] {
        let missed = Set(score.missed.map(\.mutant.id))
        return score.run.results.map { result in
            let isMissed = missed.contains(result.mutant.id)
            let message = isMissed ? Self.text(of: result.outcome) : nil
            return ReportedCase(
                suite: "generated", name: result.mutant.id, outcome: isMissed ? "missed" : "caught",
                problem: message.map { ReportedCase.Problem(type: "missed", message: $0) })
        }
            + ReportedCase.failing(score.run.failing, unreadable: score.run.unreadable.map { ($0.path, "\($0.problem)") })
            + score.stale.map {
                ReportedCase.broken(
                    $0.pattern, "it is listed as harmless and covers no mutant that was missed: take it off the list")
            }
    }

    // MARK: For programs

    package var json: JSON {
        var summary: JSONObject = [
            "mutants": JSON(score.total.mutants), "caught": JSON(score.total.caught), "missed": JSON(score.total.missed),
            "harmless": JSON(score.total.harmless), "withoutEffect": JSON(score.total.withoutEffect),
            "oneValue": JSON(score.total.neverDiffers), "scorePerMille": score.total.score.map { JSON($0) } ?? .null,
        ]
        if score.countsSingles { summary["caughtByOneRun"] = JSON(score.total.singles) }
        return [
            "version": JSON(JSONReport.version), "command": "tandem mutants --generated", "summary": .object(summary),
            "mutants": .array(score.run.results.map(Self.json)), "stale": .array(score.stale.map { .string($0.pattern) }),
            "failing": .array(score.run.failing.map { .string($0.title) }),
        ]
    }

    private static func json(_ result: GeneratedResult) -> JSON {
        var object: JSONObject = ["mutant": .string(result.mutant.id)]
        switch result.outcome {
        case .caught(let catcher, let title, let runs, let isSingle):
            object["outcome"] = "caught"
            object["by"] = .string(catcher)
            object["in"] = .string(title)
            object["runs"] = JSON(runs)
            if let isSingle { object["isSingle"] = .bool(isSingle) }
        case .missed(let runs):
            object["outcome"] = "missed"
            object["runs"] = JSON(runs)
        case .withoutEffect(let runs):
            object["outcome"] = "without effect"
            object["runs"] = JSON(runs)
        case .neverDiffers: object["outcome"] = "one value"
        }
        return .object(object)
    }
}
