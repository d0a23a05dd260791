import Exchange
import Foundation
package import JSON

/// Runs `tandem` commands against the fakes: a folder with a configuration and a journal, and secrets in the environment.
package final class Operator {
    package let folder: String
    package let environment: [String: String]
    /// Of every process that is started from now on.
    package var conditions = ProcessConditions()
    package var journal: String { "\(folder)/tandem.db" }

    /// - Parameters:
    ///   - settings: Lines of the connection, without indentation.
    ///   - general: Lines at the top of the file.
    package init(
        of fakes: Fakes, in folder: String, settings: [String] = [], general: [String] = [], rackbeat: [String] = [],
        environment more: [String: String] = [:]
    ) throws {
        self.folder = folder
        environment = [
            "RACKBEAT_SECRET": fakes.rackbeatToken, "ONGOING_SECRET": fakes.ongoingPassword,
        ].merging(more) { $1 }
        var lines = general
        lines += [
            "rackbeat:", "  base-url: \(fakes.rackbeat)", "  token: { env: RACKBEAT_SECRET }", "  name: Stage",
            "  email: stage@example.test",
        ]
        lines += rackbeat.map { "  " + $0 }
        lines += ["connections:", "  main:", "    location: 1001"]
        lines += settings.map { "    " + $0 }
        lines += [
            "    ongoing:", "      base-url: \(fakes.ongoing)", "      user: \(fakes.ongoingUser)",
            "      password: { env: ONGOING_SECRET }", "      goods-owner: \(fakes.goodsOwner)",
        ]
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: "\(folder)/tandem.yaml", atomically: true, encoding: .utf8)
    }

    /// Starts a command with this configuration.
    package func start(_ arguments: String...) throws -> TandemProcess {
        try TandemProcess(arguments, in: folder, environment: environment, under: conditions)
    }

    package struct Finished {
        package let code: Int32
        package let output: String
        package let errorOutput: String
    }

    /// Runs a command and waits until it has ended.
    @discardableResult package func run(_ arguments: String..., within seconds: Int = 120) throws -> Finished {
        try run(arguments, within: seconds)
    }

    @discardableResult package func run(_ arguments: [String], within seconds: Int = 120) throws -> Finished {
        let process = try TandemProcess(arguments, in: folder, environment: environment, under: conditions)
        let code = try process.exitCode(within: seconds)
        return Finished(code: code, output: process.output, errorOutput: process.errorOutput)
    }

    /// The report of `tandem status`.
    package func status() throws -> JSON { try JSON.parse(try run("status", "--json").output) }
}

/// A folder that is removed with its owner.
package final class TemporaryFolder {
    package let path: String

    package init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
