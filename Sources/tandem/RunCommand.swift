import ArgumentParser
import FoundationEssentials
import Reports
import ScenarioKit
import Simulation
import Sockets

struct RunCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run scenarios.",
        discussion: """
            Each scenario runs with the production engine between fakes of Rackbeat and Ongoing WMS, in simulated time. Exits with 1 \
            when an invariant or an expectation is violated, with 2 when a file cannot be read.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, junit, json, github
    }

    enum TransportKind: String, ExpressibleByArgument, CaseIterable {
        case inProcess = "in-process"
        case sockets
    }

    @Argument(help: "Scenario files and folders.")
    var paths: [String] = ["Scenarios"]

    @Option(help: ArgumentHelp("Text that the path of a scenario must contain.", valueName: "text"))
    var filter: String?

    @Option(help: ArgumentHelp("Tag of the scenarios to run; repeatable.", valueName: "tag"))
    var tag: [String] = []

    @Flag(help: "A list of the scenarios instead of a run.")
    var list = false

    @Option(help: "Format of the results.")
    var format = Format.text

    @Option(help: ArgumentHelp("Random seed. Default: the seed of each scenario.", valueName: "number"))
    var seed: UInt64?

    @Option(help: "Transport between engine and fakes: function calls, or HTTP on loopback ports.")
    var transport = TransportKind.inProcess

    @Option(
        help: ArgumentHelp(
            "Time-out speed-up over simulated time, with --transport sockets.", valueName: "number"))
    var timeScale = 100

    @Flag(help: "Every exchange of every scenario, not only those that led to a failure.")
    var exchanges = false

    @Option(help: ArgumentHelp("File for the results; the summary still goes to stdout.", valueName: "file"))
    var output: String?

    func validate() throws {
        guard (1...1000).contains(timeScale) else {
            throw ValidationError("--time-scale: expected a whole number from 1 to 1000")
        }
    }

    func perform(on terminal: Terminal) throws -> ExitReason {
        let files: [String]
        do { files = try ScenarioFiles.find(paths) } catch { throw UsageError(error.description) }
        var options = RunOptions()
        options.seed = seed
        options.showsExchanges = exchanges
        if transport == .sockets {
            do { options.network = try LoopbackNetwork() } catch { throw UsageError("\(error)") }
        }
        options.timeScale = timeScale
        let progress = ProgressLine(terminal: terminal)
        let runner = Runner(options: options, progress: progress.show)
        let entries = Runner.read(files, filter: filter, tags: tag)
        guard !entries.isEmpty else { throw UsageError("no scenario file matches --filter and --tag") }
        if list { return self.list(entries, on: terminal) }
        let results = runner.run(entries)
        progress.clear()
        try write(results, on: terminal)
        return ExitReason(results)
    }

    private func write(_ results: [ScenarioResult], on terminal: Terminal) throws {
        let isToFile = output != nil
        let text =
            switch format {
            case .text: TextReport(results, isColoured: terminal.isColoured && !isToFile).text
            case .junit: JUnitReport(results).text
            case .json: JSONReport(results).text
            case .github: GitHubReport(results).text
            }
        guard let output else { return terminal.print(text) }
        do {
            try Data(text.utf8).write(to: URL(filePath: output), options: .atomic)
        } catch {
            throw UsageError("the results cannot be written to \(output)")
        }
        terminal.print(ReportSummary(results).text + "\n")
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

/// One line on a terminal that shows the progress of a run.
final class ProgressLine {
    private let terminal: Terminal
    private var isShown = false

    init(terminal: Terminal) { self.terminal = terminal }

    func show(_ progress: Runner.Progress) {
        guard terminal.showsProgress, let next = progress.next else { return }
        terminal.printError("\r\u{1B}[K\(progress.done + 1) of \(progress.files)  \(next.suffix(70))")
        isShown = true
    }

    func clear() {
        if isShown { terminal.printError("\r\u{1B}[K") }
        isShown = false
    }
}
