import Exchange
import HTTPTypes
import Units

/// The caller's half of a simulated exchange: where the engine may crash, which fault strikes, and what the caller got in the end.
final class SimulatedTransport: Transport {
    private unowned let network: SimulatedNetwork
    private let system: System
    private let connection: String
    private let basePath: String
    private let server: (Request) -> Response
    private let wire: any Transport
    private let closedPort: any Transport
    /// The latest answer to each read that a stale read may repeat.
    private let earlierAnswers: EarlierAnswers

    init(
        network: SimulatedNetwork, system: System, connection: String, basePath: String,
        server: @escaping (Request) -> Response
    ) {
        self.network = network
        self.system = system
        self.connection = connection
        self.basePath = basePath
        self.server = server
        earlierAnswers = network.earlierAnswers(system, of: connection)
        wire = network.wires[system]?.transport() ?? DirectWire { [unowned network] in network.arrive($0, at: system) }
        closedPort = network.wires[system]?.transportToClosedPort() ?? DeadEnd()
    }

    func send(_ request: Request) throws -> Response {
        let path = request.path(behind: basePath)
        try network.crashes.willSend(system, request, path: path, number: network.journal.count + 1)
        let startedAt = network.clock.now()
        let number = network.journal.begin()
        let hasEarlierAnswer = earlierAnswers[request] != nil
        let injectedFault = network.faults.ruling(on: request, number: number, hasEarlierAnswer: hasEarlierAnswer)
        let planned = network.faults.ruling(
            on: request, to: system, of: connection, path: path, at: startedAt, hasEarlierAnswer: hasEarlierAnswer,
            isTaken: injectedFault != nil)
        let fault = injectedFault ?? planned
        let journey = Journey(
            network: network,
            exchange: Exchanged(
                number: number, system: system, connection: connection, request: request,
                outcome: .failed(.lost("")), served: nil, fault: fault?.kind.words, startedAt: startedAt, endedAt: startedAt),
            path: path, latency: network.drawLatency(system), fault: fault, server: server, earlierAnswers: earlierAnswers)
        do {
            let response = try carry(journey)
            network.finish(&journey.exchange, .response(response))
            return response
        } catch let failure as TransportFailure {
            network.finish(&journey.exchange, .failed(failure))
            if fault?.kind == .lateEffect { journey.carryOutLate(after: fault!.delay) }
            throw failure
        } catch {
            // The world ended under way. What the server did remains in the journal.
            network.finish(&journey.exchange, .failed(.lost("\(error)")))
            throw error
        }
    }

    private func carry(_ journey: Journey) throws -> Response {
        let request = journey.exchange.request
        var outgoing = request
        if journey.willTimeOut { outgoing.timeout = request.timeout / network.timeScale }
        do {
            guard journey.fault?.kind != .refusedConnection else {
                try network.clock.wait(for: journey.latency)
                return try closedPort.send(outgoing)
            }
            let response = try network.carry(journey, over: wire, outgoing)
            if let end = journey.worldsEnd { throw end }
            return response
        } catch let failure as TransportFailure {
            // A wire knows only that the connection is gone when it was the caller's world that ended.
            if let end = journey.worldsEnd { throw end }
            if case .timedOut = failure { throw TransportFailure.timedOut(after: request.timeout) }
            throw failure
        }
    }
}

/// What reads have been answered with on one connection, by target.
final class EarlierAnswers {
    private var answers: [String: Response] = [:]

    subscript(request: Request) -> Response? {
        get { answers[request.target] }
        set { answers[request.target] = newValue }
    }
}
