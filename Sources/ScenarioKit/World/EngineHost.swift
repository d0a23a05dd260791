import Exchange
import FakeKit
import OngoingClient
import OngoingFake
import RackbeatClient
import RackbeatFake
import Simulation
import SyncCore
import SyncEngine
import Units

/// The engine's process: started, ended and crashed by a scenario, always on the same journal.
final class EngineHost {
    let journal: Journal
    private(set) var settings: [ConnectionSettings]
    private let network: SimulatedNetwork
    private let chance: Chance
    private let profiles: [System: Profile]
    private let servers: [System: any FakeServer]
    private let sabotage: Sabotage?
    private let credentials: Credentials
    private let basePaths = BasePaths()
    /// `nil` while no process runs.
    private var engine: Engine?
    private var starts: [Moment] = []
    private var rounds = RoundWatch()

    /// - Parameter servers: what answers for each system.
    init(
        plan: WorldPlan, network: SimulatedNetwork, chance: Chance, servers: [System: any FakeServer],
        credentials: Credentials, sabotage: Sabotage?
    ) throws {
        journal = try Journal.inMemory()
        settings = plan.connections
        profiles = plan.profiles
        self.network = network
        self.chance = chance
        self.servers = servers
        self.credentials = credentials
        self.sabotage = sabotage
        journal.commitWatch = { point in
            switch point {
            case .before: try network.crashes.willCommit()
            case .after: try network.crashes.didCommit()
            }
        }
    }

    /// When the last complete round of all jobs began; `nil` before the first.
    var lastRoundBegan: Moment? { rounds.lastRoundBegan(of: settings.map(\.name)) }

    /// Whether an engine ever ran in this world.
    var hasRun: Bool { !starts.isEmpty }

    /// When a process was started again.
    var restarts: [Moment] { Array(starts.dropFirst()) }

    // MARK: The process

    /// Ends the process in good order. The next call that needs one starts another.
    func stop() { engine = nil }

    func change(_ connection: String?, _ change: (inout ConnectionSettings) -> Void) {
        for index in settings.indices where connection.map({ $0 == settings[index].name }) ?? true { change(&settings[index]) }
        stop()
    }

    /// Does something with the engine. A crash on the way is the end of the process and of what it was doing, not of the run.
    ///
    /// - Returns: whether it came to its end.
    @discardableResult
    func run(_ act: (Engine) throws -> Void) throws -> Bool {
        do {
            let engine = try engine ?? start()
            self.engine = engine
            try act(engine)
            return true
        } catch is SimulatedCrash {
            stop()
            return false
        }
    }

    /// The schedule until then. A process that crashes is started again a minute later, as a supervisor would.
    func run(until end: Moment) throws {
        while try !run({ try $0.run(until: end) }) {
            let restart = network.clock.now() + .seconds(60)
            try network.clock.run(until: min(restart, max(end, network.clock.now())))
            guard network.clock.now() < end else { return }
        }
    }

    private func start() throws -> Engine {
        starts.append(network.clock.now())
        // One account, one limit: connections share a pacer for as long as the process lives.
        let rackbeatPacer = Pacer.below(
            limit: profiles[.rackbeat]!.int("rate_limit"), window: .seconds(profiles[.rackbeat]!.int("rate_window_s")))
        let ongoingPacer = Pacer.below(limit: profiles[.ongoing]!.int("rate_limit"), window: .seconds(60))
        let connections = settings.map { settings in
            Connection(
                settings: settings,
                rackbeat: RackbeatClient(
                    courier: courier(to: .rackbeat, for: settings, pacer: rackbeatPacer), basePath: basePaths.rackbeat,
                    token: credentials.token, profile: profiles[.rackbeat]!, userAgent: "Tandem (tandem@tandem.example)",
                    consumerName: "Tandem", consumerContact: "tandem@tandem.example"),
                ongoing: OngoingClient(
                    courier: courier(to: .ongoing, for: settings, pacer: ongoingPacer), basePath: basePaths.ongoing,
                    user: credentials.user, password: credentials.password, goodsOwner: settings.goodsOwner,
                    profile: profiles[.ongoing]!))
        }
        return try Engine(connections: connections, journal: journal, timekeeper: network.clock) { [unowned self] in
            rounds.note($0, at: network.clock.now())
        }
    }

    private func courier(to system: System, for settings: ConnectionSettings, pacer: Pacer) -> Courier {
        let server = servers[system]!
        var transport = network.transport(
            to: system, connection: settings.name, basePath: basePaths[system], server: { server.answer($0) })
        if let sabotage {
            transport = sabotage.transport(
                over: transport, to: system,
                wire: Wire.Facts(basePath: basePaths[system], location: settings.location.text))
        }
        return Courier(
            system: system, transport: transport, timekeeper: network.clock, pacer: pacer,
            random: chance.generator(for: "back-off of \(system) for \(settings.name), start \(starts.count)"))
    }
}

/// Follows the engine's jobs, to know from when on it may not have looked.
private struct RoundWatch {
    private struct Key: Hashable {
        let connection: String
        let job: Job
    }

    private var began: [Key: Moment] = [:]
    /// When the last run that came to its end began.
    private var completed: [Key: Moment] = [:]

    mutating func note(_ event: EngineEvent, at now: Moment) {
        switch event {
        case .jobBegan(let connection, let job): began[Key(connection: connection, job: job)] = now
        case .jobEnded(let connection, let job, _, _):
            let key = Key(connection: connection, job: job)
            completed[key] = began[key] ?? now
        default: break
        }
    }

    func lastRoundBegan(of connections: [String]) -> Moment? {
        var earliest: Moment?
        for connection in connections {
            for job in Job.allCases {
                guard let moment = completed[Key(connection: connection, job: job)] else { return nil }
                earliest = min(earliest ?? moment, moment)
            }
        }
        return earliest
    }
}
