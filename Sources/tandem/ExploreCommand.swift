import ArgumentParser
import Exploration
import Mutants
import ScenarioKit
import StrictYAML
import Units

struct ExploreCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "explore", abstract: "Run random test cases.",
        discussion: """
            Each seed gives a test case: a world, what people do, when the engine runs, and which faults occur. At the end all \
            faults stop, the schedule runs on, and every invariant must hold.

            The first cases that fail are shrunk and saved as scenarios, five unless --reproducers says otherwise. Exits with 1 \
            when a case failed.
            """)

    @Option(help: ArgumentHelp("Number of test cases. This or --for is required.", valueName: "number"))
    var seeds: Int?

    @Option(
        name: .customLong("for"), help: ArgumentHelp("How long to start new cases, such as 60s or 5m.", valueName: "time"))
    var length: String?

    @Option(help: ArgumentHelp("First random seed.", valueName: "seed"))
    var from: UInt64 = 1

    @Option(
        help: ArgumentHelp("Mutant of the engine or of a fake, to see whether it is caught.", valueName: "name"))
    var mutant: String?

    @Flag(help: "Stop at the first case that fails.")
    var failFast = false

    @OptionGroup var options: ExplorationOptions

    func perform(on terminal: Terminal) throws -> ExitReason {
        guard seeds != nil || length != nil else { throw UsageError("expected --seeds or --for") }
        var end: Moment?
        if let length {
            guard let time = Duration(written: length), time > .zero else {
                throw UsageError("--for \(length): expected a time such as 60s or 5m")
            }
            end = WallClock.time() + time
        }
        if let seeds, seeds < 1 { throw UsageError("--seeds \(seeds): expected at least one case") }
        guard from <= 999_999_999 else { throw UsageError("--from \(from): expected at most 999999999") }
        if let mutant, Mutant.named(mutant) == nil {
            let names = Mutant.all.map(\.name).sorted().joined(separator: ", ")
            throw UsageError("--mutant \(mutant): there is no such mutant; the mutants are \(names)")
        }
        let batch = ExploreBatch(
            seeds: seeds, from: from, shard: try options.shard.selected(), checksDeterminism: options.checkDeterminism,
            mutant: mutant)
        let progress = ExplorationProgress(terminal: terminal)
        let report = ExploreReport()
        var record = ExplorationRecord()
        let transcript = Transcript(on: options.report.streams ? terminal : nil)
        try options.jobs.pool().run(
            batch,
            until: { [end] in failFast && !report.failures.isEmpty || end.map { WallClock.time() >= $0 } ?? false },
            deliver: { number, item in
                report.add(item)
                record.add(item.reportedCase("explore", "seed \(batch.seed(of: number))"))
                progress.show(report.figures, item: number + 1, of: batch.count)
            })
        progress.clear()
        var shown: [ShownFailure] = []
        for (index, failure) in report.failures.enumerated() {
            let isInFull = index < options.reproducers
            transcript.print(report.text(of: failure, inFull: isInFull))
            guard isInFull else {
                record.add(failure)
                continue
            }
            let (reproducer, text) = options.saveReproducer(of: failure)
            transcript.print(text)
            record.add(failure, reproducer)
            shown.append(ShownFailure(failure: failure, reproducer: reproducer?.reproducer))
        }
        let summary = report.summary(elapsed: progress.elapsed)
        transcript.print(report.foot(summary))
        try options.report.write(
            FormattedReport(
                command: "tandem explore", suite: "tandem explore", summary: summary, text: transcript.text, cases: record.cases,
                json: { [record] in report.json(record) }),
            on: terminal)
        if let html = options.html {
            try HTMLFile.write("tandem explore", shown, savedIn: options.save, summary: summary, to: html)
        }
        return report.status
    }
}
