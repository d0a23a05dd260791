import Contract
import Exchange
import FakeKit
import HTTPTypes
import Invariants
import Mutants
import OngoingFake
import RackbeatFake
import Simulation
import StrictYAML
import SyncCore
import SyncEngine
import Trade
import Units

/// Everything that one run consists of: both fakes with their actors, the network, simulated time, the engine's process, the action
/// log, and the observer that checks each exchange.
package final class World {
    /// A recorder writes it during the run.
    package var scenario: Scenario
    let runOptions: RunOptions
    let plan: WorldPlan
    let network: SimulatedNetwork
    let erpActor: ERPActor
    let warehouseActor: WarehouseActor
    let actions: ActionRecorder
    let host: EngineHost
    let recorder: TraceRecorder
    /// `nil` unless the options ask for it.
    let history: StateHistory?
    private let observer = Observer()
    /// Violations of the contracts, up to ``breachLimit``.
    private(set) var breaches: [ContractBreach] = []
    /// How many are kept; `nil`: all.
    var breachLimit: Int?
    let basePaths = BasePaths()

    /// Planned crashes and faults, to know at the end whether they were applied.
    var plannedCrashes: [(plan: Int, place: Place)] = []
    var plannedFaults: [(fault: Fault, place: Place)] = []
    /// How many of them the file begins with; steps begin the others.
    var faultsOfFile = 0
    /// Steps that are not due yet.
    var waiting: [Int: Step] = [:]
    /// The problem of a step that failed while the engine was running.
    var failedStep: StepProblem?
    /// Steps that could not be taken, by their places in the list.
    var skippedSteps: [Int] = []
    /// Until when, since the start, the schedule ran before a step was taken: the actors waited for the engine.
    var waits: [Int: Duration] = [:]
    /// When, since the start, a step was taken that could not be taken at its own time.
    var late: [Int: Duration] = [:]
    /// What is judged, once the parked records were predicted.
    var prediction: Evidence?
    /// For how long the schedule ran after the faults ended. A job that began in time may have ended later.
    var settled = Duration.zero
    /// When the faults ended, and how many exchanges and commits there were; `nil` before that.
    var beforeSettling: (exchanges: Int, commits: Int, moment: Moment)?

    var clock: VirtualClock { network.clock }

    init(
        _ scenario: Scenario, _ variant: Scenario.Variant, _ options: RunOptions = RunOptions(), journal: Journal? = nil
    ) throws {
        self.scenario = scenario
        runOptions = options
        plan = WorldPlan(scenario, variant, options)
        let chance = Chance(seed: options.seed ?? scenario.seed)
        let clock = VirtualClock(startingAt: plan.startedAt)
        network = SimulatedNetwork(clock: clock, chance: chance)
        network.timeScale = options.timeScale
        let real = options.network?()
        for system in System.allCases { try network.open(system, on: real) }
        if let latency = plan.latency {
            for system in System.allCases { network.latency[system] = latency...latency }
        }
        network.clockSkew = plan.clockSkew
        let actions = ActionRecorder(clock: { clock.now() })
        self.actions = actions

        let rackbeat = RackbeatFake(
            profile: plan.fakeProfiles[.rackbeat]!, basePath: basePaths.rackbeat, token: options.credentials.token,
            clock: { [network] in network.time(at: .rackbeat) })
        let ongoing = OngoingFake(
            profile: plan.fakeProfiles[.ongoing]!, basePath: basePaths.ongoing,
            clock: { [network] in network.time(at: .ongoing) })
        erpActor = ERPActor(fake: rackbeat, actions: actions, defaultLocation: plan.defaultLocation)
        warehouseActor = WarehouseActor(
            fake: ongoing, user: options.credentials.user, actions: actions,
            goodsOwners: plan.connections.map { ($0.name, $0.goodsOwner) })
        let recorder = TraceRecorder(network: network)
        self.recorder = recorder
        history = options.trace == .whole ? StateHistory() : nil
        host = try EngineHost(
            plan: plan, network: network, chance: chance, servers: [.rackbeat: rackbeat, .ongoing: ongoing],
            options: options, mutants: scenario.mutant.flatMap { Mutant.named($0.text) }.map { [$0] } ?? options.mutants,
            journal: try journal ?? .inMemory(), use: EngineUseRecorder(), note: { recorder.note($0) })

        network.observe = { [unowned self] in observe($0) }
        actions.whenRecorded = { [unowned self] in lookAfter($0) }
        network.trail.keepsWords = options.keepsWords
        for injectedFault in options.injectedFaults { network.add(injectedFault) }
        do { try seedFakes() } catch let refused as RefusedSeed {
            throw problem(refused.place, "the world cannot be set up: \(refused.reason)")
        }
        lookAtDocuments()
        for fault in scenario.faults + (variant.changes?["faults"]?.list ?? []) { try beginFault(fault, at: fault.place) }
        faultsOfFile = plannedFaults.count
    }

    private func seedFakes() throws {
        try erpActor.fake.seedAccount(with: plan.world, stockAt: plan.defaultLocation)
        for owner in plan.goodsOwners { warehouseActor.fake.addGoodsOwner(id: owner, name: "Goods owner \(owner)") }
        warehouseActor.fake.addUser(
            name: runOptions.credentials.user, password: runOptions.credentials.password, goodsOwners: plan.goodsOwners)
        let seeds = Dictionary(
            (plan.world?["products"]?.list ?? []).map { ($0.required("number").text, $0) }, uniquingKeysWith: { $1 })
        for product in erpActor.fake.products {
            for (index, connection) in plan.connections.enumerated() {
                let inShop = locations(of: connection).reduce(ExactDecimal.zero) {
                    $0 + erpActor.fake.stockOnHand(product.number, at: Int($1.text)!)
                }
                let seed = seeds[product.number]
                let stock = index == 0 ? seed?["stock-in-ongoing"]?.decimal ?? inShop : inShop
                guard !stock.isZero else { continue }
                func open() throws {
                    guard !stock.isNegative else {
                        throw ActionError("Cannot open the warehouse's stock with \(stock): it never holds less than nothing.")
                    }
                    warehouseActor.fake.openStock(
                        goodsOwner: connection.goodsOwner, article: WarehouseActor.article(product.number), quantity: stock)
                }
                // What no list of products has is generated, all of it in one place.
                if let place = seed ?? plan.world?["generate"] { try place.seeding(open) } else { try open() }
            }
        }
    }

    /// The connection's location, and where children count, what lies inside it.
    private func locations(of connection: ConnectionSettings) -> Set<LocationNumber> {
        guard plan.profiles[.rackbeat]!["location_match"] == "children" else { return [connection.location] }
        let parents = erpActor.fake.locations.compactMap { location in
            location.parent.map { (LocationNumber(String(location.number)), LocationNumber(String($0))) }
        }
        return LocationTree.inside(
            connection.location, parents: Dictionary(uniqueKeysWithValues: parents),
            except: Set(plan.connections.map(\.location)).subtracting([connection.location]))
    }

    private func observe(_ exchange: Exchanged) {
        if exchange.request.method != .get, exchange.served != nil { lookAtDocuments() }
        host.use.record(exchange, at: clock.now())
        checkContract(exchange)
    }

    /// - Parameter excused: Words of a violation that is meant to be there.
    /// - Returns: Whether there was such a one.
    @discardableResult
    func checkContract(_ exchange: Exchanged, except excused: String? = nil) -> Bool {
        var wasExcused = false
        for violation in observer.violations(in: exchange, basePath: basePaths[exchange.system]) {
            if let excused, "\(violation)".contains(excused) {
                wasExcused = true
                continue
            }
            if let breachLimit, breaches.count >= breachLimit { return wasExcused }
            breaches.append(
                ContractBreach(exchange: exchange.number, operation: violation.operation, sentence: "\(violation)"))
        }
        return wasExcused
    }

    // MARK: Steps for the trace

    /// Carries a step out, and notes it.
    func perform(_ step: Step) throws {
        noteChange(by: step)
        var mark = TraceRecorder.StepMark(step: step)
        let (actions, rackbeat, ongoing) = (self.actions.log.entries.count, erpActor.fake.ledger.entries.count, ongoingMovements)
        let place = recorder.begin(step)
        do { try step.kind.run(self, step) } catch {
            if runOptions.steps != .asWritten { recorder.withdraw(place) }
            throw error
        }
        noteChange(by: step, since: actions)
        mark.wasTaken = true
        if step.kind.taker == .world {
            mark.actions = actions..<self.actions.log.entries.count
            mark.rackbeatMovements = rackbeat..<erpActor.fake.ledger.entries.count
            mark.ongoingMovements = ongoing..<ongoingMovements
        }
        recorder.end(mark, at: place)
        lookAtDocuments()
    }

    private var ongoingMovements: Int { warehouseActor.fake.ledger.entries.count }

    private func lookAtDocuments() {
        history?.look(
            at: erpActor.fake, warehouseActor.fake, goodsOwners: plan.goodsOwners, after: clock.now() - plan.startedAt)
    }

    // MARK: The engine

    func syncOnce() throws { try round { try host.run { try $0.syncOnce() } } }

    func run(job value: Value) throws {
        try round(of: (value.job, connection(of: value))) {
            try host.run { try $0.run(value.job, of: connection(of: value)) }
        }
    }

    func nudge(job value: Value) throws {
        lookAfterNudge(of: value.job, of: connection(of: value))
        try host.nudge(value.job, of: connection(of: value))
    }

    func reconcile() throws { try round(of: (.reconcile, nil)) { try host.reconcile() } }

    func loseJournal() throws { try host.loseJournal() }

    func backUpJournal() throws { try host.backUpJournal() }

    func restoreJournal() throws { try host.restoreJournal() }

    func syncSecondEngine() throws { try host.runSecond { try $0.syncOnce() } }

    func restartEngine() throws { host.stop() }

    func setClock(of whose: String, by change: Duration) {
        host.use.changed(at: clock.now())
        if let system = System(rawValue: whose) {
            network.clockSkew[system, default: .zero] += change
        } else {
            host.clock.set(by: change)
        }
    }

    func switchSettings(_ value: Value) throws {
        try host.change(value["connection"]?.text) { EngineSettings.apply(value, to: &$0) }
    }

    func retry(_ value: Value?) throws {
        try host.besideTheEngine { journal, now in
            _ = try journal.retry(value.map { try parked($0, in: journal) }, at: now)
        }
    }

    func dismiss(_ value: Value) throws {
        try host.besideTheEngine { journal, now in
            for id in try parked(value, in: journal) {
                _ = try journal.dismiss(id, why: value["why"]?.text ?? "settled by hand", at: now)
            }
        }
    }

    private func parked(_ value: Value, in journal: Journal) throws -> [Int64] {
        let subject = value.required("subject").recordNumber
        let ids = try journal.parked().filter { $0.number == subject }.map(\.id)
        guard !ids.isEmpty else { throw ActionError("no parked record has the number '\(subject)'.") }
        return ids
    }

    private func connection(of value: Value) -> String { value["connection"]?.text ?? plan.connections[0].name }
}

extension Value {
    fileprivate var job: Job { Job(rawValue: required("job").text)! }
}
