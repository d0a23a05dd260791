package import Exchange
package import HTTPTypes
package import Invariants
package import Simulation
import StrictYAML
package import SyncEngine
package import Units

/// Everything that came of one run.
package struct ScenarioRun: Sendable {
    package var result: ScenarioResult
    /// What every rule said; empty when the run came to no judgement.
    package var invariantResults: [InvariantResult] = []
    package var trail = EventTrail()
    /// How many commits of the engine's journal were begun.
    package var commits = 0
    /// How many exchanges and commits there were before trouble ended and the schedule ran on.
    package var exchangesUnderWay = 0
    package var commitsUnderWay = 0
    /// The numbers of commits that a crash of the scenario's rolled back.
    package var commitsRolledBack: Set<Int> = []
    /// How many blows aimed by number have struck, and crashes of any origin.
    package var injectedFaultsApplied = 0
    /// How often a blow took the place of one of the scenario's own faults.
    package var faultsDisplaced = 0
    /// How often a fault has struck, the scenario's own included.
    package var faults = 0
    package var crashes: [SimulatedCrash] = []
    /// The engine's exchanges in order of sending; empty unless the manner lists them.
    package var exchanges: [Exchange] = []
    /// The exchanges that were not sent because the engine crashed before them.
    package var unsent: [CrashPoints.Unsent] = []
    /// The coverage marks that the run reached.
    package var reached = Coverage()
    /// What the clock showed at the end.
    package var endedAt = Moment(milliseconds: 0)
    /// The places in the scenario's list, from 0, of steps that could not be taken and were left.
    package var stepsLeft: [Int] = []
    /// Until when, counted from the start, the schedule ran on before a step was taken, by the step's place.
    package var waits: [Int: Duration] = [:]
    /// When, counted from the start, a step with a time of its own was taken that could not be taken then, by its place.
    package var late: [Int: Duration] = [:]
    /// For how long the schedule was to run on after trouble had ended.
    package var settled = Duration.zero
    /// What is to end before a person, as a scenario expects it; empty unless the manner foresees it.
    package var prediction: [Scenario.Expectation] = []

    package struct Exchange: Sendable {
        package let number: Int
        package let system: System
        package let connection: String
        package let method: HTTPRequest.Method
        /// Behind the base path, without the query.
        package let path: String
        /// What was sent, for what depends on it.
        package let request: Request
        /// Whether the server saw it while the engine waited.
        package let wasServed: Bool
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
        var played = ScenarioRun(result: result)
        do {
            let world = try World(scenario, variant, options, journal: journal)
            do {
                try world.play()
                if options.predictsParked { played.prediction = Prediction.expectations(try world.predict()) }
                played.invariantResults = try Judge(scenario: scenario, world: world).judge(&played.result)
            } catch {
                note(error, &played.result)
            }
            world.account(to: &played)
        } catch {
            note(error, &played.result)
        }
        return played
    }

    static func note(_ error: any Error, _ result: inout ScenarioResult) {
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

extension World {
    /// Writes down how the run went, whether it came to its end or not.
    func account(to played: inout ScenarioRun) {
        played.result.simulated = clock.now() - plan.startedAt
        played.result.exchanges = network.journal.count
        played.result.digest = network.trail.text
        played.trail = network.trail
        played.commits = network.crashes.commits
        played.exchangesUnderWay = underWay?.exchanges ?? network.journal.count
        played.commitsUnderWay = underWay?.commits ?? network.crashes.commits
        played.commitsRolledBack = network.crashes.rolledBack
        played.injectedFaultsApplied = network.injectedFaultsApplied
        played.faultsDisplaced = network.faultsDisplaced
        played.faults = network.faultsApplied
        played.crashes = network.crashes.crashes
        played.unsent = network.crashes.unsent
        played.reached = coverage
        played.endedAt = clock.now()
        played.stepsLeft = stepsLeft
        played.waits = waits
        played.late = late
        played.settled = settled
        guard runOptions.listsExchanges else { return }
        // A second delivery has the number of the first.
        var numbers: Set<Int> = []
        let sent = network.journal.entries.filter { numbers.insert($0.number).inserted }.sorted { $0.number < $1.number }
        played.exchanges = sent.map { exchange in
            ScenarioRun.Exchange(
                number: exchange.number, system: exchange.system, connection: exchange.connection,
                method: exchange.request.method,
                path: String(exchange.request.path(behind: BasePaths()[exchange.system])), request: exchange.request,
                wasServed: exchange.served != nil && exchange.faultKind != .lateEffect)
        }
    }
}
