import Contract
import Exchange
import SyncCore
import SyncEngine
import Synchronization
import Units

/// What the service knows of itself: counted by the connections' threads, read by whoever asks for health and metrics.
final class ServiceHealth: Sendable {
    struct Count: Hashable {
        var connection: String
        var system: System
        /// As the contract writes it: there are only so many.
        var operation: String
        /// `200`, `429`, `no-connection`, `lost`, `timed-out`.
        var outcome: String
    }

    struct JobHealth {
        var lastEnd: Moment?
        /// When the latest run began that came to its end.
        var lastSuccess: Moment?
        var succeeded = true
    }

    struct State {
        var exchanges: [Count: Int] = [:]
        var webhooks: [String: Int] = [:]
        var jobs: [String: [Job: JobHealth]] = [:]
        /// When the present run of a connection's job began.
        var running: [String: Moment] = [:]
        /// Why a connection's thread ended, other than being asked to.
        var ends: [String: String] = [:]
    }

    let startedAt: Moment
    private let state: Mutex<State>

    init(startedAt: Moment, runs: [RunRecord]) {
        self.startedAt = startedAt
        var state = State()
        for run in runs {
            let serviceHealth = JobHealth(
                lastEnd: run.endedAt, lastSuccess: run.succeeded ? run.startedAt : nil, succeeded: run.succeeded)
            state.jobs[run.connection, default: [:]][run.job] = serviceHealth
        }
        self.state = Mutex(state)
    }

    var now: State { state.withLock { $0 } }

    func hear(_ exchange: Exchanged, basePath: String) {
        let operation = Observer.operation(of: exchange.request, to: exchange.system, basePath: basePath) ?? "other"
        let count = Count(
            connection: exchange.connection, system: exchange.system, operation: operation, outcome: exchange.outcome.word)
        state.withLock { $0.exchanges[count, default: 0] += 1 }
    }

    func hear(_ event: EngineEvent, at moment: Moment) {
        state.withLock { state in
            switch event {
            case .jobBegan(let connection, _): state.running[connection] = moment
            case .jobEnded(let connection, let job, _, let succeeded):
                var serviceHealth = state.jobs[connection]?[job] ?? JobHealth()
                serviceHealth.lastEnd = moment
                serviceHealth.succeeded = succeeded
                if succeeded { serviceHealth.lastSuccess = state.running[connection] ?? moment }
                state.jobs[connection, default: [:]][job] = serviceHealth
                state.running[connection] = nil
            default: break
            }
        }
    }

    /// - Parameter outcome: `nudged`, `duplicate`, `refused` or `ignored`.
    func countWebhook(from system: System, outcome: String) {
        state.withLock { $0.webhooks["\(system.rawValue) \(outcome)", default: 0] += 1 }
    }

    func ended(_ connection: String, because reason: String) { state.withLock { $0.ends[connection] = reason } }
}

extension Exchanged.Outcome {
    fileprivate var word: String {
        switch self {
        case .response(let response): String(response.status)
        case .failed(.notConnected): "no-connection"
        case .failed(.lost): "lost"
        case .failed(.timedOut): "timed-out"
        }
    }
}
