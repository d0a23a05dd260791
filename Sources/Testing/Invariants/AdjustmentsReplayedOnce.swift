import SyncCore
import Units

/// With stock sync on, each correction of the warehouse's stock is an adjustment in Rackbeat, once; with it off, none is.
package struct AdjustmentsReplayedOnce: Invariant {
    package static let name = "adjustments-replayed-once"
    package static let statement =
        "What the warehouse finds, loses and breaks is booked once, or Rackbeat sells what is not there and hides what is."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        var findings: [Finding] = []
        var contradictions: [String] = []
        for connection in evidence.connections {
            findings += Replays.all(evidence, connection).compactMap { judge($0, evidence, connection) }
            contradictions += Replays.contradictions(evidence, connection)
        }
        return Verdict(findings, contradictions: contradictions)
    }

    private func judge(_ replays: Replays, _ evidence: Evidence, _ connection: ConnectionFacts) -> Finding? {
        guard !replays.areComplete, !evidence.isExcused(replays.item, in: connection, jobs: ["stock"]) else { return nil }
        let sentence =
            connection.settings.stockSync == .off
            ? "The integration adjusted stock in Rackbeat although stock sync is off."
            : "The adjustments in Rackbeat are not those of the warehouse."
        return Finding(
            subject: "\(replays.item) at location \(connection.location)", sentence: sentence,
            expected: Self.words(replays.required) + Self.optionalWords(replays.optional),
            rackbeatHolds: Self.words(replays.booked), ongoingHolds: Self.words(replays.required + replays.optional),
            exchanges: evidence.writes(about: replays.item))
    }

    private static func words(_ changes: [ExactDecimal]) -> String {
        changes.isEmpty ? "no adjustment" : listed(changes.map(signed))
    }

    private static func optionalWords(_ changes: [ExactDecimal]) -> String {
        changes.isEmpty ? "" : ", and perhaps \(listed(changes.map(signed)))"
    }
}

/// With a plus sign when it is above zero.
func signed(_ change: ExactDecimal) -> String { change > .zero ? "+\(change)" : "\(change)" }
