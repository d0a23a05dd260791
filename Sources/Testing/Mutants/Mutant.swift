package import Exchange
import Simulation
package import Units

/// A known integration bug that is put into the engine or a fake on purpose, to see that the invariants catch it.
///
/// Most intercept the engine's requests and responses, so that the unmodified engine seems to have the bug. Where the engine reads
/// back what it wrote, the mutant responds with what an engine with the bug would have believed.
package struct Mutant: Sendable {
    package enum Act: Sendable {
        /// On the wire to one system. Each connection gets an interceptor of its own.
        case wire(System, @Sendable () -> Interceptor)
        /// Stock on hand of one system changes without a ledger entry. The runner does it.
        case ledger(System)
        /// Triggers in the engine's journal, in SQL: rows of one kind are lost or changed.
        case journal(triggers: String)
        /// Each retrying client draws its pauses from this generator.
        case chance(@Sendable () -> any RandomNumberGenerator)
        /// The engine reads the clock through this one.
        case clock(@Sendable (any Clock) -> any Clock)
        /// The process around the engine never asks it to do this.
        case without(HostRequest)
    }

    /// What the process around the engine asks of it, by a call or by a setting.
    package enum HostRequest: Sendable {
        case nudge
        /// The nightly comparison and that on demand.
        case reconcile
        case overlap
        case sweep
        case nudgeDistance
        case givingUp
    }

    /// Gets each request of the engine, and decides what is sent and what the engine receives.
    package typealias Interceptor = (_ request: Request, _ wire: Wire) throws -> Response

    /// In kebab-case, as scenarios name it.
    package let name: String
    /// The bug, and the harm that it did.
    package let description: String
    /// The id of the invariant that must catch it.
    package let caughtBy: String
    package let act: Act

    /// In the order in which an order could meet them.
    package static let all =
        catalogue + orders + purchaseOrders + shipping + receiving + stock + reading + cursors + responses + journal + requests
        + needlessCalls

    package static func named(_ name: String) -> Mutant? { all.first { $0.name == name } }

    /// The interceptor for a system; `nil` when the mutant changes something else.
    ///
    /// Made once for each connection. It outlives the engine's process, like the state on disk of an engine with the bug.
    package func interceptor(to system: System) -> Interceptor? {
        guard case .wire(system, let makeInterceptor) = act else { return nil }
        return makeInterceptor()
    }

    /// The clock with this mutant on it, or unchanged when the mutant changes something else.
    package func clock(over clock: any Clock) -> any Clock {
        guard case .clock(let decorate) = act else { return clock }
        return decorate(clock)
    }

    /// The transport with this mutant on it, or unchanged when the mutant changes something else.
    package func transport(over transport: any Transport, to system: System, wire facts: Wire.Facts) -> any Transport {
        guard let interceptor = interceptor(to: system) else { return transport }
        return Wire(facts: facts, transport: transport).intercepted(with: interceptor)
    }
}

/// What an interceptor can do and knows.
package struct Wire {
    package struct Facts: Sendable {
        /// Precedes every path.
        package var basePath: String
        /// The number of the connection's location in Rackbeat.
        package var location: String

        package init(basePath: String, location: String) {
            self.basePath = basePath
            self.location = location
        }
    }

    package let facts: Facts
    /// The clock of the machine that the engine runs on.
    package let now: () -> Moment
    /// Writes a line to the log of the run.
    package let log: (String) -> Void
    let transport: any Transport

    package init(
        facts: Facts, transport: any Transport, now: @escaping () -> Moment = { Moment(milliseconds: 0) },
        log: @escaping (String) -> Void = { _ in }
    ) {
        self.facts = facts
        self.transport = transport
        self.now = now
        self.log = log
    }

    /// The transport with an interceptor on it.
    package func intercepted(with interceptor: @escaping Mutant.Interceptor) -> any Transport {
        InterceptedTransport(interceptor: interceptor, wire: self)
    }

    package func send(_ request: Request) throws -> Response { try transport.send(request) }

    /// The path segments behind the base path.
    package func segments(of request: Request) -> [String] {
        request.path(behind: facts.basePath).split(separator: "/").map { PercentEncoding.decode($0) }
    }
}

private final class InterceptedTransport: Transport {
    private let interceptor: Mutant.Interceptor
    private let wire: Wire

    init(interceptor: @escaping Mutant.Interceptor, wire: Wire) {
        self.interceptor = interceptor
        self.wire = wire
    }

    func send(_ request: Request) throws -> Response { try interceptor(request, wire) }
}
