import Exchange
import HTTPTypes
import Units

/// One exchange in progress, of the engine or of a caller outside: the time it takes, the fault that is injected, what the server
/// sees and what goes on the wire.
///
/// Faults are the same for both, with two differences of a real wire. The connection of a caller outside exists, so a refused one
/// is closed without a response. And nobody knows how long the caller waits, so a late effect counts from the time-out of the request.
final class SimulatedExchange {
    private unowned let network: SimulatedNetwork
    private(set) var record: Exchanged
    let fault: Fault?
    /// `nil` for a caller outside, whose time on the wire is real.
    let latency: Duration?
    private(set) var hasArrived = false
    /// What ended the process of the caller while the request was on its way, such as a crash of the engine.
    private(set) var interruption: (any Error)?
    private let path: Substring
    private let server: (Request) -> Response
    private let earlierResponses: EarlierResponses

    /// Gives the exchange its number and decides which fault is injected.
    init(
        network: SimulatedNetwork, system: System, connection: String, request: Request, path: Substring, latency: Duration?,
        server: @escaping (Request) -> Response, earlierResponses: EarlierResponses
    ) {
        let now = network.clock.now()
        let number = network.journal.begin()
        let hasEarlierResponse = earlierResponses[request] != nil
        let injectedFault = network.faults.fault(on: request, number: number, hasEarlierResponse: hasEarlierResponse)
        let plannedFault = network.faults.fault(
            on: request, to: system, of: connection, path: path, at: now, hasEarlierResponse: hasEarlierResponse,
            isTaken: injectedFault != nil)
        self.network = network
        self.path = path
        self.latency = latency
        self.server = server
        self.earlierResponses = earlierResponses
        fault = injectedFault ?? plannedFault
        record = Exchanged(
            number: number, system: system, connection: connection, request: request, outcome: .failed(.lost("")), served: nil,
            fault: fault.map { AppliedFault.injected($0.kind) }, startedAt: now, endedAt: now)
    }

    private var clock: VirtualClock { network.clock }
    private var deadline: Moment { record.startedAt + record.request.timeout }

    var refusesConnection: Bool {
        if case .refusesConnection = fault?.kind.effect { true } else { false }
    }

    /// Whether it is certain from the beginning that no response comes in time.
    var willTimeOut: Bool {
        switch fault?.kind.effect {
        case .delaysResponse, .delaysRequest: true
        case .refusesConnection, .replacesResponse, .altersResponse, .altersExchange, .repeatsRequest, .repeatsRequestLater, nil:
            latency.map { $0 > record.request.timeout } ?? false
        }
    }

    // MARK: At the server

    /// The request has arrived, as it came over the wire.
    func arrive(_ request: Request) -> Served {
        hasArrived = true
        do {
            return try carryOut(request)
        } catch {
            interruption = error
            return .closed
        }
    }

    private func carryOut(_ request: Request) throws -> Served {
        let effect = fault?.kind.effect
        switch effect {
        case .refusesConnection: return .closed
        case .replacesResponse(let replacement):
            try wait(for: latency)
            return replacement(context(of: request))
        case .delaysRequest: return try passTimeOut()
        case .altersResponse, .altersExchange, .delaysResponse, .repeatsRequest, .repeatsRequestLater, nil: break
        }
        let there = latency.map { Duration.milliseconds($0.milliseconds / 2) }
        let back = latency.map { $0 - there! }
        try wait(for: there)
        let response: Response
        if case .altersExchange(let other, let changed) = effect {
            response = changed(serve(other(request)), request)
        } else {
            response = serve(request)
        }
        if case .repeatsRequest = effect { deliverAgain(request) }
        if case .repeatsRequestLater = effect { clock.at(clock.now() + fault!.delay) { self.deliverAgain(request) } }
        record.served = response
        if latency != nil { try network.crashes.didServe(record.system, request, path: path, number: record.number) }
        if case .delaysResponse = effect { return try passTimeOut() }
        if let back, clock.now() + back > deadline { return try passTimeOut() }
        try wait(for: back)
        guard case .altersResponse(let alter) = effect else { return .response(response) }
        return alter(response, context(of: request))
    }

    private func context(of request: Request) -> FaultEffect.Context {
        FaultEffect.Context(
            fault: fault!, earlierResponse: earlierResponses[request], now: network.time(at: record.system))
    }

    private func serve(_ request: Request) -> Response {
        let response = server(request)
        if request.method == .get, network.faults.mayServeStale(record.system, request, path: path) {
            earlierResponses[request] = response
        }
        return response
    }

    /// The same request arrives once more, and nobody waits for the response.
    private func deliverAgain(_ request: Request) {
        var second = record
        second.served = server(request)
        second.fault = AppliedFault.secondDelivery(of: record.number)
        second.outcome = .failed(.lost("nobody waited for this response"))
        second.endedAt = clock.now()
        network.journal.append(second)
        publish(second)
    }

    private func wait(for duration: Duration?) throws {
        if let duration { try clock.wait(for: duration) }
    }

    private func passTimeOut() throws -> Served {
        if latency != nil { try clock.run(until: deadline) }
        return .silence
    }

    // MARK: At the caller

    func finish(_ outcome: Exchanged.Outcome) {
        record.outcome = outcome
        record.endedAt = clock.now()
        network.journal.append(record)
        publish(record)
    }

    /// Schedules the effect of a request that its caller has given up, if there is one.
    func scheduleLateEffect() {
        guard case .delaysRequest = fault?.kind.effect, let delay = fault?.delay else { return }
        let wait = latency == nil ? record.request.timeout + delay : delay
        clock.at(clock.now() + wait) { [self] in
            let response = server(record.request)
            record.served = response
            network.journal.wasServed(record.number, response)
            publish(record)
        }
    }

    /// Callers outside do not enter the trail: what they send differs from day to day, and nobody compares it.
    private func publish(_ exchange: Exchanged) {
        if latency != nil { network.trail.add(exchange) }
        network.observe(exchange)
    }
}

/// The latest responses to the reads of one caller, by target.
final class EarlierResponses {
    private var responses: [String: Response] = [:]

    subscript(request: Request) -> Response? {
        get { responses[request.target] }
        set { responses[request.target] = newValue }
    }
}

extension Served {
    /// What the caller gets, in the words of a real client.
    func outcome(of request: Request) -> Exchanged.Outcome {
        switch self {
        case .response(let response): .response(response)
        case .cutShort(let response, let bytes) where !response.body.isEmpty:
            .failed(.reset(after: bytes, of: response.body.count))
        case .closed, .cutShort: .failed(.closedBeforeResponse)
        case .oversized: .failed(.tooLong(limitBytes: request.responseLimitBytes ?? Served.longestBody))
        case .silence: .failed(.timedOut(after: request.timeout))
        }
    }
}
