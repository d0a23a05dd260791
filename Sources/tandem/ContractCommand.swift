import ArgumentParser
import Contract

struct ContractCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "contract", abstract: "Prints what Tandem holds each system's exchanges against.")

    enum Which: String, ExpressibleByArgument, CaseIterable {
        case rackbeat, ongoing
    }

    @Argument(help: "rackbeat or ongoing. Without it: the operations of both in a line each.")
    var system: Which?

    func perform(on terminal: Terminal) throws -> Ending {
        switch system {
        case .rackbeat: terminal.print(ContractDocument.standard(for: .rackbeat).json.pretty + "\n")
        case .ongoing: terminal.print(ContractDocument.standard(for: .ongoing).json.pretty + "\n")
        case nil:
            terminal.print(Self.overview(.standard(for: .rackbeat)) + "\n" + Self.overview(.standard(for: .ongoing)))
        }
        return .allHeld
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
