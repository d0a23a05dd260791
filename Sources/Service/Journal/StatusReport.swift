package import JSON
import SyncCore
package import SyncEngine
package import Units

/// What the journal says of each connection, for whoever has to look after it.
package struct StatusReport {
    private let moment: Moment
    private let connections: [String]
    private let runs: [RunRecord]
    private let cursors: [CursorRecord]
    private let inDoubt: [IntentSummary]
    private let parked: [ParkedRecord]
    private let findings: [(connection: String, job: Job, subject: String, finding: MappingFinding)]

    /// What is in doubt is settled by the next run. After this long something keeps the runs from it.
    private static let longestDoubt = Duration.seconds(3600)

    /// - Parameter names: The configured connections; those that only the journal knows are shown behind them.
    package init(of journal: Journal, connections names: [String] = [], at moment: Moment) throws {
        self.moment = moment
        runs = try journal.runs()
        cursors = try journal.cursors()
        inDoubt = try journal.unknownOutcomes()
        parked = try journal.parked()
        findings = try journal.findings()
        let known = Set(
            runs.map(\.connection) + cursors.map(\.connection) + inDoubt.map(\.connection) + parked.map(\.connection)
                + findings.map(\.connection))
        connections = names + known.subtracting(names).sorted()
    }

    // MARK: Judging

    package var verdict: Verdict { needs.isEmpty ? .held : .broken }

    /// Why a person should look, in order of weight.
    private var needs: [String] {
        let waiting = parked.filter(\.needsAPerson).count
        let stuck = inDoubt.filter { moment - $0.since > Self.longestDoubt }.count
        let failed = runs.filter { !$0.succeeded }.count
        var needs: [String] = []
        if waiting > 0 { needs.append(counted(waiting, "record waits", "records wait") + " for a person") }
        if stuck > 0 {
            needs.append(counted(stuck, "thing", "things") + " in doubt for more than \(Self.longestDoubt.forPeople)")
        }
        if failed > 0 { needs.append(counted(failed, "job", "jobs") + " broke off in the latest run") }
        return needs
    }

    // MARK: For people

    package var text: String {
        var text = ""
        for connection in connections { text += jobs(of: connection) }
        if connections.isEmpty { text += "No connection has run yet.\n" }
        if !inDoubt.isEmpty { text += "\nin doubt\n" + doubts }
        if !parked.isEmpty { text += "\nset aside\n" + parked.map(self.text).joined() }
        if !findings.isEmpty { text += "\nfindings in records that went through\n" + findingLines }
        text += "\n" + (needs.isEmpty ? "Nothing needs a person." : needs.joined(separator: "; ") + ".") + "\n"
        return text
    }

    private func jobs(of connection: String) -> String {
        var table = TextTable(indent: 2)
        for job in Job.allCases {
            let run = runs.first { $0.connection == connection && $0.job == job }
            let cursor = cursors.first { $0.connection == connection && $0.job == job }?.moment
            guard run != nil || cursor != nil else {
                table.add([job.rawValue, "never run"])
                continue
            }
            table.add([
                job.rawValue, run.map { "\($0.succeeded ? "done" : "broke off") \(age($0.endedAt)) ago" } ?? "never run",
                cursor.map { "read to \($0.iso(in: .utc)), \(age($0)) ago" } ?? "no cursor", run?.summary ?? "",
            ])
        }
        return "connection \(connection)\n" + table.text
    }

    private var doubts: String {
        var table = TextTable(indent: 2)
        for doubt in inDoubt {
            table.add([doubt.connection, doubt.kind.rawValue, doubt.subject, doubt.state, "for \(age(doubt.since))"])
        }
        return table.text
    }

    private func text(of record: ParkedRecord) -> String {
        let wait = record.retryAt.map {
            $0 <= moment ? "it is tried again in the next run" : "it is tried again in \(($0 - moment).forPeople)"
        }
        return """
              [\(record.id)] \(record.connection)/\(record.job.rawValue) \(record.subject), for \(age(record.since)), \
            tried \(counted(record.attempts, "time", "times"))
                  reason: \(record.reason)
                  effect: \(record.effect)
                  remedy: \(record.remedy)
                  waits:  \(wait ?? "for a change of its source, or for 'tandem retry \(record.id)'")

            """
    }

    private var findingLines: String {
        var table = TextTable(indent: 2)
        for (connection, job, subject, finding) in findings {
            table.add(["\(connection)/\(job.rawValue)", subject, finding.field, finding.problem])
        }
        return table.text
    }

    private func age(_ past: Moment) -> String {
        let age = moment - past
        // The other system's clock may be ahead of ours.
        return (age < .zero ? .zero : Duration.seconds(age.milliseconds / 1000)).forPeople
    }

    // MARK: For machines

    /// Ages and times are in whole seconds; moments are ISO 8601 in UTC.
    package var json: JSON {
        [
            "at": .string(moment.isoUTCMilliseconds), "needsAPerson": .array(needs.map(JSON.string)),
            "connections": .array(
                connections.map { ["name": .string($0), "jobs": .array(Job.allCases.map(jobJSON(of: $0)))] }),
            "inDoubt": .array(
                inDoubt.map {
                    [
                        "connection": .string($0.connection), "kind": .string($0.kind.rawValue), "subject": .string($0.subject),
                        "state": .string($0.state), "since": .string($0.since.isoUTCMilliseconds),
                    ]
                }), "parked": .array(parked.map(json)),
            "findings": .array(
                findings.map {
                    [
                        "connection": .string($0.connection), "job": .string($0.job.rawValue), "subject": .string($0.subject),
                        "field": .string($0.finding.field), "problem": .string($0.finding.problem),
                    ]
                }),
        ]
    }

    private func jobJSON(of connection: String) -> (Job) -> JSON {
        { job in
            let run = runs.first { $0.connection == connection && $0.job == job }
            let cursor = cursors.first { $0.connection == connection && $0.job == job }?.moment
            return [
                "job": .string(job.rawValue), "outcome": run.map { .string($0.succeeded ? "done" : "broke off") } ?? .null,
                "startedAt": run.map { .string($0.startedAt.isoUTCMilliseconds) } ?? .null,
                "endedAt": run.map { .string($0.endedAt.isoUTCMilliseconds) } ?? .null,
                "summary": run.map { .string($0.summary) } ?? .null,
                "cursor": cursor.map { .string($0.isoUTCMilliseconds) } ?? .null,
                "cursorAgeSeconds": cursor.map { JSON(Int((moment - $0).milliseconds / 1000)) } ?? .null,
            ]
        }
    }

    private func json(of record: ParkedRecord) -> JSON {
        [
            "id": JSON(Int(record.id)), "connection": .string(record.connection), "job": .string(record.job.rawValue),
            "subject": .string(record.subject), "since": .string(record.since.isoUTCMilliseconds),
            "attempts": JSON(record.attempts), "reason": .string(record.reason), "effect": .string(record.effect),
            "remedy": .string(record.remedy), "retryAt": record.retryAt.map { .string($0.isoUTCMilliseconds) } ?? .null,
            "needsAPerson": .bool(record.needsAPerson),
        ]
    }
}
