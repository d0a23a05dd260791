import ArgumentParser
import ScenarioKit

struct Tandem: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tandem", abstract: "Keeps Rackbeat and Ongoing WMS in step, and proves it.",
        discussion: """
            Exit codes: 0 all held · 1 a rule was broken · 2 usage, or a file that cannot be played · 3 an \
            endpoint that could not be reached or refused us · 70 a defect in Tandem.
            """,
        subcommands: [
            RunCommand.self, ExploreCommand.self, MutantsCommand.self, ServeCommand.self, SyncCommand.self, VerifyCommand.self,
            DriftCommand.self, StatusCommand.self, RetryCommand.self, ConfigCommand.self, ContractCommand.self,
            AssumptionsCommand.self, SchemaCommand.self,
        ])
}

/// What the process ends with.
enum Ending: Int32 {
    case allHeld = 0
    case ruleBroken = 1
    case badInput = 2
    /// An endpoint could not be reached, or refused us.
    case unreachable = 3
    case defect = 70

    /// The worst of what came out of a run.
    init(_ results: [ScenarioResult]) {
        if results.contains(where: { $0.outcome == .error && $0.line == nil }) {
            // A scenario has a place for whatever is wrong with it; what has none went wrong in here.
            self = .defect
        } else if results.contains(where: { $0.outcome == .error }) {
            self = .badInput
        } else if results.contains(where: { !$0.outcome.isGood }) {
            self = .ruleBroken
        } else {
            self = .allHeld
        }
    }
}

/// Ends a command with a sentence for whoever typed it.
struct UsageError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
