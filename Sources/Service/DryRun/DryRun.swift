import Exchange
import HTTPTypes
package import JSON
package import Logging
import SyncCore
package import SyncEngine

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
        let copy = try journal.copyInMemory()
        try copy.checkBelongs(to: configuration.places)
        let before = Dictionary(uniqueKeysWithValues: try copy.parked().map { ($0.id, $0.retryAt != nil) })
        let assembly = Assembly(configuration, credentials, runtime)
        let clock = ServiceClock(runtime.clock(), stop.signals)
        for plan in configuration.connections {
            var job = Job.products
            var writes: [PlannedWrite] = []
            let ending = JobOutcomes()
            let eventLogger = EventLogger(log, connection: plan.name, basePaths: assembly.basePaths(of: plan))
            let engine = try assembly.engine(
                of: plan,
                Assembly.Wiring(clock: clock) { system, transport in
                    ReadingTransport(
                        ExchangeTap(
                            system, of: plan.name, to: transport, clock: clock, mayBegin: { try clock.checkIn() },
                            tell: { eventLogger.hear($0) }))
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
    package var text: String {
        var text = ""
        for (connection, writes) in grouped {
            text += "connection \(connection)\n"
            if writes.isEmpty { text += "  nothing would be written\n" }
            for write in writes { text += Self.text(of: write) }
        }
        for record in parked {
            text +=
                "would be parked: \(record.connection)/\(record.job.rawValue) \(record.subject): \(record.reason) "
                + "\(record.effect) \(record.remedy)\n"
        }
        for finding in findings { text += "finding: \(finding)\n" }
        for outcome in outcomes where outcome.ending != .done {
            text += "not told: \(outcome.connection)/\(outcome.job.rawValue): \(outcome.summary)\n"
        }
        return text + total + "\n"
    }

    private var grouped: [(String, [PlannedWrite])] {
        var names: [String] = []
        for outcome in outcomes where !names.contains(outcome.connection) { names.append(outcome.connection) }
        return names.map { name in (name, writes.filter { $0.connection == name }) }
    }

    private static func text(of write: PlannedWrite) -> String {
        var text = "  \(write.job.rawValue): \(write.action.rawValue) \(write.subject) in \(write.system.title)\n"
        var table = TextTable(indent: 6)
        for field in write.fields { table.add([field.name, field.value]) }
        text += table.text
        return text
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

    private static func json(of write: PlannedWrite) -> JSON {
        [
            "connection": .string(write.connection), "job": .string(write.job.rawValue), "system": .string(write.system.rawValue),
            "action": .string(write.action.rawValue), "subject": .string(write.subject),
            "fields": .array(write.fields.map { ["name": .string($0.name), "value": .string($0.value)] }),
        ]
    }
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
