package import JSON
import SyncCore
package import SyncEngine
package import Units

/// The state of each connection by the journal, for operators.
package struct StatusReport {
    private let moment: Moment
    private let connections: [String]
    private let runs: [RunRecord]
    private let cursors: [CursorRecord]
    private let outcomesUnknown: [IntentSummary]
    private let parked: [ParkedRecord]
    private let scheduled: [ParkedRecord]
    private let findings: [(connection: String, job: Job, subject: String, finding: MappingFinding)]

    /// The next run looks up an unknown outcome. After this long, something prevents it.
    private static let longestUnknown = Duration.seconds(3600)

    /// - Parameter names: The configured connections; those that only the journal knows are shown behind them.
    package init(of journal: Journal, connections names: [String] = [], at moment: Moment) throws {
        self.moment = moment
        runs = try journal.runs()
        cursors = try journal.cursors()
        outcomesUnknown = try journal.unknownOutcomes()
        let held = try journal.parked()
        parked = held.filter { !$0.isRetryScheduled }
        scheduled = held.filter(\.isRetryScheduled)
        findings = try journal.findings()
        let known = Set(
            runs.map(\.connection) + cursors.map(\.connection) + outcomesUnknown.map(\.connection) + held.map(\.connection)
                + findings.map(\.connection))
        connections = names + known.subtracting(names).sorted()
    }

    // MARK: Judging

    package var exitStatus: ExitStatus { needs.isEmpty ? .success : .needsAction }

    /// What needs action, the most important first.
    private var needs: [String] {
        let stuck = outcomesUnknown.filter { moment - $0.since > Self.longestUnknown }.count
        let failed = runs.filter { !$0.succeeded }.count
        var needs: [String] = []
        if !parked.isEmpty { needs.append(counted(parked.count, "record is", "records are") + " parked") }
        if stuck > 0 {
            needs.append(counted(stuck, "outcome", "outcomes") + " unknown for more than \(Self.longestUnknown.forPeople)")
        }
        if failed > 0 { needs.append(counted(failed, "job", "jobs") + " failed in the latest run") }
        return needs
    }

    // MARK: For people

    package var text: String {
        var text = ""
        for connection in connections { text += jobs(of: connection) }
        if connections.isEmpty { text += "No connection has run yet.\n" }
        if !outcomesUnknown.isEmpty { text += "\noutcome unknown\n" + unknownLines }
        if !parked.isEmpty { text += "\nparked\n" + parked.map(self.text).joined() }
        if !scheduled.isEmpty { text += "\nretry scheduled\n" + scheduled.map(self.text).joined() }
        if !findings.isEmpty { text += "\nfindings in records that were sent\n" + findingLines }
        text += "\n" + (needs.isEmpty ? "Nothing needs action." : needs.joined(separator: "; ") + ".") + "\n"
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
                job.rawValue, run.map { "\($0.succeeded ? "done" : "failed") \(age($0.endedAt)) ago" } ?? "never run",
                cursor.map { "read to \($0.iso(in: .utc)), \(age($0)) ago" } ?? "no cursor",
                (run.map(pause) ?? "") + (run?.summary ?? ""),
            ])
        }
        return "connection \(connection)\n" + table.text
    }

    /// Why a job does not run although it is due.
    private func pause(of run: RunRecord) -> String {
        guard let until = run.pausedUntil, until > moment else { return "" }
        return "paused until \(until.iso(in: .utc)), for another \(age(moment, until)); "
    }

    private var unknownLines: String {
        var table = TextTable(indent: 2)
        for write in outcomesUnknown {
            table.add([write.connection, write.kind.rawValue, write.subject, write.state, "for \(age(write.since))"])
        }
        return table.text
    }

    private func text(of record: ParkedRecord) -> String {
        let next =
            record.retryAt.map {
                $0 <= moment ? "retried in the next run" : "retried in \(($0 - moment).forPeople)"
            } ?? "retried when its source changes, or with 'tandem retry \(record.id)'"
        let well = record.wellSince.map {
            "      since:  nothing is left to do for \(age($0)); one more look confirms it\n"
        }
        return """
              [\(record.id)] \(record.connection)/\(record.job.rawValue) \(record.subject.escapingControls()), for \(age(record.since)), \
            \(counted(record.attempts, "attempt", "attempts"))
                  reason: \(record.reason.escapingControls())
                  effect: \(record.effect.escapingControls())
                  remedy: \(record.remedy.escapingControls())
                  next:   \(next)

            """ + (well ?? "")
    }

    private var findingLines: String {
        var table = TextTable(indent: 2)
        for (connection, job, subject, finding) in findings {
            table.add(["\(connection)/\(job.rawValue)", subject, finding.field, finding.problem])
        }
        return table.text
    }

    private func age(_ past: Moment) -> String { age(past, moment) }

    private func age(_ past: Moment, _ now: Moment) -> String {
        let age = now - past
        // The other system's clock may be ahead of ours.
        return (age < .zero ? .zero : Duration.seconds(age.milliseconds / 1000)).forPeople
    }

    // MARK: For machines

    /// Ages and times are in whole seconds; moments are ISO 8601 in UTC.
    package var json: JSON {
        [
            "at": .string(moment.isoUTCMilliseconds), "needsAction": .array(needs.map(JSON.string)),
            "connections": .array(
                connections.map { ["name": .string($0), "jobs": .array(Job.allCases.map(jobJSON(of: $0)))] }),
            "outcomesUnknown": .array(
                outcomesUnknown.map {
                    [
                        "connection": .string($0.connection), "kind": .string($0.kind.rawValue), "subject": .string($0.subject),
                        "state": .string($0.state), "since": .string($0.since.isoUTCMilliseconds),
                    ]
                }), "parked": .array(parked.map(json)),
            "retryScheduled": .array(scheduled.map(json)),
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
                "job": .string(job.rawValue), "outcome": run.map { .string($0.succeeded ? "done" : "failed") } ?? .null,
                "startedAt": run.map { .string($0.startedAt.isoUTCMilliseconds) } ?? .null,
                "endedAt": run.map { .string($0.endedAt.isoUTCMilliseconds) } ?? .null,
                "summary": run.map { .string($0.summary) } ?? .null,
                "failingSince": run?.failingSince.map { .string($0.isoUTCMilliseconds) } ?? .null,
                "pausedUntil": run?.pausedUntil.flatMap { $0 > moment ? .string($0.isoUTCMilliseconds) : nil } ?? .null,
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
            "gaveUpAt": record.gaveUpAt.map { .string($0.isoUTCMilliseconds) } ?? .null,
            "wellSince": record.wellSince.map { .string($0.isoUTCMilliseconds) } ?? .null,
        ]
    }
}
