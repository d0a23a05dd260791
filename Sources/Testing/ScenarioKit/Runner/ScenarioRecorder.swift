import Exchange
import FakeKit
import Invariants
package import OngoingFake
package import RackbeatFake
import Simulation
package import StrictYAML
package import SyncCore
package import SyncEngine
package import Units

/// A run whose steps are chosen one by one and recorded as a scenario, which then runs to the same end.
///
/// The caller sees what both systems hold and chooses steps that can be taken. The recorded scenario is plain data: it does not
/// depend on how it was found.
package final class ScenarioRecorder {
    private let world: World
    private let seed: UInt64
    /// In the order of the list; `nil` for a step that was not taken.
    private var steps: [Step?] = []
    /// The places of faults and crashes, in the order in which they were planned.
    private var faults: [Int] = []
    private var crashes: [Int] = []
    /// How long after the start the last scheduled step happens.
    package private(set) var latest = Duration.zero
    /// The error that ended the run early.
    private var failure: (any Error)?

    /// - Parameters:
    ///   - scenario: The world. It has no steps yet.
    ///   - journal: An empty one in memory; `nil`: one is made.
    ///   - atEnd: Gets the world after it was judged.
    package init(
        _ scenario: Scenario, journal: Journal? = nil, atEnd: (@Sendable (World) throws -> Void)? = nil
    ) throws {
        precondition(scenario.steps.isEmpty, "a recorder starts from a scenario without steps")
        var options = RunOptions()
        // A fault that was never applied is left out of the scenario, and is no failure here.
        options.demands = .endState
        options.atEnd = atEnd
        world = try World(scenario, .plain, options, journal: journal)
        seed = scenario.seed
    }

    package var now: Moment { world.clock.now() }
    package var startedAt: Moment { world.plan.startedAt }
    package var rackbeat: RackbeatFake { world.erpActor.fake }
    package var ongoing: OngoingFake { world.warehouseActor.fake }
    package var connections: [ConnectionSettings] { world.plan.connections }
    /// How often a fault was applied.
    package var faultsApplied: Int { world.network.faultsApplied }
    /// Two periods of the slowest job.
    package var twoRounds: Duration { world.twoPeriods }
    package var hasFailed: Bool { failure != nil }

    // MARK: Steps

    /// Takes a step now, and records it.
    ///
    /// - Returns: whether it could be taken. When it could not, nothing happened and nothing is recorded.
    @discardableResult
    package func take(_ word: String, _ argument: Value? = nil) -> Bool {
        let place = steps.count
        steps.append(nil)
        return fill(place, with: word, argument, at: nil)
    }

    /// Reserves a place in the list for a step at that time after the start. `decide` is called when the time has come.
    package func schedule(after duration: Duration, _ decide: @escaping () -> (word: String, argument: Value?)?) {
        latest = max(latest, duration)
        let place = steps.count
        steps.append(nil)
        world.clock.at(startedAt + duration) { [unowned self] in
            guard failure == nil, let (word, argument) = decide() else { return }
            fill(place, with: word, argument, at: .sinceStart(duration))
        }
    }

    @discardableResult
    private func fill(_ place: Int, with word: String, _ argument: Value?, at time: TimePoint?) -> Bool {
        guard failure == nil, let kind = StepKind.named(word) else { return false }
        let step = Step(kind: kind, argument: argument, time: time, place: .start)
        if word == "fault.begin" { faults.append(place) }
        if word == "engine.crash" || word == "engine.pause" { crashes.append(place) }
        // Recorded before it is taken: when the engine ends the run during the step, the scenario needs it.
        steps[place] = step
        do {
            try world.perform(step)
            return true
        } catch is ActionError {
            steps[place] = nil
            return false
        } catch {
            failure = error
            return false
        }
    }

    // MARK: The end

    /// Ends all faults, lets the schedule run on, and judges the end state.
    ///
    /// - Parameter settle: The minimum. Beyond it only while something is left to retry.
    /// - Returns: the scenario as it ran, with the records that must be parked, and the run.
    package func conclude(settle: Duration, summary: String) -> (scenario: Scenario, run: ScenarioRun) {
        var result = ScenarioResult(name: world.scenario.title, path: world.scenario.path, outcome: .passed, seed: seed)
        result.variant = ""
        var run = ScenarioRun(result: result)
        world.scenario = written(settle: settle, summary: summary, expectations: [])
        do {
            if let failure { throw failure }
            let took = try world.settle(forAtLeast: settle)
            let parked = try world.predict()
            world.scenario = written(settle: took, summary: summary, expectations: Prediction.expectations(parked))
            run.invariantResults = try Judge(scenario: world.scenario, world: world).judge(&run.result)
            try world.runOptions.atEnd?(world)
        } catch {
            Runner.record(error, &run.result)
        }
        world.summarize(into: &run)
        return (world.scenario, run)
    }

    /// The steps that were taken, without faults that were never applied: a scenario with such a fault proves nothing.
    private func written(settle: Duration, summary: String, expectations: [Scenario.Expectation]) -> Scenario {
        let idle = Set(world.unappliedFaultIndices.map { faults[$0] } + world.network.crashes.unapplied.map { crashes[$0] })
        let taken = steps.enumerated().filter { !idle.contains($0.offset) }.compactMap(\.element)
        let scenario = world.scenario
        return Scenario(
            path: scenario.path, title: scenario.title, summary: summary, tags: scenario.tags, seed: seed, world: scenario.world,
            steps: taken, settle: settle, expectations: expectations, mutant: scenario.mutant)
    }
}
