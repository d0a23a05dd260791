import Exchange
import Units

/// What only the command line can give: sockets, clocks, chance. Called on the thread that will use what it gives.
public struct Outside: Sendable {
    /// Opens a way to one system.
    ///
    /// - Parameters: the system; scheme, host and port, such as `https://app.rackbeat.com`.
    public var transport: @Sendable (System, String) throws -> any Transport
    public var watch: @Sendable () -> Watch
    public var chance: @Sendable () -> any RandomNumberGenerator

    public init(
        transport: @escaping @Sendable (System, String) throws -> any Transport, watch: @escaping @Sendable () -> Watch,
        chance: @escaping @Sendable () -> any RandomNumberGenerator
    ) {
        self.transport = transport
        self.watch = watch
        self.chance = chance
    }
}

/// A clock, and the way to end its waiting from another thread.
public struct Watch {
    public let timekeeper: any Timekeeper
    /// Lets a wait that is going on look at its reason for waiting again.
    public let wake: @Sendable () -> Void

    public init(_ timekeeper: any Timekeeper, wake: @escaping @Sendable () -> Void) {
        self.timekeeper = timekeeper
        self.wake = wake
    }
}

/// Somebody asked for the end. Thrown through the engine like any other end of its world: the exchange in flight was finished,
/// the next one was not begun, and the journal knows how far it had come.
public struct Stopped: Error {
    public init() {}
}

/// How a command ended, for the shell.
public enum Verdict: Int32, Sendable, Comparable {
    case held = 0
    /// Something needs a person.
    case broken = 1
    case usage = 2
    /// An endpoint could not be reached, or refused us.
    case unreachable = 3
    case defect = 70

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
