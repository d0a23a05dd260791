import Exploration
import Reports
import ScenarioKit
import Simulation
import Units

/// What the stories of many seeds came to, in lines for people.
final class ExploreReport {
    private(set) var figures = Figures()
    private(set) var failures: [Failure] = []
    private var digest = EventDigest()

    func add(_ outcome: Outcome) {
        figures += outcome.figures
        digest.add(Int64(bitPattern: outcome.digest))
        failures += outcome.failures
    }

    var ending: Ending {
        if failures.contains(where: { $0.result.outcome == .error }) { return .defect }
        return failures.isEmpty ? .allHeld : .ruleBroken
    }

    func text(of failure: Failure, inFull: Bool) -> String {
        var lines = ["broken     \(failure.result.name)"]
        // What broke is told of each, so that one cause can be told from several.
        if inFull { lines += failure.circumstances.map { "  \($0)" } }
        lines += failure.result.linesOfFailure.prefix(inFull ? .max : 4)
        lines.append("  to see it again: tandem \(failure.replay)")
        return lines.joined(separator: "\n") + "\n"
    }

    func summary(elapsed: Duration) -> String {
        "\(figures.runs) stories in \(elapsed.forPeople) (\(ExplorationProgress.rate(figures, elapsed)) a second) · "
            + "\(figures.faults) faults and \(figures.crashes) crashes · \(figures.exchanges) exchanges in "
            + "\(figures.simulated.forPeople) of simulated time · \(figures.rulesChecked) rules checked · "
            + "\(figures.broken) broken · digest \(digest.text)\n"
    }
}
