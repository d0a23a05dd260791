import Exchange
package import Simulation
import Units

/// Plays scenarios and judges what came of them.
package struct Runner {
    package struct Options: Sendable {
        /// Instead of the scenarios' own.
        package var seed: UInt64?
        /// Only scenarios whose path has this text in it.
        package var filter: String?
        /// Only scenarios with one of these tags; empty: all.
        package var tags: [String] = []

        /// What exchanges travel over; `nil`: in process.
        package var network: (any RealNetwork)?
        /// By how much faster than simulated time a time-out is waited for on a real network.
        package var timeScale = 100
        /// Whether every exchange is shown, whatever came of the scenario.
        package var showsExchanges = false

        package init() {}
    }

    /// How far a run has come.
    package struct Progress: Sendable {
        /// How many files have been played.
        package let played: Int
        package let files: Int
        /// The file that is played next; `nil` at the end.
        package let next: String?
    }

    private let options: Options
    private let progress: (Progress) -> Void

    package init(options: Options = Options(), progress: @escaping (Progress) -> Void = { _ in }) {
        self.options = options
        self.progress = progress
    }

    /// A scenario that was read, or what is wrong with its file.
    package enum Entry {
        case scenario(Scenario)
        case bad(path: String, BadScenario)
    }

    /// Reads the files and keeps those that the options choose. A file that cannot be read has no tags and is kept by its path.
    package func read(_ files: [String]) -> [Entry] {
        files.filter { path in options.filter.map { path.contains($0) } ?? true }.compactMap { path -> Entry? in
            do throws(BadScenario) {
                let scenario = try ScenarioReader.read(path: path)
                guard options.tags.isEmpty || !scenario.tags.allSatisfy({ !options.tags.contains($0) }) else { return nil }
                return .scenario(scenario)
            } catch {
                return .bad(path: path, error)
            }
        }
    }

    /// Plays every scenario in the order of the files, each variant of a matrix as a run of its own.
    package func run(_ entries: [Entry]) -> [ScenarioResult] {
        var runOptions = RunOptions()
        runOptions.network = options.network
        runOptions.timeScale = options.timeScale
        runOptions.showsExchanges = options.showsExchanges
        var results: [ScenarioResult] = []
        for (index, entry) in entries.enumerated() {
            progress(Progress(played: index, files: entries.count, next: entry.path))
            switch entry {
            case .scenario(let scenario):
                results += scenario.variants.map { Self.play(scenario, $0, seed: options.seed, runOptions: runOptions).result }
            case .bad(let path, let bad): results.append(Self.result(of: bad, in: path))
            }
        }
        progress(Progress(played: entries.count, files: entries.count, next: nil))
        return results
    }

    /// A file is one scenario, however many problems it has: the first has its place in the result, the others in its text.
    private static func result(of bad: BadScenario, in path: String) -> ScenarioResult {
        let first = bad.problems[0]
        var result = ScenarioResult(name: ScenarioFiles.title(of: path), path: path, outcome: .error, seed: 0)
        result.problem =
            ([first.text] + bad.problems.dropFirst().map { "  line \($0.place.line), column \($0.place.column): \($0.text)" })
            .joined(separator: "\n")
        result.line = first.place.line
        result.column = first.place.column
        return result
    }
}

extension Runner.Entry {
    /// As it was given or found.
    package var path: String {
        switch self {
        case .scenario(let scenario): scenario.path
        case .bad(let path, _): path
        }
    }
}
