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
    /// The response of the server; `nil` when the request never reached it. A fault makes `outcome` differ from it.
    package var served: Response?
    /// What a simulation did to it on purpose.
    package var fault: (any ExchangeFault)?
    package var startedAt: Moment
    package var endedAt: Moment

    package init(
        number: Int, system: System, connection: String, request: Request, outcome: Outcome, served: Response?,
        fault: (any ExchangeFault)? = nil, startedAt: Moment, endedAt: Moment
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

/// A fault that a simulation injected into an exchange. The simulation defines which faults there are.
package protocol ExchangeFault: Sendable, CustomStringConvertible {
    /// Stands for the fault where runs are compared. Rewording the description does not change it.
    var id: String { get }
    /// Whether nobody sent this exchange: the request of another arrived once more.
    var isSecondDelivery: Bool { get }
}
