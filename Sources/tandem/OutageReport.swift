import Exploration
import JSON
import Reports
import ScenarioKit
import Simulation
import Units

/// The results of `tandem sweep --outages`.
struct OutageReport {
    private(set) var figures = Figures()
    private(set) var status = ExitReason.allHeld
    private var digest = EventDigest()
    private let matrix: OutageMatrix
    private let duration: Duration
    private var results: [(cell: OutageMatrix.Cell, item: ItemResult)] = []

    init(_ matrix: OutageMatrix, duration: Duration) {
        self.matrix = matrix
        self.duration = duration
        for run in matrix.undisturbed where !run.result.outcome.isGood { note(run.result) }
    }

    mutating func add(_ item: ItemResult, of number: Int) {
        figures += item.figures
        digest.add(Int64(bitPattern: item.digest))
        results.append((matrix.cells[number], item))
        for failure in item.failures { note(failure.result) }
    }

    private mutating func note(_ result: ScenarioResult) {
        if result.outcome == .error, result.line == nil {
            status = .defect
        } else if status == .allHeld {
            status = .violation
        }
    }

    private var failed: Int { results.count { !$0.item.failures.isEmpty } }

    /// The days without an outage.
    var head: String {
        let days = matrix.undisturbed.map { run in
            guard run.result.outcome.isGood else {
                return ([run.result.heading("the day without an outage")] + run.result.linesOfFailure).joined(separator: "\n")
                    + "\n"
            }
            return "undisturbed  \(counted(run.result.exchanges, "exchange")) in \(run.result.simulated.forPeople)\n"
        }
        return days.joined()
            + matrix.leftOut.map { "left out     \($0.name): \(OutageMatrix.reason(for: $0))\n" }.joined()
    }

    /// Empty for a run in which everything holds.
    func text(of item: ItemResult) -> String {
        item.failures.map { "\n" + $0.text($0.result.linesOfFailure) }.joined()
    }

    func foot(elapsed: Duration) -> String { (failed > 0 ? "\n" : "") + dearest + summary(elapsed: elapsed) + "\n" }

    func summary(elapsed: Duration) -> String {
        let counts =
            "\(counted(results.count, "outage")) of \(duration.forPeople), \(counted(matrix.operations, "operation")), \(failed) failed"
        return figures.summary(of: counts, elapsed: elapsed, digest: digest.text)
    }

    /// The run that made the most exchanges, of those that it might make.
    private var dearest: String {
        func share(_ result: (cell: OutageMatrix.Cell, item: ItemResult)) -> Int {
            result.item.figures.exchanges * 1000 / result.cell.mostExchanges
        }
        guard let most = results.max(by: { share($0) < share($1) }) else { return "" }
        return
            "most exchanges  \(most.cell.outage.name): \(most.item.figures.exchanges), fewer than \(most.cell.mostExchanges) are "
            + "allowed\n"
    }

    /// Nothing in it depends on the machine.
    var json: JSON {
        let outages = results.map { cell, item -> JSON in
            [
                "name": .string(cell.outage.name), "operation": .string(cell.outage.operation.match),
                "fault": .string(cell.outage.kind.rawValue), "from": .string(cell.from.written),
                "until": .string(cell.until.written),
                "outcome": .string(item.failures.isEmpty ? "passed" : "failed"), "exchanges": JSON(item.figures.exchanges),
                "fewerThan": JSON(cell.mostExchanges),
                "failures": .array(item.failures.flatMap { $0.result.linesOfFailure.map(JSON.string) }),
            ]
        }
        return [
            "version": JSON(JSONReport.version), "command": "tandem sweep --outages",
            "summary": [
                "run": JSON(results.count), "operations": JSON(matrix.operations), "failed": JSON(failed),
                "undisturbed": .array(matrix.undisturbed.map { JSON($0.result.exchanges) }), "exchanges": JSON(figures.exchanges),
            ],
            "outages": .array(outages),
        ]
    }

    var cases: [ReportedCase] {
        matrix.undisturbed.map { ReportedCase($0.result, suite: "outages", name: "the day without an outage") }
            + matrix.leftOut.map { ReportedCase(suite: "outages", name: $0.name, skipped: OutageMatrix.reason(for: $0)) }
            + results.map { $1.reportedCase("outages", $0.outage.name) }
    }
}
