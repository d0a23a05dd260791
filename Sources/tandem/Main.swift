import ArgumentParser
import SyncEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@main
enum Main {
    static func main() {
        exit(run(Array(CommandLine.arguments.dropFirst()), on: .process).rawValue)
    }

    /// - Returns: What the process exits with.
    static func run(_ arguments: [String], on terminal: Terminal) -> ExitReason {
        do {
            if arguments.first == "--version" { return try VersionCommand.parse(arguments).perform(on: terminal) }
            var command = try Tandem.parseAsRoot(withDefaults(arguments))
            guard let ours = command as? any Command else {
                // Help is ArgumentParser's own command.
                try command.run()
                return .allHeld
            }
            return try ours.perform(on: terminal)
        } catch let error as UsageError {
            terminal.printError("Error: \(error)\n")
            return .usage
        } catch let error as JournalError {
            // Held by another process, damaged, or on a full disk: the user can fix it.
            terminal.printError("Error: \(error)\n")
            return .usage
        } catch {
            let text = Tandem.fullMessage(for: error)
            switch Tandem.exitCode(for: error) {
            case .success:
                terminal.print(text + "\n")
                return .allHeld
            case .validationFailure:
                terminal.printError(text + "\n")
                return .usage
            default:
                terminal.printError("Defect in Tandem: \(error)\n")
                return .defect
            }
        }
    }

    /// `--trace` alone means the failing documents. ArgumentParser would take the path behind it for its value.
    private static func withDefaults(_ arguments: [String]) -> [String] {
        arguments.map { $0 == "--trace" ? "--trace=\(RunCommand.TraceKind.failing.rawValue)" : $0 }
    }
}

/// A subcommand: it writes to the terminal that it gets and returns the exit status.
protocol Command: ParsableCommand {
    func perform(on terminal: Terminal) throws -> ExitReason
}

extension Command {
    func run() throws { preconditionFailure("\(Self.self) is performed, not run") }
}
