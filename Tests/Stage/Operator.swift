import Exchange
import Foundation
package import JSON

/// Whoever runs `tandem sync` against stand-ins: a folder with a configuration, secrets in the environment, and the journal.
package final class Operator {
    package let folder: String
    package let environment: [String: String]
    package var journal: String { "\(folder)/tandem.db" }

    /// - Parameters:
    ///   - settings: Lines of the connection, without indentation.
    ///   - general: Lines at the top of the file.
    package init(
        of standIns: StandIns, in folder: String, settings: [String] = [], general: [String] = [], rackbeat: [String] = [],
        environment more: [String: String] = [:]
    ) throws {
        self.folder = folder
        environment = [
            "RACKBEAT_SECRET": standIns.rackbeatToken, "ONGOING_SECRET": standIns.ongoingPassword,
        ].merging(more) { $1 }
        var lines = general
        lines += [
            "rackbeat:", "  base-url: \(standIns.rackbeat)", "  token: { env: RACKBEAT_SECRET }", "  name: Stage",
            "  mail: stage@example.test",
        ]
        lines += rackbeat.map { "  " + $0 }
        lines += ["connections:", "  main:", "    location: 1001"]
        lines += settings.map { "    " + $0 }
        lines += [
            "    ongoing:", "      base-url: \(standIns.ongoing)", "      user: \(standIns.ongoingUser)",
            "      password: { env: ONGOING_SECRET }", "      goods-owner: \(standIns.goodsOwner)",
        ]
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: "\(folder)/tandem.yaml", atomically: true, encoding: .utf8)
    }

    /// Starts a command with this configuration.
    package func start(_ arguments: String...) throws -> TandemProcess {
        try TandemProcess(arguments, in: folder, environment: environment)
    }

    package struct Ended {
        package let code: Int32
        package let output: String
        package let complaints: String
    }

    /// Starts a command and waits for its end.
    @discardableResult package func run(_ arguments: String..., within seconds: Int = 120) throws -> Ended {
        let process = try TandemProcess(arguments, in: folder, environment: environment)
        let code = try process.ending(within: seconds)
        return Ended(code: code, output: process.output, complaints: process.complaints)
    }

    /// What `tandem status` says.
    package func status() throws -> JSON { try JSON.parse(try run("status", "--json").output) }
}

/// A folder that goes when its owner goes.
package final class TemporaryFolder {
    package let path: String

    package init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
