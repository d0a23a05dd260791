import ArgumentParser
import FoundationEssentials
import JSON
import Reports
import Units

/// The form of the results and where they go, of every command that runs scenarios or random cases.
struct ReportOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, junit, json, github
    }

    @Option(help: "Format of the results.")
    var format = Format.text

    @Option(help: ArgumentHelp("File for the results; the summary still goes to stdout.", valueName: "file"))
    var output: String?

    /// Whether results in words go to the terminal as they come.
    var streams: Bool { format == .text && output == nil }

    /// Writes the results, of which those in words may have been printed on the way.
    func write(_ report: FormattedReport, on terminal: Terminal) throws {
        let text =
            switch format {
            case .text: streams ? report.rest : report.text
            case .junit: JUnitReport(report.suite, report.cases).text
            case .json: report.json().pretty + "\n"
            case .github: github(report).text
            }
        if format == .github { try appendJobSummary(github(report).jobSummary) }
        guard let output else { return terminal.print(text) }
        try OutputFile.write(text, to: output)
        terminal.print(report.summary + "\n" + report.note)
    }

    private func github(_ report: FormattedReport) -> GitHubReport {
        GitHubReport(report.command, report.cases, summary: report.summary)
    }

    /// GitHub shows what is in this file on the page of the job.
    ///
    /// Source: GitHub Docs, «Workflow commands for GitHub Actions», adding a job summary.
    private func appendJobSummary(_ summary: String) throws {
        guard let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
        let before = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        try OutputFile.write(before + summary, to: path)
    }
}

/// The results of a command, in every form that they can be asked for.
struct FormattedReport {
    /// Such as `tandem sweep`.
    var command: String
    /// The name of the outermost suite.
    var suite: String
    var summary: String
    /// What else there is to say to whoever sees the summary alone, with the end of its line.
    var note = ""
    /// What is printed behind the results that were printed as they came.
    var rest = ""
    /// All of it in words.
    var text: String
    var cases: [ReportedCase]
    var json: () -> JSON
}

/// Lines for people that are printed as they come, where that was asked for, and kept for a file.
final class Transcript {
    private(set) var text = ""
    private let terminal: Terminal?

    /// - Parameter terminal: `nil`: nothing is printed.
    init(on terminal: Terminal?) { self.terminal = terminal }

    func print(_ more: String) {
        text += more
        terminal?.print(more)
    }
}
