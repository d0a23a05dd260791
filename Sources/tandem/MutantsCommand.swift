import ArgumentParser
import JSON
import Reports
import ScenarioKit

struct MutantsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "mutants", abstract: "Run the mutation suite: known integration bugs, and the invariants that catch them.",
        discussion: """
            Shows which invariant catches each mutant, and after how many exchanges. Each scenario also runs with the unmodified \
            engine, for which every invariant must hold. Exits with 1 unless every mutant is caught, the unmodified engine violates \
            nothing and, when the whole suite runs, every invariant catches a mutant.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    private static let suite = ["Scenarios/mutants"]

    @Argument(help: "Scenario files and folders. (default: \(suite.joined(separator: " ")))")
    var paths: [String] = []

    @Option(help: "Format of the report.")
    var format = Format.text

    @Option(help: ArgumentHelp("Random seed. Default: the seed of each scenario.", valueName: "number"))
    var seed: UInt64?

    @OptionGroup var jobs: JobsOption

    func perform(on terminal: Terminal) throws -> ExitReason {
        let files: [String]
        do { files = try ScenarioFiles.find(paths.isEmpty ? Self.suite : paths) } catch { throw UsageError(error.description) }
        let progress = ProgressLine(terminal: terminal)
        let suite = MutationSuite(Runner.read(files), seed: seed)
        var results: [MutantResult] = []
        try jobs.pool().run(suite) { number, result in
            results.append(result)
            progress.show("\(number + 1) of \(suite.count ?? 0)  \(suite.title(number).suffix(70))")
        }
        progress.clear()
        let run = suite.whole(results)
        guard !run.mutantResults.isEmpty || !run.unreadable.isEmpty else {
            throw UsageError("no scenario has a mutant")
        }
        let report = MutationReport(run)
        switch format {
        case .text: terminal.print(report.text)
        case .json: terminal.print(report.json.pretty + "\n")
        }
        guard run.unreadable.isEmpty else { return .usage }
        return run.isGood && (!paths.isEmpty || run.untestedInvariants.isEmpty) ? .allHeld : .violation
    }
}
