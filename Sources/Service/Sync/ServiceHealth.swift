import Contract
import Exchange
import SyncCore
import SyncEngine
import Synchronization
import Units

/// Counters and states of the service: written by the threads of the connections, read by `/health` and `/metrics`.
final class ServiceHealth: Sendable {
    struct Count: Hashable {
        var connection: String
        var system: System
        /// As the contract writes it, so that the number of labels has a bound.
        var operation: String
        var outcome: ExchangeOutcome
    }

    /// What became of an exchange, as a label of a metric.
    enum ExchangeOutcome: Hashable, CustomStringConvertible {
        case status(Int)
        case noConnection
        case lost
        case timedOut

        var description: String {
            switch self {
            case .status(let status): String(status)
            case .noConnection: "no-connection"
            case .lost: "lost"
            case .timedOut: "timed-out"
            }
        }
    }

    struct WebhookCount: Hashable {
        var system: System
        var outcome: WebhookOutcome
    }

    /// What became of a webhook message, as a label of a metric.
    enum WebhookOutcome: String {
        case nudged
        case duplicate
        case ignored
        case refused
    }

    struct JobHealth {
        var lastEnd: Moment?
        /// When the latest successful run began.
        var lastSuccess: Moment?
        var succeeded = true
        /// When the first of the failed runs in a row began; `nil` after a successful one.
        var failingSince: Moment?
    }

    struct State {
        var exchanges: [Count: Int] = [:]
        var webhooks: [WebhookCount: Int] = [:]
        var jobs: [String: [Job: JobHealth]] = [:]
        /// When the present run of a connection's job began.
        var running: [String: Moment] = [:]
        /// Connections whose thread ended without being asked to.
        var ended: Set<String> = []
    }

    let startedAt: Moment
    private let state: Mutex<State>

    init(startedAt: Moment, runs: [RunRecord]) {
        self.startedAt = startedAt
        var state = State()
        for run in runs {
            let health = JobHealth(
                lastEnd: run.endedAt, lastSuccess: run.succeeded ? run.startedAt : nil, succeeded: run.succeeded,
                failingSince: run.failingSince)
            state.jobs[run.connection, default: [:]][run.job] = health
        }
        self.state = Mutex(state)
    }

    var now: State { state.withLock { $0 } }

    func hear(_ exchange: Exchanged, basePath: String) {
        let operation = Observer.operation(of: exchange.request, to: exchange.system, basePath: basePath) ?? "other"
        let count = Count(
            connection: exchange.connection, system: exchange.system, operation: operation,
            outcome: ExchangeOutcome(exchange.outcome))
        state.withLock { $0.exchanges[count, default: 0] += 1 }
    }

    func hear(_ event: EngineEvent, at moment: Moment) {
        state.withLock { state in
            switch event {
            case .jobBegan(let connection, _): state.running[connection] = moment
            case .jobEnded(let connection, let job, _, let succeeded):
                var health = state.jobs[connection]?[job] ?? JobHealth()
                health.lastEnd = moment
                health.succeeded = succeeded
                health.failingSince = succeeded ? nil : health.failingSince ?? state.running[connection] ?? moment
                if succeeded { health.lastSuccess = state.running[connection] ?? moment }
                state.jobs[connection, default: [:]][job] = health
                state.running[connection] = nil
            default: break
            }
        }
    }

    func countWebhook(from system: System, outcome: WebhookOutcome) {
        state.withLock { $0.webhooks[WebhookCount(system: system, outcome: outcome), default: 0] += 1 }
    }

    func ended(_ connection: String) { _ = state.withLock { $0.ended.insert(connection) } }
}

extension ServiceHealth.ExchangeOutcome {
    fileprivate init(_ outcome: Exchanged.Outcome) {
        switch outcome {
        case .response(let response): self = .status(response.status)
        case .failed(.notConnected): self = .noConnection
        case .failed(.lost): self = .lost
        case .failed(.timedOut): self = .timedOut
        }
    }
}
