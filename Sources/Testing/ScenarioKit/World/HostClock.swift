import Exchange
import Simulation
import Units

/// The clock that the engine reads. As on a real machine, a process takes the time once and measures from then on how long it runs, so
/// that setting the clock shows in the next process only.
final class HostClock: Clock {
    private let right: VirtualClock
    /// How far the machine's clock is ahead, and how far it was when the process started.
    private var ahead = Duration.zero
    private var aheadOfProcess = Duration.zero

    init(_ right: VirtualClock) { self.right = right }

    func set(by change: Duration) { ahead += change }

    func processStarts() { aheadOfProcess = ahead }

    /// What the process's clock shows at that time.
    func ofProcess(_ moment: Moment) -> Moment { moment + aheadOfProcess }

    func now() -> Moment { right.now() + aheadOfProcess }

    func wait(for duration: Duration) throws { try right.wait(for: duration) }

    func wait(for duration: Duration, unless isNudged: () -> Bool) throws {
        try right.wait(for: duration, unless: isNudged)
    }
}
