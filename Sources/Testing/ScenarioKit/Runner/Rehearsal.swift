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

/// A run whose steps are decided while it goes on, and written down as a scenario that is then played to the same end.
///
/// Whoever decides sees what both systems hold at that moment, so that people do what can be done. What is written down is plain
/// data: the scenario knows nothing of how it was found.
package final class Rehearsal {
    private let world: World
    private let seed: UInt64
    /// In the order of the list; `nil` for a place whose step was not taken.
    private var steps: [Step?] = []
    /// The places of the faults that began and of the crashes that were planned, in the order in which they were.
    private var faults: [Int] = []
    private var crashes: [Int] = []
    /// How long after the start the last thing that was put off happens.
    package private(set) var latest = Duration.zero
    /// What ended the run before its time.
    private var failure: (any Error)?

    /// - Parameters:
    ///   - scenario: the world; its steps come from whoever decides.
    ///   - journal: an empty one in memory; `nil`: one is made.
    package init(_ scenario: Scenario, journal: Journal? = nil) throws {
        precondition(scenario.steps.isEmpty, "the steps of a rehearsal are decided while it goes on")
        var options = RunOptions()
        // Trouble that never struck is left out of what is written down, and is no failure here.
        options.demands = .theEnd
        world = try World(scenario, .plain, options, journal: journal)
        seed = scenario.seed
    }

    package var now: Moment { world.clock.now() }
    package var startedAt: Moment { world.plan.startedAt }
    package var shop: RackbeatFake { world.erpActor.fake }
    package var warehouse: OngoingFake { world.warehouseActor.fake }
    package var connections: [ConnectionSettings] { world.plan.connections }
    /// How often a fault has struck.
    package var faultsApplied: Int { world.network.faultsApplied }
    /// Two periods of the slowest job.
    package var twoRounds: Duration { world.twoPeriods }
    package var hasFailed: Bool { failure != nil }

    // MARK: Steps

    /// Takes a step now, and writes it down.
    ///
    /// - Returns: whether it could be taken. When it could not, nothing happened and nothing is written.
    @discardableResult
    package func take(_ word: String, _ argument: Value? = nil) -> Bool {
        let place = steps.count
        steps.append(nil)
        return fill(place, with: word, argument, at: nil)
    }

    /// Keeps a place in the list for what somebody will do so long after the start; `decide` is asked when the time has come.
    package func later(after duration: Duration, _ decide: @escaping () -> (word: String, argument: Value?)?) {
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
        if word == "engine.crash" { crashes.append(place) }
        // Written down before it is taken: when the engine ends the run in the middle of it, it belongs to the story.
        steps[place] = step
        do {
            try kind.run(world, step)
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

    /// Lets trouble end and the schedule run on, and judges what came of it.
    ///
    /// - Parameter settle: For how long at least; beyond that only while something waits to be tried again.
    /// - Returns: the scenario as it was played, with what is to be before a person in the end, and what came of it.
    package func conclude(settle: Duration, story: String) -> (scenario: Scenario, played: ScenarioRun) {
        var result = ScenarioResult(name: world.scenario.title, path: world.scenario.path, outcome: .passed, seed: seed)
        result.variant = ""
        var played = ScenarioRun(result: result)
        world.scenario = written(settle: settle, story: story, expectations: [])
        do {
            if let failure { throw failure }
            let took = try world.settle(forAtLeast: settle)
            let parked = try world.predict()
            world.scenario = written(settle: took, story: story, expectations: Prediction.expectations(parked))
            played.invariantResults = try Judge(scenario: world.scenario, world: world).judge(&played.result)
        } catch {
            Runner.note(error, &played.result)
        }
        world.account(to: &played)
        return (world.scenario, played)
    }

    /// What was taken; trouble that never struck is left out, since a scenario that plans it and does not meet it proves nothing.
    private func written(settle: Duration, story: String, expectations: [Scenario.Expectation]) -> Scenario {
        let idle = Set(world.idleFaults.map { faults[$0] } + world.network.crashes.unapplied.map { crashes[$0] })
        let taken = steps.enumerated().filter { !idle.contains($0.offset) }.compactMap(\.element)
        let scenario = world.scenario
        return Scenario(
            path: scenario.path, title: scenario.title, story: story, tags: scenario.tags, seed: seed, world: scenario.world,
            steps: taken, settle: settle, expectations: expectations, mutant: scenario.mutant)
    }
}
