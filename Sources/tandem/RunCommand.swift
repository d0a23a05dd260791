import ArgumentParser
import FoundationEssentials
import Reports
import ScenarioKit
import Simulation
import Sockets

struct RunCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Plays scenarios with the real engine between both fakes, and judges what came of it.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, junit, json, github
    }

    enum Way: String, ExpressibleByArgument, CaseIterable {
        case inProcess = "in-process"
        case sockets
    }

    @Argument(help: "Scenario files and folders.")
    var paths: [String] = ["Scenarios"]

    @Option(help: ArgumentHelp("Only scenarios whose path has this in it.", valueName: "text"))
    var filter: String?

    @Option(help: ArgumentHelp("Only scenarios with this tag; may be given more than once.", valueName: "tag"))
    var tag: [String] = []

    @Flag(help: "Lists the scenarios instead of playing them.")
    var list = false

    @Option(help: "How results are written: text, junit, json or github.")
    var format = Format.text

    @Option(help: ArgumentHelp("Where chance begins, instead of the scenarios' own seeds.", valueName: "number"))
    var seed: UInt64?

    @Option(help: "How the engine reaches the fakes: in-process, or sockets, which is real HTTP on loopback ports.")
    var transport = Way.inProcess

    @Option(
        help: ArgumentHelp(
            "With --transport sockets: by how much faster than simulated time a time-out is waited for.", valueName: "number"))
    var timeScale = 100

    @Flag(help: "Shows every exchange of every scenario, and not only those that led to what went wrong.")
    var exchanges = false

    @Option(help: ArgumentHelp("Writes the results to a file instead.", valueName: "file"))
    var output: String?

    func validate() throws {
        guard (1...1000).contains(timeScale) else { throw ValidationError("--time-scale is a whole number from 1 to 1000.") }
    }

    func perform(on terminal: Terminal) throws -> Ending {
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
        guard !entries.isEmpty else { throw UsageError("none of the \(files.count) scenario files is left to be played") }
        if list { return self.list(entries, on: terminal) }
        let results = runner.run(entries)
        progress.clear()
        try write(results, on: terminal)
        return Ending(results)
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

    private func list(_ entries: [Runner.Entry], on terminal: Terminal) -> Ending {
        var ending = Ending.allHeld
        for entry in entries {
            switch entry {
            case .scenario(let scenario):
                let variants = scenario.variantNames
                terminal.print(
                    scenario.path + (variants.isEmpty ? "" : " [\(variants.joined(separator: "] ["))]") + "\n"
                        + scenario.story.split(separator: "\n").map { "    \($0)\n" }.joined())
            case .bad(_, let bad):
                terminal.complain("\(bad)\n")
                ending = .badInput
            }
        }
        return ending
    }
}

/// One line on a terminal that says how far the run has come.
final class ProgressLine {
    private let terminal: Terminal
    private var isShown = false

    init(terminal: Terminal) { self.terminal = terminal }

    func show(_ progress: Runner.Progress) {
        guard terminal.showsProgress, let next = progress.next else { return }
        terminal.complain("\r\u{1B}[K\(progress.done + 1) of \(progress.files)  \(next.suffix(70))")
        isShown = true
    }

    func clear() {
        if isShown { terminal.complain("\r\u{1B}[K") }
        isShown = false
    }
}
