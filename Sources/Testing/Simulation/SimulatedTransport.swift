import Exchange
import HTTPTypes
import Units

/// The caller's half of a simulated exchange: where the engine may crash, and what it gets in the end.
final class SimulatedTransport: Transport {
    private unowned let network: SimulatedNetwork
    private let system: System
    private let connection: String
    private let basePath: String
    private let server: (Request) -> Response
    private let wire: any Transport
    private let closedPort: any Transport
    private let earlierResponses: EarlierResponses

    init(
        network: SimulatedNetwork, system: System, connection: String, basePath: String,
        server: @escaping (Request) -> Response
    ) {
        self.network = network
        self.system = system
        self.connection = connection
        self.basePath = basePath
        self.server = server
        earlierResponses = network.earlierResponses(system, of: connection)
        wire = network.wires[system]?.transport() ?? InProcessWire { [unowned network] in network.arrive($0, at: system) }
        closedPort = network.wires[system]?.transportToClosedPort() ?? ClosedPort()
    }

    func send(_ request: Request) throws -> Response {
        let path = request.path(behind: basePath)
        try network.crashes.willSend(system, request, path: path, number: network.journal.count + 1)
        let exchange = SimulatedExchange(
            network: network, system: system, connection: connection, request: request, path: path,
            latency: network.drawLatency(system), server: server, earlierResponses: earlierResponses)
        do {
            let response = try carry(exchange)
            exchange.finish(.response(response))
            return response
        } catch let failure as TransportFailure {
            exchange.finish(.failed(failure))
            exchange.scheduleLateEffect()
            throw failure
        } catch {
            // The engine ended meanwhile. What the server did remains in the journal.
            exchange.finish(.failed(.lost("\(error)")))
            throw error
        }
    }

    private func carry(_ exchange: SimulatedExchange) throws -> Response {
        let request = exchange.record.request
        var outgoing = request
        if exchange.willTimeOut { outgoing.timeout = request.timeout / network.timeScale }
        do {
            guard !exchange.refusesConnection else {
                if let latency = exchange.latency { try network.clock.wait(for: latency) }
                return try closedPort.send(outgoing)
            }
            let response = try network.carry(exchange, over: wire, outgoing)
            if let interruption = exchange.interruption { throw interruption }
            return response
        } catch let failure as TransportFailure {
            // When the engine ended, the wire only knows that the connection is gone.
            if let interruption = exchange.interruption { throw interruption }
            if case .timedOut = failure { throw TransportFailure.timedOut(after: request.timeout) }
            throw failure
        }
    }
}
