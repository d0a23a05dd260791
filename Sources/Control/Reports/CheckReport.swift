import Invariants
import JSON
import Reports
import ScenarioKit
import SyncCore
import Units

/// What the standing rules say of a world now.
///
/// Whoever keeps the two sides in step usually does it from outside, and nothing here shows when it last looked. So every rule
/// is asked twice: as if all that happened had to be dealt with by now, and as if nothing had. What holds either way holds;
/// what is broken either way is broken; the rest may be under way, and is undecided.
struct CheckReport {
    /// What is known of when a complete round of the integration's last began.
    enum Round: Equatable {
        case unknown
        /// Whatever happened up to then must have been dealt with.
        case began(Moment)
    }

    enum Standing: String, CaseIterable {
        case holds, broken, undecided
        case notJudged = "not-judged"
    }

    struct Entry {
        let invariant: String
        let statement: String
        let standing: Standing
        let why: String?
        let findings: [Finding]
    }

    /// Shorter ones that somebody chose by hand are found in half of all texts.
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
            // When an integration outside began to replay adjustments is not known here: taken as from the beginning.
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
            guard entry.invariant == NoSecretAnywhere.id, entry.standing != .broken, !areSecretsTellable else { return entry }
            return Entry(
                invariant: entry.invariant, statement: entry.statement, standing: .notJudged,
                why: "the token or the password has fewer than \(Self.shortestSecret) letters, which stand in ordinary words too",
                findings: [])
        }
    }

    private static func entry(_ strict: InvariantResult, _ lenient: InvariantResult) -> Entry {
        switch (strict.verdict, lenient.verdict) {
        case (_, .broken(let findings)):
            Entry(invariant: strict.invariant, statement: strict.statement, standing: .broken, why: nil, findings: findings)
        case (.broken(let findings), _):
            Entry(
                invariant: strict.invariant, statement: strict.statement, standing: .undecided,
                why: "what is found here may still be under way; ask with settled=true once the integration has had its turn",
                findings: findings)
        case (.undecided(let why), _), (_, .undecided(let why)):
            Entry(invariant: strict.invariant, statement: strict.statement, standing: .undecided, why: why, findings: [])
        case (.holds, .holds):
            Entry(invariant: strict.invariant, statement: strict.statement, standing: .holds, why: nil, findings: [])
        }
    }

    /// That nothing is parked or in doubt is written in the engine's own journal, and nowhere here.
    private static func withoutWhatOnlyTheEngineKnows(_ entry: Entry) -> Entry {
        guard entry.invariant == NothingStuck.id, entry.standing == .holds else { return entry }
        return Entry(
            invariant: entry.invariant, statement: entry.statement, standing: .notJudged,
            why: "no draft is left behind in Rackbeat; what is parked or in doubt stands only in the integration's own journal, "
                + "which 'tandem status' reads",
            findings: [])
    }

    /// The worst of what was judged.
    var standing: Standing {
        if entries.contains(where: { $0.standing == .broken }) { return .broken }
        return entries.contains { $0.standing == .undecided } ? .undecided : .holds
    }

    var json: JSON {
        [
            "at": JSON(at), "verdict": .string(standing.rawValue),
            "rules": .array(
                entries.map { entry in
                    [
                        "rule": .string(entry.invariant), "promise": .string(entry.statement),
                        "verdict": .string(entry.standing.rawValue), "why": JSON(entry.why),
                        "findings": .array(entry.findings.map(JSONReport.json)),
                    ]
                }),
            "forgottenExchanges": JSON(forgotten),
        ]
    }
}
