import Exploration
import Reports
import ScenarioKit
import Simulation
import Units

/// What an exploration finds, in lines for people, as it finds it.
final class SweepReport {
    private(set) var figures = Figures()
    private var digest = EventDigest()
    private(set) var ending = Ending.allHeld
    /// How many failures were told in full: each way in which a variant broke, once.
    private(set) var told = 0
    private var known: Set<String> = []
    /// Whether the odd states are listed that were never reached. One run reaches next to none.
    private let tellsStates: Bool
    /// Of failures that break in ways of their own, so many are told in full; of the others, only the command that plays them again.
    private static let mostTold = 20

    init(tellsStates: Bool) { self.tellsStates = tellsStates }

    /// What stands before the first run: what is not played, and what is played in part.
    func head(leftOut: [(String, String)], subjects: [SweepSubject], depth: Int) -> String {
        var lines = Self.leftOut(leftOut) + Self.sampled(subjects, depth == 1 ? "at even distances" : "drawn from its seed")
        for subject in subjects { figures.reached += subject.clean.reached }
        for subject in subjects where !subject.clean.result.outcome.isGood {
            figures.broken += 1
            note(subject.clean.result)
            lines += ["", "broken     \(subject.title), without a blow, when the schedule runs on after its last step"]
            lines += subject.clean.result.linesOfFailure
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// More lines of a kind than this are told in one.
    private static let mostLines = 12

    private static func leftOut(_ scenarios: [(String, String)]) -> [String] {
        guard scenarios.count > mostLines else { return scenarios.map { title, reason in "left out   \(title): \(reason)" } }
        let reasons = Dictionary(grouping: scenarios, by: \.1).mapValues(\.count).sorted { $0.key < $1.key }
        return reasons.map { reason, count in "left out   \(count) scenarios, each because \(reason)" }
    }

    private static func sampled(_ subjects: [SweepSubject], _ choice: String) -> [String] {
        let sampled = subjects.filter { $0.points.count < $0.pointsInAll }
        guard sampled.count > mostLines else {
            return sampled.map { "sampled    \($0.title): \($0.points.count) of \($0.pointsInAll) runs, \(choice)" }
        }
        let (some, all) = (sampled.map(\.points.count).reduce(0, +), sampled.map(\.pointsInAll).reduce(0, +))
        return ["sampled    \(sampled.count) scenarios and variants: \(some) of \(all) runs, \(choice)"]
    }

    func add(_ outcome: Outcome) {
        figures += outcome.figures
        digest.add(Int64(bitPattern: outcome.digest))
    }

    /// Whether nothing that was told before broke in this way.
    func isNew(_ failure: Failure) -> Bool {
        let way = Complaint(failure.result)?.description ?? failure.result.problem ?? ""
        guard told < Self.mostTold, known.insert("\(failure.title)\n\(way)").inserted else { return false }
        told += 1
        return true
    }

    func text(of failure: Failure, inFull: Bool) -> String {
        note(failure.result)
        var lines = ["", "broken     \(failure.title)"] + failure.circumstances.map { "  \($0)" }
        if inFull { lines += failure.result.linesOfFailure }
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
            + ((tellsStates ? figures.reached.lines : []) + [summary(scenarios: scenarios, elapsed)]).map { $0 + "\n" }.joined()
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
