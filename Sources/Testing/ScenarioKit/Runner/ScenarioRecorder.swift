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
    /// In the order of the list.
    private var slots: [Slot] = []
    /// Those of faults and crashes, in the order in which they were planned.
    private var faults: [Slot] = []
    private var crashes: [Slot] = []
    /// The step that is taken in its turn, while it lets time pass.
    private var running: Slot?
    /// How long after the start the last scheduled step happens.
    package private(set) var latest = Duration.zero
    /// The error that ended the run early.
    private var failure: (any Error)?

    /// A place in the list.
    private final class Slot {
        /// `nil` where the step was not taken.
        var step: Step?
    }

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
    /// The numbers of the parked records that people see, each once; none while the engine holds its journal for itself.
    package var parkedNumbers: [String] {
        guard !world.host.isInTransaction, let parked = try? world.host.journal.parked() else { return [] }
        return Set(parked.map(\.number)).sorted()
    }

    // MARK: Steps

    /// Takes a step now, and records it.
    ///
    /// - Returns: whether it could be taken. When it could not, nothing happened and nothing is recorded.
    @discardableResult
    package func take(_ word: String, _ argument: Value? = nil) -> Bool {
        let slot = Slot()
        slots.append(slot)
        let outer = running
        running = running ?? slot
        defer { running = outer }
        return fill(slot, with: word, argument, at: nil)
    }

    /// Reserves a place in the list for a step at that time after the start. `decide` is called when the time has come.
    ///
    /// What is scheduled while a step lets time pass stands before that step: the scenario takes it up before the time passes. Where
    /// something else is due at that time already, it happens a little later, since the scenario would take the two the other way round.
    package func schedule(after duration: Duration, _ decide: @escaping () -> (word: String, argument: Value?)?) {
        var duration = duration
        let slot = Slot()
        if let running, let place = slots.firstIndex(where: { $0 === running }) {
            slots.insert(slot, at: place)
            while world.clock.hasEvent(at: startedAt + duration) { duration += .milliseconds(1) }
        } else {
            slots.append(slot)
        }
        latest = max(latest, duration)
        let time = TimePoint.sinceStart(duration)
        world.clock.at(startedAt + duration) { [unowned self] in
            guard failure == nil, let (word, argument) = decide() else { return }
            fill(slot, with: word, argument, at: time)
        }
    }

    @discardableResult
    private func fill(_ slot: Slot, with word: String, _ argument: Value?, at time: TimePoint?) -> Bool {
        guard failure == nil, let kind = StepKind.named(word) else { return false }
        precondition(time == nil || kind.taker == .world, "'\(word)' happens in its turn, and a file gives it no time")
        let step = Step(kind: kind, argument: argument, time: time, place: .start)
        if word == "fault.begin" { faults.append(slot) }
        if word == "engine.crash" || word == "engine.pause" { crashes.append(slot) }
        // Recorded before it is taken: when the engine ends the run during the step, the scenario needs it.
        slot.step = step
        do {
            try world.perform(step)
            return true
        } catch is ActionError {
            slot.step = nil
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
        let idle = Set(
            (world.unappliedFaultIndices.map { faults[$0] } + world.network.crashes.unapplied.map { crashes[$0] })
                .map { ObjectIdentifier($0) })
        let taken = slots.filter { !idle.contains(ObjectIdentifier($0)) }.compactMap(\.step)
        let scenario = world.scenario
        return Scenario(
            path: scenario.path, title: scenario.title, summary: summary, tags: scenario.tags, seed: seed, world: scenario.world,
            steps: taken, settle: settle, expectations: expectations, mutant: scenario.mutant)
    }
}
