package import Exchange
import HTTPTypes
package import Units

/// The network between the engine and both systems, in simulated time. It has latency and injects faults.
///
/// An exchange takes its latency in two halves. Events that are due in the first half happen before the server sees the request,
/// those of the second half before the caller sees the response.
package final class SimulatedNetwork {
    package let clock: VirtualClock
    package let journal = ExchangeJournal()
    package let crashes: CrashPoints
    /// The digest of the run so far.
    package var trail = EventTrail()
    /// How long an exchange takes there and back. Drawn anew for each.
    package var latency: [System: ClosedRange<Duration>] = [
        .rackbeat: .milliseconds(40) ... .milliseconds(120), .ongoing: .milliseconds(40) ... .milliseconds(120),
    ]
    /// How far each system's own clock is ahead of the right time.
    package var clockSkew: [System: Duration] = [:]
    /// Gets each exchange when it is over, and again when it is carried out after the time-out.
    package var observe: (Exchanged) -> Void = { _ in }

    /// The real network below this one, by system. Without it, the server is called in process.
    private(set) var wires: [System: any RealWire] = [:]
    /// Speeds up time-outs on a real wire: a time-out of 30 s takes 30 s / `timeScale`.
    package var timeScale = 1

    private var random: [System: SeededRandom]
    var faults = FaultPlan()
    /// A cache outlives the engine's process.
    private var earlierResponses: [String: EarlierResponses] = [:]
    private var earlierResponsesOfCallers: [System: EarlierResponses] = [:]
    /// Exchanges in progress. They are nested: one engine may run while another waits for its response.
    private var inProgress: [SimulatedExchange] = []

    package init(clock: VirtualClock, chance: Chance) {
        self.clock = clock
        crashes = CrashPoints { try clock.wait(for: $0) }
        random = Dictionary(
            uniqueKeysWithValues: System.allCases.map { ($0, chance.generator(for: "latency of \($0)")) })
    }

    /// Lets exchanges with a system travel over a real network; without one they stay in process.
    package func open(_ system: System, on real: (any RealNetwork)?) throws {
        wires[system] = try real?.open { [unowned self] in arrive($0, at: system) }
    }

    /// What a system's own clock shows.
    package func time(at system: System) -> Moment { clock.now() + (clockSkew[system] ?? .zero) }

    package func add(_ fault: Fault) { faults.add(fault) }

    /// Injects a fault by number. To be called before the first exchange.
    package func add(_ injectedFault: InjectedFault) {
        switch injectedFault {
        case .fault(let kind, let number): faults.add(kind, exchange: number)
        case .crash(let side, let place): crashes.add(CrashPlan(side, place.inPlan))
        }
    }

    /// How many injected faults were applied, and how often the engine crashed for any reason.
    package var injectedFaultsApplied: Int { faults.injectedApplied + crashes.crashes.count }

    /// How often an injected fault took the place of a planned one.
    package var faultsDisplaced: Int { faults.displaced }

    /// From here on no fault is applied.
    package func removeFaults() {
        faults.removeAll()
        earlierResponsesOfCallers = [:]
    }

    /// Removes the faults that the scenario planned, and not those that a sweep injects.
    package func removePlannedFaults() {
        faults.removePlanned()
        earlierResponsesOfCallers = [:]
    }

    /// How often a fault was applied.
    package var faultsApplied: Int { faults.applied }

    /// The planned faults in the order in which they take precedence, and how often each was applied.
    package var plannedFaults: [(fault: Fault, applied: Int)] { faults.planned }

    /// A transport to one system for one connection of the engine.
    ///
    /// - Parameters:
    ///   - basePath: Precedes the paths that faults and crashes are named by.
    ///   - server: Responds to a request at the moment it arrives.
    package func transport(
        to system: System, connection: String, basePath: String, server: @escaping (Request) -> Response
    ) -> any Transport {
        SimulatedTransport(network: self, system: system, connection: connection, basePath: basePath, server: server)
    }

    /// The request of the exchange in progress arrives at the server's end of a wire.
    ///
    /// A request that no exchange sent, or that comes a second time, is not served.
    func arrive(_ request: Request, at system: System) -> Served {
        guard let exchange = inProgress.last, exchange.record.system == system, !exchange.hasArrived else { return .closed }
        return exchange.arrive(request)
    }

    func carry(_ exchange: SimulatedExchange, over wire: any Transport, _ request: Request) throws -> Response {
        inProgress.append(exchange)
        defer { inProgress.removeLast() }
        return try wire.send(request)
    }

    /// The responses to a connection's reads, shared by all processes of the engine.
    func earlierResponses(_ system: System, of connection: String) -> EarlierResponses {
        let key = "\(system) \(connection)"
        if let known = earlierResponses[key] { return known }
        let new = EarlierResponses()
        earlierResponses[key] = new
        return new
    }

    /// The responses to the reads of callers outside, as long as faults are planned.
    func earlierResponsesOfCallers(_ system: System) -> EarlierResponses {
        if let known = earlierResponsesOfCallers[system] { return known }
        let new = EarlierResponses()
        earlierResponsesOfCallers[system] = new
        return new
    }

    func drawLatency(_ system: System) -> Duration {
        guard let range = latency[system] else { return .zero }
        return random[system]!.draw(range)
    }
}
