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

    /// - Returns: what the process is to end with.
    static func run(_ arguments: [String], on terminal: Terminal) -> Ending {
        do {
            var command = try Tandem.parseAsRoot(arguments)
            guard let ours = command as? any Command else {
                // Help and version are ArgumentParser's own.
                try command.run()
                return .allHeld
            }
            return try ours.perform(on: terminal)
        } catch let error as UsageError {
            terminal.complain("Error: \(error)\n")
            return .badInput
        } catch let error as JournalError {
            // Held by another process, damaged, on a full disk: whoever called us can mend it.
            terminal.complain("Error: \(error)\n")
            return .badInput
        } catch {
            let text = Tandem.fullMessage(for: error)
            switch Tandem.exitCode(for: error) {
            case .success:
                terminal.print(text + "\n")
                return .allHeld
            case .validationFailure:
                terminal.complain(text + "\n")
                return .badInput
            default:
                terminal.complain("Defect in Tandem: \(error)\n")
                return .defect
            }
        }
    }
}

/// A subcommand of ours: it writes to the terminal it is given and says how it ended.
protocol Command: ParsableCommand {
    func perform(on terminal: Terminal) throws -> Ending
}

extension Command {
    func run() throws { preconditionFailure("\(Self.self) is performed, not run") }
}
