package import ScenarioKit

/// For GitHub Actions: an annotation at the place in the scenario for each failure, and the summary.
package struct GitHubReport {
    /// The command, for the summary of the job.
    private let title: String
    private let cases: [ReportedCase]
    private let summary: String

    package init(_ title: String, _ cases: [ReportedCase], summary: String) {
        self.title = title
        self.cases = cases
        self.summary = summary
    }

    package init(_ results: [ScenarioResult]) {
        self.init("tandem run", results.map { ReportedCase($0) }, summary: ReportSummary(results).text)
    }

    package var text: String {
        (cases.flatMap { $0.annotations.map(\.command) } + [summary]).joined(separator: "\n") + "\n"
    }

    /// Markdown: the counts, and a row for each run that is not good. GitHub takes a megabyte, so long lists are cut.
    package var jobSummary: String {
        let bad = cases.filter { !$0.isGood }
        var lines = ["### \(title)", "", summary, ""]
        guard !bad.isEmpty else { return lines.joined(separator: "\n") }
        lines += ["| outcome | run | what |", "|---|---|---|"]
        lines += bad.prefix(Self.mostRows).map { reported in
            "| \(reported.outcome) | \(Self.cell(reported.name)) | \(Self.cell(reported.message)) |"
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
}
