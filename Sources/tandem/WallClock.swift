import Dispatch
import Exchange
import FoundationEssentials
import Units

/// Real time, with a semaphore that ends a wait early.
///
/// Moments are those of the system clock, because the journal and people compare them, as it stood when this was made; from then on
/// time is measured by what no setting of the clock changes. Set back by a day, the clock would otherwise let nothing fall due for a
/// day, and set forward, it would cut the time short in which a write may still arrive. Waits are measured by the machine's uptime.
final class WallClock: Clock {
    private let wake: DispatchSemaphore
    private let began = WallClock.time()
    private let beganRunning = ContinuousClock.now

    /// - Parameter wake: Signalled by other threads when something has changed that a wait may depend on.
    init(wake: DispatchSemaphore) { self.wake = wake }

    /// The time of the system clock.
    static func time() -> Moment {
        Moment(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    func now() -> Moment { began + .milliseconds(beganRunning.duration(to: .now).milliseconds) }

    func wait(for duration: Duration) { wait(for: duration, unless: { false }) }

    func wait(for duration: Duration, unless isNudged: () -> Bool) {
        let deadline = DispatchTime.now() + .milliseconds(Int(duration.milliseconds))
        // A signal may be older than this wait or have another reason, so the condition decides.
        while !isNudged() {
            if wake.wait(timeout: deadline) == .timedOut { return }
        }
    }
}
