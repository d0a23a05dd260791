import ArgumentParser
import JSON
import Reports
import ScenarioKit

struct MutantsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "museum",
        abstract: "Plays the defects that others paid for, and shows which rule catches each, and after how many exchanges.",
        discussion: """
            Each is also played with the sound engine, at which no rule may raise an alarm. Ends with 1 unless every defect is \
            caught, no alarm was false and, when the whole museum is played, every rule has caught something.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    private static let halls = ["Scenarios/mutants"]

    @Argument(help: "Scenario files and folders. Default: \(halls.joined(separator: " and ")).")
    var paths: [String] = []

    @Option(help: "How the table is written: text or json.")
    var format = Format.text

    @Option(help: ArgumentHelp("Where chance begins, instead of the scenarios' own seeds.", valueName: "number"))
    var seed: UInt64?

    func perform(on terminal: Terminal) throws -> Ending {
        let files: [String]
        do { files = try ScenarioFiles.find(paths.isEmpty ? Self.halls : paths) } catch { throw UsageError(error.description) }
        let progress = ProgressLine(terminal: terminal)
        let tour = MutationSuite(seed: seed, progress: progress.show).visit(Runner.read(files))
        progress.clear()
        guard !tour.mutantResults.isEmpty || !tour.unreadable.isEmpty else {
            throw UsageError("none of the \(files.count) scenario files has a sabotage")
        }
        let report = MutationReport(tour)
        switch format {
        case .text: terminal.print(report.text)
        case .json: terminal.print(report.json.pretty + "\n")
        }
        guard tour.unreadable.isEmpty else { return .badInput }
        return tour.isGood && (!paths.isEmpty || tour.untestedRules.isEmpty) ? .allHeld : .ruleBroken
    }
}
