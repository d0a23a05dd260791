import Exchange
import Units

/// Sits between a retrying client and its transport: asks before each exchange whether it may begin, and reports each outcome.
final class ExchangeTap: Transport {
    private let system: System
    private let connection: String
    private let transport: any Transport
    private let clock: any Clock
    private let mayBegin: () throws -> Void
    private let tell: (Exchanged) -> Void
    private var count = 0

    init(
        _ system: System, of connection: String, to transport: any Transport, clock: any Clock,
        mayBegin: @escaping () throws -> Void = {}, tell: @escaping (Exchanged) -> Void
    ) {
        self.system = system
        self.connection = connection
        self.transport = transport
        self.clock = clock
        self.mayBegin = mayBegin
        self.tell = tell
    }

    func send(_ request: Request) throws -> Response {
        try mayBegin()
        count += 1
        let started = clock.now()
        func told(_ outcome: Exchanged.Outcome, _ served: Response?) -> Exchanged {
            Exchanged(
                number: count, system: system, connection: connection, request: request, outcome: outcome, served: served,
                startedAt: started, endedAt: clock.now())
        }
        do {
            let response = try transport.send(request)
            tell(told(.response(response), response))
            return response
        } catch let failure as TransportFailure {
            tell(told(.failed(failure), nil))
            throw failure
        }
    }
}
