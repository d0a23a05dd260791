import ArgumentParser
import ScenarioKit

struct Tandem: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tandem", abstract: "Keep Rackbeat and Ongoing WMS in step, and prove it.",
        discussion: """
            Exit codes: 0 everything holds · 1 an invariant is violated, or something needs a person · 2 wrong usage or \
            configuration, or an unreadable file · 3 an endpoint cannot be reached or refuses access · 70 a defect in Tandem.

            'tandem --version --all' lists the compiler, SQLite and every package of this build.
            """, version: BuildFacts.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Test",
                subcommands: [
                    RunCommand.self, NewCommand.self, ScenarioCommand.self, FormatCommand.self, SweepCommand.self,
                    ExploreCommand.self,
                    MutantsCommand.self,
                    ServeCommand.self,
                ]),
            CommandGroup(
                name: "Operate",
                subcommands: [
                    SyncCommand.self, VerifyCommand.self, AuditCommand.self, DriftCommand.self, StatusCommand.self,
                    RetryCommand.self, JournalCommand.self, ConfigCommand.self,
                ]),
            CommandGroup(
                name: "Look up", subcommands: [ContractCommand.self, AssumptionsCommand.self, SchemaCommand.self]),
        ])
}

/// `tandem --version [--all]`. The root cannot have the flag `--all`: it would take it from the subcommands that have one.
struct VersionCommand: Command {
    @Flag var version = false
    @Flag var all = false

    func perform(on terminal: Terminal) throws -> ExitReason {
        terminal.print(try BuildFacts.text(all: all))
        return .allHeld
    }
}

/// What the process exits with.
enum ExitReason: Int32 {
    case allHeld = 0
    /// An invariant is violated, or something needs a person.
    case violation = 1
    /// Wrong usage or configuration, or an unreadable file.
    case usage = 2
    /// An endpoint cannot be reached or refuses access.
    case unreachable = 3
    case defect = 70

    /// The worst of all results.
    init(_ results: [ScenarioResult]) {
        if results.contains(where: { $0.outcome == .error && $0.line == nil }) {
            // A problem of a scenario has a place in its file; without one it is a defect of Tandem.
            self = .defect
        } else if results.contains(where: { $0.outcome == .error }) {
            self = .usage
        } else if results.contains(where: { !$0.outcome.isGood }) {
            self = .violation
        } else {
            self = .allHeld
        }
    }
}

/// Ends a command with a message about its usage.
struct UsageError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
