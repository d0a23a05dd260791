import Invariants
package import ScenarioKit

/// For GitHub Actions: an annotation at the place in the scenario for each failure, and the summary.
///
/// Source: GitHub Docs, «Workflow commands for GitHub Actions», setting an error message.
package struct GitHubReport {
    package let results: [ScenarioResult]

    package init(_ results: [ScenarioResult]) { self.results = results }

    package var text: String {
        let annotations = results.filter { !$0.outcome.isGood }.flatMap(annotations)
        return (annotations + [ReportSummary(results).text]).joined(separator: "\n") + "\n"
    }

    /// Markdown: the counts, and a row for each run that is not good. GitHub takes a megabyte, so long lists are cut.
    package var jobSummary: String {
        let bad = results.filter { !$0.outcome.isGood }
        var lines = ["### tandem run", "", ReportSummary(results).text, ""]
        guard !bad.isEmpty else { return lines.joined(separator: "\n") }
        lines += ["| outcome | run | what |", "|---|---|---|"]
        lines += bad.prefix(Self.mostRows).map { result in
            "| \(result.outcome.rawValue) | \(Self.cell(TextReport.title(result))) | \(Self.cell(JUnitReport.message(result))) |"
        }
        if bad.count > Self.mostRows { lines.append("| | | and \(bad.count - Self.mostRows) more |") }
        return (lines + [""]).joined(separator: "\n")
    }

    private static let mostRows = 100

    /// As text of a cell: no markup, no line break.
    private static func cell(_ text: String) -> String {
        var cell = ""
        for character in text.prefix(500) {
            if character.isNewline {
                cell += " "
            } else {
                if "\\`*_{}[]<>()#|~!&".contains(character) { cell += "\\" }
                cell.append(character)
            }
        }
        return cell
    }

    private func annotations(of result: ScenarioResult) -> [String] {
        var lines: [String] = []
        if let problem = result.problem {
            lines.append(error(result, line: result.line, column: result.column, title: result.outcome.rawValue, problem))
        }
        for invariantResult in result.invariantResults {
            switch invariantResult.verdict {
            case .holds: continue
            case .undecided(let why): lines.append(error(result, title: invariantResult.invariant, "undecided: \(why)"))
            case .broken(let findings):
                lines += findings.map { error(result, title: invariantResult.invariant, Self.words($0)) }
            }
        }
        for failed in result.failedExpectations {
            lines.append(
                error(
                    result, line: failed.line, title: failed.expectation,
                    "expected \(failed.expected)\nfound \(failed.found)"))
        }
        return lines
    }

    private static func words(_ finding: Finding) -> String {
        let details = [
            ("expected: ", finding.expected), ("Rackbeat: ", finding.rackbeatHolds), ("Ongoing: ", finding.ongoingHolds),
        ]
        let lines = details.compactMap { name, text in text.map { name + $0 } }
        return (["\(finding.subject): \(finding.sentence)"] + lines).joined(separator: "\n")
    }

    private func error(
        _ result: ScenarioResult, line: Int? = nil, column: Int? = nil, title: String, _ message: String
    ) -> String {
        var properties = ["file=\(Self.property(result.path))"]
        if let line { properties.append("line=\(line)") }
        if let column { properties.append("col=\(column)") }
        properties.append("title=\(Self.property("\(TextReport.title(result)): \(title)"))")
        return "::error \(properties.joined(separator: ","))::\(Self.data("\(message)\nseed \(result.seed)"))"
    }

    private static func data(_ text: String) -> String {
        text.map { character -> String in
            switch character {
            case "%": "%25"
            case "\r": "%0D"
            case "\n": "%0A"
            case "\r\n": "%0D%0A"
            default: String(character)
            }
        }.joined()
    }

    private static func property(_ text: String) -> String {
        data(text).map { character -> String in
            switch character {
            case ":": "%3A"
            case ",": "%2C"
            default: String(character)
            }
        }.joined()
    }
}
