import Dispatch
import Foundation
import ServiceLifecycle
import Sockets

/// Tells systemd that the service is ready and alive. It ends when the service does.
struct NotifierService: Service {
    let notifier: ServiceNotifier
    /// Whether every thread does its work; the watchdog hears nothing more when not, and starts the service again.
    let isAlive: @Sendable () -> Bool
    /// Whether the service starts again in this process.
    let goesOn: @Sendable () -> Bool

    func run() async throws {
        notifier.send(.ready)
        if let watchdog = notifier.watchdog {
            // Twice in the time that it waits, so that a late timer alone never counts.
            let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "tandem.watchdog"))
            timer.schedule(deadline: .now(), repeating: .microseconds(Int(watchdog / .microseconds(1)) / 2))
            timer.setEventHandler { if isAlive() { notifier.send(.alive) } }
            timer.activate()
            try? await gracefulShutdown()
            timer.cancel()
        } else {
            try? await gracefulShutdown()
        }
        if !goesOn() { notifier.send(.stopping) }
    }
}
