import ArgumentParser
import Service

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Shows what a configuration may say, and says what is wrong with one.",
        subcommands: [Check.self, Example.self], defaultSubcommand: Check.self)

    struct Check: Command {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Says everything that is wrong with a configuration, with line and column.")

        @OptionGroup var options: ConfigurationOptions

        @Argument(help: "The configuration file; the same as --config.")
        var file: String?

        @Flag(help: "Leaves out whether the secrets are where the configuration says: for machines that have none.")
        var withoutSecrets = false

        func validate() throws {
            guard file == nil || options.config == nil else { throw ValidationError("One file at a time, please.") }
        }

        func perform(on terminal: Terminal) throws -> Ending {
            var options = options
            options.config = file ?? options.config
            let configuration = try options.read()
            if !withoutSecrets { _ = try options.credentials(of: configuration) }
            let names = configuration.connections.map(\.name).joined(separator: ", ")
            terminal.print("\(options.path): nothing is wrong. Connections: \(names).\n")
            return .allHeld
        }
    }

    struct Example: Command {
        static let configuration = CommandConfiguration(
            commandName: "example", abstract: "Prints a configuration with every key, its default and what it means.")

        func perform(on terminal: Terminal) throws -> Ending {
            terminal.print(Configuration.example)
            return .allHeld
        }
    }
}
