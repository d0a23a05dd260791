import Dispatch
import Exploration
import Foundation
import ScenarioKit

extension Benchmark {
    static var randomCases: Benchmark {
        Benchmark(
            name: "random-cases",
            description:
                "the first 1000 seeds: each generates a random test case of some 50 steps and runs it; a thread for each core, a single sample",
            run: RandomCaseBenchmark.run)
    }

    static var sweep: Benchmark {
        Benchmark(
            name: "sweep",
            description:
                "every scenario of Scenarios/ with ten faults, at even distances; a thread for each core, a single sample",
            run: SweepBenchmark.run)
    }
}

private enum RandomCaseBenchmark {
    private static let seeds = 1000

    static func run() throws {
        let steps = try (1...100).map { try CaseGenerator.generate(seed: $0).scenario.steps.count }
        let mean = Double(steps.reduce(0, +)) / Double(steps.count)
        let (figures, times) = Parallel.run(ExploreBatch(seeds: seeds))
        let rate = Double(figures.runs) / times.wall
        print(
            "  \(Stopwatch.decimal(rate)) cases/s of \(Stopwatch.decimal(mean)) steps on average, or "
                + "\(Stopwatch.decimal(rate * mean / 50)) of 50 steps; \(figures.violations) violations")
        Parallel.print(figures, times)
    }
}

private enum SweepBenchmark {
    static func run() throws {
        var variants: [(Scenario, Scenario.Variant)] = []
        for entry in Runner.read(try ScenarioFiles.find(["Scenarios"])) {
            guard case .scenario(let scenario) = entry, SweepSubject.reasonToSkip(scenario) == nil else { continue }
            variants += scenario.variants.map { (scenario, $0) }
        }
        let baseline = SweepBaseline(variants: variants, faultsPerRun: 1, limit: 10)
        _ = Parallel.run(baseline)
        let (figures, times) = Parallel.run(Sweep(baseline.subjects))
        print("  \(Stopwatch.decimal(Double(figures.runs) / times.wall)) runs/s; \(figures.violations) violations")
        Parallel.print(figures, times)
    }
}

/// Runs a batch on every core.
private enum Parallel {
    typealias Times = (wall: Double, processor: Double)

    static func run(_ batch: some Batch<ItemResult>) -> (Figures, Times) {
        let sum = Sum()
        let times = Stopwatch.both {
            DispatchQueue.concurrentPerform(iterations: batch.count!) { sum.add(batch.run($0).figures) }
        }
        return (sum.figures, times)
    }

    static func print(_ figures: Figures, _ times: Times) {
        let exchanges = Double(figures.exchanges)
        Swift.print(
            "  \(figures.runs) runs, \(figures.faults) faults, \(figures.crashes) crashes, \(figures.exchanges) exchanges in "
                + "\(Stopwatch.decimal(times.wall)) s; \(Stopwatch.decimal(times.processor / Double(figures.runs) * 1000)) ms of a "
                + "core each, \(Stopwatch.decimal(exchanges / times.processor)) exchanges/s and core; memory at its peak "
                + "\(Stopwatch.peakMegabytes) MB")
    }

    private final class Sum: @unchecked Sendable {
        private let lock = NSLock()
        private(set) var figures = Figures()

        func add(_ more: Figures) { lock.withLock { figures += more } }
    }
}
