import Exchange
import HTTPTypes
import JSON
import Testing
import Units

@testable import Simulation

/// A server that counts, behind a simulated network.
final class NetworkBench {
    let start = Moment(iso: "2026-03-02T08:00:00Z")!
    let clock: VirtualClock
    let network: SimulatedNetwork
    private(set) var served: [Request] = []
    private var transport: (any Transport)!
    var observed: [Exchanged] = []

    init(seed: UInt64 = 1, over real: (any RealNetwork)? = nil) {
        clock = VirtualClock(startingAt: start)
        network = SimulatedNetwork(clock: clock, chance: Chance(seed: seed))
        try! network.open(.ongoing, on: real)
        network.observe = { [unowned self] in observed.append($0) }
        restart()
    }

    /// Another process of the same connection.
    func restart() {
        transport = network.transport(to: .ongoing, connection: "main", basePath: "/api") { [unowned self] request in
            served.append(request)
            return Response(status: 200, json: ["orderId": 7, "order": ["id": 9, "name": "x"], "count": JSON(served.count)])
        }
    }

    func put(timeout: Duration = .seconds(30)) -> Result<Response, any Error> {
        Result { try transport.send(Request(.put, "/api/orders?x=1", body: Array("{}".utf8), timeout: timeout)) }
    }

    func get() -> Result<Response, any Error> { Result { try transport.send(Request(.get, "/api/orders/7")) } }

    func inject(_ kind: FaultKind, _ pattern: String = "ongoing * /**", _ change: (inout Fault) -> Void = { _ in }) throws {
        var fault = Fault(try ExchangePattern(pattern), kind)
        change(&fault)
        network.add(fault)
    }
}

extension Result<Response, any Error> {
    var response: Response? { try? get() }

    var failure: TransportFailure? {
        if case .failure(let error) = self { error as? TransportFailure } else { nil }
    }
}

extension Response {
    /// The body as a tree; `nil` when there is none or it is not JSON.
    var json: JSON? { try? JSON.parse(body) }
}
