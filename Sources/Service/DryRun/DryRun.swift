import Exchange
import HTTPTypes
package import JSON
package import Logging
import SyncCore
package import SyncEngine
import Units

/// One round of the very engine, on a copy of the journal, that notes each write instead of carrying it out.
///
/// It shows the next write of each record, and what depends on it as far as no response is needed to know it. A real run may find
/// that a server refuses something: what it holds is known here, what it would respond is not.
package struct DryRun {
    package private(set) var writes: [PlannedWrite] = []
    package private(set) var outcomes: [SyncRound.Outcome] = []
    /// Records that would be parked, or would no longer be retried automatically.
    package private(set) var parked: [ParkedRecord] = []
    /// What could not be mapped as it stands.
    package private(set) var findings: [NewFinding] = []

    /// - Parameter journal: Left as it is.
    package init(
        _ configuration: Configuration, _ credentials: Credentials, journal: Journal, runtime: Runtime, log: Logger,
        reconciles: Bool = false, stop: StopRequest = StopRequest()
    ) throws {
        try self.init(
            Assembly(configuration, credentials, runtime), journal: journal, log: log, reconciles: reconciles, stop: stop)
    }

    /// - Parameters:
    ///   - only: The name of one connection; `nil`: all.
    ///   - hear: Gets every exchange, with the base path of its system.
    init(
        _ assembly: Assembly, journal: Journal, log: Logger, reconciles: Bool = false, only: String? = nil, stop: StopRequest,
        hear: @escaping (Exchanged, String) -> Void = { _, _ in }
    ) throws {
        let configuration = assembly.configuration
        let copy = try journal.copyInMemory()
        try copy.checkBelongs(to: configuration.places)
        let before = Dictionary(uniqueKeysWithValues: try copy.parked().map { ($0.id, $0.retryAt != nil) })
        let clock = ServiceClock(assembly.runtime.clock(), stop.signals)
        for plan in configuration.connections where only.map({ $0 == plan.name }) ?? true {
            var job = Job.products
            var writes: [PlannedWrite] = []
            let ending = JobOutcomes()
            let basePaths = assembly.basePaths(of: plan)
            let eventLogger = EventLogger(log, connection: plan.name, basePaths: basePaths)
            let engine = try assembly.engine(
                of: plan,
                Assembly.Wiring(clock: clock) { system, transport in
                    ReadingTransport(
                        ExchangeTap(
                            system, of: plan.name, to: transport, clock: clock, mayBegin: { try clock.checkIn() },
                            tell: {
                                eventLogger.hear($0)
                                hear($0, basePaths[system]!)
                            }))
                },
                journal: copy,
                writeMode: .plan { writes.append(PlannedWrite($0, connection: plan.name, job: job)) },
                listeners: [{ event in if case .jobBegan(_, let begun) = event { job = begun } }, { ending.hear($0) }])
            try engine.syncOnce(reconciles: reconciles)
            self.writes += writes
            outcomes += ending.outcomes(of: plan.name, reconciles: reconciles)
            findings += ending.findings
        }
        parked = try copy.parked().filter { record in
            guard let wasRetried = before[record.id] else { return true }
            return wasRetried && record.retryAt == nil
        }
    }

    /// Writing is no fault of a dry run: only what keeps it from telling is.
    package var exitStatus: ExitStatus {
        if outcomes.contains(where: { $0.ending == .unreachable }) { return .unreachable }
        return outcomes.contains { $0.ending == .failed } || !parked.isEmpty ? .needsAction : .success
    }
}

// MARK: Telling

extension DryRun {
    /// Of each kind of write, so many are shown with their fields; of the rest their subjects.
    private static let mostShown = 10

    package var text: String {
        var text = ""
        for (connection, writes) in grouped {
            text += "connection \(connection)\n"
            if writes.isEmpty { text += "  nothing would be written\n" }
            for (shown, folded) in Self.folded(writes) {
                for write in shown { text += Self.text(of: write) }
                if let folded { text += "  \(folded)\n" }
            }
        }
        if !parked.isEmpty { text += "\nwould be parked\n" }
        for record in parked {
            text += "  \(record.connection)/\(record.job.rawValue) \(record.subject.escapingControls())\n"
            text += "      reason: \(record.reason.escapingControls())\n"
            text += "      effect: \(record.effect.escapingControls())\n"
            text += "      remedy: \(record.remedy.escapingControls())\n"
        }
        if !findings.isEmpty {
            var table = TextTable(indent: 2)
            for found in findings.prefix(Self.mostFindings) {
                table.add([
                    "\(found.connection)/\(found.job.rawValue)", found.subject, found.finding.field, found.finding.problem,
                ])
            }
            text += "\nfindings in records that would be sent\n" + table.text
            if findings.count > Self.mostFindings {
                text += "  and \(findings.count - Self.mostFindings) more; --json lists all\n"
            }
        }
        let untold = outcomes.filter { $0.ending != .done }
        if !untold.isEmpty { text += "\nnot told\n" }
        for outcome in untold {
            text += "  \(outcome.connection)/\(outcome.job.rawValue): \(outcome.summary.escapingControls())\n"
        }
        return text + total + "\n"
    }

    private static let mostFindings = 50

    private var grouped: [(String, [PlannedWrite])] {
        var names: [String] = []
        for outcome in outcomes where !names.contains(outcome.connection) { names.append(outcome.connection) }
        return names.map { name in (name, writes.filter { $0.connection == name }) }
    }

    /// In the order of the writes: each run of one kind with what is left out of it.
    private static func folded(_ writes: [PlannedWrite]) -> [(shown: [PlannedWrite], folded: String?)] {
        var seen: [PlannedWrite.Kind: Int] = [:]
        var rest: [(kind: PlannedWrite.Kind, subjects: ReadinessFinding.Records)] = []
        var shown: [(shown: [PlannedWrite], folded: String?)] = []
        for write in writes {
            let count = seen[write.kind, default: 0] + 1
            seen[write.kind] = count
            if count <= mostShown {
                shown.append(([write], nil))
            } else if let index = rest.firstIndex(where: { $0.kind == write.kind }) {
                rest[index].subjects.add(write.subject)
            } else {
                rest.append((write.kind, .init([write.subject])))
            }
        }
        return shown
            + rest.map { kind, subjects in
                (
                    [],
                    "\(kind.job.rawValue): \(kind.action.rawValue) \(subjects.count) more in \(kind.system.title): \(subjects.text)"
                )
            }
    }

    private static func text(of write: PlannedWrite) -> String {
        var text = "  \(write.job.rawValue): \(write.action.rawValue) \(write.subject) in \(write.system.title)\n"
        var table = TextTable(indent: 6)
        for field in write.fields { table.add([field.name, field.value]) }
        text += table.text
        return text
    }

    /// A page that needs nothing else, with every write.
    package var html: String {
        var body = "<h1>Tandem dry run</h1><p>\(total.escapedForMarkup)</p>"
        if !parked.isEmpty {
            body += "<h2>Would be parked</h2><table><tr><th>connection<th>job<th>record<th>reason<th>effect<th>remedy</tr>"
            for record in parked {
                body += Self.row([
                    record.connection, record.job.rawValue, record.subject, record.reason, record.effect, record.remedy,
                ])
            }
            body += "</table>"
        }
        if !findings.isEmpty {
            body +=
                "<h2>Findings in records that would be sent</h2><table><tr><th>connection<th>job<th>record<th>field<th>problem</tr>"
            for found in findings {
                body += Self.row([
                    found.connection, found.job.rawValue, found.subject, found.finding.field, found.finding.problem,
                ])
            }
            body += "</table>"
        }
        for outcome in outcomes where outcome.ending != .done {
            body += "<p>Not told: \("\(outcome.connection)/\(outcome.job.rawValue): \(outcome.summary)".escapedForMarkup)</p>"
        }
        for (connection, writes) in grouped {
            body += "<h2>Connection \(connection.escapedForMarkup): \(counted(writes.count, "write", "writes"))</h2>"
            for write in writes {
                let title = "\(write.job.rawValue): \(write.action.rawValue) \(write.subject) in \(write.system.title)"
                body += "<details><summary>\(title.escapedForMarkup)</summary><table>"
                for field in write.fields { body += Self.row([field.name, field.value]) }
                body += "</table></details>"
            }
        }
        return """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Tandem dry run</title><style>
            body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:72em;padding:0 1em}
            table{border-collapse:collapse}td,th{border-bottom:1px solid #ddd;padding:.2em .6em;text-align:left;vertical-align:top}
            @media (prefers-color-scheme:dark){body{background:#16181b;color:#e6e6e6}td,th{border-color:#3a3f45}}
            </style><body>\(body)</body></html>

            """
    }

    private static func row(_ cells: [String]) -> String {
        "<tr>" + cells.map { "<td>" + $0.escapedForMarkup }.joined() + "</tr>"
    }

    private var total: String {
        "\(counted(writes.count, "thing", "things")) would be written; nothing was, neither there nor in the journal."
    }

    package var json: JSON {
        [
            "writes": .array(writes.map(Self.json)),
            "wouldBeParked": .array(
                parked.map {
                    [
                        "connection": .string($0.connection), "job": .string($0.job.rawValue), "subject": .string($0.subject),
                        "reason": .string($0.reason), "effect": .string($0.effect), "remedy": .string($0.remedy),
                    ]
                }),
            "findings": .array(findings.map(\.json)), "jobs": .array(outcomes.map(\.json)),
        ]
    }

    static func json(of write: PlannedWrite) -> JSON {
        [
            "connection": .string(write.connection), "job": .string(write.job.rawValue), "system": .string(write.system.rawValue),
            "action": .string(write.action.rawValue), "subject": .string(write.subject),
            "fields": .array(write.fields.map { ["name": .string($0.name), "value": .string($0.value)] }),
        ]
    }
}

extension PlannedWrite {
    /// Writes of one kind are told together.
    fileprivate struct Kind: Hashable {
        let job: Job
        let system: System
        let action: Action
    }

    fileprivate var kind: Kind { Kind(job: job, system: system, action: action) }
}

/// The last guard of a dry run: nothing but GET and HEAD passes it.
private final class ReadingTransport: Transport {
    private let transport: any Transport

    init(_ transport: any Transport) { self.transport = transport }

    func send(_ request: Request) throws -> Response {
        precondition(request.method == .get || request.method == .head, "a dry run was about to send \(request.method)")
        return try transport.send(request)
    }
}
