import Dispatch
import Exchange
import Units

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Real time, with a semaphore that ends a wait early.
///
/// Moments are those of the system clock, because the journal and people compare them. Waits are measured by the machine's uptime,
/// so that setting the clock neither ends nor prolongs one.
final class WallClock: Clock {
    private let wake: DispatchSemaphore

    /// - Parameter wake: Signalled by other threads when something has changed that a wait may depend on.
    init(wake: DispatchSemaphore) { self.wake = wake }

    /// The time of the system clock.
    static func time() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    func now() -> Moment { Self.time() }

    func wait(for duration: Duration) { wait(for: duration, unless: { false }) }

    func wait(for duration: Duration, unless isNudged: () -> Bool) {
        let deadline = DispatchTime.now() + .milliseconds(Int(duration.milliseconds))
        // A signal may be older than this wait or have another reason, so the condition decides.
        while !isNudged() {
            if wake.wait(timeout: deadline) == .timedOut { return }
        }
    }
}
