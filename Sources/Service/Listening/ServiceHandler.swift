package import Exchange
import HTTPTypes
import JSON
import SyncCore
package import SyncEngine
package import Units

/// The HTTP endpoints of the running service: webhooks, health, metrics. May be called from any thread.
package struct ServiceHandler: Sendable {
    /// A larger body is refused unread.
    package static let largestBody = WebhookReceiver.largestBody

    private let webhookReceiver: WebhookReceiver
    private let serviceHealth: ServiceHealth
    private let journal: Journal
    private let plans: [Configuration.ConnectionPlan]
    private let now: @Sendable () -> Moment

    package init(
        _ service: SyncService, _ configuration: Configuration, _ credentials: Credentials, journal: Journal,
        now: @escaping @Sendable () -> Moment
    ) {
        serviceHealth = service.serviceHealth
        self.journal = journal
        plans = configuration.connections
        self.now = now
        webhookReceiver = WebhookReceiver(
            configuration, credentials, nudge: { job, connection in service.nudge(job, of: connection) },
            count: { [serviceHealth] system, outcome in serviceHealth.countWebhook(from: system, outcome: outcome) })
    }

    package func respond(to request: Request) -> Response {
        switch request.path {
        case "/webhooks/rackbeat": return webhookReceiver.respond(to: request, from: .rackbeat)
        case "/webhooks/ongoing": return webhookReceiver.respond(to: request, from: .ongoing)
        case "/health": return reading(request) { health }
        case "/health/live": return reading(request) { live }
        case "/health/ready": return reading(request) { ready }
        case "/metrics": return reading(request) { metrics }
        default: return .plain(404, "/webhooks/rackbeat, /webhooks/ongoing, /health or /metrics was expected")
        }
    }

    private func reading(_ request: Request, _ body: () -> Response) -> Response {
        guard request.method == .get || request.method == .head else {
            return .plain(405, "GET was expected", headers: [.allow: "GET, HEAD"])
        }
        return body()
    }

    // MARK: Health

    /// 503 while a connection is `failing`, 200 otherwise: see ``HealthJudgement``. Parked records and a system that is unreachable for a
    /// while are told in the body alone, as starting the service again would not help them.
    private var health: Response {
        let judged = judgements
        let overall = judged.map(\.judgement.status).max() ?? .ok
        return Response(
            status: overall == .failing ? 503 : 200,
            json: [
                "status": .string(overall.rawValue),
                "connections": .array(
                    judged.map { name, judgement in
                        [
                            "name": .string(name), "status": .string(judgement.status.rawValue),
                            "problem": judgement.reasons.first.map { .string($0.text) } ?? .null,
                            "reasons": .array(judgement.reasons.map(\.json)),
                        ]
                    }),
            ])
    }

    /// Whether the process is to be left alone: 503 when a thread has ended, which only a new start can help.
    private var live: Response {
        let ended = serviceHealth.now.ended.sorted()
        return ended.isEmpty
            ? .plain(200, "live")
            : .plain(503, "the threads of \(ended.joined(separator: ", ")) have ended; the log has the error")
    }

    /// Whether the connections do their work: the status of `/health` in one line.
    private var ready: Response {
        let failing = judgements.filter { $0.judgement.status == .failing }
        guard let (name, judgement) = failing.first else { return .plain(200, "ready") }
        return .plain(503, "\(name): \(judgement.reasons.first?.text ?? "")")
    }

    private var judgements: [(name: String, judgement: HealthJudgement)] {
        let state = serviceHealth.now
        let moment = now()
        var problem = serviceHealth.journalProblem(at: moment) { try journal.checkWritable() }
        var parked: [ParkedRecord] = []
        var unknown: [IntentSummary] = []
        var cursors: [CursorRecord] = []
        do {
            parked = try journal.parked().filter(\.needsPerson)
            unknown = try journal.unknownOutcomes()
            cursors = try journal.cursors()
        } catch {
            problem = problem ?? "\(error)"
        }
        return plans.map { plan in
            var evidence = HealthJudgement.Evidence(settings: plan.settings, now: moment, startedAt: serviceHealth.startedAt)
            evidence.jobs = state.jobs[plan.name] ?? [:]
            evidence.running = state.running[plan.name]
            evidence.pause = state.pauses[plan.name]
            evidence.hasEnded = state.ended.contains(plan.name)
            evidence.journalProblem = problem
            evidence.parked = parked.filter { $0.connection == plan.name }.map { $0.gaveUpAt ?? $0.since }
            evidence.unknown = unknown.filter { $0.connection == plan.name }.map(\.since)
            for cursor in cursors where cursor.connection == plan.name { evidence.cursors[cursor.job] = cursor.moment }
            return (plan.name, HealthJudgement(evidence))
        }
    }

    // MARK: Metrics

    private var metrics: Response {
        guard let held = try? journal.parked(), let outcomesUnknown = try? journal.unknownOutcomes() else {
            return .plain(503, "the journal cannot be read")
        }
        let state = serviceHealth.now
        var text = MetricsText()
        text.family("tandem_exchanges_total", "counter", "Exchanges with both systems, by operation and outcome.")
        let exchanges = state.exchanges.map { count, number in
            (
                labels: [
                    ("connection", count.connection), ("system", count.system.rawValue), ("operation", count.operation),
                    ("outcome", count.outcome.description),
                ], number: number
            )
        }
        text.samples("tandem_exchanges_total", exchanges)
        text.family("tandem_webhooks_total", "counter", "Webhook messages received, by system and outcome.")
        text.samples(
            "tandem_webhooks_total",
            state.webhooks.map { count, number in
                (labels: [("system", count.system.rawValue), ("outcome", count.outcome.rawValue)], number: number)
            })
        addJobs(state, to: &text)
        add("tandem_parked", "Parked records.", held.filter { !$0.isRetryScheduled }.map(\.connection), to: &text)
        add(
            "tandem_retry_scheduled", "Records with a scheduled retry.", held.filter(\.isRetryScheduled).map(\.connection),
            to: &text)
        add("tandem_outcome_unknown", "Writes with an unknown outcome.", outcomesUnknown.map(\.connection), to: &text)
        addHealth(state, to: &text)
        return Response(
            status: 200, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"], body: Array(text.text.utf8))
    }

    /// A gauge with a number for each connection.
    ///
    /// - Parameter found: The connection of each thing that is counted.
    private func add(_ name: String, _ help: String, _ found: [String], to text: inout MetricsText) {
        text.family(name, "gauge", help)
        text.samples(
            name, plans.map { plan in (labels: [("connection", plan.name)], number: found.count { $0 == plan.name }) })
    }

    private func addJobs(_ state: ServiceHealth.State, to text: inout MetricsText) {
        let moment = now()
        let jobs = plans.flatMap { plan in
            Job.allCases.compactMap { job in state.jobs[plan.name]?[job].map { (plan.name, job, $0) } }
        }
        text.family("tandem_job_lag_seconds", "gauge", "Seconds since the start of a job's latest successful run.")
        text.samples(
            "tandem_job_lag_seconds",
            jobs.compactMap { name, job, health in
                health.lastSuccess.map { success in
                    (
                        labels: [("connection", name), ("job", job.rawValue)],
                        number: Int(max(0, (moment - success).milliseconds / 1000))
                    )
                }
            })
        text.family("tandem_job_succeeded", "gauge", "Whether a job's latest run succeeded.")
        text.samples(
            "tandem_job_succeeded",
            jobs.map { name, job, health in
                (labels: [("connection", name), ("job", job.rawValue)], number: health.succeeded ? 1 : 0)
            })
    }
}

extension ServiceHandler {
    private func addHealth(_ state: ServiceHealth.State, to text: inout MetricsText) {
        text.family(
            "tandem_paused_until_timestamp_seconds", "gauge", "Until when a connection is paused, as Unix time; 0: it is not.")
        let moment = now()
        text.samples(
            "tandem_paused_until_timestamp_seconds",
            plans.map { plan in
                let until = state.pauses[plan.name].map(\.until) ?? moment
                return (labels: [("connection", plan.name)], number: until > moment ? Int(until.milliseconds / 1000) : 0)
            })
        text.family("tandem_health_status", "gauge", "Whether a connection is in this state.")
        let statuses: [HealthJudgement.Status] = [.ok, .degraded, .failing]
        text.samples(
            "tandem_health_status",
            judgements.flatMap { name, judgement in
                statuses.map {
                    (labels: [("connection", name), ("status", $0.rawValue)], number: judgement.status == $0 ? 1 : 0)
                }
            })
    }
}

/// Prometheus' text format, version 0.0.4. Numbers are whole.
struct MetricsText {
    private(set) var text = ""

    mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// In the order of their labels, whatever order they come in.
    mutating func samples(_ name: String, _ samples: [(labels: [(String, String)], number: Int)]) {
        text += samples.map { sample in
            let labels = sample.labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
            return "\(name){\(labels)} \(sample.number)\n"
        }.sorted().joined()
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
