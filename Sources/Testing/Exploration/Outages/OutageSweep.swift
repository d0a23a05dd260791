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
        var item = ItemResult()
        let options = OutageMatrix.options(duration)
        let scenario: Scenario
        do {
            scenario = try WorkingDay.scenario(cell)
        } catch {
            let empty = Scenario(path: cell.path, title: cell.outage.name, steps: [])
            var result = ScenarioResult(name: empty.title, path: empty.path, outcome: .error, seed: 1)
            result.problem = "\(error)"
            item.add(failure(cell, empty, options, result))
            return item
        }
        var run = journals.lend { Runner.run(scenario, .plain, options, journal: $0) }
        judge(&run, cell)
        item.add(run)
        if !run.result.outcome.isGood { item.add(failure(cell, scenario, options, run.result)) }
        if checksDeterminism, let difference = Determinism.difference(scenario, .plain, options, from: run) {
            var result = run.result
            result.outcome = .error
            result.problem = difference
            item.add(failure(cell, scenario, options, result))
        }
        return item
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
