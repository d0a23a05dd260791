import ArgumentParser
import FoundationEssentials
import ScenarioKit

struct FormatCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Order and indent scenario files.",
        discussion: "Prints the files that it changes. With --check nothing is written, and files to be changed exit with 1.")

    @Argument(help: "Scenario files and folders.")
    var paths: [String] = ["Scenarios"]

    @Flag(help: "No file is written.")
    var check = false

    func perform(on terminal: Terminal) throws -> ExitReason {
        let files: [String]
        do { files = try ScenarioFiles.find(paths) } catch { throw UsageError(error.description) }
        var status = ExitReason.allHeld
        for path in files {
            guard let data = FileManager.default.contents(atPath: path) else { throw UsageError("\(path) cannot be read") }
            let text = String(decoding: data, as: UTF8.self)
            let formatted: String
            do { formatted = try ScenarioFormat.formatted(text, path: path) } catch {
                terminal.printError("\(error)\n")
                status = .usage
                continue
            }
            guard formatted != text else { continue }
            terminal.print(path + "\n")
            if check {
                if status == .allHeld { status = .violation }
            } else {
                try OutputFile.write(formatted, to: path, option: "fmt")
            }
        }
        return status
    }
}
