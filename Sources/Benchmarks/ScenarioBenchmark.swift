import ScenarioKit

extension Benchmark {
    static var scenarios: Benchmark {
        Benchmark(
            name: "scenarios",
            description: """
                every file of Scenarios/ read, then run, one thread; median of \(Stopwatch.samples) samples
                """,
            run: ScenarioBenchmark.run)
    }
}

private enum ScenarioBenchmark {
    static func run() throws {
        let files = try ScenarioFiles.find(["Scenarios"])
        let runner = Runner()
        let entries = Runner.read(files)
        let results = runner.run(entries)
        let exchanges = results.reduce(0) { $0 + $1.exchanges }
        print("  \(files.count) files, \(results.count) runs, \(exchanges) exchanges")
        let notGood = results.filter { !$0.outcome.isGood }
        if !notGood.isEmpty { print("  \(notGood.count) of the runs failed, so the figures are of other work") }
        var count = 0
        Stopwatch.time { count += Runner.read(files).count }.print("read ", Double(files.count), "files/s")
        let running = Stopwatch.time { count += runner.run(entries).count }
        running.print("run  ", Double(results.count), "runs/s")
        running.print("     ", Double(exchanges), "exchanges/s")
        precondition(count > 0)
        printSlowest(entries, runner)
    }

    private static func printSlowest(_ entries: [Runner.Entry], _ runner: Runner) {
        let times = zip(entries, entries.map { entry in Stopwatch.once { _ = runner.run([entry]) } })
        print("  the slowest:")
        for (entry, seconds) in times.sorted(by: { $0.1 > $1.1 }).prefix(5) {
            print("    \(Int((seconds * 1000).rounded())) ms  \(entry.path)")
        }
    }
}
