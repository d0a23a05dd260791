/// In each system stock is the sum of its movements: nothing appears or goes without an entry.
public struct BooksBalance: Rule {
    public static let name = "books-balance"
    public static let promise = "Every piece of stock has an entry that brought it, or no other figure can be trusted."

    public init() {}

    public func judge(_ evidence: Evidence) -> Verdict {
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
