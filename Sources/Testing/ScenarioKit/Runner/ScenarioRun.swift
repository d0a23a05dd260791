package import Exchange
package import HTTPTypes
package import Invariants
package import Simulation
import StrictYAML
package import SyncEngine
package import Units

/// Everything that a run shows.
package struct ScenarioRun: Sendable {
    package var result: ScenarioResult
    /// The verdict of every invariant; empty when the run was not judged.
    package var invariantResults: [InvariantResult] = []
    package var trail = EventTrail()
    /// How many commits of the engine's journal were begun.
    package var commits = 0
    /// How many exchanges and commits there were before the faults ended and the schedule ran on.
    package var exchangesBeforeSettling = 0
    package var commitsBeforeSettling = 0
    /// The numbers of commits that a crash rolled back.
    package var commitsRolledBack: Set<Int> = []
    /// How many injected faults were applied, and how often the engine crashed for any reason.
    package var injectedFaultsApplied = 0
    /// How often an injected fault took the place of one of the scenario's own.
    package var faultsDisplaced = 0
    /// How often a fault was applied, the scenario's own included.
    package var faults = 0
    /// How often each fault of the scenario was applied, in its order; empty when the faults were ended.
    package var ownFaultsApplied: [Int] = []
    package var crashes: [SimulatedCrash] = []
    /// The engine's exchanges in order of sending; empty unless the options ask for them.
    package var exchanges: [Exchange] = []
    /// The exchanges that were not sent because the engine crashed before them.
    package var unsent: [CrashPoints.Unsent] = []
    /// The coverage marks that the run reached.
    package var reached = Coverage()
    /// What the clock showed at the end.
    package var endedAt = Moment(milliseconds: 0)
    /// The places in the scenario's list, from 0, of steps that could not be taken.
    package var skippedSteps: [Int] = []
    /// Until when, since the start, the schedule ran before a step was taken, by the step's place.
    package var waits: [Int: Duration] = [:]
    /// When, since the start, a step was taken that could not be taken at its own time, by its place.
    package var late: [Int: Duration] = [:]
    /// For how long the schedule ran after the faults had ended.
    package var settled = Duration.zero
    /// The records that must be parked, as a scenario expects them; empty unless the options ask for a prediction.
    package var prediction: [Scenario.Expectation] = []

    package struct Exchange: Sendable {
        package let number: Int
        package let system: System
        package let connection: String
        package let method: HTTPRequest.Method
        /// Behind the base path, without the query.
        package let path: String
        package let request: Request
        /// When it began, since the start.
        package let startedAt: Duration
        /// Whether the server carried it out while the engine waited.
        package let wasServed: Bool
        /// Whether a fault was applied to it.
        package let hadFault: Bool
    }
}

extension Runner {
    /// Runs one variant once. Runs share nothing, so each may have a thread of its own.
    ///
    /// - Parameter journal: An empty one in memory, to be used instead of one that is made for this run.
    package static func run(
        _ scenario: Scenario, _ variant: Scenario.Variant, _ options: RunOptions = RunOptions(), journal: Journal? = nil
    ) -> ScenarioRun {
        var result = ScenarioResult(
            name: scenario.title, path: scenario.path, outcome: .passed, seed: options.seed ?? scenario.seed)
        result.variant = variant.name ?? ""
        var run = ScenarioRun(result: result)
        do {
            let world = try World(scenario, variant, options, journal: journal)
            do {
                try world.run()
                if options.predictsParked { run.prediction = Prediction.expectations(try world.predict()) }
                run.invariantResults = try Judge(scenario: scenario, world: world).judge(&run.result)
                try options.atEnd?(world)
            } catch let impossible as StepProblem {
                // What was wrong by then tells more than the step itself.
                run.invariantResults = try Judge(scenario: scenario, world: world, isStopped: true).judge(&run.result)
                run.result.stop(at: impossible.problem)
            } catch {
                record(error, &run.result)
            }
            world.summarize(into: &run)
            if let entry = options.baselines?.entry(of: scenario.path, variant: run.result.variant) {
                run.result.compare(try world.course(), with: entry, judges: options.judgesByBaseline)
            }
            world.addTrace(to: &run.result)
        } catch {
            record(error, &run.result)
        }
        return run
    }

    static func record(_ error: any Error, _ result: inout ScenarioResult) {
        result.outcome = .error
        if let problem = error as? Problem {
            result.problem = problem.text
            result.line = problem.place.line
            result.column = problem.place.column
        } else {
            result.problem = "the engine stopped: \(error)"
            result.errorType = "\(type(of: error))"
        }
    }
}

extension ScenarioResult {
    /// A step could not be taken, and the steps behind it were not taken either.
    fileprivate mutating func stop(at step: Problem) {
        // What was to catch a mutant may be due to the steps that are missing.
        outcome = outcome == .caught || outcome == .missed ? .missed : .failed
        problem = step.text
        line = step.place.line
        column = step.place.column
    }
}

extension ScenarioResult {
    fileprivate mutating func compare(_ course: Course, with entry: Baselines.Entry, judges: Bool) {
        baseline = ComparedCourse(entry: entry, now: course)
        guard judges, outcome.isGood, let earlier = entry.course else { return }
        let differences = course.differences(from: earlier)
        guard !differences.isEmpty else { return }
        problem =
            "nothing is violated, but the run is not what it was when its baseline was accepted: "
            + differences.joined(separator: ", ")
        outcome = .changed
    }
}

extension World {
    /// Writes how the run went, whether it completed or not.
    func summarize(into run: inout ScenarioRun) {
        run.result.simulated = clock.now() - plan.startedAt
        run.result.exchanges = network.journal.count
        run.result.digest = network.trail.text
        run.trail = network.trail
        run.commits = network.crashes.commits
        run.exchangesBeforeSettling = beforeSettling?.exchanges ?? network.journal.count
        run.commitsBeforeSettling = beforeSettling?.commits ?? network.crashes.commits
        run.commitsRolledBack = network.crashes.rolledBack
        run.injectedFaultsApplied = network.injectedFaultsApplied
        run.faultsDisplaced = network.faultsDisplaced
        run.faults = network.faultsApplied
        run.ownFaultsApplied = network.plannedFaults.map(\.applied)
        run.crashes = network.crashes.crashes
        run.unsent = network.crashes.unsent
        run.reached = coverage
        run.endedAt = clock.now()
        run.skippedSteps = skippedSteps
        run.waits = waits
        run.late = late
        run.settled = settled
        guard runOptions.listsExchanges else { return }
        // A second delivery has the number of the first.
        var numbers: Set<Int> = []
        let sent = network.journal.entries.filter { numbers.insert($0.number).inserted }.sorted { $0.number < $1.number }
        run.exchanges = sent.map { exchange in
            ScenarioRun.Exchange(
                number: exchange.number, system: exchange.system, connection: exchange.connection,
                method: exchange.request.method,
                path: String(exchange.request.path(behind: BasePaths()[exchange.system])), request: exchange.request,
                startedAt: exchange.startedAt - plan.startedAt,
                wasServed: exchange.served != nil && exchange.faultKind != .lateEffect, hadFault: exchange.faultKind != nil)
        }
    }
}
