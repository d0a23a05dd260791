package import StrictYAML

/// Runs scenarios and judges the outcome.
package struct Runner {
    private let options: RunOptions

    package init(options: RunOptions = RunOptions()) { self.options = options }

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

    /// Runs every scenario in the order of the files, one after the other.
    package func run(_ entries: [Entry]) -> [ScenarioResult] {
        let batch = ScenarioBatch(entries, options: options)
        return (0..<(batch.count ?? 0)).map(batch.run)
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
