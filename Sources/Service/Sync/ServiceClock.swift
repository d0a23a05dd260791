import Exchange
import SyncCore
import SyncEngine
import Synchronization
import Units

/// What other threads tell the thread of one connection: nudges, and the request to stop.
final class ConnectionSignals: Sendable {
    private struct State {
        var jobs: [Job] = []
        var isStopping = false
        var wake: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var isStopping: Bool { state.withLock { $0.isStopping } }
    var isSignalled: Bool { state.withLock { $0.isStopping || !$0.jobs.isEmpty } }

    /// From here on every signal ends the wait in progress.
    func attach(wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

    func nudge(_ job: Job) { leave { if !$0.jobs.contains(job) { $0.jobs.append(job) } } }

    func stop() { leave { $0.isStopping = true } }

    /// The nudges since the last call.
    func take() -> [Job] {
        state.withLock { state in
            defer { state.jobs = [] }
            return state.jobs
        }
    }

    private func leave(_ change: (inout sending State) -> Void) {
        let wake = state.withLock { state in
            change(&state)
            return state.wake
        }
        // Outside the lock: the waker may take locks of its own.
        wake?()
    }
}

/// The clock of one connection in service. Every wait ends when the service is to stop. The engine's waits also end when there is
/// a nudge, which is handed to the engine on its own thread: the engine knows no other thread.
final class ServiceClock: Clock {
    private let clock: any Clock
    private let signals: ConnectionSignals
    /// Takes one nudge; set as soon as there is an engine.
    var deliver: (Job) -> Void = { _ in }

    init(_ wakeable: WakeableClock, _ signals: ConnectionSignals) {
        clock = wakeable.clock
        self.signals = signals
        signals.attach(wake: wakeable.wake)
    }

    func now() -> Moment { clock.now() }

    func wait(for duration: Duration) throws {
        try clock.wait(for: duration, unless: { self.signals.isStopping })
        try checkIn()
    }

    func wait(for duration: Duration, unless isNudged: () -> Bool) throws {
        try checkIn()
        hand()
        guard !isNudged() else { return }
        try clock.wait(for: duration, unless: { self.signals.isSignalled || isNudged() })
        try checkIn()
        hand()
    }

    /// - Throws: ``Stopped`` when nothing more is to begin.
    func checkIn() throws { if signals.isStopping { throw Stopped() } }

    private func hand() { for job in signals.take() { deliver(job) } }
}
