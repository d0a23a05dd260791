import ArgumentParser
import Service

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check a configuration, or print what goes with it.",
        subcommands: [Check.self, Example.self, Alerts.self, Systemd.self], defaultSubcommand: Check.self)

    struct Check: Command {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Report every mistake in a configuration, with line and column.")

        @OptionGroup var options: ConfigurationOptions

        @Argument(help: "Configuration file; the same as --config.")
        var file: String?

        @Flag(help: "No check of the secrets, for machines without them.")
        var withoutSecrets = false

        func validate() throws {
            guard file == nil || options.config == nil else {
                throw ValidationError("Expected one file, as an argument or with --config.")
            }
        }

        func perform(on terminal: Terminal) throws -> ExitReason {
            var options = options
            options.config = file ?? options.config
            let configuration = try options.read()
            if !withoutSecrets {
                let credentials = try options.credentials(of: configuration)
                for warning in credentials.warnings { terminal.printError("Warning: \(warning)\n") }
            }
            _ = try options.outbound(of: configuration)
            let names = configuration.connections.map(\.name).joined(separator: ", ")
            terminal.print("\(options.path): no mistakes. Connections: \(names).\n")
            return .allHeld
        }
    }

    struct Example: TextCommand {
        static let configuration = CommandConfiguration(
            commandName: "example", abstract: "Print a configuration with every key, its default and its meaning.")

        func text() -> String { Configuration.example }
    }

    struct Alerts: TextCommand {
        static let configuration = CommandConfiguration(
            commandName: "alerts", abstract: "Print alert rules for Prometheus, over the metrics of 'tandem sync --listen'.")

        func text() -> String { AlertRules.text }
    }

    struct Systemd: TextCommand {
        static let configuration = CommandConfiguration(
            commandName: "systemd", abstract: "Print a unit file for systemd that runs 'tandem sync'.")

        @Option(help: ArgumentHelp("The tandem binary on that machine.", valueName: "file"))
        var binary = "/usr/local/bin/tandem"

        func text() throws -> String {
            do { return try SystemdUnit(binary: binary).text } catch { throw UsageError("\(error).") }
        }
    }
}

/// Prints one text.
protocol TextCommand: Command {
    func text() throws -> String
}

extension TextCommand {
    func perform(on terminal: Terminal) throws -> ExitReason {
        terminal.print(try text())
        return .allHeld
    }
}
