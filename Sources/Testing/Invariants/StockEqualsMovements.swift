/// In each system stock equals the sum of its movements: nothing appears or disappears without an entry in the ledger.
package struct StockEqualsMovements: Invariant {
    package static let id = "stock-equals-movements"
    package static let statement =
        "In each system, stock equals the sum of its movements; otherwise no other figure can be trusted."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(
            evidence.rackbeat.imbalances.map {
                Finding(
                    subject: "\($0.item) at location \($0.place)", sentence: "Stock differs from the sum of its movements.",
                    expected: "\($0.sum)", rackbeatHolds: "\($0.stock)")
            }
                + evidence.ongoing.imbalances.map {
                    Finding(
                        subject: "\($0.item) of goods owner \($0.place)",
                        sentence: "Stock differs from the sum of its movements.",
                        expected: "\($0.sum)", ongoingHolds: "\($0.stock)")
                })
    }
}
