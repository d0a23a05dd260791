package import Exchange
import HTTPTypes
package import Units

/// The way between the engine and both systems, in simulated time: it takes a while, things happen meanwhile, and it fails as
/// told.
///
/// An exchange takes its latency in two halves. Events of the world that fall due in the first half happen before the server
/// sees the request, those of the second half before the caller sees the answer.
package final class SimulatedNetwork {
    package let clock: VirtualClock
    package let journal = ExchangeJournal()
    package let crashes = CrashPoints()
    /// What the run was like so far.
    package var trail = EventTrail()
    /// How long an exchange takes there and back. Drawn anew for each.
    package var latency: [System: ClosedRange<Duration>] = [
        .rackbeat: .milliseconds(40) ... .milliseconds(120), .ongoing: .milliseconds(40) ... .milliseconds(120),
    ]
    /// How far each system's own clock is ahead of the right time.
    package var clockSkew: [System: Duration] = [:]
    /// Sees each exchange when it is over, and once more one that is carried out after its caller gave up.
    package var observe: (Exchanged) -> Void = { _ in }

    /// The real network below this one: what an exchange travels on, by system. Without it, the server is called in process.
    private(set) var wires: [System: any RealWire] = [:]
    /// By how much faster than the engine's time real time runs on a wire, where a time-out has to be waited for.
    package var timeScale = 1

    private var random: [System: SeededRandom]
    var faults = FaultPlan()
    /// What stands between an engine and a server remembers answers for longer than an engine's process lives.
    private var earlierAnswers: [String: EarlierAnswers] = [:]
    /// The exchanges that have begun and are not over, one within the other: an engine that is set to work while another waits
    /// for its answer.
    private var underWay: [Journey] = []

    package init(clock: VirtualClock, chance: Chance) {
        self.clock = clock
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

    /// Aims a blow by number. To be called before the first exchange.
    package func add(_ injectedFault: InjectedFault) {
        switch injectedFault {
        case .fault(let kind, let number): faults.add(kind, exchange: number)
        case .crash(let side, let place): crashes.add(CrashPlan(side, place.inPlan))
        }
    }

    /// How many blows aimed by number have struck, and crashes of any origin.
    package var injectedFaultsApplied: Int { faults.numberedStrikes + crashes.crashes.count }

    /// How often a blow aimed by number took the place of a fault that would have struck.
    package var faultsDisplaced: Int { faults.displaced }

    /// Trouble ends: no fault strikes from here on.
    package func heal() { faults.removeAll() }

    /// How often a fault has struck.
    package var strikes: Int { faults.strikes }

    /// A way to one system for one connection of the engine.
    ///
    /// - Parameters:
    ///   - basePath: What stands before the paths that faults and crashes are named by.
    ///   - server: Answers a request at the moment it arrives.
    package func transport(
        to system: System, connection: String, basePath: String, server: @escaping (Request) -> Response
    ) -> any Transport {
        SimulatedTransport(network: self, system: system, connection: connection, basePath: basePath, server: server)
    }

    /// What happens at the server's end of a wire: the request of the exchange that is under way arrives there.
    ///
    /// A request that no exchange sent, or that comes a second time, is not served.
    func arrive(_ request: Request, at system: System) -> Served {
        guard let journey = underWay.last, journey.exchange.system == system, !journey.hasArrived else { return .closed }
        return journey.arrive(request)
    }

    /// Sends the request of a journey on its way, and comes back with what its caller gets.
    func carry(_ journey: Journey, over wire: any Transport, _ request: Request) throws -> Response {
        underWay.append(journey)
        defer { underWay.removeLast() }
        return try wire.send(request)
    }

    /// What a connection's reads in one system have been answered with, by whichever of its processes they were made.
    func earlierAnswers(_ system: System, of connection: String) -> EarlierAnswers {
        let key = "\(system) \(connection)"
        if let known = earlierAnswers[key] { return known }
        let new = EarlierAnswers()
        earlierAnswers[key] = new
        return new
    }

    func drawLatency(_ system: System) -> Duration {
        guard let range = latency[system] else { return .zero }
        return random[system]!.draw(range)
    }

    func finish(_ exchange: inout Exchanged, _ outcome: Exchanged.Outcome) {
        exchange.outcome = outcome
        exchange.endedAt = clock.now()
        journal.append(exchange)
        trail.note(exchange)
        observe(exchange)
    }

    func carriedOutLate(_ exchange: Exchanged, _ response: Response) {
        var exchange = exchange
        exchange.served = response
        journal.wasServed(exchange.number, response)
        trail.note(exchange)
        observe(exchange)
    }
}
