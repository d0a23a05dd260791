package import Simulation
package import Units

/// How a scenario is run: as it is written, over another network, with faults of an exploration, or served to callers from outside.
package struct RunOptions: Sendable {
    /// What people do about a step that cannot be taken, such as the pick of an order that has not arrived.
    package enum Steps: Sendable {
        /// The run ends there: the scenario is wrong.
        case asWritten
        /// They wait while the schedule runs on and try again; the run ends when the order never comes.
        case triedAgain
        /// They wait and try again, and in the end leave it.
        case leftInTheEnd
        /// They leave it at once, and what was to happen at a time that has passed: for scenarios that are made smaller.
        case leftAtOnce
    }

    /// What must be so at the end, beside what the standing rules demand in any case.
    package enum Demands: Sendable {
        /// All that the scenario expects, and that what it says is parked is parked.
        case everything
        /// The same without what it expects of the way there, such as how many requests were sent.
        case theEnd
        /// Nothing: what the scenario says is parked may be parked or not.
        case nothing
    }

    /// `nil`: the scenario's own seed.
    package var seed: UInt64?
    package var credentials = Credentials.simulated
    /// When simulated time begins; `nil`: when the scenario says.
    package var startedAt: Moment?
    /// The goods owner of the first connection; `nil`: the scenario's.
    package var goodsOwner: Int?
    /// Faults beside the scenario's own.
    package var injectedFaults: [InjectedFault] = []
    package var steps = Steps.asWritten
    /// Whether people who saw a step of the engine struck by a blow let the schedule run until it must have come round, before
    /// they go on. Where stock sync is yet to begin, they do so in any case.
    package var peopleWait = false
    /// Whether trouble ends after the last step and the schedule runs on for ``World/bound``.
    package var settles = false
    package var demands = Demands.everything
    /// Whether what is to end before a person is worked out from what people did, instead of being read from the scenario.
    package var predictsParked = false
    /// Whether every event is kept in words, to show where two runs part.
    package var keepsWords = false
    /// Whether the exchanges are listed in what comes out.
    package var listsExchanges = false
    /// Whether every exchange is shown, and not only those that led to what went wrong.
    package var showsExchanges = false
    /// What exchanges travel over; `nil`: in process.
    package var network: (any RealNetwork)?
    /// By how much faster than simulated time a time-out is waited for on a real network.
    package var timeScale = 100

    package init() {}
}
