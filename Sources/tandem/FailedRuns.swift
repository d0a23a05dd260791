import FoundationEssentials
import JSON
import ScenarioKit
import Synchronization
import Units

/// Which runs did not pass when they were last run in this folder, for `tandem run --failed`.
///
/// Kept beside the build where there is one, else in the user's folder of caches. It is a convenience: what cannot be read counts as
/// nothing, and what cannot be written is left.
struct FailedRuns: Equatable {
    struct Run: Hashable {
        /// Absolute.
        var path: String
        /// Empty without a matrix.
        var variant: String
    }

    private(set) var runs: Set<Run> = []

    func has(_ path: String, _ variant: String) -> Bool { runs.contains(Run(path: Self.absolute(path), variant: variant)) }

    /// What was run now replaces what is known of it; the rest stays.
    func updated(by results: [ScenarioResult]) -> FailedRuns {
        var updated = self
        for result in results {
            let run = Run(path: Self.absolute(result.path), variant: result.variant)
            if result.outcome.isGood { updated.runs.remove(run) } else { updated.runs.insert(run) }
        }
        return updated
    }

    // MARK: The file

    static func read() -> FailedRuns {
        guard let data = FileManager.default.contents(atPath: file),
            let rows = try? JSON.parse(String(decoding: data, as: UTF8.self)).array
        else { return FailedRuns() }
        let runs = rows.compactMap { row in
            row["path"]?.string.map { Run(path: $0, variant: row["variant"]?.string ?? "") }
        }
        return FailedRuns(runs: Set(runs))
    }

    private static let changing = Mutex(())

    /// Another run may have ended meanwhile, so what it noted is read first.
    static func note(_ results: [ScenarioResult]) {
        changing.withLock { _ in
            let known = read()
            let updated = known.updated(by: results)
            if updated != known { write(updated) }
        }
    }

    private static func write(_ failed: FailedRuns) {
        let rows = failed.runs.sorted { ($0.path, $0.variant) < ($1.path, $1.variant) }
        let json = JSON.array(rows.map { ["path": .string($0.path), "variant": .string($0.variant)] })
        let folder = URL(filePath: file).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try? Data((json.pretty + "\n").utf8).write(to: URL(filePath: file), options: .atomic)
    }

    private static var here: String { FileManager.default.currentDirectoryPath }

    private static var file: String {
        let name = "tandem-failed-\(FNV1a.hash(here.utf8)).json"
        if FileManager.default.fileExists(atPath: here + "/.build") { return here + "/.build/" + name }
        let environment = ProcessInfo.processInfo.environment
        let caches = environment["XDG_CACHE_HOME"] ?? (environment["HOME"].map { $0 + "/.cache" } ?? "/tmp")
        return caches + "/tandem/" + name
    }

    private static func absolute(_ path: String) -> String {
        URL(filePath: path.hasPrefix("/") ? path : here + "/" + path).standardized.path
    }
}
