import Dispatch
import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Blocking work as a service: each item on a thread of its own, all of them stopped by one call.
///
/// The engine and its clients block on purpose. They do not run on Swift's thread pool, where a blocked thread would be missing for
/// everything else.
struct ThreadService: Service {
    struct Work: Sendable {
        /// The thread's name, as debuggers and `top` show it.
        let name: String
        let body: @Sendable () throws -> Void
    }

    let work: [Work]
    /// Asks all work to end. Called from another thread, perhaps more than once.
    let stop: @Sendable () -> Void

    func run() async throws {
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for item in work { group.addTask { try await Self.onThread(item) } }
                    do {
                        while try await group.next() != nil {}
                    } catch {
                        // The others depend on what failed here, so each finishes its current task and ends.
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

    private static func onThread(_ work: Work) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let thread = Thread { continuation.resume(with: Result(catching: work.body)) }
            thread.name = work.name
            // As large as the main thread's: the parser recurses as deep as a response is nested.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }
}

/// Runs services for a command that waits for their end.
enum ServiceRunner {
    /// Blocks its thread, which must not belong to Swift's thread pool: the services need those.
    ///
    /// Returns when every service has ended: because one was done, or on SIGINT or SIGTERM.
    ///
    /// - Parameter services: They end in reverse order.
    ///   - cutShort: The end of a process that did not come to its end in time after a signal.
    /// - Throws: The error of a service that failed.
    static func run(_ services: [any Service], log: Logger, cutShort: ExitReason = .allHeld) throws {
        let deadline = StopDeadline(exitReason: cutShort) { log.warning("\($0)") }
        defer { deadline.end() }
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
