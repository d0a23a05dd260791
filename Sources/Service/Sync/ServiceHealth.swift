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

    /// Why and until when nothing is tried.
    struct Pause: Equatable {
        var since: Moment
        var until: Moment
        /// Whether the credentials are refused; otherwise a server asked for the pause.
        var isRefused: Bool
    }

    struct State {
        var exchanges: [Count: Int] = [:]
        var webhooks: [WebhookCount: Int] = [:]
        var jobs: [String: [Job: JobHealth]] = [:]
        /// Which job of a connection runs, and when it began.
        var running: [String: (job: Job, since: Moment)] = [:]
        /// The latest pause of each connection, until a job succeeds.
        var pauses: [String: Pause] = [:]
        /// Connections whose thread ended without being asked to.
        var ended: Set<String> = []
    }

    let startedAt: Moment
    private let state: Mutex<State>
    private let journal = Mutex<(checkedAt: Moment, problem: String?)?>(nil)

    /// Writing to the journal is tried once a minute, however often somebody asks.
    func journalProblem(at moment: Moment, _ check: () throws -> Void) -> String? {
        journal.withLock { known in
            if let known, moment >= known.checkedAt, moment - known.checkedAt < .seconds(60) { return known.problem }
            var problem: String?
            do { try check() } catch { problem = "\(error)" }
            known = (moment, problem)
            return problem
        }
    }

    init(startedAt: Moment, runs: [RunRecord]) {
        self.startedAt = startedAt
        var state = State()
        for run in runs {
            let health = JobHealth(
                lastEnd: run.endedAt, lastSuccess: run.succeeded ? run.startedAt : nil, succeeded: run.succeeded,
                failingSince: run.failingSince)
            state.jobs[run.connection, default: [:]][run.job] = health
            // Why it was is known as soon as something is tried again.
            if let until = run.pausedUntil, until > startedAt {
                state.pauses[run.connection] = Pause(since: run.endedAt, until: until, isRefused: false)
            }
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
            case .jobBegan(let connection, let job): state.running[connection] = (job, moment)
            case .jobEnded(let connection, let job, _, let succeeded):
                var health = state.jobs[connection]?[job] ?? JobHealth()
                health.lastEnd = moment
                health.succeeded = succeeded
                health.failingSince = succeeded ? nil : health.failingSince ?? state.running[connection]?.since ?? moment
                if succeeded {
                    health.lastSuccess = state.running[connection]?.since ?? moment
                    state.pauses[connection] = nil
                }
                state.jobs[connection, default: [:]][job] = health
                state.running[connection] = nil
            case .paused(let connection, _, let until, let isRefused):
                let since = state.pauses[connection].flatMap { $0.isRefused == isRefused ? $0.since : nil }
                state.pauses[connection] = Pause(since: since ?? moment, until: until, isRefused: isRefused)
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
