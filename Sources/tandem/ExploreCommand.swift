import ArgumentParser
import Exploration
import ScenarioKit

struct ExploreCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "explore",
        abstract: "Makes trouble on purpose, and holds every run against the standing rules.",
        discussion: """
            With --exhaustive, each scenario is played once for every exchange and every fault that applies to it, and for a \
            crash of the engine before and after every exchange and every commit of its journal. When trouble is over, the \
            schedule runs on for two periods of the slowest job and the engine's longest pause; then every rule must hold, and \
            nothing may be in doubt.

            With --seeds or --for, a whole story is drawn from each seed: a world, what people do, when the engine looks, and \
            what goes wrong. With --sabotage the engine is one of those that the museum shows.

            A run that breaks a rule is made as small as it gets within 20 seconds, and kept as a scenario that tandem run \
            plays again: the first five of an exploration, and of a sweep only those that break in ways of their own.
            """)

    @Argument(help: "Scenario files and folders.")
    var paths: [String] = ["Scenarios"]

    @Flag(help: "Strikes every exchange and every commit of the scenarios.")
    var exhaustive = false

    @Option(help: ArgumentHelp("How many blows strike one run: 1, or 2 for pairs drawn at random.", valueName: "1|2"))
    var depth = 1

    @Option(help: ArgumentHelp("At most so many runs of each variant; of pairs, 200 by default.", valueName: "number"))
    var most: Int?

    @Option(help: ArgumentHelp("Only these blows, such as response-lost@12 or crash-after-commit@7,slow@30.", valueName: "blows"))
    var only: String?

    @Option(help: ArgumentHelp("Only this variant of the scenarios.", valueName: "name"))
    var variant: String?

    @Option(help: ArgumentHelp("Only the part i of n that are as good as equal.", valueName: "i/n"))
    var shard: String?

    @Option(help: ArgumentHelp("How many threads; one for each processor by default.", valueName: "number"))
    var jobs: Int?

    @Flag(help: "Plays each run twice, and says where two of them part.")
    var checkDeterminism = false

    @Option(help: ArgumentHelp("Draws a whole story from each of so many seeds, and plays it.", valueName: "number"))
    var seeds: Int?

    @Option(help: ArgumentHelp("The first seed.", valueName: "seed"))
    var from: UInt64 = 1

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Draws and plays stories for so long, such as 60s or 5m.", valueName: "time"))
    var length: String?

    @Option(
        help: ArgumentHelp(
            "Breaks the engine or a stand-in on purpose in every story, to see that it is found.", valueName: "name"))
    var mutant: String?

    @Option(help: ArgumentHelp("Where runs that broke a rule are kept, made small.", valueName: "folder"))
    var save = "Scenarios/regressions"

    func perform(on terminal: Terminal) throws -> Ending {
        switch (exhaustive, seeds != nil || length != nil) {
        case (true, false): return try sweep(on: terminal)
        case (false, true): return try walk(on: terminal)
        case (true, true): throw UsageError("--exhaustive strikes scenarios, --seeds and --for draw stories: one of the two")
        case (false, false): throw UsageError("say what is to be explored: --exhaustive, --seeds or --for")
        }
    }

    func workerPool() throws -> WorkerPool {
        guard let jobs else { return WorkerPool() }
        guard jobs >= 1 else { throw UsageError("--jobs \(jobs): at least one thread was expected") }
        return WorkerPool(size: jobs)
    }

    func shardAsked() throws -> Shard {
        guard let shard else { return .whole }
        guard let part = Shard(shard) else { throw UsageError("--shard \(shard): a part of several was expected, such as 2/8") }
        return part
    }
}

// MARK: The sweep

extension ExploreCommand {
    private func sweep(on terminal: Terminal) throws -> Ending {
        guard depth == 1 || depth == 2 else { throw UsageError("--depth \(depth): 1 or 2 was expected") }
        if let most, most < 1 { throw UsageError("--most \(most): at least one run was expected") }
        let shard = try shardAsked()
        let workerPool = try workerPool()
        let chosen = try chosenVariants()
        let progress = ExplorationProgress(terminal: terminal)
        let report = SweepReport(tellsStates: only == nil)

        let subjects = try subjects(chosen.played, workerPool)
        terminal.print(report.head(leftOut: chosen.leftOut, subjects: subjects, depth: depth))
        let sweep = Sweep(subjects, shard: shard, checksDeterminism: checkDeterminism)
        workerPool.work(on: sweep) { number, outcome in
            report.add(outcome)
            for failure in outcome.failures {
                progress.clear()
                let isNew = report.isNew(failure)
                terminal.print(report.text(of: failure, inFull: isNew))
                if isNew, report.told <= Self.mostFinds { terminal.print(keep(failure)) }
            }
            progress.show(report.figures, item: number + 1, of: sweep.count)
        }
        progress.clear()
        terminal.print(report.foot(scenarios: subjects.count, elapsed: progress.elapsed))
        return report.ending
    }

    /// What is played, and what is not and why.
    private func chosenVariants() throws -> (played: [(Scenario, Scenario.Variant)], leftOut: [(String, String)]) {
        let files: [String]
        do { files = try ScenarioFiles.find(paths) } catch { throw UsageError(error.description) }
        var played: [(Scenario, Scenario.Variant)] = []
        var leftOut: [(String, String)] = []
        for entry in Runner.read(files) {
            switch entry {
            case .bad(_, let bad): throw UsageError("\(bad)")
            case .scenario(let scenario):
                if let reason = SweepSubject.reasonToLeaveOut(scenario) {
                    leftOut.append((scenario.title, reason))
                } else {
                    played += scenario.variants.filter { variant == nil || $0.name == variant }.map { (scenario, $0) }
                }
            }
        }
        guard !played.isEmpty else {
            throw UsageError(
                "nothing is left to be explored"
                    + (leftOut.isEmpty ? "" : ": " + leftOut.map { "\($0.0) (\($0.1))" }.joined(separator: ", ")))
        }
        return (played, leftOut)
    }

    private func subjects(_ variants: [(Scenario, Scenario.Variant)], _ workerPool: WorkerPool) throws -> [SweepSubject] {
        var points: [SweepPoint]?
        if let only {
            guard let point = SweepPoint(only) else {
                throw UsageError(
                    "--only \(only): blows by number were expected, such as response-lost@12 or crash-before-commit@7")
            }
            points = [point]
        }
        let survey = Survey(variants: variants, depth: depth, most: most, only: points)
        workerPool.work(on: survey) { _, _ in }
        return survey.subjects
    }
}
