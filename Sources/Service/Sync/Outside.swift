package import Exchange
import Units

/// What only the command line can give: sockets, clocks, chance. Called on the thread that will use what it gives.
package struct Outside: Sendable {
    /// Opens a way to one system.
    ///
    /// - Parameters: the system; scheme, host and port, such as `https://app.rackbeat.com`.
    package var transport: @Sendable (System, String) throws -> any Transport
    package var watch: @Sendable () -> Watch
    package var chance: @Sendable () -> any RandomNumberGenerator

    package init(
        transport: @escaping @Sendable (System, String) throws -> any Transport, watch: @escaping @Sendable () -> Watch,
        chance: @escaping @Sendable () -> any RandomNumberGenerator
    ) {
        self.transport = transport
        self.watch = watch
        self.chance = chance
    }
}

/// A clock, and the way to end its waiting from another thread.
package struct Watch {
    package let clock: any Clock
    /// Lets a wait that is going on look at its reason for waiting again.
    package let wake: @Sendable () -> Void

    package init(_ clock: any Clock, wake: @escaping @Sendable () -> Void) {
        self.clock = clock
        self.wake = wake
    }
}

/// Somebody asked for the end. Thrown through the engine like any other end of its world: the exchange in flight was finished,
/// the next one was not begun, and the journal knows how far it had come.
package struct Stopped: Error {
    package init() {}
}

/// How a command ended, for the shell.
package enum Verdict: Int32, Sendable, Comparable {
    case held = 0
    /// Something needs a person.
    case broken = 1
    case usage = 2
    /// An endpoint could not be reached, or refused us.
    case unreachable = 3
    case defect = 70

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
