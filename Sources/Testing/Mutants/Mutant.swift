package import Exchange
import Simulation
package import Units

/// A defect made on purpose, to see that the rules notice it.
///
/// Most sit between the engine and the network and change what is asked or answered, so that the sound engine seems to have
/// the defect. Where the engine looks again at what it did, the sabotage answers with what a blind engine would have believed.
package struct Mutant: Sendable {
    package enum Act: Sendable {
        /// On the wire to one system. Each connection gets a meddler of its own.
        case wire(System, @Sendable () -> Interceptor)
        /// Stock on hand changes without an entry in the ledger of one system, which the runner has to do.
        case ledger(System)
        /// Triggers in the engine's journal, in SQL: what it writes of one kind is lost, or comes out as something else.
        case journal(triggers: String)
        /// Each courier draws its pauses from this instead of from chance.
        case chance(@Sendable () -> any RandomNumberGenerator)
    }

    /// Stands in for the engine's call: sends what it likes and answers what it likes.
    package typealias Interceptor = (_ request: Request, _ wire: Wire) throws -> Response

    /// In kebab-case, as scenarios name it.
    package let name: String
    /// The defect as somebody had it, and what it did to them.
    package let story: String
    /// The name of the rule that must catch it.
    package let caughtBy: String
    package let act: Act

    /// Every sabotage, in the order in which an order's life could meet it.
    package static let all =
        catalogue + orders + purchaseOrders + shipping + receiving + stock + reading + cursors + answers + memory + manners

    package static func named(_ name: String) -> Mutant? { all.first { $0.name == name } }

    /// What stands in the way to a system; `nil` when the sabotage lies elsewhere.
    ///
    /// Made once for each connection: it remembers across restarts of the engine, as what it stands for keeps its state on disk.
    package func interceptor(to system: System) -> Interceptor? {
        guard case .wire(system, let makeInterceptor) = act else { return nil }
        return makeInterceptor()
    }

    /// The way to a system with this sabotage on it; the way itself when the sabotage lies elsewhere.
    package func transport(over transport: any Transport, to system: System, wire facts: Wire.Facts) -> any Transport {
        guard let interceptor = interceptor(to: system) else { return transport }
        return Wire(facts: facts, transport: transport).intercepted(with: interceptor)
    }
}

/// What a meddler can do and knows.
package struct Wire {
    package struct Facts: Sendable {
        /// What stands before every path.
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
    /// Writes a line into the log of the run.
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

    /// The way with somebody on it who meddles.
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
