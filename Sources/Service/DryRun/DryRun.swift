import Exchange
package import JSON
package import Logging
import SyncCore
package import SyncEngine

/// One round of the very engine, on a copy of the journal, with transports that let no write pass.
///
/// It shows what would be written if nothing changed meanwhile and every write went through. A real run may find that a server
/// refuses something: what it holds is known here, what it would say is not.
package struct DryRun {
    package private(set) var writes: [PlannedWrite] = []
    package private(set) var outcomes: [SyncRound.Outcome] = []
    /// Records that would newly be set aside.
    package private(set) var parked: [ParkedRecord] = []

    /// - Parameter journal: Left as it is.
    package init(
        _ configuration: Configuration, _ credentials: Credentials, journal: Journal, runtime: Runtime, log: Logger,
        stop: StopRequest = StopRequest()
    ) throws {
        let copy = try journal.copyInMemory()
        let known = Set(try copy.parked().map(\.id))
        let assembly = Assembly(configuration, credentials, runtime)
        let clock = ServiceClock(runtime.clock(), stop.signals)
        for plan in configuration.connections {
            let writes = WritePlan(connection: plan.name)
            let ending = JobOutcomes()
            let basePaths = assembly.basePaths(of: plan)
            let eventLogger = EventLogger(log, connection: plan.name, basePaths: basePaths)
            let engine = try assembly.engine(
                of: plan,
                Assembly.Wiring(clock: clock) { system, transport in
                    let tap = ExchangeTap(
                        system, of: plan.name, to: transport, clock: clock, mayBegin: { try clock.checkIn() },
                        tell: { eventLogger.hear($0) })
                    return RehearsalTransport(
                        Self.rehearsal(system, tap, plan, assembly, writes, clock, basePath: basePaths[system]!))
                },
                journal: copy,
                listeners: [
                    { event in if case .jobBegan(_, let job) = event { writes.job = job } }, { ending.hear($0) },
                ])
            try engine.syncOnce()
            self.writes += writes.result
            outcomes += ending.outcomes(of: plan.name)
        }
        parked = try copy.parked().filter { !known.contains($0.id) }
    }

    private static func rehearsal(
        _ system: System, _ transport: any Transport, _ plan: Configuration.ConnectionPlan, _ assembly: Assembly,
        _ writes: WritePlan, _ clock: ServiceClock, basePath: String
    ) -> any Rehearsal {
        let lookup = Lookup(
            retryingClient: RetryingClient(
                system: system, transport: transport, clock: clock,
                rateLimiter: system == .rackbeat ? assembly.rackbeatRateLimiter : RateLimiter(calls: nil),
                random: assembly.runtime.generator()),
            basePath: basePath)
        switch system {
        case .rackbeat:
            return RackbeatRehearsal(
                basePath: basePath, transport: transport, lookup: lookup, plan: writes, profile: assembly.rackbeatProfile,
                location: plan.settings.location)
        case .ongoing:
            return OngoingRehearsal(
                basePath: basePath, transport: transport, lookup: lookup, plan: writes,
                cancelledOrderStatus: plan.settings.cancelledOrderStatus,
                cancelledPurchaseStatus: plan.settings.cancelledPurchaseStatus)
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
                "would be set aside: \(record.connection)/\(record.job.rawValue) \(record.subject): \(record.reason) "
                + "\(record.effect) \(record.remedy)\n"
        }
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
        let note = write.note.map { " (\($0))" } ?? ""
        var text = "  \(write.job.rawValue): \(write.action.rawValue) \(write.subject) in \(write.system.title)\(note)\n"
        var table = TextTable(indent: 6)
        for field in write.fields {
            let new = field.new.isEmpty ? "(empty)" : field.new
            switch field.held {
            case .nothing: table.add([field.name, write.action == .change ? "(empty) -> \(new)" : new])
            case .value(let held): table.add([field.name, "\(held) -> \(new)"])
            case .notShown: table.add([field.name, "(not shown) -> \(new)"])
            }
        }
        text += table.text
        return text
    }

    private var total: String {
        "\(counted(writes.count, "thing", "things")) would be written; nothing was, neither there nor in the journal."
    }

    package var json: JSON {
        [
            "writes": .array(writes.map(Self.json)),
            "wouldBeSetAside": .array(
                parked.map {
                    [
                        "connection": .string($0.connection), "job": .string($0.job.rawValue), "subject": .string($0.subject),
                        "reason": .string($0.reason), "effect": .string($0.effect), "remedy": .string($0.remedy),
                    ]
                }),
            "jobs": .array(outcomes.map(\.json)),
        ]
    }

    private static func json(of write: PlannedWrite) -> JSON {
        let fields = write.fields.map { field -> JSON in
            var members: JSONObject = ["name": .string(field.name)]
            switch field.held {
            case .nothing: members.append("held", .null)
            case .value(let text): members.append("held", .string(text))
            case .notShown: members.append("isShown", false)
            }
            members.append("new", .string(field.new))
            return .object(members)
        }
        let calls = write.calls.map { call -> JSON in
            var members: JSONObject = ["method": .string(call.method), "path": .string(call.path)]
            if let body = call.body { members.append("body", body) }
            return .object(members)
        }
        return [
            "connection": .string(write.connection), "job": .string(write.job.rawValue), "system": .string(write.system.rawValue),
            "action": .string(write.action.rawValue), "subject": .string(write.subject),
            "note": write.note.map(JSON.string) ?? .null, "fields": .array(fields), "calls": .array(calls),
        ]
    }
}
