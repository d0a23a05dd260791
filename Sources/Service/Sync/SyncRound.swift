import Exchange
package import JSON
package import Logging
package import SyncCore
package import SyncEngine

/// One round over every connection: each job once, in the order of the jobs.
package struct SyncRound {
    package struct Outcome: Equatable, Sendable {
        package enum Ending: String, Sendable {
            case done
            /// Something in the configuration or in a system keeps the job from running.
            case failed
            /// A system could not be reached, or refused us.
            case unreachable
        }

        package let connection: String
        package let job: Job
        package let ending: Ending
        package let summary: String
    }

    package private(set) var outcomes: [Outcome] = []
    /// Records of these connections that wait for a person, as the round left them.
    package private(set) var waiting = 0
    /// What was begun and is not done, as the round left it.
    package private(set) var inDoubt = 0

    /// Runs the round on the calling thread.
    ///
    /// - Parameter isStopping: Asked before each exchange and in every wait; once it is true, no other exchange is begun.
    /// - Throws: ``Stopped``, or what ends the engine's world: a journal that cannot be written.
    package init(
        _ configuration: Configuration, _ credentials: Credentials, journal: Journal, outside: Outside, log: Logger,
        stop: RoundStop = RoundStop()
    ) throws {
        let assembly = Assembly(configuration, credentials, outside)
        let clock = ServiceClock(outside.watch(), stop.mailbox)
        for plan in configuration.connections {
            let ear = RoundListener()
            let basePaths = assembly.basePaths(of: plan)
            let eventLogger = EventLogger(log, connection: plan.name, basePaths: basePaths)
            let engine = try assembly.engine(
                of: plan,
                Assembly.Wiring(clock: clock) { system, transport in
                    ExchangeTap(
                        system, of: plan.name, to: transport, clock: clock, mayBegin: { try clock.checkIn() },
                        tell: { eventLogger.hear($0) })
                },
                journal: journal, listeners: [{ eventLogger.hear($0) }, { ear.hear($0) }])
            try engine.syncOnce()
            outcomes += ear.outcomes(of: plan.name)
        }
        let names = configuration.connections.map(\.name)
        waiting = try journal.parked().filter { names.contains($0.connection) && $0.needsAPerson }.count
        inDoubt = try journal.unknownOutcomes().filter { names.contains($0.connection) }.count
    }

    /// Unreachable outdoes what needs a person: whoever cannot be asked cannot be judged.
    package var verdict: Verdict {
        if outcomes.contains(where: { $0.ending == .unreachable }) { return .unreachable }
        return outcomes.contains { $0.ending == .failed } || waiting > 0 ? .broken : .held
    }

    /// A line for each job, and one for what is left.
    package var text: String {
        var table = TextTable()
        for outcome in outcomes {
            table.add([outcome.connection, outcome.job.rawValue, outcome.ending.rawValue, outcome.summary])
        }
        return table.text + left + "\n"
    }

    private var left: String {
        var parts: [String] = []
        if waiting > 0 { parts.append(counted(waiting, "record waits", "records wait") + " for a person: see 'tandem status'") }
        if inDoubt > 0 {
            parts.append("\(counted(inDoubt, "thing", "things")) begun and not done: the next round goes on with it")
        }
        return parts.isEmpty ? "Nothing waits for a person." : parts.joined(separator: ". ") + "."
    }

    package var json: JSON {
        [
            "jobs": .array(outcomes.map(\.json)), "waitingForAPerson": JSON(waiting), "inDoubt": JSON(inDoubt),
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
final class RoundListener {
    private var outcomes: [Job: (ending: SyncRound.Outcome.Ending, summary: String)] = [:]
    private var brokeOff: ExchangeError?

    func hear(_ event: EngineEvent) {
        switch event {
        case .jobBegan: brokeOff = nil
        case .jobBrokeOff(_, _, let error): brokeOff = error
        case .jobEnded(_, let job, let summary, let succeeded):
            outcomes[job] = (succeeded ? .done : brokeOff == nil ? .failed : .unreachable, summary)
        default: break
        }
    }

    /// One for each job. After refused credentials the engine asks no more for a while; those jobs were not begun.
    func outcomes(of connection: String) -> [SyncRound.Outcome] {
        Job.allCases.map { job in
            let outcome = outcomes[job] ?? (.unreachable, "not begun: the credentials were refused before")
            return SyncRound.Outcome(connection: connection, job: job, ending: outcome.ending, summary: outcome.summary)
        }
    }
}

/// Ends a round early, from another thread.
package struct RoundStop: Sendable {
    let mailbox = Mailbox()
    package init() {}
    package func stop() { mailbox.stop() }
}

extension ParkedRecord {
    /// Whether it is not tried again by itself.
    var needsAPerson: Bool { retryAt == nil }
}
