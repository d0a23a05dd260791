import ArgumentParser
import Recording
import ScenarioKit
import StrictYAML
import Units

struct ScenarioCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario", abstract: "Write a scenario from a recording.", subcommands: [From.self])

    struct From: Command {
        static let configuration = CommandConfiguration(
            commandName: "from", abstract: "Write a scenario from what 'tandem sync --record' saw.",
            discussion: """
                With --order or --purchase-order, one document: what people did to it in both systems, when, and which \
                faults its exchanges met. The engine's own part is left out: the scenario shows whether this engine does it right. Without, \
                both systems as they were seen last. What could not be reconstructed stands at the head of the file, and is printed.
                """)

        @Argument(help: "Folder of the recording.")
        var folder: String

        @Option(
            help: ArgumentHelp(
                "Number of a sales order: the real one where the folder has its key, else as the recording writes it.",
                valueName: "number"))
        var order: String?

        @Option(help: ArgumentHelp("Number of a purchase order, likewise.", valueName: "number"))
        var purchaseOrder: String?

        @Option(help: ArgumentHelp("File for the scenario. Default: stdout.", valueName: "file"))
        var output: String?

        func validate() throws {
            guard order == nil || purchaseOrder == nil else {
                throw ValidationError("--order and --purchase-order exclude each other.")
            }
        }

        func perform(on terminal: Terminal) throws -> ExitReason {
            let (recording, pseudonyms) = try RecordingFolder(path: folder).read()
            let scenario: RecordedScenario
            if let number = order ?? purchaseOrder {
                let isSale = order != nil
                let names = [pseudonyms?.key(number), number].compactMap { $0 }
                guard let found = names.lazy.compactMap({ RecordedScenario(documentOf: $0, isSale: isSale, in: recording) }).first
                else {
                    throw UsageError(
                        "\(folder) shows no \(isSale ? "order" : "purchase order") \(number) with its lines."
                            + (pseudonyms == nil
                                ? " The folder has no key, so the number must be that of the recording." : ""))
                }
                scenario = found
            } else {
                scenario = RecordedScenario(worldOf: recording)
            }
            let text = try Self.checked(scenario.text)
            for gap in scenario.gaps { terminal.printError("Not reconstructed: \(gap)\n") }
            guard let output else {
                terminal.print(text)
                return .allHeld
            }
            try OutputFile.write(text, to: output)
            terminal.print("\(output)\n  run it: tandem run \(output.quotedForShell)\n")
            return .allHeld
        }

        /// A scenario that cannot be read would be a defect of ours, and is not handed out.
        private static func checked(_ text: String) throws -> String {
            do throws(InvalidFile) {
                _ = try ScenarioReader.read(text, path: "recorded.yaml")
                return text
            } catch {
                throw Defect("the scenario of a recording cannot be read: \(error)")
            }
        }
    }
}

/// Something that only a change of Tandem can put right.
struct Defect: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
