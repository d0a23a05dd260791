import Exploration
import ScenarioKit
import Simulation
import Units

/// What an exploration found, in lines for people.
final class SweepReport {
    private(set) var figures = Figures()
    private var digest = EventDigest()
    private var failures: [Failure] = []
    /// Scenarios that do not even hold without a blow.
    private var unsound: [SweepSubject] = []
    /// How many failures are told in full; of the others, only the command that plays them again.
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func add(_ outcome: Outcome) {
        figures += outcome.figures
        digest.add(Int64(bitPattern: outcome.digest))
        failures += outcome.failures
    }

    func noteUnsound(_ subject: SweepSubject) {
        unsound.append(subject)
        figures.broken += 1
    }

    var ending: Ending {
        if (failures.map(\.result) + unsound.map(\.clean.result)).contains(where: { $0.outcome == .error && $0.line == nil }) {
            .defect
        } else if failures.isEmpty, unsound.isEmpty {
            .allHeld
        } else {
            .ruleBroken
        }
    }

    func text(leftOut: [(String, String)], subjects: [SweepSubject], elapsed: Duration) -> String {
        var lines: [String] = []
        for (title, reason) in leftOut { lines.append("left out   \(title): \(reason)") }
        for subject in subjects where subject.points.count < subject.pointsInAll {
            lines.append("sampled    \(subject.title): \(subject.points.count) of \(subject.pointsInAll) runs, at even distances")
        }
        for subject in unsound {
            lines += ["", "broken     \(subject.title), without a blow, when the schedule runs on after its last step"]
            lines += subject.clean.result.linesOfFailure
        }
        for (index, failure) in failures.enumerated() {
            lines += ["", "broken     \(failure.title)"]
            if index < limit { lines += failure.circumstances.map { "  \($0)" } + failure.result.linesOfFailure }
            lines.append("  to play it again: tandem \(failure.replay)")
        }
        if !lines.isEmpty { lines.append("") }
        lines.append(summary(scenarios: subjects.count, elapsed))
        return lines.joined(separator: "\n") + "\n"
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
