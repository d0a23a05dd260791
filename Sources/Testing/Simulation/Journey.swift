import Exchange
import HTTPTypes
import Units

/// One exchange under way, as the network and the server see it: the time it takes, what happens in the world meanwhile, the fault
/// that strikes, and what is put on the wire in the end.
final class Journey {
    private unowned let network: SimulatedNetwork
    var exchange: Exchanged
    let latency: Duration
    let fault: Fault?
    private(set) var hasArrived = false
    /// What ended the caller's world while the request was on its way, such as a crash of the engine.
    private(set) var worldsEnd: (any Error)?
    private let path: Substring
    private let server: (Request) -> Response
    private let earlierAnswers: EarlierAnswers

    init(
        network: SimulatedNetwork, exchange: Exchanged, path: Substring, latency: Duration, fault: Fault?,
        server: @escaping (Request) -> Response, earlierAnswers: EarlierAnswers
    ) {
        self.network = network
        self.exchange = exchange
        self.path = path
        self.latency = latency
        self.fault = fault
        self.server = server
        self.earlierAnswers = earlierAnswers
    }

    private var clock: VirtualClock { network.clock }
    private var deadline: Moment { exchange.startedAt + exchange.request.timeout }

    /// Whether it is certain from the beginning that the caller will wait in vain.
    var willTimeOut: Bool {
        fault?.kind == .slow || fault?.kind == .lateEffect || latency > exchange.request.timeout
    }

    /// The request has come through, as it stands on the wire.
    func arrive(_ request: Request) -> Served {
        hasArrived = true
        do {
            return try travel(request)
        } catch {
            worldsEnd = error
            return .closed
        }
    }

    func carryOutLate(after delay: Duration) {
        clock.at(clock.now() + delay) { [self] in
            network.carriedOutLate(exchange, server(exchange.request))
        }
    }

    /// The same request arrives once more, and nobody waits for what the server says to it.
    private func deliverAgain(_ request: Request) {
        var echo = exchange
        echo.served = server(request)
        echo.fault = "the request of exchange \(exchange.number) arrived once more"
        network.finish(&echo, .failed(.lost("nobody waited for this answer")))
    }

    // MARK: There and back

    private func travel(_ request: Request) throws -> Served {
        let there = Duration.milliseconds(latency.milliseconds / 2)
        let back = latency - there
        if let fault, !fault.kind.isCarriedOut {
            try clock.wait(for: latency)
            return fault.answerInstead(earlier: earlierAnswers[request], now: network.time(at: exchange.system))
        }
        if fault?.kind == .lateEffect {
            try clock.run(until: deadline)
            return .silence
        }
        try clock.wait(for: there)
        let response = serve(request)
        if fault?.kind == .duplicatedRequest { deliverAgain(request) }
        exchange.served = response
        try network.crashes.didServe(exchange.system, request, path: path, number: exchange.number)
        guard fault?.kind != .slow, clock.now() + back <= deadline else {
            try clock.run(until: deadline)
            return .silence
        }
        try clock.wait(for: back)
        return fault?.spoil(response) ?? .response(response)
    }

    private func serve(_ request: Request) -> Response {
        let response = server(request)
        if request.method == .get, network.faults.mayServeStale(exchange.system, request, path: path) {
            earlierAnswers[request] = response
        }
        return response
    }
}
