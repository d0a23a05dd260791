import Invariants
import JSON
import Reports
import ScenarioKit
import SyncCore
import Units

/// The verdicts of the invariants on a world now.
///
/// The integration usually runs outside, and nothing here shows when it last looked. So each invariant is judged twice: as if
/// everything that happened had to be handled by now, and as if nothing had. What holds both times holds; what is broken both
/// times is broken; the rest may be under way, and is undecided.
struct CheckReport {
    /// What is known about when the last complete round of the integration began.
    enum Round: Equatable {
        case unknown
        /// Everything that happened before must have been handled.
        case began(Moment)
    }

    enum Status: String, CaseIterable {
        case holds, broken, undecided
        case notJudged = "not-judged"
    }

    struct Entry {
        let invariant: String
        let statement: String
        let status: Status
        let why: String?
        let findings: [Finding]
    }

    /// Shorter secrets, chosen by hand, occur in ordinary texts.
    private static let shortestSecret = 8

    let entries: [Entry]
    private let forgotten: Int
    private let at: Moment

    init(_ world: World, _ round: Round) throws {
        forgotten = world.forgottenExchanges
        at = world.now
        let evidence = try world.evidence()
        guard !world.hasOwnEngine else {
            entries = AllInvariants.judge(evidence).map { Self.entry($0, $0) }
            return
        }
        func judge(_ roundBegan: Moment?) -> [InvariantResult] {
            var evidence = evidence
            evidence.lastRoundBegan = roundBegan
            evidence.outputs = []
            evidence.secrets = evidence.secrets.filter { $0.utf8.count >= Self.shortestSecret }
            // When an integration outside began to recreate adjustments is not known here: assumed from the start.
            for connection in evidence.connections where connection.settings.stockSync != .off {
                evidence.stockSyncBegan[connection.name] = world.startedAt
            }
            return AllInvariants.judge(evidence)
        }
        let strict: [InvariantResult]
        let lenient: [InvariantResult]
        switch round {
        case .began(let moment):
            strict = judge(moment)
            lenient = strict
        case .unknown:
            strict = judge(world.now)
            lenient = judge(nil)
        }
        let areSecretsTellable = evidence.secrets.allSatisfy { $0.utf8.count >= Self.shortestSecret }
        entries = zip(strict, lenient).map { strict, lenient in
            let entry = Self.withoutWhatOnlyTheEngineKnows(Self.entry(strict, lenient))
            guard entry.invariant == NoSecretAnywhere.id, entry.status != .broken, !areSecretsTellable else { return entry }
            return Entry(
                invariant: entry.invariant, statement: entry.statement, status: .notJudged,
                why: "the token or the password has fewer than \(Self.shortestSecret) letters, which stand in ordinary words too",
                findings: [])
        }
    }

    private static func entry(_ strict: InvariantResult, _ lenient: InvariantResult) -> Entry {
        switch (strict.verdict, lenient.verdict) {
        case (_, .broken(let findings)):
            Entry(invariant: strict.invariant, statement: strict.statement, status: .broken, why: nil, findings: findings)
        case (.broken(let findings), _):
            Entry(
                invariant: strict.invariant, statement: strict.statement, status: .undecided,
                why: "the findings may still be under way; ask with settled=true once the integration has had its turn",
                findings: findings)
        case (.undecided(let why), _), (_, .undecided(let why)):
            Entry(invariant: strict.invariant, statement: strict.statement, status: .undecided, why: why, findings: [])
        case (.holds, .holds):
            Entry(invariant: strict.invariant, statement: strict.statement, status: .holds, why: nil, findings: [])
        }
    }

    /// Whether anything is parked or has an unknown outcome stands only in the engine's own journal.
    private static func withoutWhatOnlyTheEngineKnows(_ entry: Entry) -> Entry {
        guard entry.invariant == NothingStuck.id, entry.status == .holds else { return entry }
        return Entry(
            invariant: entry.invariant, statement: entry.statement, status: .notJudged,
            why:
                "no draft is left behind in Rackbeat; what is parked or has an unknown outcome stands only in the journal of the integration, "
                + "which 'tandem status' reads",
            findings: [])
    }

    /// The worst of what was judged.
    var status: Status {
        if entries.contains(where: { $0.status == .broken }) { return .broken }
        return entries.contains { $0.status == .undecided } ? .undecided : .holds
    }

    var json: JSON {
        [
            "at": JSON(at), "verdict": .string(status.rawValue),
            "invariants": .array(
                entries.map { entry in
                    [
                        "invariant": .string(entry.invariant), "statement": .string(entry.statement),
                        "verdict": .string(entry.status.rawValue), "why": JSON(entry.why),
                        "findings": .array(entry.findings.map(JSONReport.json)),
                    ]
                }),
            "forgottenExchanges": JSON(forgotten),
        ]
    }
}
