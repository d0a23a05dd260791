import SyncCore
import Units

/// With stock sync on, Rackbeat has one adjustment for each stock adjustment of the warehouse; with it off, none.
package struct AdjustmentsRecreatedOnce: Invariant {
    package static let id = "adjustments-recreated-once"
    package static let statement =
        "Rackbeat books each stock adjustment of the warehouse exactly once; otherwise it sells goods that are not there and hides "
        + "goods that are."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        var findings: [Finding] = []
        var contradictions: [String] = []
        for connection in evidence.connections {
            findings += ItemAdjustments.all(evidence, connection).compactMap { judge($0, evidence, connection) }
            contradictions += ItemAdjustments.contradictions(evidence, connection)
        }
        return Verdict(findings, contradictions: contradictions)
    }

    private func judge(_ adjustments: ItemAdjustments, _ evidence: Evidence, _ connection: ConnectionFacts) -> Finding? {
        guard !adjustments.areComplete, !adjustments.areExcused(evidence, connection) else { return nil }
        let sentence =
            connection.settings.stockSync == .off && adjustments.required.isEmpty && adjustments.optional.isEmpty
            ? "The engine adjusted stock in Rackbeat although stock sync is off."
            : "The adjustments in Rackbeat differ from those of the warehouse."
        return Finding(
            subject: "\(adjustments.item) at location \(connection.location)", record: RecordRef(.product, adjustments.item),
            connection: connection.name, sentence: sentence,
            expected: Self.words(adjustments.required) + Self.optionalWords(adjustments.optional),
            rackbeatHolds: Self.words(adjustments.booked), ongoingHolds: Self.words(adjustments.required + adjustments.optional),
            exchanges: evidence.writes(about: RecordRef(.product, adjustments.item)))
    }

    private static func words(_ changes: [ExactDecimal]) -> String {
        changes.isEmpty ? "no adjustment" : listed(changes.map(\.signed))
    }

    private static func optionalWords(_ changes: [ExactDecimal]) -> String {
        changes.isEmpty ? "" : ", optionally \(listed(changes.map(\.signed)))"
    }
}
