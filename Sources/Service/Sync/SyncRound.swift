import Exchange
package import JSON
package import Logging
package import SyncCore
package import SyncEngine

/// One round over every connection: each job once, in the order of the jobs, and the comparison of both systems where it is asked for.
package struct SyncRound {
    package struct Outcome: Equatable, Sendable {
        package enum Ending: String, Sendable {
            case done
            /// Something in the configuration or in a system keeps the job from running.
            case failed
            /// A system could not be reached, or refused the credentials.
            case unreachable
        }

        package let connection: String
        package let job: Job
        package let ending: Ending
        package let summary: String
    }

    package private(set) var outcomes: [Outcome] = []
    /// Parked records of these connections after the round.
    package private(set) var parked = 0
    /// What could not be mapped as it stands, new in this round.
    package private(set) var findings: [NewFinding] = []
    /// Writes with an unknown outcome after the round.
    package private(set) var outcomesUnknown = 0

    /// Runs the round on the calling thread.
    ///
    /// - Parameters:
    ///   - reconciles: Whether everything open in both systems is compared after the round.
    ///   - stop: Looked at before each exchange and in every wait; once it is made, no other exchange is begun.
    /// - Throws: ``Stopped``, or a fatal error: a journal that cannot be written.
    package init(
        _ configuration: Configuration, _ credentials: Credentials, journal: Journal, runtime: Runtime, log: Logger,
        reconciles: Bool = false, stop: StopRequest = StopRequest()
    ) throws {
        try journal.claim(configuration.places)
        let assembly = Assembly(configuration, credentials, runtime)
        let clock = ServiceClock(runtime.clock(), stop.signals)
        for plan in configuration.connections {
            let jobOutcomes = JobOutcomes()
            let basePaths = assembly.basePaths(of: plan)
            let eventLogger = EventLogger(log, connection: plan.name, basePaths: basePaths)
            let engine = try assembly.engine(
                of: plan,
                Assembly.Wiring(clock: clock) { system, transport in
                    ExchangeTap(
                        system, of: plan.name, to: transport, clock: clock, mayBegin: { try clock.checkIn() },
                        tell: { eventLogger.hear($0) })
                },
                journal: journal, listeners: [{ eventLogger.hear($0) }, { jobOutcomes.hear($0) }])
            try engine.syncOnce(reconciles: reconciles)
            outcomes += jobOutcomes.outcomes(of: plan.name, reconciles: reconciles)
            findings += jobOutcomes.findings
        }
        let names = configuration.connections.map(\.name)
        parked = try journal.parked().filter { names.contains($0.connection) && !$0.isRetryScheduled }.count
        outcomesUnknown = try journal.unknownOutcomes().filter { names.contains($0.connection) }.count
    }

    /// Unreachable comes first: what cannot be asked cannot be judged.
    package var exitStatus: ExitStatus {
        if outcomes.contains(where: { $0.ending == .unreachable }) { return .unreachable }
        return outcomes.contains { $0.ending == .failed } || parked > 0 ? .needsAction : .success
    }

    /// A line for each job, and one for what is left.
    package var text: String {
        var table = TextTable()
        for outcome in outcomes {
            table.add([outcome.connection, outcome.job.rawValue, outcome.ending.rawValue, outcome.summary])
        }
        return table.text + findings.map { "finding: \($0)\n" }.joined() + left + "\n"
    }

    private var left: String {
        var parts: [String] = []
        if parked > 0 { parts.append(counted(parked, "record is", "records are") + " parked: see 'tandem status'") }
        if outcomesUnknown > 0 {
            parts.append(
                counted(outcomesUnknown, "write has an unknown outcome", "writes have an unknown outcome")
                    + ": the next round looks it up")
        }
        return parts.isEmpty ? "No record is parked." : parts.joined(separator: ". ") + "."
    }

    package var json: JSON {
        [
            "jobs": .array(outcomes.map(\.json)), "findings": .array(findings.map(\.json)), "parked": JSON(parked),
            "outcomesUnknown": JSON(outcomesUnknown),
        ]
    }
}

/// A value that could not be mapped as it stands, in a record that is sent all the same. Never holds personal data.
package struct NewFinding: Equatable, Sendable, CustomStringConvertible {
    package let connection: String
    package let job: Job
    package let subject: String
    package let finding: MappingFinding

    package var description: String { "\(connection)/\(job.rawValue) \(subject), \(finding)" }

    var json: JSON {
        [
            "connection": .string(connection), "job": .string(job.rawValue), "subject": .string(subject),
            "field": .string(finding.field), "problem": .string(finding.problem),
        ]
    }
}

extension SyncRound.Outcome {
    var json: JSON {
        [
            "connection": .string(connection), "job": .string(job.rawValue), "outcome": .string(ending.rawValue),
            "summary": .string(summary),
        ]
    }
}

/// Collects how the jobs of one connection ended.
final class JobOutcomes {
    private var outcomes: [Job: (ending: SyncRound.Outcome.Ending, summary: String)] = [:]
    private var endpointError: ExchangeError?
    private(set) var findings: [NewFinding] = []

    func hear(_ event: EngineEvent) {
        switch event {
        case .jobBegan: endpointError = nil
        case .jobFailed(_, _, let error): endpointError = error
        case .jobEnded(_, let job, let summary, let succeeded):
            outcomes[job] = (succeeded ? .done : endpointError == nil ? .failed : .unreachable, summary)
        case .found(let connection, let job, let subject, let finding):
            findings.append(NewFinding(connection: connection, job: job, subject: subject, finding: finding))
        default: break
        }
    }

    /// One for each job. After refused credentials the engine pauses; the jobs left were not begun.
    func outcomes(of connection: String, reconciles: Bool) -> [SyncRound.Outcome] {
        (Job.ofRound + (reconciles ? [.reconcile] : [])).map { job in
            let outcome = outcomes[job] ?? (.unreachable, "not begun: the credentials were refused")
            return SyncRound.Outcome(connection: connection, job: job, ending: outcome.ending, summary: outcome.summary)
        }
    }
}

/// Ends a round early, from another thread.
package struct StopRequest: Sendable {
    let signals = ConnectionSignals()
    package init() {}
    package func stop() { signals.stop() }
}

extension ParkedRecord {
    /// Whether it is enough to wait for the engine's retry; otherwise it is parked, and somebody has to act.
    var isRetryScheduled: Bool { !needsPerson }
}
