package import Exchange
import OngoingFake
import RackbeatFake
import Simulation
package import SyncCore
package import SyncEngine

/// A world for who asks both fakes as a client of its own, beside the engine and without its faults.
extension World {
    package var journal: Journal { host.journal }
    /// Waiting runs whatever falls due.
    package var ownClock: any Clock { clock }

    /// Clients of one connection that call the fakes directly.
    ///
    /// - Parameter hear: Gets every request and its response.
    package func clients(
        of settings: ConnectionSettings, hear: @escaping (System, Request, Response) -> Void = { _, _, _ in }
    ) throws -> EngineFactory.Clients {
        let factory = EngineFactory(
            rackbeat: EngineFactory.RackbeatAccess(
                basePath: basePaths.rackbeat, token: runOptions.credentials.token, profile: plan.profiles[.rackbeat]!,
                applicationName: "Tandem", email: "tandem@tandem.example"),
            clock: clock,
            transport: { [unowned self] system, _ in transport(to: system) { hear(system, $0, $1) } },
            random: { _, _ in Middle() })
        return try factory.clients(
            of: settings,
            EngineFactory.OngoingAccess(
                basePath: basePaths.ongoing, user: runOptions.credentials.user, password: runOptions.credentials.password,
                profile: plan.profiles[.ongoing]!))
    }

    /// The way to a fake without the network between.
    package func transport(to system: System, hear: @escaping (Request, Response) -> Void = { _, _ in }) -> any Transport {
        DirectTransport { [unowned self] request in
            let response =
                system == .rackbeat ? erpActor.fake.respond(to: request) : warehouseActor.fake.respond(to: request)
            hear(request, response)
            return response
        }
    }
}

private final class DirectTransport: Transport {
    private let respond: (Request) -> Response
    init(_ respond: @escaping (Request) -> Response) { self.respond = respond }
    func send(_ request: Request) -> Response { respond(request) }
}

/// Nobody draws a jitter where no exchange fails.
private struct Middle: RandomNumberGenerator {
    mutating func next() -> UInt64 { 1 << 63 }
}
