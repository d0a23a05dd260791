import Dispatch
import Exchange
import Units

/// The wall's clock, with a bell that ends a wait early.
///
/// Moments are the wall's, because the journal and people compare them. Waits are measured by the machine's uptime, so that
/// setting the clock neither ends nor prolongs one.
final class WallClock: Clock {
    private let bell: DispatchSemaphore

    /// - Parameter bell: Rung by other threads when something has changed that a wait may depend on.
    init(bell: DispatchSemaphore) { self.bell = bell }

    func now() -> Moment { WallTime.now() }

    func wait(for duration: Duration) { wait(for: duration, unless: { false }) }

    func wait(for duration: Duration, unless isNudged: () -> Bool) {
        let deadline = DispatchTime.now() + .milliseconds(Int(duration.milliseconds))
        // A ring may be older than this wait, or meant for another reason: each is a reason to look, none to go.
        while !isNudged() {
            if bell.wait(timeout: deadline) == .timedOut { return }
        }
    }
}
