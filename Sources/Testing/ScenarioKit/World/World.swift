import Contract
import Exchange
import FakeKit
package import Invariants
import Mutants
import OngoingFake
import RackbeatFake
import Simulation
import StrictYAML
import SyncCore
import SyncEngine
import Trade
import Units

/// Everything one run consists of: both fakes with the people who use them, the network, simulated time, the engine's process,
/// the book, and the observer who sees each exchange.
package final class World {
    /// A rehearsal writes it while it is played.
    package var scenario: Scenario
    let runOptions: RunOptions
    let plan: WorldPlan
    let network: SimulatedNetwork
    let erpActor: ERPActor
    let warehouseActor: WarehouseActor
    let books: ActionRecorder
    let host: EngineHost
    private let observer = Observer()
    /// What the contracts do not allow, up to ``breachLimit``.
    private(set) var breaches: [ContractBreach] = []
    /// How many are kept; `nil`: all.
    var breachLimit: Int?
    let basePaths = BasePaths()

    /// Crashes and faults that were planned, to know afterwards whether they struck.
    private var plannedCrashes: [(plan: Int, place: Place)] = []
    private var plannedFaults: [(fault: Fault, place: Place)] = []
    /// Steps that wait for their time.
    var waiting: [Int: Step] = [:]
    /// What went wrong in a step that somebody took while the engine was at work.
    var trouble: Problem?
    /// Steps that could not be taken and were left, by their places in the list.
    var stepsLeft: [Int] = []
    /// Until when, counted from the start, the schedule ran on before a step was taken: people waited for the engine.
    var waits: [Int: Duration] = [:]
    /// When, counted from the start, a step was taken that had a time of its own and could not be taken then.
    var late: [Int: Duration] = [:]
    /// What is judged, once it was worked out what people must end up with.
    private var prediction: Evidence?
    /// For how long the schedule was to run on after trouble had ended: a job that was begun in time may have ended later.
    var settled = Duration.zero
    /// When trouble ended, and how many exchanges and commits there were; `nil` before it did.
    var underWay: (exchanges: Int, commits: Int, moment: Moment)?

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
        for system in System.allCases { try network.open(system, on: options.network) }
        if let latency = plan.latency {
            for system in System.allCases { network.latency[system] = latency...latency }
        }
        network.clockSkew = plan.clockSkew
        let books = ActionRecorder(clock: { clock.now() })
        self.books = books

        let rackbeat = RackbeatFake(
            profile: plan.fakeProfiles[.rackbeat]!, basePath: basePaths.rackbeat, token: options.credentials.token,
            clock: { [network] in network.time(at: .rackbeat) })
        let ongoing = OngoingFake(
            profile: plan.fakeProfiles[.ongoing]!, basePath: basePaths.ongoing,
            clock: { [network] in network.time(at: .ongoing) })
        erpActor = ERPActor(fake: rackbeat, books: books, defaultLocation: plan.defaultLocation)
        warehouseActor = WarehouseActor(
            fake: ongoing, user: options.credentials.user, books: books,
            goodsOwners: plan.connections.map { ($0.name, $0.goodsOwner) })
        let mutant = scenario.mutant.flatMap { Mutant.named($0.text) }
        host = try EngineHost(
            plan: plan, network: network, chance: chance, servers: [.rackbeat: rackbeat, .ongoing: ongoing],
            credentials: options.credentials, mutant: mutant, journal: try journal ?? .inMemory())

        network.observe = { [unowned self] in observe($0) }
        network.trail.keepsWords = options.keepsWords
        for injectedFault in options.injectedFaults { network.add(injectedFault) }
        try furnish()
        for fault in scenario.faults + (variant.changes?["faults"]?.list ?? []) { try beginFault(fault, at: fault.place) }
    }

    private func furnish() throws {
        try erpActor.fake.furnish(with: plan.world, stockAt: plan.defaultLocation)
        for owner in plan.goodsOwners { warehouseActor.fake.addGoodsOwner(id: owner, name: "Goods owner \(owner)") }
        warehouseActor.fake.addUser(
            name: runOptions.credentials.user, password: runOptions.credentials.password, goodsOwners: plan.goodsOwners)
        let differing = Dictionary(
            (plan.world?["products"]?.list ?? []).compactMap { product in
                product["stock-in-ongoing"].map { (product.required("number").text, $0.decimal) }
            }, uniquingKeysWith: { $1 })
        for product in erpActor.fake.products {
            for (index, connection) in plan.connections.enumerated() {
                let inShop = erpActor.fake.stockOnHand(product.number, at: Int(connection.location.text)!)
                let stock = index == 0 ? differing[product.number] ?? inShop : inShop
                if !stock.isZero {
                    warehouseActor.fake.openStock(goodsOwner: connection.goodsOwner, article: product.number, quantity: stock)
                }
            }
        }
    }

    private func observe(_ exchange: Exchanged) {
        for violation in observer.violations(in: exchange, basePath: basePaths[exchange.system]) {
            if let breachLimit, breaches.count >= breachLimit { return }
            breaches.append(
                ContractBreach(exchange: exchange.number, operation: violation.operation, sentence: "\(violation)"))
        }
    }

    // MARK: The engine

    /// The coverage marks of the run: those that the engine reports, and those visible in its exchanges, both fakes and the action
    /// log.
    var coverage: Coverage {
        var reader = CoverageReader()
        let shop = shop
        reader.read(network.journal.entries, movements: shop.movements, restarts: host.restarts)
        reader.read(network.crashes.crashes)
        reader.read(books.book)
        reader.read(shop, warehouse)
        return Coverage(reader.marks.union(host.marks))
    }

    func syncOnce() throws { try host.run { try $0.syncOnce() } }

    func run(job value: Value) throws { try host.run { try $0.run(value.job, of: connection(of: value)) } }

    func nudge(job value: Value) throws {
        host.wasNudged()
        try host.run { $0.nudge(value.job, of: connection(of: value)) }
    }

    func restartEngine() throws { host.stop() }

    func switchSettings(_ value: Value) throws {
        host.change(value["connection"]?.text) { EngineSettings.apply(value, to: &$0) }
    }

    func retry(_ value: Value?) throws {
        try host.run { engine in
            guard let subject = value?.required("subject").text else { return try engine.retry(nil) }
            let ids = try engine.parked().filter { $0.number == subject }.map(\.id)
            guard !ids.isEmpty else { throw ActionError("no parked record has the number '\(subject)'.") }
            try engine.retry(ids)
        }
    }

    private func connection(of value: Value) -> String { value["connection"]?.text ?? plan.connections[0].name }

    // MARK: Trouble

    func planCrash(_ value: Value, at place: Place) throws {
        let nth = value["nth"]?.int ?? 1
        let crash: CrashPlan =
            if let before = value["before"] {
                CrashPlan(.before, .exchange(before.exchange, nth: nth))
            } else if let after = value["after"] {
                CrashPlan(.after, .exchange(after.exchange, nth: nth))
            } else if let before = value["before-commit"] {
                CrashPlan(.before, .commit(nth: before.int))
            } else {
                CrashPlan(.after, .commit(nth: value.required("after-commit").int))
            }
        plannedCrashes.append((network.crashes.add(crash), place))
    }

    func beginFault(_ value: Value, at place: Place) throws {
        var fault = Fault(value.required("match").exchange, FaultKind(rawValue: value.required("fault").text)!)
        fault.nth = value["nth"]?.int ?? 1
        if let times = value["times"] { fault.times = times.isAll ? nil : times.int }
        fault.connection = value["connection"]?.text
        fault.from = value["from"].map { moment(of: $0.time) }
        fault.until = value["until"].map { moment(of: $0.time) }
        if let retryAfter = value["retry-after"] { fault.retryAfter = retryAfter.duration }
        if let delay = value["delay"] { fault.delay = delay.duration }
        plannedFaults.append((fault, place))
        network.add(fault)
    }

    func endFaults() { network.removeFaults() }

    /// A sabotage of the books themselves, once everything else is over.
    func tamper() {
        guard let mutant = scenario.mutant.flatMap({ Mutant.named($0.text) }), case .ledger(let system) = mutant.act,
            let product = erpActor.fake.products.first
        else { return }
        switch system {
        case .rackbeat: erpActor.fake.ledger.tamper(product.number, at: plan.connections[0].location.text, by: 1)
        case .ongoing: warehouseActor.fake.ledger.tamper(product.number, at: String(plan.connections[0].goodsOwner), by: 1)
        }
    }

    /// The faults that never struck, by their places among all that began.
    var idleFaults: [Int] {
        let struck = network.journal.entries.filter { $0.fault != nil }
        return plannedFaults.indices.filter { index in !struck.contains { matches(plannedFaults[index].fault, $0) } }
    }

    /// Trouble that was planned and never came: such a scenario proves nothing.
    var idleTrouble: [FailedExpectation] {
        // A blow of the exploration's may leave the scenario's own trouble nothing to strike.
        guard runOptions.demands == .everything else { return [] }
        var idle: [FailedExpectation] = []
        let struck = network.journal.entries.filter { $0.fault != nil }
        for (fault, place) in plannedFaults where !struck.contains(where: { matches(fault, $0) }) {
            idle.append(
                FailedExpectation(
                    expectation: "fault", line: place.line, expected: "\(fault.kind.rawValue) on \(fault.match)",
                    found: "no exchange matched"))
        }
        // Two that fall on one point are one crash, and both have struck.
        let idleCrashes = Set(network.crashes.unapplied)
        for (_, place) in plannedCrashes.filter({ idleCrashes.contains($0.plan) }) {
            idle.append(
                FailedExpectation(
                    expectation: "engine.crash", line: place.line, expected: "a crash",
                    found: "the engine never reached that point"))
        }
        return idle
    }

    private func matches(_ fault: Fault, _ exchange: Exchanged) -> Bool {
        exchange.faultKind == fault.kind
            && fault.match.matches(
                exchange.system, exchange.request.method, path: exchange.request.path(behind: basePaths[exchange.system]))
    }

    // MARK: Afterwards

    /// Works out what is to end before a person by what people did; from here on that is what the evidence expects.
    func predict() throws -> [ExpectedParked] {
        var evidence = try evidence()
        evidence.expectedParked = Prediction.parked(evidence)
        prediction = evidence
        return evidence.expectedParked
    }

    /// Everything that is judged.
    package func evidence() throws -> Evidence {
        if let prediction { return prediction }
        var evidence = Evidence(
            rackbeat: shop, ongoing: warehouse, actionLog: books.book,
            connections: host.settings.map {
                ConnectionFacts(
                    settings: $0, rackbeatProfile: plan.profiles[.rackbeat]!, ongoingProfile: plan.profiles[.ongoing]!)
            },
            exchanges: network.journal.entries)
        evidence.violations = breaches
        evidence.parked = try host.journal.parked().map { ParkedFact($0) }
        evidence.unknownOutcomes = try host.journal.unknownOutcomes().map { UnknownOutcome($0) }
        evidence.expectedParked =
            scenario.expected("parked")?.list.map {
                ExpectedParked(
                    connection: $0["connection"]?.text, job: $0["job"].flatMap { Job(rawValue: $0.text) },
                    number: $0.required("subject").text)
            } ?? []
        evidence.declaredDrift =
            scenario.expected("drift")?.table.map {
                DeclaredDrift(item: $0.key.text, difference: $0.value.decimal)
            } ?? []
        evidence.demandsExpectedParked = runOptions.demands != .nothing
        evidence.secrets = [runOptions.credentials.token, runOptions.credentials.password]
        evidence.outputs = [("the journal", try host.journal.dump()), ("the log", host.log.lines.joined(separator: "\n"))]
        evidence.lastRoundBegan = host.lastRoundBegan
        evidence.restarts = host.restarts
        evidence.unfinishedJobs = host.unfinishedJobs
        for settings in host.settings {
            evidence.stockSyncBegan[settings.name] = try host.journal.of(settings.name).stockSyncStarted()
        }
        return evidence
    }

    func findings() throws -> [RecordedFinding] {
        try host.journal.findings().map {
            RecordedFinding(
                connection: $0.connection, job: $0.job.rawValue, number: $0.subject, field: $0.finding.field,
                problem: $0.finding.problem)
        }
    }
}

extension Scenario {
    fileprivate func expected(_ name: String) -> Value? { expectations.first { $0.kind.name == name }?.value }
}

extension Value {
    fileprivate var job: Job { Job(rawValue: required("job").text)! }

    /// `all`, where a number could stand.
    fileprivate var isAll: Bool {
        if case .text = content { true } else { false }
    }
}
