package import Mutants
package import Simulation
package import Units

/// How a scenario is run: as it is written, over another network, with faults of an exploration, or served to callers from outside.
package struct RunOptions: Sendable {
    /// What happens when a step cannot be taken, such as the pick of an order that has not arrived.
    package enum Steps: Sendable {
        /// The run ends: the scenario is wrong.
        case asWritten
        /// It is retried while the schedule runs. The run ends when it never succeeds.
        case retried
        /// It is retried, and skipped in the end.
        case retriedThenSkipped
        /// It is skipped at once, and so is a step whose time has passed: for scenarios that are being shrunk.
        case skipped
    }

    /// Which expectations must be met. The invariants must hold in any case.
    package enum Demands: Sendable {
        /// All of the scenario, and what it lists as parked must be parked.
        case everything
        /// The same without those about the run itself, such as how many requests were sent.
        case endState
        /// None. What the scenario lists as parked may be parked or not.
        case nothing
    }

    package enum TraceWanted: Sendable, Equatable {
        case none
        /// Runs that are not good.
        case failures
        /// All runs.
        case every
        /// All runs, with how the documents of both systems changed on the way.
        case whole
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
    /// Whether the actors let the schedule run for the settling time after a step into which a fault was injected. Where stock sync
    /// has not begun yet, they do so in any case.
    package var actorsWait = false
    /// How long people wait for the engine where a step cannot be taken, and where stock sync has not begun; `nil`:
    /// ``World/settlingTime``, and they do not wait for stock sync.
    package var longestWait: Duration?
    /// Whether all faults end after the last step and the schedule runs on for ``World/settlingTime``.
    package var settles = false
    package var demands = Demands.everything
    /// Whether the parked records are predicted from the action log instead of being read from the scenario.
    package var predictsParked = false
    /// Whether the text of every event is kept, to show where two runs differ.
    package var keepsWords = false
    /// Whether the run lists its exchanges.
    package var listsExchanges = false
    /// Whether every exchange is shown, not only those that a failure refers to.
    package var showsExchanges = false
    /// For which runs a trace is put together.
    package var trace = TraceWanted.none
    /// Makes what the exchanges of one run travel over; `nil`: they stay in process. Called on the thread of the run.
    package var network: (@Sendable () -> any RealNetwork)?
    /// Speeds up time-outs on a real network.
    package var timeScale = 100
    /// Put into the engine in a scenario that names none.
    package var mutants: [Mutant] = []
    /// Whether the run keeps a digest of what the engine sends, as it was before a mutant changed it.
    package var digestsRequests = false
    /// After how many requests of the engine the run is given up; `nil`: never.
    package var exchangeLimit: Int?
    /// How runs went when somebody last accepted it; `nil`: that is not looked at.
    package var baselines: Baselines?
    /// Whether a run that is not what its baseline says is no good one.
    package var judgesByBaseline = true
    /// Gets the world of the run after it was judged.
    package var atEnd: (@Sendable (World) throws -> Void)?

    package init() {}
}
