package import Units

/// One exchange as seen between caller and server.
package struct Exchanged: Sendable {
    package enum Outcome: Sendable, Equatable {
        case response(Response)
        case failed(TransportFailure)
    }

    /// From 1, in order of sending.
    package var number: Int
    package var system: System
    /// The name of the engine's connection that sent it; empty when unknown.
    package var connection: String
    package var request: Request
    /// What the caller received.
    package var outcome: Outcome
    /// What the server really sent; `nil` when the request never reached it. Differs from `outcome` when a fault was injected.
    package var served: Response?
    /// The injected fault, in words.
    package var fault: String?
    package var startedAt: Moment
    package var endedAt: Moment

    package init(
        number: Int, system: System, connection: String, request: Request, outcome: Outcome, served: Response?,
        fault: String? = nil, startedAt: Moment, endedAt: Moment
    ) {
        self.number = number
        self.system = system
        self.connection = connection
        self.request = request
        self.outcome = outcome
        self.served = served
        self.fault = fault
        self.startedAt = startedAt
        self.endedAt = endedAt
    }
}
