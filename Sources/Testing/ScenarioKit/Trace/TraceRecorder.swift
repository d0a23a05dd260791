import Simulation
import SyncEngine
import Units

/// Notes in every run when steps were taken and what the engine said, and nothing else: exchanges, faults and ledgers are kept anyway, and
/// the trace is put together only where it is shown.
final class TraceRecorder {
    enum Event {
        case step(StepMark)
        case engine(EngineEvent)
        case started
        case crashed(SimulatedCrash)
    }

    struct Mark {
        let time: Moment
        /// How many exchanges had begun.
        let exchanges: Int
        var event: Event
    }

    /// What belongs to a step, by the places in the lists where it is kept.
    struct StepMark {
        let step: Step
        var wasTaken = false
        var actions = 0..<0
        var rackbeatMovements = 0..<0
        var ongoingMovements = 0..<0
    }

    private(set) var marks: [Mark] = []
    /// The number of marks that are kept; `nil`: all.
    var limit: Int?
    private let network: SimulatedNetwork

    init(network: SimulatedNetwork) { self.network = network }

    func note(_ event: Event) {
        guard network.journal.keepsEntries else { return }
        marks.append(Mark(time: network.clock.now(), exchanges: network.journal.count, event: event))
        if let limit, marks.count > limit { marks.removeFirst(marks.count / 8 + 1) }
    }

    /// Notes a step before it is taken: what happens in it comes behind.
    func begin(_ step: Step) -> Int {
        note(.step(StepMark(step: step)))
        return marks.count - 1
    }

    /// - Parameter place: What ``begin(_:)`` returned.
    func end(_ mark: StepMark, at place: Int) {
        guard limit == nil, marks.indices.contains(place) else { return }
        marks[place].event = .step(mark)
    }

    /// The step could not be taken, and is to be tried again.
    func withdraw(_ place: Int) {
        if limit == nil, place == marks.count - 1 { marks.removeLast() }
    }
}
