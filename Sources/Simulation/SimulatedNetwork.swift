import Exchange
import HTTPTypes
import Units

/// The way between the engine and both systems, in simulated time: it takes a while, things happen meanwhile, and it fails as
/// told.
///
/// An exchange takes its latency in two halves. Events of the world that fall due in the first half happen before the server
/// sees the request, those of the second half before the caller sees the answer.
public final class SimulatedNetwork {
    public let clock: VirtualClock
    public let journal = ExchangeJournal()
    public let crashes = CrashPoints()
    /// What the run was like so far.
    public var trail = EventTrail()
    /// How long an exchange takes there and back. Drawn anew for each.
    public var latency: [System: ClosedRange<Duration>] = [
        .rackbeat: .milliseconds(40) ... .milliseconds(120), .ongoing: .milliseconds(40) ... .milliseconds(120),
    ]
    /// Sees each exchange when it is over, and once more one that is carried out after its caller gave up.
    public var observe: (Exchanged) -> Void = { _ in }

    private var random: [System: SeededRandom]
    var faults = FaultPlan()

    public init(clock: VirtualClock, chance: Chance) {
        self.clock = clock
        random = Dictionary(
            uniqueKeysWithValues: System.allCases.map { ($0, chance.generator(for: "latency of \($0)")) })
    }

    public func add(_ fault: Fault) { faults.add(fault) }

    /// Aims a blow by number. To be called before the first exchange.
    public func add(_ blow: Blow) {
        switch blow {
        case .fault(let kind, let number): faults.add(kind, exchange: number)
        case .crash(let side, let place): crashes.add(CrashPlan(side, place.inPlan))
        }
    }

    /// How many blows aimed by number have struck, and crashes of any origin.
    public var blowsStruck: Int { faults.numberedStrikes + crashes.crashes.count }

    /// Trouble ends: no fault strikes from here on.
    public func heal() { faults.removeAll() }

    /// How often a fault has struck.
    public var strikes: Int { faults.strikes }

    /// A way to one system for one connection of the engine.
    ///
    /// - Parameters:
    ///   - basePath: What stands before the paths that faults and crashes are named by.
    ///   - server: Answers a request at the moment it arrives.
    public func transport(
        to system: System, connection: String, basePath: String, server: @escaping (Request) -> Response
    ) -> any Transport {
        SimulatedTransport(network: self, system: system, connection: connection, basePath: basePath, server: server)
    }

    fileprivate func drawLatency(_ system: System) -> Duration {
        guard let range = latency[system] else { return .zero }
        return random[system]!.draw(range)
    }

    fileprivate func finish(_ exchange: Exchanged) {
        journal.append(exchange)
        trail.note(exchange)
        observe(exchange)
    }

    fileprivate func carriedOutLate(_ exchange: Exchanged, _ response: Response) {
        var exchange = exchange
        exchange.served = response
        journal.wasServed(exchange.number, response)
        trail.note(exchange)
        observe(exchange)
    }
}

private final class SimulatedTransport: Transport {
    private unowned let network: SimulatedNetwork
    private let system: System
    private let connection: String
    private let basePath: String
    private let server: (Request) -> Response
    /// The latest answer to each read that a stale read may repeat.
    private var earlierAnswers: [String: Response] = [:]

    init(
        network: SimulatedNetwork, system: System, connection: String, basePath: String,
        server: @escaping (Request) -> Response
    ) {
        self.network = network
        self.system = system
        self.connection = connection
        self.basePath = basePath
        self.server = server
    }

    func send(_ request: Request) throws -> Response {
        let path = request.path(behind: basePath)
        try network.crashes.willSend(system, request, path: path, number: network.journal.count + 1)
        let startedAt = network.clock.now()
        let number = network.journal.begin()
        let hasEarlierAnswer = earlierAnswers[request.target] != nil
        let fault =
            network.faults.ruling(on: request, number: number, hasEarlierAnswer: hasEarlierAnswer)
            ?? network.faults.ruling(
                on: request, to: system, of: connection, path: path, at: startedAt, hasEarlierAnswer: hasEarlierAnswer)
        var exchange = Exchanged(
            number: number, system: system, connection: connection, request: request,
            outcome: .failed(.lost("")), served: nil, fault: fault?.kind.words, startedAt: startedAt, endedAt: startedAt)
        let latency = network.drawLatency(system)
        do {
            let response = try travel(request, path: path, latency: latency, fault: fault, exchange: &exchange)
            exchange.outcome = .answered(response)
            finish(&exchange)
            return response
        } catch let failure as TransportFailure {
            exchange.outcome = .failed(failure)
            finish(&exchange)
            if fault?.kind == .lateEffect { carryOutLate(exchange, after: fault!.delay) }
            throw failure
        } catch {
            // The world ended under way. What the server did remains in the journal.
            exchange.outcome = .failed(.lost("\(error)"))
            finish(&exchange)
            throw error
        }
    }

    private func finish(_ exchange: inout Exchanged) {
        exchange.endedAt = network.clock.now()
        network.finish(exchange)
    }

    private func carryOutLate(_ exchange: Exchanged, after delay: Duration) {
        network.clock.at(network.clock.now() + delay) { [self] in
            network.carriedOutLate(exchange, server(exchange.request))
        }
    }

    /// The same request arrives once more, and nobody waits for what the server says to it.
    private func deliverAgain(_ exchange: Exchanged) {
        var echo = exchange
        echo.served = server(exchange.request)
        echo.outcome = .failed(.lost("nobody waited for this answer"))
        echo.fault = "the request of exchange \(exchange.number) arrived once more"
        finish(&echo)
    }

    // MARK: There and back

    private func travel(
        _ request: Request, path: Substring, latency: Duration, fault: Fault?, exchange: inout Exchanged
    ) throws -> Response {
        let clock = network.clock
        let there = Duration.milliseconds(latency.milliseconds / 2)
        let back = latency - there
        let deadline = exchange.startedAt + request.timeout
        if let fault, !fault.kind.isCarriedOut {
            try clock.wait(for: latency)
            return try answerInstead(of: request, fault)
        }
        if fault?.kind == .lateEffect {
            try clock.run(until: deadline)
            throw TransportFailure.timedOut(after: request.timeout)
        }
        try clock.wait(for: there)
        var response = serve(request)
        if fault?.kind == .duplicatedRequest { deliverAgain(exchange) }
        exchange.served = response
        try network.crashes.didServe(system, request, path: path, number: exchange.number)
        guard fault?.kind != .slow, clock.now() + back <= deadline else {
            try clock.run(until: deadline)
            throw TransportFailure.timedOut(after: request.timeout)
        }
        try clock.wait(for: back)
        if let fault { response = try spoil(response, fault) }
        return response
    }

    private func serve(_ request: Request) -> Response {
        let response = server(request)
        if request.method == .get, network.faults.mayServeStale(system, request, path: request.path(behind: basePath)) {
            earlierAnswers[request.target] = response
        }
        return response
    }

    /// What the caller gets of a request that the server never carries out.
    private func answerInstead(of request: Request, _ fault: Fault) throws -> Response {
        switch fault.kind {
        case .refusedConnection: throw TransportFailure.refused("connection refused")
        case .requestLost: throw TransportFailure.lost("closed before an answer came")
        case .tooManyCalls:
            return Spoiled.tooManyCalls(retryAfter: String(fault.retryAfter.milliseconds / 1000))
        case .tooManyCallsUntilDate:
            var response = Spoiled.tooManyCalls(retryAfter: HTTPDate.text(network.clock.now() + fault.retryAfter))
            response.headers[.date] = HTTPDate.text(network.clock.now())
            return response
        case .serverErrorBefore: return Spoiled.serverError
        case .badGateway: return Spoiled.page(status: 502, "Bad Gateway")
        case .serviceUnavailable: return Spoiled.page(status: 503, "Service Unavailable")
        case .requestTimeout: return Spoiled.page(status: 408, "Request Timeout")
        case .unauthorised: return Response(status: 401)
        case .html: return Spoiled.page(status: 200, "Down for maintenance")
        case .staleRead: return earlierAnswers[request.target]!
        case .answerLost, .serverErrorAfter, .slow, .lateEffect, .resetMidBody, .truncatedJSON, .noID, .noContent,
            .duplicatedRequest:
            preconditionFailure("\(fault.kind.rawValue) is carried out")
        }
    }

    /// What the caller gets of an answer that the server gave.
    private func spoil(_ response: Response, _ fault: Fault) throws -> Response {
        switch fault.kind {
        case .answerLost: throw TransportFailure.lost("closed before an answer came")
        case .serverErrorAfter: return Spoiled.serverError
        case .resetMidBody:
            let whole = response.body.count
            throw TransportFailure.lost("reset after \(whole / 2) of \(whole) bytes")
        case .truncatedJSON: return Spoiled.cutShort(response)
        case .noID: return Spoiled.withoutID(response)
        case .noContent: return response.isSuccess ? Response(status: 204) : response
        case .duplicatedRequest: return response
        case .refusedConnection, .requestLost, .tooManyCalls, .tooManyCallsUntilDate, .serverErrorBefore, .badGateway,
            .serviceUnavailable, .requestTimeout, .unauthorised, .html, .staleRead, .slow, .lateEffect:
            preconditionFailure("\(fault.kind.rawValue) leaves no answer of the server's to spoil")
        }
    }
}
