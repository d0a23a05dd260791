import ArgumentParser
import Contract
import Exchange
import FoundationEssentials
import JSON
import Recording

struct ContractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contract", abstract: "Print the contract of an API, compare it with another file or with a recording.",
        subcommands: [Show.self, Check.self], defaultSubcommand: Show.self)

    struct Show: Command {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Print the contract of an API, or compare it with another OpenAPI file.",
            discussion: "With --compare, exits with 0 when there is no difference, otherwise with 1.")

        enum Which: String, ExpressibleByArgument, CaseIterable {
            case rackbeat, ongoing
        }

        @Argument(help: "System whose contract is printed. Default: a list of the operations of both.")
        var system: Which?

        @Option(help: ArgumentHelp("OpenAPI file (JSON) to compare with.", valueName: "file"))
        var compare: String?

        @Option(
            help: ArgumentHelp("Prefix that the paths of the other file have and the contract's do not.", valueName: "prefix"))
        var pathPrefix = ""

        func validate() throws {
            if compare != nil, system == nil { throw ValidationError("--compare needs a system: rackbeat or ongoing") }
        }

        func perform(on terminal: Terminal) throws -> ExitReason {
            if let compare, let system { return try self.compare(system, with: compare, on: terminal) }
            switch system {
            case .rackbeat: terminal.print(ContractDocument.standard(for: .rackbeat).json.pretty + "\n")
            case .ongoing: terminal.print(ContractDocument.standard(for: .ongoing).json.pretty + "\n")
            case nil:
                terminal.print(Self.overview(.standard(for: .rackbeat)) + "\n" + Self.overview(.standard(for: .ongoing)))
            }
            return .allHeld
        }

        private func compare(_ system: Which, with path: String, on terminal: Terminal) throws -> ExitReason {
            guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
                throw UsageError("\(path): the file cannot be read")
            }
            let other: JSON
            do { other = try JSON.parse([UInt8](bytes)) } catch { throw UsageError("\(path): \(error)") }
            let document = ContractDocument.standard(for: system == .rackbeat ? .rackbeat : .ongoing)
            let differences = ContractComparison(of: document, with: other, pathPrefix: pathPrefix).differences
            for difference in differences { terminal.print("\(difference)\n") }
            terminal.print(differences.isEmpty ? "no difference\n" : "\(differences.count) differences\n")
            return differences.isEmpty ? .allHeld : .violation
        }

        private static func overview(_ document: ContractDocument) -> String {
            let width = document.operations.map(\.label.count).max() ?? 0
            var lines = [document.title, ""]
            for operation in document.operations {
                let padding = String(repeating: " ", count: width - operation.label.count)
                lines.append("  \(operation.label)\(padding)  \(operation.summary) (\(operation.confidence.rawValue))")
            }
            if !document.knownGaps.isEmpty { lines += ["", "  Known gaps"] }
            for gap in document.knownGaps { lines.append("  \(gap.subject): \(gap.remedy)") }
            return lines.joined(separator: "\n") + "\n"
        }
    }

    struct Check: Command {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Hold a recording against the contract.",
            discussion: """
                Each exchange that 'tandem sync --record' or 'tandem verify --record' saw, deviations grouped by operation. Exits with 0 \
                when there is none, otherwise with 1; members that the contract does not know are no deviations.
                """)

        @Argument(help: "Folder of the recording.")
        var folder: String

        func perform(on terminal: Terminal) throws -> ExitReason {
            let check = RecordingCheck(try RecordingFolder(path: folder).read().recording)
            terminal.print(check.text)
            return check.holds ? .allHeld : .violation
        }
    }
}
