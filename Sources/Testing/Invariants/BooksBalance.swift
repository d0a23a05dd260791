/// In each system stock is the sum of its movements: nothing appears or goes without an entry.
package struct BooksBalance: Invariant {
    package static let name = "books-balance"
    package static let statement = "Every piece of stock has an entry that brought it, or no other figure can be trusted."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(
            evidence.shop.imbalances.map {
                Finding(
                    subject: "\($0.item) at location \($0.place)", sentence: "Stock is not the sum of its movements.",
                    expected: "\($0.sum)", rackbeatHolds: "\($0.stock)")
            }
                + evidence.warehouse.imbalances.map {
                    Finding(
                        subject: "\($0.item) of goods owner \($0.place)", sentence: "Stock is not the sum of its movements.",
                        expected: "\($0.sum)", ongoingHolds: "\($0.stock)")
                })
    }
}
