import Dispatch
import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Work that blocks, as services: each piece on a thread of its own, all of them ended by one call from another.
///
/// The engine and its clients block on purpose. A blocked thread of Swift's own pool would be missing for everybody else, so
/// none of this runs there.
struct ThreadService: Service {
    struct Piece: Sendable {
        /// The thread's name, as debuggers and `top` show it.
        let name: String
        let work: @Sendable () throws -> Void
    }

    let pieces: [Piece]
    /// Lets every piece come to its end. Called from another thread, perhaps more than once.
    let stop: @Sendable () -> Void

    func run() async throws {
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for piece in pieces { group.addTask { try await Self.onThread(piece) } }
                    do {
                        while try await group.next() != nil {}
                    } catch {
                        // The others share what has failed here; each finishes what it is at.
                        stop()
                        while let result = await group.nextResult() { _ = result }
                        throw error
                    }
                }
            } onGracefulShutdown: {
                stop()
            }
        } onCancel: {
            stop()
        }
    }

    private static func onThread(_ piece: Piece) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let thread = Thread { continuation.resume(with: Result(catching: piece.work)) }
            thread.name = piece.name
            // As large as the main thread's: a long answer is parsed as deep as it is nested.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }
}

/// Runs services to their end on behalf of a command that waits for it.
enum Supervision {
    /// Blocks the thread it is called on, which must be none of Swift's own pool: the services need those.
    ///
    /// Returns when every service has ended: because one had nothing more to do, or because somebody sent SIGINT or SIGTERM.
    ///
    /// - Parameter services: Ended in the reverse of this order.
    /// - Throws: What ended a service that was not to end.
    static func run(_ services: [any Service], log: Logger) throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map {
                    ServiceGroupConfiguration.ServiceConfiguration(
                        service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup)
                }, gracefulShutdownSignals: [.sigint, .sigterm], logger: log))
        let failure = Mutex<(any Error)?>(nil)
        let ended = DispatchSemaphore(value: 0)
        Task.detached {
            do { try await group.run() } catch { failure.withLock { $0 = error } }
            ended.signal()
        }
        ended.wait()
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
