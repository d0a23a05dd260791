import Exchange
import HTTPTypes
import Invariants
import ScenarioKit
import Service
import SyncCore
import SyncEngine
import Synchronization
import Trade
import Units

/// The verdict of one invariant on one connection, from both sources of evidence.
struct Compared: Sendable {
    let place: String
    let section: AuditSection
    let run: Verdict
    let audit: Verdict
    /// With what the last round may have missed, in the run and in the audit: such work is no violation.
    let settledRun: Verdict
    let settledAudit: Verdict

    static func word(_ verdict: Verdict) -> String {
        switch verdict {
        case .holds: "holds"
        case .broken: "broken"
        case .undecided: "undecided"
        }
    }

    /// Whether both say the same of the same records, and the audit calls nothing broken that may be on its way.
    var agrees: Bool {
        Self.word(run) == Self.word(audit) && Self.records(run) == Self.records(audit)
            && !(settledRun == .holds && Self.word(settledAudit) == "broken")
    }

    private static func records(_ verdict: Verdict) -> Set<RecordRef?> {
        guard case .broken(let findings) = verdict else { return [] }
        return Set(findings.map(\.record))
    }

    /// For a table of differences.
    var kind: String {
        let words = "\(section.rawValue): run \(Self.word(run)), audit \(Self.word(audit))"
        if Self.word(run) != Self.word(audit) { return words }
        return Self.records(run) == Self.records(audit) ? words + " too early" : words + " of other records"
    }

    var text: String {
        func detail(_ verdict: Verdict) -> String {
            switch verdict {
            case .holds: ""
            case .broken(let findings):
                findings.prefix(2).map {
                    "\n      \($0.subject): \($0.sentence) expected \($0.expected ?? "-"), Rackbeat \($0.rackbeatHolds ?? "-"), Ongoing \($0.ongoingHolds ?? "-")"
                }.joined()
            case .undecided(let why): "\n      \(why)"
            }
        }
        return "  \(place): \(kind)\(detail(run))\(detail(audit))" + (kind.hasSuffix("early") ? detail(settledAudit) : "")
    }
}

/// Compares the two sources of evidence at the end of runs. Gathers from several threads.
final class AuditComparison: Sendable {
    private let comparesSince: Bool
    private let kept = Mutex<(all: [Compared], problems: [String], calls: Int)>(([], [], 0))

    init(comparesSince: Bool = false) { self.comparesSince = comparesSince }

    var differences: [Compared] {
        kept.withLock { $0.all.filter { !$0.agrees } }.sorted { ($0.kind, $0.place) < ($1.kind, $1.place) }
    }
    var problems: [String] { kept.withLock { $0.problems }.sorted() }
    var calls: Int { kept.withLock { $0.calls } }

    func count(_ word: String) -> Int { kept.withLock { $0.all.count { Compared.word($0.audit) == word } } }
    var count: Int { kept.withLock { $0.all.count } }

    /// Options with which a run is compared at its end.
    func options(_ place: String) -> RunOptions {
        var options = RunOptions()
        options.atEnd = { world in
            do {
                try self.compare(world, place)
            } catch {
                self.kept.withLock { $0.problems.append("\(place): \(error)") }
            }
        }
        return options
    }

    /// A reading of everything since before the start says the same as a whole one, whatever calls it takes. Only the stock stays open.
    private func compareSince(_ world: World, _ place: String, _ settings: ConnectionSettings, _ whole: Evidence) throws {
        let since = world.startedAt - .seconds(86_400)
        let clients = try world.clients(of: settings)
        let now = world.now
        let reading = try RackbeatReading(
            clients.rackbeat, locations: world.connections.map(\.location), since: since, now: now)
        let asked = try APIEvidence(
            reading, clients, settings, journal: JournalFacts(of: settings.name, in: world.journal),
            allLocations: Set(world.connections.map(\.location.text)), settled: now, since: since, now: now)
        var evidence = asked.evidence
        evidence.lastRoundBegan = whole.lastRoundBegan
        for section in AuditSection.allCases where section != .stock {
            let words = [whole, evidence].map { Compared.word(AllInvariants.judge(section.invariant, $0).verdict) }
            if words[0] != words[1] {
                kept.withLock {
                    $0.problems.append("\(place): \(section.rawValue) \(words[0]), with since \(words[1])")
                }
            }
        }
    }

    /// Both sides are judged with the same knowledge: what the journal has parked is excused, no difference is declared, and
    /// everything that happened before now must be synced.
    private func compare(_ world: World, _ place: String) throws {
        let now = world.now
        let told = try world.evidence()
        let locations = world.connections.map(\.location)
        var rackbeat: RackbeatReading?
        for settings in world.connections {
            let clients = try world.clients(of: settings) { _, request, _ in
                self.kept.withLock { kept in
                    kept.calls += 1
                    if request.method != .get {
                        kept.problems.append("\(place): the audit sent \(request.method) \(request.target)")
                    }
                }
            }
            let reading = try rackbeat ?? RackbeatReading(clients.rackbeat, locations: locations, now: now)
            rackbeat = reading
            let journal = try JournalFacts(of: settings.name, in: world.journal)
            let asked = try APIEvidence(
                reading, clients, settings, journal: journal, allLocations: Set(locations.map(\.text)),
                settled: told.lastRoundBegan ?? world.startedAt, now: now)
            var audit = asked.evidence
            audit.lastRoundBegan = now + .seconds(1)
            var run = told
            run.connections = told.connections.filter { $0.name == settings.name }
            run.expectedParked = audit.expectedParked
            run.declaredDrift = []
            run.lastRoundBegan = audit.lastRoundBegan
            if comparesSince { try compareSince(world, place, settings, audit) }
            var settledRun = run
            settledRun.lastRoundBegan = told.lastRoundBegan
            var settledAudit = audit
            settledAudit.lastRoundBegan = told.lastRoundBegan.map { $0.truncatedToSecond - .seconds(1) }
            for section in AuditSection.allCases {
                let compared = Compared(
                    place: world.connections.count > 1 ? "\(place), \(settings.name)" : place, section: section,
                    run: AllInvariants.judge(section.invariant, run).verdict,
                    audit: AllInvariants.judge(section.invariant, audit).verdict,
                    settledRun: AllInvariants.judge(section.invariant, settledRun).verdict,
                    settledAudit: AllInvariants.judge(section.invariant, settledAudit).verdict)
                kept.withLock { $0.all.append(compared) }
            }
        }
    }
}
