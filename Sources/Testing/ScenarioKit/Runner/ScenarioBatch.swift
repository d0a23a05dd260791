import StrictYAML

/// The runs of scenario files in the order of the files, each variant of a matrix on its own.
package struct ScenarioBatch: Batch {
    fileprivate enum Item {
        case run(Scenario, Scenario.Variant)
        case bad(path: String, InvalidFile)
    }

    private let items: [Item]
    private let options: RunOptions
    private let journals = JournalPool()

    /// - Parameter isWanted: Asked with the path and the variant's name, which is empty without a matrix.
    package init(
        _ entries: [Runner.Entry], options: RunOptions = RunOptions(), shard: Shard = .whole,
        where isWanted: (_ path: String, _ variant: String) -> Bool = { _, _ in true }
    ) {
        self.options = options
        let all = entries.flatMap { entry -> [Item] in
            switch entry {
            case .scenario(let scenario): scenario.variants.map { .run(scenario, $0) }
            case .bad(let path, let bad): [.bad(path: path, bad)]
            }
        }
        items = all.filter { isWanted($0.path, $0.variant) }.enumerated().filter { shard.has($0.offset) }.map(\.element)
    }

    package var count: Int? { items.count }

    package func run(_ number: Int) -> ScenarioResult {
        switch items[number] {
        case .run(let scenario, let variant):
            journals.lend { Runner.run(scenario, variant, options, journal: $0).result }
        case .bad(let path, let bad): Self.result(of: bad, in: path)
        }
    }

    /// Folder and file, and the variant in brackets: what reports call the run.
    package func title(_ number: Int) -> String {
        RunTitle.of(ScenarioFiles.title(of: items[number].path), variant: items[number].variant)
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

extension ScenarioBatch.Item {
    fileprivate var path: String {
        switch self {
        case .run(let scenario, _): scenario.path
        case .bad(let path, _): path
        }
    }

    fileprivate var variant: String {
        switch self {
        case .run(_, let variant): variant.name ?? ""
        case .bad: ""
        }
    }
}
