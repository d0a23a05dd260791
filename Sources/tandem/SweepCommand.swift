import ArgumentParser
import Exploration
import Reports
import ScenarioKit
import StrictYAML

struct SweepCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Run scenarios with every fault at every exchange.",
        discussion: """
            Each scenario runs once for every exchange and every fault that applies to it, and once for a crash of the engine \
            before and after every exchange and every commit of its journal. After the last step all faults end, and the schedule \
            runs on for two periods of the slowest job plus the engine's longest back-off. Then every invariant must hold, and no \
            outcome may be unknown.

            The first runs that fail in different ways are shrunk and saved as scenarios, five unless --reproducers says otherwise. \
            Exits with 1 when a run failed.

            With --assumptions, a day of work runs under every alternative of every assumption instead, believed by the engine and \
            shown by the fake. Alternatives that configurations and scenarios refuse are listed with their sentence.

            With --outages, the day of work runs once for every operation that the engine uses and every fault that can last. The \
            fault stands on every exchange of that operation from the first one on, for four hours or the --duration, and then ends. \
            A night later every invariant must hold, no outcome may be unknown, nothing may be parked that the engine can settle by \
            itself, and there must be fewer than twice the exchanges of the day without a fault, plus the retries that the engine's \
            back-off allows.
            """)

    @Argument(help: "Scenario files and folders.")
    var paths: [String] = ["Scenarios"]

    @Option(help: ArgumentHelp("Number of faults in each run; with 2, random pairs.", valueName: "1|2"))
    var faultsPerRun = 1

    @Option(
        help: ArgumentHelp(
            "Maximum number of runs of each scenario, or with --outages of each operation; with pairs, 200 by default.",
            valueName: "number"))
    var limit: Int?

    @Option(
        help: ArgumentHelp(
            "Faults to inject instead of every fault, such as response-lost@12 or crash-after-commit@7,slow@30.",
            valueName: "fault@n"))
    var inject: String?

    @Option(help: ArgumentHelp("Name of the only variant to run.", valueName: "name"))
    var variant: String?

    @Flag(
        help: """
            Alternatives of the assumptions instead of faults. Arguments are then numbers or choices, such as RB-27 or \
            RB-47=children; without them, all.
            """)
    var assumptions = false

    @Flag(
        help: """
            Faults that last for hours. Arguments are then faults, operations, or one fault of one operation, such as html, \
            'ongoing PUT /orders' or 'html@ongoing PUT /orders'; without them, all.
            """)
    var outages = false

    @Option(help: ArgumentHelp("How long each fault of --outages lasts. Default: 4h.", valueName: "time"))
    var duration: String?

    @OptionGroup var options: ExplorationOptions

    func perform(on terminal: Terminal) throws -> ExitReason {
        if assumptions, outages { throw UsageError("--outages does not go with --assumptions") }
        if duration != nil, !outages { throw UsageError("--duration: it belongs to --outages") }
        if options.html != nil, assumptions || outages {
            throw UsageError(
                "--html does not go with --assumptions and --outages, whose days of work are too long for a page; --format says what "
                    + "failed")
        }
        guard !assumptions else { return try sweepAssumptions(terminal) }
        guard !outages else { return try sweepOutages(terminal) }
        guard faultsPerRun == 1 || faultsPerRun == 2 else {
            throw UsageError("--faults-per-run \(faultsPerRun): expected 1 or 2")
        }
        if let limit, limit < 1 { throw UsageError("--limit \(limit): expected at least one run") }
        let shard = try options.shard.selected()
        let workerPool = try options.jobs.pool()
        let selected = try selectVariants()
        let progress = ExplorationProgress(terminal: terminal)
        let report = SweepReport(showsCoverage: inject == nil)

        let subjects = try subjects(selected.variants, workerPool)
        let transcript = Transcript(on: options.report.streams ? terminal : nil)
        var record = ExplorationRecord()
        transcript.print(report.head(skipped: selected.skipped, subjects: subjects, faultsPerRun: faultsPerRun))
        for (title, reason) in selected.skipped { record.skip(title, reason) }
        for subject in subjects where !subject.baseline.result.outcome.isGood {
            record.add(ReportedCase(subject.baseline.result, name: "\(subject.title), without a fault"))
            record.add(subject.baselineFailure)
        }
        let sweep = Sweep(subjects, shard: shard, checksDeterminism: options.checkDeterminism)
        var shown: [ShownFailure] = []
        workerPool.run(sweep) { number, item in
            report.add(item)
            let (subject, point) = sweep.item(number)
            record.add(item.reportedCase(subject.title, point.text))
            for failure in item.failures {
                progress.clear()
                let isNew = report.isNew(failure)
                transcript.print(report.text(of: failure, inFull: isNew))
                var reproducer: SavedReproducer?
                if isNew, report.shownInFull <= options.reproducers {
                    let saved = options.saveReproducer(of: failure)
                    transcript.print(saved.text)
                    reproducer = saved.reproducer
                }
                record.add(failure, reproducer)
                if isNew { shown.append(ShownFailure(failure: failure, reproducer: reproducer?.reproducer)) }
            }
            progress.show(report.figures, item: number + 1, of: sweep.count)
        }
        progress.clear()
        let summary = report.summary(scenarios: subjects.count, elapsed: progress.elapsed)
        transcript.print(report.foot(summary))
        try options.report.write(
            FormattedReport(
                command: "tandem sweep", suite: "tandem sweep", summary: summary, text: transcript.text, cases: record.cases,
                json: { [record] in report.json(record) }),
            on: terminal)
        if let html = options.html {
            try HTMLFile.write("tandem sweep", shown, savedIn: options.save, summary: summary, to: html)
        }
        return report.status
    }

    // MARK: Assumptions

    private func sweepAssumptions(_ terminal: Terminal) throws -> ExitReason {
        for (name, isGiven) in [
            ("--faults-per-run", faultsPerRun != 1), ("--limit", limit != nil), ("--inject", inject != nil),
            ("--variant", variant != nil),
        ] where isGiven {
            throw UsageError("\(name) does not go with --assumptions, which injects no faults")
        }
        let shard = try options.shard.selected()
        let workerPool = try options.jobs.pool()
        let selected = try alternatives().enumerated().filter { shard.has($0.offset) }.map(\.element)
        let progress = ExplorationProgress(terminal: terminal)
        var report = AssumptionReport(refused: selected.filter { $0.refusal != nil })
        let supported = selected.filter { $0.refusal == nil }
        let transcript = Transcript(on: options.report.streams ? terminal : nil)
        transcript.print(report.head)
        let sweep = AssumptionSweep(supported, checksDeterminism: options.checkDeterminism)
        workerPool.run(sweep) { number, item in
            report.add(item, of: supported[number])
            progress.clear()
            transcript.print(report.text(of: item))
            progress.show(report.figures, item: number + 1, of: sweep.count)
        }
        progress.clear()
        let elapsed = progress.elapsed
        transcript.print(report.foot(elapsed: elapsed))
        try options.report.write(
            FormattedReport(
                command: "tandem sweep --assumptions", suite: "tandem sweep", summary: report.summary(elapsed: elapsed),
                text: transcript.text, cases: report.cases, json: { [report] in report.json }),
            on: terminal)
        return report.status
    }

    private func alternatives() throws -> [Alternative] {
        guard paths != ["Scenarios"] else { return Alternative.all }
        return try paths.flatMap { text in
            let alternatives = Alternative.named(text)
            guard !alternatives.isEmpty else {
                throw UsageError(
                    "--assumptions \(text): no assumption has such an alternative; expected its number, such as RB-47, or a choice, "
                        + "such as RB-47=children ('tandem assumptions' lists them)")
            }
            return alternatives
        }
    }

    // MARK: Outages

    private func sweepOutages(_ terminal: Terminal) throws -> ExitReason {
        for (name, isGiven) in [
            ("--faults-per-run", faultsPerRun != 1), ("--inject", inject != nil), ("--variant", variant != nil),
        ]
        where isGiven {
            throw UsageError("\(name) does not go with --outages, which has faults of its own")
        }
        if let limit, limit < 1 { throw UsageError("--limit \(limit): expected at least one run") }
        let length = try outageLength()
        let shard = try options.shard.selected()
        let workerPool = try options.jobs.pool()
        let progress = ExplorationProgress(terminal: terminal)
        var matrix = try OutageMatrix(duration: length)
        try keepNamed(&matrix)
        if let limit { matrix.limit(limit) }
        matrix.keep { number, _ in shard.has(number) }
        var report = OutageReport(matrix, duration: length)
        let transcript = Transcript(on: options.report.streams ? terminal : nil)
        transcript.print(report.head)
        let sweep = OutageSweep(matrix, duration: length, checksDeterminism: options.checkDeterminism)
        workerPool.run(sweep) { number, item in
            report.add(item, of: number)
            progress.clear()
            transcript.print(report.text(of: item))
            progress.show(report.figures, item: number + 1, of: sweep.count)
        }
        progress.clear()
        let elapsed = progress.elapsed
        transcript.print(report.foot(elapsed: elapsed))
        try options.report.write(
            FormattedReport(
                command: "tandem sweep --outages", suite: "tandem sweep", summary: report.summary(elapsed: elapsed),
                text: transcript.text, cases: report.cases, json: { [report] in report.json }),
            on: terminal)
        return report.status
    }

    private func outageLength() throws -> Duration {
        guard let duration else { return OutageMatrix.defaultDuration }
        guard let length = Duration(written: duration), length > .zero else {
            throw UsageError("--duration \(duration): expected a time such as 4h or 90m")
        }
        return length
    }

    private func keepNamed(_ matrix: inout OutageMatrix) throws {
        guard paths != ["Scenarios"] else { return }
        for text in paths where !matrix.cells.contains(where: { $0.outage.isNamed(text) }) {
            throw UsageError(
                "--outages \(text): the day of work has no such outage; expected a fault, such as html, an operation, such as "
                    + "'ongoing PUT /orders', or both, such as 'html@ongoing PUT /orders'")
        }
        matrix.keep { _, cell in paths.contains { cell.outage.isNamed($0) } }
    }

    // MARK: Scenarios

    /// The variants that run, and the scenarios that do not, each with the reason.
    private func selectVariants() throws -> (variants: [(Scenario, Scenario.Variant)], skipped: [(String, String)]) {
        let files: [String]
        do { files = try ScenarioFiles.find(paths) } catch { throw UsageError(error.description) }
        var variants: [(Scenario, Scenario.Variant)] = []
        var skipped: [(String, String)] = []
        for entry in Runner.read(files) {
            switch entry {
            case .bad(_, let bad): throw UsageError("\(bad)")
            case .scenario(let scenario):
                if let reason = SweepSubject.reasonToSkip(scenario) {
                    skipped.append((scenario.title, reason))
                } else {
                    variants += scenario.variants.filter { variant == nil || $0.name == variant }.map { (scenario, $0) }
                }
            }
        }
        guard !variants.isEmpty else {
            throw UsageError(
                "there is no scenario to run"
                    + (skipped.isEmpty ? "" : ": " + skipped.map { "\($0.0) (\($0.1))" }.joined(separator: ", ")))
        }
        return (variants, skipped)
    }

    private func subjects(_ variants: [(Scenario, Scenario.Variant)], _ workerPool: WorkerPool) throws -> [SweepSubject] {
        var points: [SweepPoint]?
        if let inject {
            guard let point = SweepPoint(inject) else {
                throw UsageError(
                    "--inject \(inject): expected faults with the number of an exchange or commit, such as response-lost@12 or "
                        + "crash-before-commit@7")
            }
            points = [point]
        }
        let baseline = SweepBaseline(variants: variants, faultsPerRun: faultsPerRun, limit: limit, points: points)
        workerPool.run(baseline) { _, _ in }
        return baseline.subjects
    }
}
