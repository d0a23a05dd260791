import Invariants
import Units

/// Writes the action log: what people do, at the time at which they do it.
final class ActionRecorder {
    private(set) var log = ActionLog()
    private let clock: () -> Moment
    /// Told of each action.
    var whenRecorded: (ActionLog.Action) -> Void = { _ in }

    init(clock: @escaping () -> Moment) { self.clock = clock }

    func record(_ action: ActionLog.Action) {
        log.record(action, at: clock())
        whenRecorded(action)
    }
}
