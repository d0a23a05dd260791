package import Exchange
import HTTPTypes
import Units

extension SimulatedNetwork {
    /// Serves one request of a caller outside at the moment that the clock shows.
    package func serve(
        _ request: Request, to system: System, connection: String, basePath: String, server: @escaping (Request) -> Response
    ) -> Served {
        let exchange = SimulatedExchange(
            network: self, system: system, connection: connection, request: request, path: request.path(behind: basePath),
            latency: nil, server: server, earlierResponses: earlierResponsesOfCallers(system))
        let wire = exchange.arrive(request)
        exchange.finish(wire.outcome(of: request))
        exchange.scheduleLateEffect()
        return wire
    }
}
