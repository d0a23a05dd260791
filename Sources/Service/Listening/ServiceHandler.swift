package import Exchange
import HTTPTypes
import JSON
import SyncCore
package import SyncEngine
package import Units

/// What a service in operation answers: webhooks, health, metrics. May be called from any thread.
package struct ServiceHandler: Sendable {
    /// A larger body is refused unread.
    package static let largestBody = Receiver.largestBody

    private let receiver: Receiver
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
        receiver = Receiver(
            configuration, credentials, nudge: { job, connection in service.nudge(job, of: connection) },
            count: { [serviceHealth] system, outcome in serviceHealth.countWebhook(from: system, outcome: outcome) })
    }

    package func answer(_ request: Request) -> Response {
        switch request.path {
        case "/webhooks/rackbeat": return receiver.answer(request, from: .rackbeat)
        case "/webhooks/ongoing": return receiver.answer(request, from: .ongoing)
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

    /// 200 while every connection's jobs come to their turn, 503 otherwise. A system that is away is no illness of ours: the job
    /// still came to its end.
    private var health: Response {
        let state = serviceHealth.now
        let moment = now()
        var isWell = true
        let connections = plans.map { plan -> JSON in
            let ill = illness(of: plan, state, moment)
            if ill != nil { isWell = false }
            return [
                "name": .string(plan.name), "status": ill == nil ? "ok" : "ill", "problem": ill.map(JSON.string) ?? .null,
            ]
        }
        return Response(
            status: isWell ? 200 : 503,
            json: ["status": isWell ? "ok" : "ill", "connections": .array(connections)])
    }

    private func illness(of plan: Configuration.ConnectionPlan, _ state: ServiceHealth.State, _ moment: Moment) -> String? {
        if state.ends[plan.name] != nil { return "its thread has ended: the log says why" }
        // A whole catalogue may take long the first time; that long, nothing does.
        if let began = state.running[plan.name] {
            return moment - began > .seconds(2 * 3600) ? "a job has been running for \((moment - began).forPeople)" : nil
        }
        let latest = state.jobs[plan.name, default: [:]].values.compactMap(\.lastEnd).max() ?? serviceHealth.startedAt
        let shortest = Job.allCases.map { plan.settings.schedule[$0] }.min() ?? .zero
        // Refused credentials keep a connection silent for up to an hour.
        let patience = shortest + shortest + .seconds(3900)
        let silence = moment - max(latest, serviceHealth.startedAt)
        return silence > patience ? "no job has run for \(silence.forPeople)" : nil
    }

    // MARK: Metrics

    private var metrics: Response {
        guard let waiting = try? journal.parked(), let inDoubt = try? journal.unknownOutcomes() else {
            return .plain(503, "the journal cannot be read")
        }
        let state = serviceHealth.now
        var text = MetricsText()
        text.family("tandem_exchanges_total", "counter", "Exchanges with both systems, by operation and outcome.")
        let exchanges = state.exchanges.map { count, number in
            (
                labels: [
                    ("connection", count.connection), ("system", count.system.rawValue), ("operation", count.operation),
                    ("outcome", count.outcome),
                ], number: number
            )
        }
        text.samples("tandem_exchanges_total", exchanges)
        text.family("tandem_webhooks_total", "counter", "Webhooks that came in, by what became of them.")
        text.samples(
            "tandem_webhooks_total",
            state.webhooks.map { name, number in
                let parts = name.split(separator: " ").map(String.init)
                return (labels: [("system", parts[0]), ("outcome", parts[1])], number: number)
            })
        addJobs(state, to: &text)
        text.family("tandem_parked", "gauge", "Records that are set aside.")
        text.samples(
            "tandem_parked",
            plans.flatMap { plan in
                let own = waiting.filter { $0.connection == plan.name }
                let needy = own.filter(\.needsAPerson).count
                return [
                    (labels: [("connection", plan.name), ("waits_for", "person")], number: needy),
                    (labels: [("connection", plan.name), ("waits_for", "retry")], number: own.count - needy),
                ]
            })
        text.family("tandem_in_doubt", "gauge", "What was begun and is not done.")
        text.samples(
            "tandem_in_doubt",
            plans.map { plan in
                (labels: [("connection", plan.name)], number: inDoubt.filter { $0.connection == plan.name }.count)
            })
        return Response(
            status: 200, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"], body: Array(text.text.utf8))
    }

    private func addJobs(_ state: ServiceHealth.State, to text: inout MetricsText) {
        let moment = now()
        let jobs = plans.flatMap { plan in
            Job.allCases.compactMap { job in state.jobs[plan.name]?[job].map { (plan.name, job, $0) } }
        }
        text.family("tandem_job_lag_seconds", "gauge", "How long ago a job's latest run began that came to its end.")
        text.samples(
            "tandem_job_lag_seconds",
            jobs.compactMap { name, job, serviceHealth in
                serviceHealth.lastSuccess.map { success in
                    (
                        labels: [("connection", name), ("job", job.rawValue)],
                        number: Int(max(0, (moment - success).milliseconds / 1000))
                    )
                }
            })
        text.family("tandem_job_succeeded", "gauge", "Whether a job's latest run came to its end.")
        text.samples(
            "tandem_job_succeeded",
            jobs.map { name, job, serviceHealth in
                (labels: [("connection", name), ("job", job.rawValue)], number: serviceHealth.succeeded ? 1 : 0)
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
