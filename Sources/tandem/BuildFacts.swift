import Embedded
import JSON
import Service
import SyncEngine

/// What this binary is made of.
enum BuildFacts {
    /// Of Tandem itself.
    static let version = "0.1.0"

    struct Dependency: Equatable {
        var name: String
        /// A branch or nothing, where it is no released version.
        var version: String
        /// The first twelve digits of the commit.
        var revision: String
    }

    /// The packages that went into this build, by name.
    static var dependencies: [Dependency] {
        dependencies(in: String(decoding: EmbeddedFile.resolvedPackages, as: UTF8.self))
    }

    /// - Parameter resolved: The text of a `Package.resolved`.
    static func dependencies(in resolved: String) -> [Dependency] {
        guard let json = try? JSON.parse(resolved), let pins = json["pins"]?.array else { return [] }
        return pins.compactMap { pin in
            guard let name = pin["identity"]?.string else { return nil }
            let state = pin["state"]
            return Dependency(
                name: name, version: state?["version"]?.string ?? state?["branch"]?.string ?? "-",
                revision: String((state?["revision"]?.string ?? "-").prefix(12)))
        }.sorted { $0.name < $1.name }
    }

    private static var kind: String {
        #if DEBUG
            "debug build"
        #else
            "release build"
        #endif
    }

    /// - Parameter all: With the compiler, SQLite and every package.
    static func text(all: Bool) throws -> String {
        let first = "tandem \(version) (\(kind))\n"
        guard all else { return first }
        var table = TextTable()
        table.add(["compiler", EmbeddedFile.compiler])
        table.add(["SQLite", try SQLiteVersion.inUse()?.description ?? "unknown"])
        for dependency in dependencies { table.add([dependency.name, dependency.version, dependency.revision]) }
        return first + table.text
    }
}
