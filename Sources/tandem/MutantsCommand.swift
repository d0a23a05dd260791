import ArgumentParser
import FoundationEssentials
import JSON
import Mutants
import Reports
import ScenarioKit

struct MutantsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "mutants", abstract: "Run the mutation suite: known integration bugs, and the invariants that catch them.",
        discussion: """
            Shows which invariant catches each mutant, and after how many exchanges. Each scenario also runs with the unmodified \
            engine, for which every invariant must hold. Exits with 1 unless every mutant is caught, the unmodified engine violates \
            nothing and, when the whole suite runs, every invariant catches a mutant.

            With --generated, defects are made by a rule instead: every member of every request and response in the traffic of the \
            scenarios is dropped, frozen at its first value, taken from the neighbouring line, or altered, one member at a time. A \
            mutant is caught when a scenario fails. Members that no scenario's run depends on are counted apart. Exits with 1 when \
            one is missed that \(record) does not list, or the whole score is below the one in it, or a line of it is stale.

            With --mechanisms, each mechanism of the engine is taken from it in turn, and every scenario that \(record) names for it \
            must fail.
            """)

    private static let suite = ["Scenarios/mutants"]
    private static let record = "Scenarios/detection.json"

    @Argument(help: "Scenario files and folders. (default: \(suite.joined(separator: " ")))")
    var paths: [String] = []

    @OptionGroup var results: ReportOptions

    @Option(help: ArgumentHelp("Random seed. Default: the seed of each scenario.", valueName: "number"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp("File for a report to be opened in a browser, with the trace of every scenario.", valueName: "file"))
    var html: String?

    @Flag(help: "Mechanisms of the engine, each switched off in the scenarios that are about it.")
    var mechanisms = false

    @Option(help: ArgumentHelp("A mechanism to switch off in every scenario of the paths.", valueName: "name"))
    var mechanism: [String] = []

    @Flag(help: "Mutants made from the traffic of the scenarios. (default paths: Scenarios)")
    var generated = false

    @Option(help: ArgumentHelp("Maximum number of generated mutants, chosen by a hash.", valueName: "number"))
    var limit: Int?

    @Option(
        help: ArgumentHelp("Number of runs in which a generated mutant changes something and is missed.", valueName: "number"))
    var tries = 30

    @Option(help: ArgumentHelp("A generated mutant to try; * stands for any text.", valueName: "name"))
    var mutant: [String] = []

    @Flag(help: "Count the generated mutants that one run alone catches.")
    var singles = false

    @Flag(help: "List every generated mutant.")
    var list = false

    @OptionGroup var shard: ShardOption
    @OptionGroup var jobs: JobsOption

    func perform(on terminal: Terminal) throws -> ExitReason {
        guard !generated || !mechanisms && mechanism.isEmpty else {
            throw UsageError("--generated does not go with --mechanisms and --mechanism")
        }
        if html != nil, generated || mechanisms || !mechanism.isEmpty {
            throw UsageError("--html: it goes with the mutation suite alone")
        }
        guard !generated else { return try generate(terminal) }
        for (name, isGiven) in [
            ("--limit", limit != nil), ("--tries", tries != 30), ("--singles", singles), ("--list", list),
            ("--shard", shard.shard != nil), ("--mutant", !mutant.isEmpty),
        ] where isGiven {
            throw UsageError("\(name): it belongs to --generated")
        }
        guard !mechanisms, mechanism.isEmpty else { return try switchOff(terminal) }
        let files: [String]
        do { files = try ScenarioFiles.find(paths.isEmpty ? Self.suite : paths) } catch { throw UsageError(error.description) }
        let progress = ProgressLine(terminal: terminal)
        let entries = Runner.read(files)
        let suite = MutationSuite(entries, seed: seed)
        var mutants: [MutantResult] = []
        try jobs.pool().run(suite) { number, result in
            mutants.append(result)
            progress.show("\(number + 1) of \(suite.count ?? 0)  \(progress.name(suite.title(number)))")
        }
        progress.clear()
        let run = suite.whole(mutants)
        guard !run.mutantResults.isEmpty || !run.unreadable.isEmpty else {
            throw UsageError("no scenario has a mutant")
        }
        let report = MutationReport(run)
        try write(
            report.text, summary: report.summary, report.cases(isWhole: paths.isEmpty), on: terminal, json: { report.json })
        if let html {
            try HTMLFile.write(run, of: entries, summary: report.summary.replacing("\n", with: " · "), seed: seed, to: html)
        }
        guard run.unreadable.isEmpty else { return .usage }
        return run.isGood && (!paths.isEmpty || run.untestedInvariants.isEmpty) ? .allHeld : .violation
    }

    // MARK: Generated mutants

    private func generate(_ terminal: Terminal) throws -> ExitReason {
        if let limit, limit < 1 { throw UsageError("--limit \(limit): expected at least one mutant") }
        guard tries >= 1 else { throw UsageError("--tries \(tries): expected at least one run") }
        let files: [String]
        do { files = try ScenarioFiles.find(paths.isEmpty ? ["Scenarios"] : paths) } catch { throw UsageError(error.description) }
        var options = GeneratedSuite.Options()
        options.limit = limit
        options.tries = tries
        options.countsSingles = singles
        options.patterns = mutant
        options.seed = seed
        options.shard = try shard.selected()
        let record = try readRecord()
        let progress = ProgressLine(terminal: terminal)
        let run = GeneratedSuite(Runner.read(files), options).run(on: PooledBatches(pool: try jobs.pool(), progress: progress))
        progress.clear()
        guard !run.results.isEmpty || !run.unreadable.isEmpty else { throw UsageError("no scenario sends anything") }
        let score = GeneratedScore(run, record)
        let report = DetectionReport(score, isDetailed: list)
        try write(report.text, summary: report.summary, report.cases, on: terminal, json: { report.json })
        guard run.unreadable.isEmpty else { return .usage }
        return score.isGood ? .allHeld : .violation
    }

    // MARK: Mechanisms

    private func switchOff(_ terminal: Terminal) throws -> ExitReason {
        let files: [String]
        do { files = try ScenarioFiles.find(paths.isEmpty ? ["Scenarios"] : paths) } catch { throw UsageError(error.description) }
        let chosen = try mechanism.map { name in
            guard let known = Mechanism.named(name) else {
                throw UsageError("--mechanism \(name): expected one of \(Mechanism.all.map(\.name).joined(separator: ", "))")
            }
            return known
        }
        let progress = ProgressLine(terminal: terminal)
        let suite = MechanismSuite(Runner.read(files), try readRecord(), seed: seed)
        let batches = PooledBatches(pool: try jobs.pool(), progress: progress)
        let run = suite.run(chosen.isEmpty ? Mechanism.all : chosen, inAll: !chosen.isEmpty, on: batches)
        progress.clear()
        let report = MechanismReport(run)
        try write(report.text, summary: report.summary, report.cases, on: terminal, json: { report.json })
        guard run.unreadable.isEmpty else { return .usage }
        return run.isGood ? .allHeld : .violation
    }

    private func write(
        _ text: String, summary: String, _ cases: [ReportedCase], on terminal: Terminal, json: @escaping () -> JSON
    ) throws {
        let command = "tandem mutants" + (generated ? " --generated" : !mechanisms && mechanism.isEmpty ? "" : " --mechanisms")
        try results.write(
            FormattedReport(
                command: command, suite: command, summary: summary, rest: text, text: text, cases: cases, json: json),
            on: terminal)
    }

    private func readRecord() throws -> DetectionRecord {
        guard let data = FileManager.default.contents(atPath: Self.record) else {
            throw UsageError("\(Self.record): the file cannot be read")
        }
        do { return try DetectionRecord(reading: String(decoding: data, as: UTF8.self)) } catch {
            throw UsageError("\(Self.record): \(error)")
        }
    }
}

/// Runs the batches of one command on its threads, with a line of progress.
private struct PooledBatches: BatchRunner {
    let pool: WorkerPool
    let progress: ProgressLine

    func results<Items: Batch>(of batch: Items, _ phase: String) -> [Items.Output] {
        var results: [Items.Output] = []
        pool.run(batch) { number, result in
            results.append(result)
            progress.show("\(phase): \(number + 1) of \(batch.count ?? 0)")
        }
        return results
    }
}
