import ArgumentParser
import FoundationEssentials
import Recording
import Reports
import ScenarioKit
import Simulation
import Sockets
import StrictYAML
import Units

struct RunCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run scenarios.",
        discussion: """
            Each scenario runs with the production engine between fakes of Rackbeat and Ongoing WMS, in simulated time. Exits with 1 \
            when an invariant or an expectation is violated, a step cannot be taken, or a run is not what its baseline says, with 2 when \
            a file cannot be read.
            """)

    enum TraceKind: String, ExpressibleByArgument, CaseIterable {
        case none, failing, all
    }

    enum TransportKind: String, ExpressibleByArgument, CaseIterable {
        case inProcess = "in-process"
        case sockets
    }

    @Argument(help: "Scenario files and folders.")
    var paths: [String] = ["Scenarios"]

    @Option(
        help: ArgumentHelp(
            """
            Folder of a recording: scenarios without a world of their own run in the state that it saw last. Without paths, that state \
            alone.
            """, valueName: "folder"))
    var worldFrom: String?

    @OptionGroup var shard: ShardOption
    @OptionGroup var jobs: JobsOption

    @Option(help: ArgumentHelp("Text that the path of a scenario must contain.", valueName: "text"))
    var filter: String?

    @Option(help: ArgumentHelp("Tag of the scenarios to run; repeatable.", valueName: "tag"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("Name of the only variant to run.", valueName: "name"))
    var variant: String?

    @Flag(help: "Only what did not pass when it was last run in this folder.")
    var failed = false

    @Flag(help: "No further scenario after the first that does not pass.")
    var failFast = false

    @Flag(help: "What changes runs again, scenarios or the program, until Ctrl-C.")
    var watch = false

    @Flag(
        help: ArgumentHelp(
            """
            How the runs go now as their baseline: the file baseline.json in the folder of the scenarios, which is made where there is \
            none. What is violated is not accepted.
            """))
    var accept = false

    @Flag(help: "A list of the scenarios instead of a run.")
    var list = false

    @OptionGroup var report: ReportOptions

    @Option(help: ArgumentHelp("Random seed. Default: the seed of each scenario.", valueName: "number"))
    var seed: UInt64?

    @Option(
        help: """
            Transport between engine and fakes: function calls, or HTTP on loopback ports, with eight threads for each processor unless \
            --jobs is given.
            """)
    var transport = TransportKind.inProcess

    @Option(
        help: ArgumentHelp(
            "Time-out speed-up over simulated time, with --transport sockets.", valueName: "number"))
    var timeScale = 100

    @Flag(help: "Every exchange of every scenario, not only those that led to a failure.")
    var exchanges = false

    @Option(
        help: ArgumentHelp(
            """
            What people, the engine and both systems did, a line each: of the documents that fail, or with --trace=all everything in \
            every run.
            """, valueName: "failing|all"))
    var trace = TraceKind.none

    @Option(help: "Whether the text is coloured; with 'auto' on a terminal, unless NO_COLOR is set.")
    var color = ColorChoice.auto

    @Option(help: ArgumentHelp("File for a report to be opened in a browser, with the trace of every run.", valueName: "file"))
    var html: String?

    func validate() throws {
        guard (1...1000).contains(timeScale) else {
            throw ValidationError("--time-scale: expected a whole number from 1 to 1000")
        }
        guard !accept || seed == nil && worldFrom == nil && !watch && !failFast else {
            throw ValidationError(
                "--accept takes the runs as they are written: --seed, --world-from, --watch and --fail-fast do not go with it")
        }
    }

    func perform(on terminal: Terminal) throws -> ExitReason {
        var terminal = terminal
        if color != .auto { terminal.isColoured = color == .always }
        let entries = try entries(on: terminal)
        guard !entries.isEmpty else { throw UsageError("no scenario file matches --filter and --tag") }
        if list { return self.list(entries, on: terminal) }
        if watch { return try watch(on: terminal) }

        let known = FailedRuns.read()
        let baselines = try baselines(of: entries)
        let batch = ScenarioBatch(entries, options: try runOptions(baselines), shard: try shard.selected()) { path, name in
            (variant == nil || name == variant) && (!failed || known.has(path, name))
        }
        if batch.count == 0 {
            if let variant { throw UsageError("--variant \(variant): no scenario has such a variant") }
            if failed {
                terminal.print("Nothing failed when it was last run.\n")
                return .allHeld
            }
        }
        let results = try run(batch, on: terminal)
        FailedRuns.note(results)
        if accept { try AcceptedRuns(results).write(beside: baselines, on: terminal) }
        if let html { try HTMLFile.write(results, of: entries, seed: seed, to: html) }
        try write(results, notRun: (batch.count ?? 0) - results.count, on: terminal)
        return ExitReason(results)
    }

    private func entries(on terminal: Terminal) throws -> [Runner.Entry] {
        let recorded = try worldFrom.map { try RecordedScenario(worldOf: RecordingFolder(path: $0).read().recording) }
        for gap in recorded?.gaps ?? [] { terminal.printError("Not reconstructed: \(gap)\n") }
        if let recorded, let worldFrom, paths == ["Scenarios"] {
            return [Self.entry(recorded.text, path: worldFrom)]
        }
        let files: [String]
        do { files = try ScenarioFiles.find(paths) } catch { throw UsageError(error.description) }
        guard let recorded else { return Runner.read(files, filter: filter, tags: tag) }
        return try files.filter { path in filter.map { path.contains($0) } ?? true }.map { path in
            guard let data = FileManager.default.contents(atPath: path),
                let text = ScenarioFormat.text(
                    String(decoding: data, as: UTF8.self), inWorld: recorded.world, after: recorded.steps)
            else {
                throw UsageError(
                    "\(path) cannot run in a recorded world: it has a 'world' of its own, or its steps stand in brackets.")
            }
            return Self.entry(text, path: path)
        }
    }

    private static func entry(_ text: String, path: String) -> Runner.Entry {
        do throws(InvalidFile) {
            return .scenario(try ScenarioReader.read(text, path: path))
        } catch {
            return .bad(path: path, error)
        }
    }

    /// What changes runs again, file by file.
    private func watch(on terminal: Terminal) throws -> ExitReason {
        if html != nil || !report.streams {
            throw UsageError("--watch shows its results in the terminal: --format, --output and --html do not go with it")
        }
        if failed || failFast || shard.shard != nil || worldFrom != nil {
            throw UsageError("--watch runs what changes: --failed, --fail-fast, --shard and --world-from do not go with it")
        }
        let watch = RunWatch(paths: paths, terminal: terminal) { files in
            let entries = Runner.read(files, filter: filter, tags: tag)
            let batch = ScenarioBatch(entries, options: try runOptions(try baselines(of: entries))) { _, name in
                variant == nil || name == variant
            }
            let results = try run(batch, on: terminal)
            FailedRuns.note(results)
            if !results.isEmpty { try write(results, notRun: 0, on: terminal) }
            return results
        }
        return try watch.perform()
    }

    /// With another seed or another world, a run is another one.
    private func baselines(of entries: [Runner.Entry]) throws -> Baselines? {
        guard seed == nil, worldFrom == nil else { return nil }
        do { return try Baselines(of: entries.map(\.path), at: accept ? paths : []) } catch { throw UsageError("\(error)") }
    }

    private func runOptions(_ baselines: Baselines?) throws -> RunOptions {
        var options = RunOptions()
        options.baselines = baselines
        options.judgesByBaseline = !accept
        options.seed = seed
        options.showsExchanges = exchanges
        options.timeScale = timeScale
        switch trace {
        case .none: break
        case .failing: options.trace = .failures
        case .all: options.trace = .every
        }
        if html != nil { options.trace = .whole }
        if transport == .sockets {
            do {
                let closedPort = try ClosedPort()
                options.network = { LoopbackNetwork(closedPort: closedPort) }
            } catch { throw UsageError("\(error)") }
        }
        return options
    }

    /// The results in the order of the scenarios; with `--fail-fast` up to the first that is not good.
    private func run(_ batch: ScenarioBatch, on terminal: Terminal) throws -> [ScenarioResult] {
        // Over sockets a run mostly waits for one of its threads to wake.
        let pool = try jobs.pool(threadsPerProcessor: transport == .sockets ? 8 : 1)
        let titles = (0..<(batch.count ?? 0)).map(batch.title)
        let width = TextReport.width(titles)
        let progress = ProgressLine(terminal: terminal)
        progress.show("0 of \(titles.count)")
        var results: [ScenarioResult] = []
        var hasFailed = false
        let isStopped = { failFast && hasFailed || watch && Interruption.hasCome }
        pool.run(batch, until: isStopped) { number, result in
            // A result that comes after the failure, from another thread, would depend on the number of threads.
            guard !isStopped() else { return }
            hasFailed = hasFailed || !result.outcome.isGood
            results.append(result)
            progress.clear()
            if report.streams {
                terminal.print(TextReport([], isColoured: terminal.isColoured).line(for: result, width: width) + "\n")
            }
            let bad = results.count { !$0.outcome.isGood }
            progress.show(
                "\(number + 1) of \(titles.count)\(bad == 0 ? "" : ", \(bad) not good")  \(progress.name(titles[number]))")
        }
        progress.clear()
        return results
    }

    private func write(_ results: [ScenarioResult], notRun: Int, on terminal: Terminal) throws {
        let note = notRun == 0 ? "" : "Stopped at the first failure: \(counted(notRun, "run")) left out.\n"
        try report.write(
            FormattedReport(
                command: "tandem run", suite: "tandem", summary: ReportSummary(results).text, note: note,
                rest: textReport(results, isColoured: terminal.isColoured).details + note,
                text: textReport(results, isColoured: color == .always).text + note,
                cases: results.map { ReportedCase($0) }, json: { JSONReport(results).json }),
            on: terminal)
    }

    private func textReport(_ results: [ScenarioResult], isColoured: Bool) -> TextReport {
        var report = TextReport(results, isColoured: isColoured, seed: seed)
        switch trace {
        case .none: break
        case .failing: report.traces = .failing
        case .all: report.traces = .all
        }
        return report
    }

    private func list(_ entries: [Runner.Entry], on terminal: Terminal) -> ExitReason {
        var status = ExitReason.allHeld
        for entry in entries {
            switch entry {
            case .scenario(let scenario):
                let variants = scenario.variantNames
                terminal.print(
                    scenario.path + (variants.isEmpty ? "" : " [\(variants.joined(separator: "] ["))]") + "\n"
                        + scenario.summary.split(separator: "\n").map { "    \($0)\n" }.joined())
            case .bad(_, let bad):
                terminal.printError("\(bad)\n")
                status = .usage
            }
        }
        return status
    }
}

extension ColorChoice: ExpressibleByArgument {}
