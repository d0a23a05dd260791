import ArgumentParser
import Exploration
import Mutants
import ScenarioKit
import Simulation
import Units

// Stories drawn from seeds.

extension ExploreCommand {
    func walk(on terminal: Terminal) throws -> Ending {
        var end: Moment?
        if let length {
            guard let time = Duration(written: length), time > .zero else {
                throw UsageError("--for \(length): a length of time such as 60s or 5m was expected")
            }
            end = WallTime.now() + time
        }
        if let seeds, seeds < 1 { throw UsageError("--seeds \(seeds): at least one was expected") }
        guard from <= 999_999_999 else { throw UsageError("--from \(from): at most 999999999 was expected") }
        if let mutant, Mutant.named(mutant) == nil {
            let names = Mutant.all.map(\.name).sorted().joined(separator: ", ")
            throw UsageError("--sabotage \(mutant): there is no such defect; there are \(names)")
        }
        let batch = ExploreBatch(
            seeds: seeds, from: from, shard: try shardAsked(), checksDeterminism: checkDeterminism, mutant: mutant)
        let progress = ExplorationProgress(terminal: terminal)
        let report = ExploreReport()
        try workerPool().work(
            on: batch, isOver: { [end] in end.map { WallTime.now() >= $0 } ?? false },
            handOver: { number, outcome in
                report.add(outcome)
                progress.show(report.figures, item: number + 1, of: batch.count)
            })
        progress.clear()
        for (index, failure) in report.failures.enumerated() {
            let isTold = index < Self.mostFinds
            terminal.print(report.text(of: failure, inFull: isTold))
            if isTold { terminal.print(keep(failure)) }
        }
        terminal.print(report.summary(elapsed: progress.elapsed))
        return report.ending
    }
}
