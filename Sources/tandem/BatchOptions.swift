import ArgumentParser
import ScenarioKit

/// How many threads run a batch. The output does not depend on it.
struct JobsOption: ParsableArguments {
    @Option(help: ArgumentHelp("Number of threads. Default: one for each processor.", valueName: "number"))
    var jobs: Int?

    func pool(threadsPerProcessor: Int = 1) throws -> WorkerPool {
        guard let jobs else { return WorkerPool(size: threadsPerProcessor * WorkerPool.processors) }
        guard jobs >= 1 else { throw UsageError("--jobs \(jobs): expected at least one thread") }
        return WorkerPool(size: jobs)
    }
}

/// Which part of a batch runs.
struct ShardOption: ParsableArguments {
    @Option(help: ArgumentHelp("Shard i of n.", valueName: "i/n"))
    var shard: String?

    func selected() throws -> Shard {
        guard let shard else { return .whole }
        guard let part = Shard(shard) else { throw UsageError("--shard \(shard): expected a shard such as 2/8") }
        return part
    }
}
