import Exploration
import JSON
import Reports
import ScenarioKit
import Simulation
import Units

/// The results of `tandem explore`, in lines for people.
final class ExploreReport {
    private(set) var figures = Figures()
    private(set) var failures: [Failure] = []
    private var digest = EventDigest()

    func add(_ item: ItemResult) {
        figures += item.figures
        digest.add(Int64(bitPattern: item.digest))
        failures += item.failures
    }

    var status: ExitReason {
        if failures.contains(where: { $0.result.outcome == .error }) { return .defect }
        return failures.isEmpty ? .allHeld : .violation
    }

    /// - Parameter inFull: Otherwise the first lines only: enough to tell one cause from several.
    func text(of failure: Failure, inFull: Bool) -> String {
        failure.text(inFull ? failure.result.linesOfFailure : Array(failure.result.linesOfFailure.prefix(4)), isBrief: !inFull)
    }

    func summary(elapsed: Duration) -> String {
        figures.summary(of: counted(figures.runs, "case"), elapsed: elapsed, digest: digest.text)
    }

    /// What no case has drawn, and the summary.
    func foot(_ summary: String) -> String {
        let never = figures.vocabulary.neverDrawn.map { part, names in
            "never drawn  \(part.rawValue): \(names.joined(separator: ", "))"
        }
        // A few cases draw little.
        return ((figures.runs < Self.fewestForVocabulary ? [] : never) + [summary]).map { $0 + "\n" }.joined()
    }

    private static let fewestForVocabulary = 200

    func json(_ record: ExplorationRecord) -> JSON { record.json("tandem explore", figures, digest: digest.text) }
}

/// The results of `tandem sweep`, in lines for people, as they come in.
final class SweepReport {
    private(set) var figures = Figures()
    private var digest = EventDigest()
    private(set) var status = ExitReason.allHeld
    /// How many failures were shown in full: for each variant, the first that fails in a way of its own.
    private(set) var shownInFull = 0
    private var known: Set<Way> = []
    /// Whether the coverage marks that no run reached are listed. A single run reaches almost none.
    private let showsCoverage: Bool
    private static let mostInFull = 20

    private struct Way: Hashable {
        let title: String
        let signature: FailureSignature?
    }

    init(showsCoverage: Bool) { self.showsCoverage = showsCoverage }

    /// The lines before the first run: what is skipped, what is sampled, and what fails without a fault.
    func head(skipped: [(String, String)], subjects: [SweepSubject], faultsPerRun: Int) -> String {
        var lines =
            Self.skipped(skipped) + Self.sampled(subjects, faultsPerRun == 1 ? "at even distances" : "drawn from the seed")
        for subject in subjects { figures.coverage += subject.baseline.reached }
        for subject in subjects where !subject.baseline.result.outcome.isGood {
            figures.violations += 1
            note(subject.baseline.result)
            lines += ["", "\(subject.baseline.result.heading(subject.title)), without a fault, once both systems have settled"]
            lines += subject.baseline.result.linesOfFailure
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// More lines of one kind than this become one line.
    private static let mostLines = 12

    private static func skipped(_ scenarios: [(String, String)]) -> [String] {
        guard scenarios.count > mostLines else { return scenarios.map { title, reason in "skipped    \(title): \(reason)" } }
        let reasons = Dictionary(grouping: scenarios, by: \.1).mapValues(\.count).sorted { $0.key < $1.key }
        return reasons.map { reason, count in "skipped    \(counted(count, "scenario")): \(reason)" }
    }

    private static func sampled(_ subjects: [SweepSubject], _ choice: String) -> [String] {
        let sampled = subjects.filter { $0.points.count < $0.pointsInAll }
        guard sampled.count > mostLines else {
            return sampled.map { "sampled    \($0.title): \($0.points.count) of \($0.pointsInAll) runs, \(choice)" }
        }
        let (some, all) = (sampled.map(\.points.count).reduce(0, +), sampled.map(\.pointsInAll).reduce(0, +))
        return ["sampled    \(sampled.count) scenarios and variants: \(some) of \(all) runs, \(choice)"]
    }

    func add(_ item: ItemResult) {
        figures += item.figures
        digest.add(Int64(bitPattern: item.digest))
    }

    /// Whether no earlier failure of the variant was of this kind.
    func isNew(_ failure: Failure) -> Bool {
        let way = Way(title: failure.title, signature: FailureSignature(failure.result))
        guard shownInFull < Self.mostInFull, known.insert(way).inserted else { return false }
        shownInFull += 1
        return true
    }

    func text(of failure: Failure, inFull: Bool) -> String {
        note(failure.result)
        return "\n" + failure.text(inFull ? failure.result.linesOfFailure : [])
    }

    private func note(_ result: ScenarioResult) {
        if result.outcome == .error, result.line == nil {
            // A problem without a place in a file is a defect of Tandem.
            status = .defect
        } else if status == .allHeld {
            status = .violation
        }
    }

    func foot(_ summary: String) -> String {
        (figures.violations > 0 ? "\n" : "")
            + ((showsCoverage ? figures.coverage.lines : []) + [summary]).map { $0 + "\n" }.joined()
    }

    func summary(scenarios: Int, elapsed: Duration) -> String {
        let subjects = scenarios == 1 ? "1 scenario" : "\(scenarios) scenarios and variants"
        return figures.summary(
            of: "\(counted(figures.runs, "run")) of \(subjects)", elapsed: elapsed, digest: digest.text)
    }

    func json(_ record: ExplorationRecord) -> JSON { record.json("tandem sweep", figures, digest: digest.text) }
}

/// What an exploration hands to build servers and to programs.
struct ExplorationRecord {
    private(set) var cases: [ReportedCase] = []
    private var failures: [JSON] = []
    private var skipped: [JSON] = []

    mutating func add(_ reported: ReportedCase) { cases.append(reported) }

    mutating func add(_ failure: Failure, _ reproducer: SavedReproducer? = nil) {
        var json = JSONReport.json(failure.result).object ?? JSONObject()
        json.append("conditions", .array(failure.conditions.map(JSON.string)))
        json.append("replay", .string("tandem \(failure.replay)"))
        json.append(
            "reproducer",
            reproducer.map { saved -> JSON in
                [
                    "path": saved.path.map(JSON.string) ?? .null, "steps": JSON(saved.reproducer.steps),
                    "runs": JSON(saved.reproducer.runs),
                ]
            } ?? .null)
        failures.append(.object(json))
    }

    mutating func skip(_ title: String, _ reason: String) {
        cases.append(ReportedCase(suite: "skipped", name: title, skipped: reason))
        skipped.append(["name": .string(title), "reason": .string(reason)])
    }

    /// Nothing in it depends on the machine, but for how far a reproducer was shrunk in its time.
    func json(_ command: String, _ figures: Figures, digest: String) -> JSON {
        [
            "version": JSON(JSONReport.version), "command": .string(command),
            "summary": [
                "runs": JSON(figures.runs), "faults": JSON(figures.faults), "crashes": JSON(figures.crashes),
                "exchanges": JSON(figures.exchanges), "simulatedMilliseconds": JSON(Int(figures.simulated.milliseconds)),
                "invariantsChecked": JSON(figures.invariantsChecked), "failed": JSON(figures.violations),
                "digest": .string(digest),
            ],
            "failures": .array(failures), "skipped": .array(skipped),
        ]
    }
}

extension ItemResult {
    /// The first of its failures, if it has any.
    func reportedCase(_ suite: String, _ name: String) -> ReportedCase {
        guard let failure = failures.first else {
            return ReportedCase(suite: suite, name: name, outcome: "passed", time: figures.simulated)
        }
        return ReportedCase(
            failure.result, suite: suite, name: name, remarks: failure.conditions + ["replay: tandem \(failure.replay)"])
    }
}

/// How far an exploration is.
final class ExplorationProgress {
    private let line: ProgressLine
    private let startedAt = WallClock.time()

    init(terminal: Terminal) { line = ProgressLine(terminal: terminal) }

    var elapsed: Duration { WallClock.time() - startedAt }

    /// - Parameters:
    ///   - item: How many items are done.
    ///   - count: How many there are; `nil` when time decides.
    func show(_ figures: Figures, item: Int, of count: Int?) {
        line.show(
            "\(item)\(count.map { " of \($0)" } ?? "") · \(figures.runsPerSecond(in: elapsed)) runs/s · "
                + "\(figures.disturbances) · \(counted(figures.violations, "violation"))")
    }

    func clear() { line.clear() }
}

// MARK: Texts

extension Figures {
    /// One line: `12 cases in 3 s (4 per second) · 40 faults, 2 crashes · …`.
    func summary(of what: String, elapsed: Duration, digest: String) -> String {
        "\(what) in \(elapsed.forPeople) (\(runsPerSecond(in: elapsed)) per second) · \(disturbances) · "
            + "\(counted(exchanges, "exchange")) in \(simulated.forPeople) of simulated time · "
            + "\(counted(invariantsChecked, "invariant")) checked · \(counted(violations, "violation")) · digest \(digest)"
    }

    fileprivate var disturbances: String { "\(counted(faults, "fault")), \(crashes) \(crashes == 1 ? "crash" : "crashes")" }

    fileprivate func runsPerSecond(in elapsed: Duration) -> Int64 { Int64(runs) * 1000 / max(1, elapsed.milliseconds) }
}

extension Failure {
    var title: String { result.variant.isEmpty ? result.name : "\(result.name) [\(result.variant)]" }

    func text(_ details: [String], isBrief: Bool = false) -> String {
        let lines =
            [result.heading(title)] + (isBrief ? [] : conditions.map { "  \($0)" }) + details + ["  replay: tandem \(replay)"]
        return lines.joined(separator: "\n") + "\n"
    }
}

extension ScenarioResult {
    func heading(_ title: String) -> String { (outcome == .error ? "error      " : "failed     ") + title }
}
