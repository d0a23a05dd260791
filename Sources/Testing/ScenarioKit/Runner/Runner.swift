package import StrictYAML

/// Runs scenarios and judges the outcome.
package struct Runner {
    /// How many files are done.
    package struct Progress: Sendable {
        package let done: Int
        package let files: Int
        /// The file that runs next; `nil` at the end.
        package let next: String?
    }

    private let options: RunOptions
    private let progress: (Progress) -> Void

    package init(options: RunOptions = RunOptions(), progress: @escaping (Progress) -> Void = { _ in }) {
        self.options = options
        self.progress = progress
    }

    /// A scenario that was read, or the problems of its file.
    package enum Entry {
        case scenario(Scenario)
        case bad(path: String, InvalidFile)
    }

    /// Reads scenario files. A file that cannot be read has no tags, so only its path decides whether it is kept.
    ///
    /// - Parameters:
    ///   - filter: Only scenarios whose path contains this text.
    ///   - tags: Only scenarios with one of these tags; empty: all.
    package static func read(_ files: [String], filter: String? = nil, tags: [String] = []) -> [Entry] {
        files.filter { path in filter.map { path.contains($0) } ?? true }.compactMap { path -> Entry? in
            do throws(InvalidFile) {
                let scenario = try ScenarioReader.read(path: path)
                guard tags.isEmpty || scenario.tags.contains(where: tags.contains) else { return nil }
                return .scenario(scenario)
            } catch {
                return .bad(path: path, error)
            }
        }
    }

    /// Runs every scenario in the order of the files, each variant of a matrix on its own.
    package func run(_ entries: [Entry]) -> [ScenarioResult] {
        var results: [ScenarioResult] = []
        for (index, entry) in entries.enumerated() {
            progress(Progress(done: index, files: entries.count, next: entry.path))
            switch entry {
            case .scenario(let scenario):
                results += scenario.variants.map { Self.run(scenario, $0, options).result }
            case .bad(let path, let bad): results.append(Self.result(of: bad, in: path))
            }
        }
        progress(Progress(done: entries.count, files: entries.count, next: nil))
        return results
    }

    /// One result for a file, however many problems it has. The first one gives line and column, the others stand in the text.
    private static func result(of bad: InvalidFile, in path: String) -> ScenarioResult {
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
