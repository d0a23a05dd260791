import Exploration
import ScenarioKit
import Simulation
import Units

/// What an exploration finds, in lines for people, as it finds it.
final class SweepReport {
    private(set) var figures = Figures()
    private var digest = EventDigest()
    private(set) var ending = Ending.allHeld
    private var told = 0
    /// How many failures are told in full; of the others, only the command that plays them again.
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// What stands before the first run: what is not played, and what is played in part.
    func head(leftOut: [(String, String)], subjects: [SweepSubject]) -> String {
        var lines = leftOut.map { title, reason in "left out   \(title): \(reason)" }
        for subject in subjects where subject.points.count < subject.pointsInAll {
            lines.append("sampled    \(subject.title): \(subject.points.count) of \(subject.pointsInAll) runs, at even distances")
        }
        for subject in subjects { figures.reached += subject.clean.reached }
        for subject in subjects where !subject.clean.result.outcome.isGood {
            figures.broken += 1
            note(subject.clean.result)
            lines += ["", "broken     \(subject.title), without a blow, when the schedule runs on after its last step"]
            lines += subject.clean.result.linesOfFailure
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// - Returns: What is to be said of it; nothing when it held.
    func add(_ outcome: Outcome) -> String {
        figures += outcome.figures
        digest.add(Int64(bitPattern: outcome.digest))
        return outcome.failures.map { text(of: $0) }.joined()
    }

    private func text(of failure: Failure) -> String {
        note(failure.result)
        var lines = ["", "broken     \(failure.title)"]
        if told < limit { lines += failure.circumstances.map { "  \($0)" } + failure.result.linesOfFailure }
        told += 1
        lines.append("  to play it again: tandem \(failure.replay)")
        return lines.map { $0 + "\n" }.joined()
    }

    /// What has no place in a file went wrong in here.
    private func note(_ result: ScenarioResult) {
        if result.outcome == .error, result.line == nil {
            ending = .defect
        } else if ending == .allHeld {
            ending = .ruleBroken
        }
    }

    func foot(scenarios: Int, elapsed: Duration) -> String {
        (figures.broken > 0 ? "\n" : "")
            + (figures.reached.lines + [summary(scenarios: scenarios, elapsed)]).map { $0 + "\n" }.joined()
    }

    private func summary(scenarios: Int, _ elapsed: Duration) -> String {
        "\(figures.runs) runs of \(scenarios) scenarios and variants in \(elapsed.forPeople) "
            + "(\(ExplorationProgress.rate(figures, elapsed)) a second) · \(figures.faults) faults and \(figures.crashes) crashes · "
            + "\(figures.exchanges) exchanges · \(figures.rulesChecked) rules checked · \(figures.broken) broken · "
            + "digest \(digest.text)"
    }
}

extension Failure {
    var title: String { result.variant.isEmpty ? result.name : "\(result.name) [\(result.variant)]" }
}
