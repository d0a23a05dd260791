import ScenarioKit
import Simulation

/// The day of work under one condition: an alternative of an assumption, or an outage.
struct DisturbedDay {
    var path: String
    var title: String
    var options: RunOptions
    var scenario: () throws -> Scenario
    /// Judges what the invariants do not.
    var judge: (inout ScenarioRun) -> Void = { _ in }
    var failure: (Scenario, ScenarioResult) -> Failure

    /// Runs it.
    ///
    /// - Parameter checksDeterminism: Whether it runs a second time, which must give the same.
    func run(_ journals: JournalPool, checksDeterminism: Bool) -> ItemResult {
        var item = ItemResult()
        let scenario: Scenario
        do { scenario = try self.scenario() } catch {
            let empty = Scenario(path: path, title: title, steps: [])
            var result = ScenarioResult(name: title, path: path, outcome: .error, seed: 1)
            result.problem = "\(error)"
            item.add(failure(empty, result))
            return item
        }
        var run = journals.lend { Runner.run(scenario, .plain, options, journal: $0) }
        judge(&run)
        item.add(run)
        if !run.result.outcome.isGood { item.add(failure(scenario, run.result)) }
        if checksDeterminism, let difference = Determinism.difference(scenario, .plain, options, from: run) {
            var result = run.result
            result.outcome = .error
            result.problem = difference
            item.add(failure(scenario, result))
        }
        return item
    }
}
