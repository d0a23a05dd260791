import Exploration
import FoundationEssentials
import Reports
import ScenarioKit
import StrictYAML
import Units

/// The report for a browser, of the option `--html`.
enum HTMLFile {
    /// - Parameter entries: What was read, for the summaries and tags of the scenarios.
    static func write(_ results: [ScenarioResult], of entries: [Runner.Entry], seed: UInt64?, to path: String) throws {
        let runs = results.map { result in
            run(result, of: entries.first { $0.path == result.path }, again: result.commandToRunAgain(seed: seed))
        }
        try write("tandem run", ReportSummary(results).text, runs, to: path)
    }

    /// What `tandem mutants` shows: every scenario of the suite with its mutant.
    static func write(_ run: MutationRun, of entries: [Runner.Entry], summary: String, seed: UInt64?, to path: String) throws {
        var options = RunOptions()
        options.seed = seed
        options.trace = .whole
        let runs = Runner(options: options).run(entries).map { result in
            var page = self.run(result, of: entries.first { $0.path == result.path }, again: result.commandToRunAgain(seed: seed))
            let mutant = run.mutantResults.first { $0.path == result.path && $0.variant == result.variant }
            if let mutant {
                page.conditions = ["mutant \(mutant.mutant): \(mutant.description)"]
                page.conditions += mutant.catches.map {
                    "\($0.invariant) is violated " + ($0.exchange == 0 ? "from the start" : "after exchange \($0.exchange)")
                }
            }
            return page
        }
        try write("tandem mutants", summary, runs, to: path)
    }

    /// What `tandem explore` and `tandem sweep` found: each failing run, and its minimal reproducer as a run of its own.
    ///
    /// - Parameter folder: Where the reproducers were saved.
    static func write(_ title: String, _ failures: [ShownFailure], savedIn folder: String, summary: String, to path: String)
        throws
    {
        let runs = failures.flatMap { shown -> [HTMLRun] in
            let failure = shown.failure
            var options = failure.options
            options.trace = .whole
            let replayed = Runner.run(failure.scenario, failure.variant, options).result
            // Where two runs of one seed differ, the result says so and no run shows it.
            var page = HTMLRun(
                replayed.outcome == failure.result.outcome ? replayed : failure.result, again: "tandem \(failure.replay)")
            page.tags = failure.scenario.tags
            page.summary = failure.scenario.summary
            page.source =
                text(of: failure.scenario.path) ?? ScenarioWriting.text(failure.scenario, summary: failure.scenario.summary)
            page.conditions = failure.conditions.filter { !failure.scenario.summary.contains($0) }
            page.reproducer = shown.reproducer?.text
            return [page] + (shown.reproducer.flatMap { run($0, savedIn: folder) }.map { [$0] } ?? [])
        }
        let notes =
            failures.isEmpty ? [] : ["Shown are the first runs that fail in different ways, each with what it was shrunk to."]
        try write(title, summary, runs, notes: notes, to: path)
    }

    private static func run(_ reproducer: Reproducer, savedIn folder: String) -> HTMLRun? {
        var options = RunOptions()
        options.trace = .whole
        let path = folder + "/" + reproducer.name + ".yaml"
        guard let scenario = try? ScenarioReader.read(reproducer.text, path: path) else { return nil }
        let result = Runner(options: options).run([.scenario(scenario)])[0]
        var page = HTMLRun(result, again: result.commandToRunAgain(seed: nil))
        page.summary = scenario.summary
        page.source = reproducer.text
        page.conditions = [
            "minimal reproducer: \(counted(reproducer.steps, "step")), found in \(counted(reproducer.runs, "run"))"
                + (reproducer.ranOutOfTime ? "; time ran out before it was minimal" : "")
        ]
        return page
    }

    private static func run(_ result: ScenarioResult, of entry: Runner.Entry?, again: String) -> HTMLRun {
        var page = HTMLRun(result, again: again)
        if case .scenario(let scenario)? = entry {
            page.tags = scenario.tags
            page.summary = scenario.summary
        }
        page.source = text(of: result.path)
        return page
    }

    private static func text(of path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func write(
        _ title: String, _ summary: String, _ runs: [HTMLRun], notes: [String] = [], to path: String
    ) throws {
        let command = (["tandem"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
        var report = HTMLReport(title: title, command: command, summary: summary, runs: runs)
        report.notes = notes
        try OutputFile.write(report.text, to: path, option: "--html")
    }
}

/// A failure that a report shows, with the scenario that it was shrunk to.
struct ShownFailure {
    var failure: Failure
    var reproducer: Reproducer?
}
