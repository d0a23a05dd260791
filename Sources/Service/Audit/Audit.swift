import Exchange
package import Invariants
package import Logging
import OngoingClient
import RackbeatClient
package import SyncCore
package import SyncEngine
import Trade
package import Units

/// The invariants of the scenarios, judged on the configured endpoints: read-only, connection by connection.
package struct Audit: Sendable {
    /// Something that differs and is not called broken.
    package struct Pending: Sendable, Equatable {
        package let finding: Finding
        package let why: String
    }

    package struct SectionResult: Sendable, Equatable {
        package let section: AuditSection
        package let verdict: Verdict
        package let pending: [Pending]
    }

    package struct ConnectionResult: Sendable, Equatable {
        package let connection: String
        package let sections: [SectionResult]
        /// The stock of the items that differ, with the causes.
        package let stock: [StockComparison]
        /// Records that could not be read, and so are not judged.
        package let unreadable: [UnreadableRecord]
        /// Why the connection could not be audited.
        package let problem: String?
    }

    package private(set) var connections: [ConnectionResult] = []
    package private(set) var calls = 0
    package private(set) var duration = Duration.zero
    /// Documents that changed earlier were not judged; `nil`: everything was.
    package let since: CivilDate?
    package let hasJournal: Bool

    /// Reads both sides, and writes nothing.
    ///
    /// - Parameters:
    ///   - only: The name of one connection; `nil`: all.
    ///   - announce: Gets the estimate before the reading starts.
    package init(
        _ configuration: Configuration, _ credentials: Credentials, journal: Journal?, since: CivilDate? = nil,
        only: String? = nil,
        runtime: Runtime, log: Logger, stop: StopRequest = StopRequest(), announce: (AuditEstimate) -> Void = { _ in },
        progress: @escaping AuditProgress = { _, _ in }
    ) throws {
        self.since = since
        hasJournal = journal != nil
        let assembly = Assembly(configuration, credentials, runtime)
        let clock = ServiceClock(runtime.clock(), stop.signals)
        let began = clock.now()
        let zone = Zone(rawValue: assembly.rackbeatProfile["time_zone"]) ?? .copenhagen
        let from = since.map { Moment($0, zone: zone) }
        let counter = CallCounter()
        let plans = configuration.connections.filter { plan in only.map { $0 == plan.name } ?? true }
        let clients = try plans.map { plan in
            let eventLogger = EventLogger(log, connection: plan.name, basePaths: assembly.basePaths(of: plan))
            return try assembly.clients(
                of: plan,
                Assembly.Wiring(clock: clock) { system, transport in
                    ExchangeTap(
                        system, of: plan.name, to: transport, clock: clock, mayBegin: { try clock.checkIn() },
                        tell: { exchange in
                            counter.calls += 1
                            eventLogger.hear(exchange)
                        })
                })
        }
        guard !clients.isEmpty else { return }
        let reading: RackbeatReading
        do {
            announce(try AuditEstimate(clients[0].rackbeat, connections: clients.map(\.ongoing), since: from))
            reading = try RackbeatReading(
                clients[0].rackbeat, locations: plans.map(\.settings.location), since: from, now: began, progress: progress)
        } catch let error as ExchangeError {
            connections = plans.map { Self.failed($0.name, error) }
            calls = counter.calls
            return
        }
        let locations = Set(configuration.connections.map(\.settings.location.text))
        for (plan, clients) in zip(plans, clients) {
            do {
                let facts = try journal.map { try JournalFacts(of: plan.name, in: $0) }
                let settled = began - Self.grace(of: plan.settings)
                func look() throws -> ConnectionResult {
                    let evidence = try APIEvidence(
                        reading, clients, plan.settings, journal: facts, allLocations: locations, settled: settled, since: from,
                        now: began, progress: progress)
                    return Self.judge(evidence, facts)
                }
                let first = try look()
                guard first.isBroken else {
                    connections.append(first)
                    continue
                }
                // Both systems go on while they are read. What is really wrong is still wrong at a second look.
                try reading.readAgain()
                connections.append(try look().confirming(first))
            } catch let error as ExchangeError {
                connections.append(Self.failed(plan.name, error))
            }
        }
        calls = counter.calls
        duration = clock.now() - began
    }

    private final class CallCounter {
        var calls = 0
    }

    private static func failed(_ connection: String, _ error: ExchangeError) -> ConnectionResult {
        ConnectionResult(connection: connection, sections: [], stock: [], unreadable: [], problem: error.description)
    }

    /// How long a change may be on its way: the longest interval of a job, and the time after which an outcome is known.
    package static func grace(of settings: ConnectionSettings) -> Duration {
        (Job.ofRound.map { settings.schedule[$0] }.max() ?? .zero) + .seconds(120)
    }

    // MARK: Judging

    /// Judges twice: with and without what may be on its way or is parked. What only the second finds is pending.
    package static func judge(_ evidence: APIEvidence, _ journal: JournalFacts?) -> ConnectionResult {
        var strict = evidence.evidence
        strict.lastRoundBegan = Moment(milliseconds: .max)
        strict.expectedParked = []
        strict.dismissed = []
        let sections = AuditSection.allCases.map { section in
            let verdict = AllInvariants.judge(section.invariant, evidence.evidence).verdict
            return SectionResult(
                section: section, verdict: verdict,
                pending: pending(in: AllInvariants.judge(section.invariant, strict).verdict, but: verdict, evidence, journal))
        }
        let stock = StockComparison.all(evidence.evidence, evidence.connection).filter { !$0.difference.isZero }
        return ConnectionResult(
            connection: evidence.connection.name, sections: sections, stock: stock, unreadable: evidence.unreadable, problem: nil)
    }

    private static func pending(
        in strict: Verdict, but verdict: Verdict, _ evidence: APIEvidence, _ journal: JournalFacts?
    ) -> [Pending] {
        guard case .broken(let all) = strict else { return [] }
        var broken: Set<String> = []
        if case .broken(let findings) = verdict { broken = Set(findings.map(\.subject)) }
        return all.filter { !broken.contains($0.subject) }.map { finding in
            Pending(finding: finding, why: why(finding, evidence, journal))
        }
    }

    private static func why(_ finding: Finding, _ evidence: APIEvidence, _ journal: JournalFacts?) -> String {
        if let number = finding.record?.number {
            if let parked = journal?.parked.first(where: { $0.record.number == number || $0.shownNumber == number }) {
                return "It is parked: \(parked.reason)"
            }
            if journal?.dismissed.contains(where: { $0.record.number == number || $0.shownNumber == number }) ?? false {
                return "A person settled it by hand and dismissed the parked record."
            }
            if let record = evidence.unreadable.first(where: { $0.number == number }) {
                return "It cannot be read: \(record.problem)"
            }
        }
        let grace = grace(of: evidence.connection.settings)
        return "It changed within the last \(grace.forPeople): the next rounds deal with it."
    }

    // MARK: The outcome

    package func count(_ matches: (Verdict) -> Bool) -> Int {
        connections.reduce(0) { $0 + $1.sections.count { matches($0.verdict) } }
    }

    package var exitStatus: ExitStatus {
        if connections.contains(where: { $0.problem != nil }) { return .unreachable }
        return connections.contains(where: \.isBroken) ? .needsAction : .success
    }
}

extension Audit.ConnectionResult {
    package var isBroken: Bool { sections.contains { if case .broken = $0.verdict { true } else { false } } }

    /// Keeps of the findings those that an earlier look found at the same place.
    fileprivate func confirming(_ first: Self) -> Self {
        let sections = zip(sections, first.sections).map { now, before -> Audit.SectionResult in
            guard case .broken(let findings) = now.verdict else { return now }
            var known: Set<String> = []
            if case .broken(let earlier) = before.verdict { known = Set(earlier.map(\.subject)) }
            let confirmed = findings.filter { known.contains($0.subject) }
            let others = findings.filter { !known.contains($0.subject) }.map {
                Audit.Pending(finding: $0, why: "It changed while both systems were read.")
            }
            return Audit.SectionResult(
                section: now.section, verdict: confirmed.isEmpty ? .holds : .broken(confirmed), pending: now.pending + others)
        }
        return Self(connection: connection, sections: sections, stock: stock, unreadable: unreadable, problem: problem)
    }
}
