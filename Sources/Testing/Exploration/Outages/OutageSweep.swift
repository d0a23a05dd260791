import ScenarioKit
import Simulation
import Units

/// Runs a day of work with a fault that stands on one operation for hours. Afterwards every invariant must hold, only what a person
/// has to settle may be parked, and the engine may not have asked much more often than on the undisturbed day.
package struct OutageSweep: Batch {
    private let cells: [OutageMatrix.Cell]
    private let duration: Duration
    private let checksDeterminism: Bool
    private let journals = JournalPool()

    package init(_ matrix: OutageMatrix, duration: Duration, checksDeterminism: Bool = false) {
        self.init(matrix.cells, duration: duration, checksDeterminism: checksDeterminism)
    }

    init(_ cells: [OutageMatrix.Cell], duration: Duration, checksDeterminism: Bool = false) {
        self.cells = cells
        self.duration = duration
        self.checksDeterminism = checksDeterminism
    }

    package var count: Int? { cells.count }

    package func run(_ number: Int) -> ItemResult {
        let cell = cells[number]
        let options = OutageMatrix.options(duration)
        return DisturbedDay(
            path: cell.path, title: cell.outage.name, options: options, scenario: { try WorkingDay.scenario(cell) },
            judge: { self.judge(&$0, cell) }, failure: { self.failure(cell, $0, options, $1) }
        ).run(journals, checksDeterminism: checksDeterminism)
    }

    /// Adds what no scenario expects: that the fault happened, and how often the engine asked.
    private func judge(_ run: inout ScenarioRun, _ cell: OutageMatrix.Cell) {
        guard run.result.outcome != .error else { return }
        // The outage's fault comes before those of the day.
        if run.ownFaultsApplied.first ?? 0 == 0 {
            run.result.outcome = .error
            run.result.problem = "No fault was applied: the run did not repeat the undisturbed run up to that point."
        } else if run.result.exchanges >= cell.mostExchanges {
            run.result.outcome = .failed
            run.result.failedExpectations.append(
                FailedExpectation(
                    expectation: "exchanges", line: 1, expected: "fewer than \(cell.mostExchanges)",
                    found: "\(run.result.exchanges)"))
        }
    }

    private func failure(
        _ cell: OutageMatrix.Cell, _ scenario: Scenario, _ options: RunOptions, _ result: ScenarioResult
    ) -> Failure {
        let length = duration == OutageMatrix.defaultDuration ? "" : " --duration \(duration.written)"
        return Failure(
            result: result, scenario: scenario, variant: .plain, options: options,
            conditions: ["from \(cell.from.forPeople) to \(cell.until.forPeople): \(cell.outage.title)"],
            replay: "sweep --outages \(cell.outage.name.quotedForShell)\(length)")
    }
}
