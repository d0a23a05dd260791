import ArgumentParser
import FoundationEssentials
import Service
import Sockets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Options of every command that reads the configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Configuration file. Default: TANDEM_CONFIG, else tandem.yaml.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Journal file; overrides the configuration.", valueName: "file"))
    var journal: String?

    @Option(help: ArgumentHelp("Minimum log level; overrides the configuration.", valueName: "level"))
    var logLevel: String?

    @Option(help: ArgumentHelp("Format of log lines: auto, text or json; overrides the configuration.", valueName: "form"))
    var logFormat: String?

    @Option(
        help: ArgumentHelp(
            "Value of any configuration key, such as connections.main.schedule.orders=1m; repeatable.",
            valueName: "key=value"))
    var set: [String] = []

    var path: String { config ?? Self.environment["TANDEM_CONFIG"] ?? "tandem.yaml" }

    /// - Parameter more: Options of the command itself.
    /// - Throws: ``UsageError`` with every mistake.
    func read(_ more: [FlagSetting] = []) throws -> Configuration {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError(
                "\(path) cannot be read. 'tandem config example' prints an example configuration; --config names another file."
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
            return try Credentials(of: configuration, in: Self.secretSources)
        } catch {
            throw UsageError("secrets that the configuration refers to are missing.\n\(error)")
        }
    }

    /// Proxy and trusted certificates for the requests to both systems.
    func outbound(of configuration: Configuration) throws -> Outbound {
        do {
            return try Outbound(environment: Self.environment, authorityFile: configuration.general.authorityFile)
        } catch {
            throw UsageError("requests cannot be sent as the settings say. \(error).")
        }
    }

    private var flags: [FlagSetting] {
        let own = [("journal", journal), ("log-level", logLevel), ("log-format", logFormat)]
        return own.compactMap { name, value in value.map { FlagSetting(flag: "--\(name)", path: name, value: $0) } }
            + set.map { FlagSetting(set: $0) }
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    private static var secretSources: SecretSources {
        SecretSources(
            environment: environment,
            readFile: { path in
                guard let data = FileManager.default.contents(atPath: path) else { throw UnreadableFile() }
                return [UInt8](data)
            },
            isReadableByOthers: { path in
                var facts = stat()
                return stat(path, &facts) == 0 && facts.st_mode & (S_IRGRP | S_IROTH) != 0
            })
    }

    private struct UnreadableFile: Error {}
}
