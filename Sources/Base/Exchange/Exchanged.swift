import Units

/// One exchange as an onlooker between caller and server saw it.
public struct Exchanged: Sendable {
    public enum Outcome: Sendable, Equatable {
        case answered(Response)
        case failed(TransportFailure)
    }

    /// From 1, in order of sending.
    public var number: Int
    public var system: System
    /// The name of the engine's connection that sent it; empty when unknown.
    public var connection: String
    public var request: Request
    /// What the caller got.
    public var outcome: Outcome
    /// What the server really answered; `nil` when the request never reached it. Differs from `outcome` when a fault struck.
    public var served: Response?
    /// The fault that struck, in words.
    public var fault: String?
    public var startedAt: Moment
    public var endedAt: Moment

    public init(
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
