import Invariants
import Units

/// Writes the book: what people did, at the time at which they did it.
final class ActionRecorder {
    private(set) var book = ActionLog()
    private let clock: () -> Moment

    init(clock: @escaping () -> Moment) { self.clock = clock }

    func write(_ action: ActionLog.Action) { book.record(action, at: clock()) }
}
