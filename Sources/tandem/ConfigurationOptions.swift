import ArgumentParser
import FoundationEssentials
import Service

/// Where the configuration comes from: the same flags at every command that reads it.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration file. Without it: what TANDEM_CONFIG names, else tandem.yaml.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The journal's file, whatever the configuration says.", valueName: "file"))
    var journal: String?

    @Option(help: ArgumentHelp("The least weight of what is logged, whatever the configuration says.", valueName: "level"))
    var logLevel: String?

    @Option(help: ArgumentHelp("How log lines look, whatever the configuration says: auto, text or json.", valueName: "form"))
    var logFormat: String?

    @Option(
        help: ArgumentHelp(
            "Another value for any key, such as connections.main.schedule.orders=1m; may be given more than once.",
            valueName: "key=value"))
    var set: [String] = []

    var path: String { config ?? Self.environment["TANDEM_CONFIG"] ?? "tandem.yaml" }

    /// - Parameter more: Flags of the command itself.
    /// - Throws: ``UsageError`` with everything that is wrong.
    func read(_ more: [FlagSetting] = []) throws -> Configuration {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError(
                "\(path) cannot be read. 'tandem config example' prints a configuration to begin with; --config names another file."
            )
        }
        let layers = ConfigurationLayers(
            file: (path, [UInt8](data)), environment: Self.environment, flags: flags + more)
        do {
            return try Configuration(reading: layers)
        } catch {
            throw UsageError("the configuration has mistakes.\n\(error)")
        }
    }

    func credentials(of configuration: Configuration) throws -> Credentials {
        do {
            return try Credentials(of: configuration, in: Self.surroundings)
        } catch {
            throw UsageError("secrets that the configuration refers to are not there.\n\(error)")
        }
    }

    private var flags: [FlagSetting] {
        let own = [("journal", journal), ("log-level", logLevel), ("log-format", logFormat)]
        return own.compactMap { name, value in value.map { FlagSetting(flag: "--\(name)", path: name, value: $0) } }
            + set.map { FlagSetting(set: $0) }
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    private static var surroundings: Surroundings {
        Surroundings(environment: environment) { path in
            guard let data = FileManager.default.contents(atPath: path) else { throw UnreadableFile() }
            return [UInt8](data)
        }
    }

    private struct UnreadableFile: Error {}
}
