import ArgumentParser
import Exploration
import FoundationEssentials
import ScenarioKit
import Units

// Stories drawn from seeds.

extension ExploreCommand {
    /// How long one failing run may be made smaller.
    private static let shrinkingTime = Duration.seconds(20)
    /// How many failing runs are made smaller; of the others, only the command that plays them again is shown.
    private static let mostFinds = 5

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
        let campaign = WalkCampaign(
            seeds: seeds, from: from, shard: try shardAsked(), checksDeterminism: checkDeterminism)
        let progress = ExplorationProgress(terminal: terminal)
        let report = WalkReport()
        try crew().work(
            on: campaign, isOver: { [end] in end.map { WallTime.now() >= $0 } ?? false },
            handOver: { number, outcome in
                report.add(outcome)
                progress.show(report.figures, item: number + 1, of: campaign.count)
            })
        progress.clear()
        for (index, failure) in report.failures.enumerated() {
            let isTold = index < Self.mostFinds
            terminal.print(report.text(of: failure, inFull: isTold))
            if isTold { terminal.print(try keep(failure)) }
        }
        terminal.print(report.summary(elapsed: progress.elapsed))
        return report.ending
    }

    /// Makes a failing run small, and writes it where `tandem run` finds it.
    private func keep(_ failure: Failure) throws -> String {
        let end = WallTime.now() + Self.shrinkingTime
        guard let find = Find.of(failure, isOver: { WallTime.now() >= end }) else {
            return "  it does not come again by what is written of it: play the seed\n"
        }
        let path = save + "/" + find.name + ".yaml"
        do {
            try FileManager.default.createDirectory(atPath: save, withIntermediateDirectories: true)
            try Data(find.text.utf8).write(to: URL(filePath: path))
        } catch {
            throw UsageError("--save \(save): the scenario cannot be written there")
        }
        return "  made small: \(find.steps) steps, after \(find.runs) runs" + (find.ranOutOfTime ? ", when time was up" : "")
            + "\n  to play it again: tandem run \(Failure.quoted(path))\n"
    }
}
