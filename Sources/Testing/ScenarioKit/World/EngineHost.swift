import Exchange
import FakeKit
import HTTPTypes
import Invariants
import Mutants
import OngoingFake
import RackbeatFake
import Simulation
import SyncCore
import SyncEngine
import Trade
import Units

/// The engine's process. A scenario starts, ends and crashes it, always on the same journal.
final class EngineHost {
    let journal: Journal
    private(set) var settings: [ConnectionSettings]
    /// By connection, oldest first.
    private(set) var earlierSettings: [String: [SettingsPeriod]] = [:]
    private let network: SimulatedNetwork
    private let chance: Chance
    private let profiles: [System: Profile]
    private let servers: [System: any FakeServer]
    private let mutants: [Mutant]
    private let options: RunOptions
    private let credentials: Credentials
    private let basePaths = BasePaths()
    private let note: (TraceRecorder.Event) -> Void
    /// The clock of the machine that the engine runs on.
    let clock: HostClock
    /// What the engine takes for it.
    private let engineClock: any Clock
    /// A copy of the journal that was kept.
    private var backup: Journal?
    /// The journal of a second engine; `nil` before it first ran.
    private var second: Journal?
    /// `nil` while no process runs.
    private var engine: Engine?
    private var starts: [Moment] = []
    private var rounds = RoundTracker()
    /// The subjects of parked records.
    private var parked: Set<String> = []
    /// The coverage marks that the engine reached.
    private(set) var marks: Set<CoverageMark> = []
    /// The log of the engine, each line once.
    private(set) var log = RunLog()
    /// Whether the engine is in the middle of a commit, where a pause may keep it: nobody else can read its journal then.
    private(set) var isCommitting = false
    /// Whether it holds the journal for itself, since the transaction is not over.
    private(set) var isInTransaction = false
    /// Whether a command beside the engine commits, which is no commit of its process.
    private var isBeside = false
    /// How the run uses the engine.
    let use: EngineUseRecorder
    /// By connection and system; see ``Mutant/interceptor(to:)``.
    private var interceptors: [String: [Mutant.Interceptor]] = [:]
    /// What the engine sent and when, before a mutant changed anything; see ``RunOptions/digestsRequests``.
    private(set) var sent = EventDigest()
    private var sentCount = 0

    /// - Parameters:
    ///   - servers: The fake of each system.
    ///   - journal: An empty one.
    ///   - note: Gets what the engine does, for the trace.
    init(
        plan: WorldPlan, network: SimulatedNetwork, chance: Chance, servers: [System: any FakeServer],
        options: RunOptions, mutants: [Mutant], journal: Journal, use: EngineUseRecorder,
        note: @escaping (TraceRecorder.Event) -> Void = { _ in }
    ) throws {
        self.note = note
        self.journal = journal
        self.use = use
        settings = plan.connections
        profiles = plan.profiles
        self.network = network
        clock = HostClock(network.clock)
        engineClock = mutants.reduce(clock) { clock, mutant in mutant.clock(over: clock) }
        self.chance = chance
        self.servers = servers
        credentials = options.credentials
        self.options = options
        self.mutants = mutants
        for case .journal(let triggers) in mutants.map(\.act) { try journal.execute(triggers) }
        journal.commitWatch = { [weak self] point in
            guard self?.isBeside == false else { return }
            self?.isCommitting = true
            defer { self?.isCommitting = false }
            switch point {
            case .before:
                self?.isInTransaction = true
                defer { self?.isInTransaction = false }
                try network.crashes.willCommit()
            case .after: try network.crashes.didCommit()
            }
        }
    }

    /// How far the clock of the engine's process is ahead.
    var clockAhead: Duration { clock.now() - network.clock.now() }

    /// When the last complete round of all jobs began; `nil` before the first.
    var lastRoundBegan: Moment? { rounds.lastRoundBegan(of: settings.map(\.name)) }

    /// Jobs that have begun and not ended.
    var unfinishedJobs: [UnfinishedJob] { rounds.unfinished(of: settings.map(\.name)) }

    /// Whether an engine ever ran in this world.
    var hasRun: Bool { !starts.isEmpty }

    /// When a process was started again.
    var restarts: [Moment] { Array(starts.dropFirst()) }

    // MARK: The process

    /// A webhook has nudged the engine.
    func nudge(_ job: Job, of connection: String) throws {
        marks.insert(.run(.webhookReceived))
        guard !isOff(.nudge) else { return }
        // A process that stands still in a commit while it starts hears nothing yet, and no other can start beside it.
        guard engine != nil || !isCommitting else { return }
        try run { $0.nudge(job, of: connection) }
    }

    /// - Returns: Whether it came to its end.
    func reconcile() throws -> Bool {
        guard !isOff(.reconcile) else { return true }
        return try run { try $0.reconcile() }
    }

    /// Ends the process cleanly. The next call that needs one starts another.
    func stop() { engine = nil }

    /// Ends the process and empties its journal: the disk is gone, and the next process begins with nothing.
    func loseJournal() throws {
        stop()
        try journal.forgetAll()
    }

    func backUpJournal() throws { backup = try journal.copyInMemory() }

    /// Ends the process and puts the copy of the journal in place.
    func restoreJournal() throws {
        guard let backup else { throw ActionError("no copy of the journal was kept: take engine.back-up-journal first.") }
        stop()
        try journal.restore(backup)
    }

    /// Runs another engine, with a journal of its own, in the place of this one.
    func runSecond(_ act: (Engine) throws -> Void) throws {
        stop()
        let own = try journal.copyInMemory()
        if let second { try journal.restore(second) } else { try journal.forgetAll() }
        try run(act)
        stop()
        second = try journal.copyInMemory()
        try journal.restore(own)
    }

    func change(_ connection: String?, _ change: (inout ConnectionSettings) -> Void) throws {
        for index in settings.indices where connection.map({ $0 == settings[index].name }) ?? true {
            let before = settings[index]
            change(&settings[index])
            guard settings[index] != before else { continue }
            earlierSettings[before.name, default: []].append(
                SettingsPeriod(
                    settings: before, until: network.clock.now(), lastRoundBegan: lastRoundBegan,
                    stockSyncBegan: try journal.of(before.name).stockSyncStarted()))
        }
        stop()
    }

    /// Does something with the journal as a command beside the engine does, whatever the engine is doing.
    ///
    /// - Throws: ``ActionError`` while the engine stands still in a transaction. Another process would find the file locked.
    func besideTheEngine(_ act: (Journal, Moment) throws -> Void) throws {
        guard !isInTransaction else {
            throw ActionError("the engine stands still in the middle of a transaction, and its journal is locked.")
        }
        isBeside = true
        defer { isBeside = false }
        try act(journal, clock.now())
    }

    /// Does something with the engine. A crash ends the process and what it was doing, not the run.
    ///
    /// - Returns: whether it completed.
    @discardableResult
    func run(_ act: (Engine) throws -> Void) throws -> Bool {
        do {
            let engine = try engine ?? start()
            self.engine = engine
            try act(engine)
            return true
        } catch let crash as SimulatedCrash {
            note(.crashed(crash))
            stop()
            return false
        }
    }

    /// Runs the schedule until then. A process that crashes is restarted a minute later, as a supervisor would do.
    func run(until end: Moment) throws {
        while try !run({ try $0.run(until: clock.ofProcess(end)) }) {
            let restart = network.clock.now() + .seconds(60)
            use.isDown(until: restart)
            try network.clock.run(until: min(restart, max(end, network.clock.now())))
            guard network.clock.now() < end else { return }
        }
    }

    private func start() throws -> Engine {
        starts.append(network.clock.now())
        note(.started)
        use.changed(at: network.clock.now())
        clock.processStarts()
        // One user: connections share a rate limiter for as long as the process lives.
        let ongoing = EngineFactory.OngoingAccess(
            basePath: basePaths.ongoing, user: credentials.user, password: credentials.password, profile: profiles[.ongoing]!)
        let factory = EngineFactory(
            rackbeat: EngineFactory.RackbeatAccess(
                basePath: basePaths.rackbeat, token: credentials.token, profile: profiles[.rackbeat]!, applicationName: "Tandem",
                email: "tandem@tandem.example"),
            clock: engineClock, transport: { self.transport(to: $0, for: $1) }, random: { self.generator(for: $0, $1) })
        return try factory.engine(
            of: settings.map { (asRun($0), ongoing) }, journal: journal,
            listeners: [{ [unowned self] in record($0) }, { [unowned self] in log.record($0) }])
    }

    private static let never = Duration.seconds(100 * 365 * 86_400)

    private func asRun(_ settings: ConnectionSettings) -> ConnectionSettings {
        var settings = settings
        if isOff(.reconcile) { settings.schedule.reconcile = nil }
        if isOff(.overlap) { settings.schedule.overlap = .zero }
        if isOff(.sweep) { settings.schedule.sweep = Self.never }
        if isOff(.nudgeDistance) { settings.schedule.nudgeDistance = .zero }
        if isOff(.givingUp) { settings.giveUpAfter = Self.never }
        return settings
    }

    private func record(_ event: EngineEvent) {
        rounds.record(event, at: network.clock.now())
        note(.engine(event))
        use.record(event, at: network.clock.now())
        switch event {
        case .reached(_, let engineMark): marks.insert(.engine(engineMark))
        case .jobFailed: marks.insert(.run(.jobFailed))
        case .parked(_, _, let subject, _, let again): if !again { parked.insert(subject) }
        case .unparked(_, _, let subject): if parked.remove(subject) != nil { marks.insert(.run(.parkedRecordFixed)) }
        default: break
        }
    }

    /// Whether the outcome of a write is unknown, or a parked record is to be retried.
    func hasOpenWork() throws -> Bool {
        try !journal.unknownOutcomes().isEmpty || journal.parked().contains { $0.retryAt != nil }
    }

    /// Whether stock sync is switched on and has not begun. Nobody moves goods before both sides were compared, since the engine
    /// rightly refuses to begin with a difference.
    func isYetToCompareStock() throws -> Bool {
        try settings.contains { try $0.stockSync != .off && journal.of($0.name).stockSyncStarted() == nil }
    }

    private func transport(to system: System, for connection: String) -> any Transport {
        let server = servers[system]!
        let transport = network.transport(
            to: system, connection: connection, basePath: basePaths[system], server: { server.respond(to: $0) })
        let location = settings.first { $0.name == connection }!.location.text
        let facts = Wire.Facts(basePath: basePaths[system], location: location)
        let mutated = interceptors(to: system, for: connection).reduce(transport) { transport, interceptor in
            Wire(
                facts: facts, transport: transport, now: { [network] in network.clock.now() },
                log: { [unowned self] in log.write($0) }
            ).intercepted(with: interceptor)
        }
        guard options.digestsRequests || options.exchangeLimit != nil else { return mutated }
        return WatchedTransport(mutated) { [unowned self] in try watch($0) }
    }

    private func watch(_ request: Request) throws {
        sentCount += 1
        if let limit = options.exchangeLimit, sentCount > limit { throw TooManyExchanges(limit: limit) }
        guard options.digestsRequests else { return }
        sent.add(network.clock.now().milliseconds)
        sent.add(request.method.rawValue)
        sent.add(request.target)
        sent.add(request.body)
    }

    private func generator(for system: System, _ connection: String) -> any RandomNumberGenerator {
        for case .chance(let makeGenerator) in mutants.map(\.act) { return makeGenerator() }
        return chance.generator(for: "back-off of \(system) for \(connection), start \(starts.count)")
    }

    private func interceptors(to system: System, for connection: String) -> [Mutant.Interceptor] {
        let key = "\(system) \(connection)"
        if let known = interceptors[key] { return known }
        let new = mutants.compactMap { $0.interceptor(to: system) }
        interceptors[key] = new
        return new
    }

    private func isOff(_ call: Mutant.HostRequest) -> Bool {
        mutants.contains { if case .without(call) = $0.act { true } else { false } }
    }
}

/// The engine sends on and on: a run that does not end proves nothing.
struct TooManyExchanges: Error, CustomStringConvertible {
    let limit: Int

    var description: String { "it had sent \(limit) requests and was not done" }
}

private final class WatchedTransport: Transport {
    private let transport: any Transport
    private let watch: (Request) throws -> Void

    init(_ transport: any Transport, _ watch: @escaping (Request) throws -> Void) {
        self.transport = transport
        self.watch = watch
    }

    func send(_ request: Request) throws -> Response {
        try watch(request)
        return try transport.send(request)
    }
}

/// The log lines of a run, each once: a job without work logs the same line a million times a year.
struct RunLog {
    private(set) var lines: [String] = []
    private var known: Set<String> = []

    mutating func write(_ line: String) {
        if known.insert(line).inserted { lines.append(line) }
    }

    mutating func record(_ event: EngineEvent) {
        switch event {
        case .jobFailed(let connection, let job, let error): write("\(connection) \(job.rawValue): \(error)")
        case .parked(let connection, let job, let subject, let reason, _):
            write("\(connection) \(job.rawValue) \(subject): \(reason)")
        case .found(let connection, let job, let subject, let finding):
            write("\(connection) \(job.rawValue) \(subject): \(finding)")
        default: break
        }
    }
}

/// Tracks the engine's jobs, to know from when on it may not have read.
private struct RoundTracker {
    private struct Key: Hashable {
        let connection: String
        let job: Job
    }

    private var began: [Key: Moment] = [:]
    /// When the last completed run began.
    private var completed: [Key: Moment] = [:]
    private var beginnings: [Key: Int] = [:]

    mutating func record(_ event: EngineEvent, at now: Moment) {
        switch event {
        case .jobBegan(let connection, let job):
            let key = Key(connection: connection, job: job)
            began[key] = now
            beginnings[key, default: 0] += 1
        case .jobEnded(let connection, let job, _, _):
            let key = Key(connection: connection, job: job)
            completed[key] = began[key] ?? now
            beginnings[key] = nil
        default: break
        }
    }

    func unfinished(of connections: [String]) -> [UnfinishedJob] {
        connections.flatMap { connection in
            Job.allCases.compactMap { job in
                beginnings[Key(connection: connection, job: job)].map {
                    UnfinishedJob(connection: connection, job: job.rawValue, beginnings: $0)
                }
            }
        }
    }

    func lastRoundBegan(of connections: [String]) -> Moment? {
        var earliest: Moment?
        for connection in connections {
            for job in Job.ofRound {
                guard let moment = completed[Key(connection: connection, job: job)] else { return nil }
                earliest = min(earliest ?? moment, moment)
            }
        }
        return earliest
    }
}
