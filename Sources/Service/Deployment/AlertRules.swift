/// Rules for Prometheus over the metrics of `tandem sync --listen`, as a file that it loads.
package enum AlertRules {
    struct Rule {
        let name: String
        let expression: String
        /// How long it must hold.
        let lasting: String
        let severity: Severity
        let summary: String
        /// What is wrong then, and what to do.
        let description: String
    }

    enum Severity: String {
        /// Somebody must look now.
        case critical
        /// Somebody must look today.
        case warning
    }

    package static var text: String {
        """
        # Alert rules for Prometheus over the metrics of 'tandem sync --listen'. Load the file with rule_files.
        # The scrape job is called tandem here; change job="tandem" if yours has another name.
        groups:
          - name: tandem
            rules:

        """ + rules.map(\.text).joined(separator: "\n")
    }

    static let rules = [
        Rule(
            name: "TandemDown", expression: #"up{job="tandem"} == 0 or absent(up{job="tandem"})"#, lasting: "5m",
            severity: .critical, summary: "tandem sync does not answer",
            description: "Orders do not reach the warehouse, and nothing that is shipped or received is booked. "
                + "Look at the service and its log; the next start continues where it stopped."),
        Rule(
            name: "TandemFailing", expression: #"tandem_health_status{status="failing"} == 1"#, lasting: "5m",
            severity: .critical, summary: "connection {{ $labels.connection }} fails",
            description:
                "GET /health names the reason: refused credentials, an unusable journal, a job that has not succeeded for long."),
        Rule(
            name: "TandemDegraded", expression: #"tandem_health_status{status="degraded"} == 1"#, lasting: "1h",
            severity: .warning, summary: "connection {{ $labels.connection }} is degraded",
            description: "It works, and something needs a person or will need one. GET /health names the reason."),
        Rule(
            name: "TandemParked", expression: "tandem_parked > 0", lasting: "15m", severity: .warning,
            summary: "{{ $value }} parked records on connection {{ $labels.connection }}",
            description:
                "The engine does not go on with them by itself. 'tandem status' says for each why, what both systems hold, and "
                + "what to do."),
        Rule(
            name: "TandemOutcomeUnknown", expression: "tandem_outcome_unknown > 0", lasting: "1h", severity: .warning,
            summary: "{{ $value }} writes with an unknown outcome on connection {{ $labels.connection }}",
            description:
                "A write was sent and its response lost; looking it up has not succeeded for an hour. 'tandem status' names them."
        ),
        Rule(
            name: "TandemJobLate", expression: #"tandem_job_lag_seconds{job!="reconcile"} > 7200"#, lasting: "5m",
            severity: .critical, summary: "job {{ $labels.job }} of {{ $labels.connection }} has not succeeded for two hours",
            description: "What it carries over is that old. Raise the threshold where the schedule runs the job less often."),
        Rule(
            name: "TandemNotReconciled", expression: #"tandem_job_lag_seconds{job="reconcile"} > 129600"#, lasting: "5m",
            severity: .warning, summary: "both systems of {{ $labels.connection }} have not been compared for 36 hours",
            description: "What no change feed shows (deleted, cancelled or edited on the other side) stays unseen until then."),
        Rule(
            name: "TandemRefused",
            expression:
                #"sum by (connection, system, operation) (increase(tandem_exchanges_total{outcome=~"4..",outcome!~"404|429"}[1h])) > 20"#,
            lasting: "15m", severity: .warning, summary: "{{ $labels.system }} refuses {{ $labels.operation }}",
            description:
                "More than 20 refusals within an hour, which cost calls and carry nothing over. The log has each with its reason."
        ),
    ]
}

extension AlertRules.Rule {
    fileprivate var text: String {
        """
              - alert: \(name)
                expr: \(quoted(expression))
                for: \(lasting)
                labels: { severity: \(severity.rawValue) }
                annotations:
                  summary: \(quoted(summary))
                  description: \(quoted(description))

        """
    }

    private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
