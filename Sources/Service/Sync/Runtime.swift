package import Exchange
import Units

/// What only the command line can give: sockets, clocks, random numbers. Called on the thread that uses the result.
package struct Runtime: Sendable {
    /// Opens a transport to one system.
    ///
    /// - Parameters: the system; scheme, host and port, such as `https://app.rackbeat.com`.
    package var transport: @Sendable (System, String) throws -> any Transport
    package var clock: @Sendable () -> WakeableClock
    package var generator: @Sendable () -> any RandomNumberGenerator
    /// The certificate that a host shows, valid or not; `nil`: none was seen.
    package var certificate: @Sendable (_ origin: String) -> SeenCertificate? = { _ in nil }

    /// Gets every exchange as it was on the wire, with the base path of its system; `nil`: nothing is recorded. Called on the thread that
    /// waits for the response.
    package var record: (@Sendable (Exchanged, _ basePath: String) -> Void)?

    package init(
        transport: @escaping @Sendable (System, String) throws -> any Transport, clock: @escaping @Sendable () -> WakeableClock,
        generator: @escaping @Sendable () -> any RandomNumberGenerator
    ) {
        self.transport = transport
        self.clock = clock
        self.generator = generator
    }
}

/// A clock, and the way to end its waiting from another thread.
package struct WakeableClock {
    package let clock: any Clock
    /// Makes a wait in progress check its condition again.
    package let wake: @Sendable () -> Void

    package init(_ clock: any Clock, wake: @escaping @Sendable () -> Void) {
        self.clock = clock
        self.wake = wake
    }
}

/// The run was asked to stop. Thrown through the engine like any fatal error: the exchange in flight was finished, the next one
/// was not begun, and the journal has recorded how far the engine got.
package struct Stopped: Error {
    package init() {}
}

/// How a command ended, for the shell.
package enum ExitStatus: Int32, Sendable, Comparable {
    case success = 0
    /// Something needs action by a person.
    case needsAction = 1
    case usage = 2
    /// An endpoint could not be reached, or refused the credentials.
    case unreachable = 3
    case defect = 70

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
