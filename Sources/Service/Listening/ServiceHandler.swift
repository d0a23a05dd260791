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

    private enum HealthState: String {
        case ok
        /// Something needs a person: records are parked, or some connections are failing.
        case degraded
        case failing
    }

    /// 200 while the jobs of every connection run when they are due and get somewhere, 503 otherwise. A system that is unreachable for
    /// a while is no failure of the service: the job still came to its end. Parked records are told in the body alone, as starting
    /// the service again would not help them.
    private var health: Response {
        guard let parked = try? journal.parked().filter(\.needsPerson) else {
            return .plain(503, "the journal cannot be read")
        }
        let state = serviceHealth.now
        let moment = now()
        let connections = plans.map { plan -> (state: HealthState, json: JSON) in
            let problem = problem(of: plan, state, moment)
            let count = parked.count { $0.connection == plan.name }
            let health = problem != nil ? HealthState.failing : count > 0 ? .degraded : .ok
            let text = problem ?? (count > 0 ? counted(count, "record is", "records are") + " parked: see 'tandem status'" : nil)
            return (
                health,
                [
                    "name": .string(plan.name), "status": .string(health.rawValue),
                    "problem": text.map(JSON.string) ?? .null,
                ]
            )
        }
        let states = connections.map(\.state)
        let overall: HealthState =
            states.allSatisfy { $0 == .ok } ? .ok : states.allSatisfy { $0 == .failing } ? .failing : .degraded
        return Response(
            status: states.contains(.failing) ? 503 : 200,
            json: ["status": .string(overall.rawValue), "connections": .array(connections.map(\.json))])
    }

    private func problem(of plan: Configuration.ConnectionPlan, _ state: ServiceHealth.State, _ moment: Moment) -> String? {
        if state.ended.contains(plan.name) { return "its thread has ended; the log has the error" }
        // A whole catalogue may take long the first time, and no other job runs meanwhile.
        if let began = state.running[plan.name] {
            return moment - began > .seconds(2 * 3600) ? "a job has been running for \((moment - began).forPeople)" : nil
        }
        for job in Job.allCases {
            guard let since = state.jobs[plan.name]?[job]?.failingSince, moment - since >= plan.settings.giveUpAfter else {
                continue
            }
            return "the job '\(job.rawValue)' has been failing for \((moment - since).forPeople)"
        }
        let latest = state.jobs[plan.name, default: [:]].values.compactMap(\.lastEnd).max() ?? serviceHealth.startedAt
        let shortest = Job.ofRound.map { plan.settings.schedule[$0] }.min() ?? .zero
        // Refused credentials keep a connection silent for up to an hour.
        let longestSilence = shortest + shortest + .seconds(3900)
        let silence = moment - max(latest, serviceHealth.startedAt)
        return silence > longestSilence ? "no job has run for \(silence.forPeople)" : nil
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
