package import FakeKit
package import Units

/// Corrections of stock by warehouse staff.
extension OngoingFake {
    /// One row of an inventory adjustment.
    package struct AdjustmentRow: Sendable {
        package let article: String
        /// Signed: negative is removed.
        package let change: ExactDecimal
        /// The code of the cause; `nil` for none.
        package let cause: String?
        package let comment: String?
        package let batch: String?
        package let serial: String?

        package init(
            article: String, change: ExactDecimal, cause: String? = nil, comment: String? = nil, batch: String? = nil,
            serial: String? = nil
        ) {
            self.article = article
            self.change = change
            self.cause = cause
            self.comment = comment
            self.batch = batch
            self.serial = serial
        }

        var label: StockLabel { StockLabel(batch: batch, serial: serial) }
    }

    /// Corrects stock with one document, which may have several rows and several articles.
    ///
    /// - Returns: `inventoryId`.
    @discardableResult
    package func adjust(goodsOwner: Int, rows: [AdjustmentRow]) throws(ActionError) -> Int {
        let owner = try owner(goodsOwner)
        guard !rows.isEmpty else { throw ActionError("Cannot adjust stock of goods owner \(goodsOwner): no row is given.") }
        // The rows are tried on copies of the shelves first, in their order: what one row brings the next may take.
        var shelves: [Int: [StockItem]] = [:]
        var drafts: [GoodsOwner.AdjustmentDraft] = []
        for row in rows {
            let action = "adjust article \(row.article) by \(row.change)"
            guard let record = owner.article(row.article) else {
                throw ActionError("Cannot \(action): goods owner \(goodsOwner) has no such article.")
            }
            guard !row.change.isZero else { throw ActionError("Cannot \(action): the change is zero.") }
            var shelf = shelves[record.systemId] ?? record.items
            if row.change.isNegative {
                guard shelf.take(-row.change, row.label) != nil else {
                    let of = row.batch.map { "batch \($0) of " } ?? ""
                    throw ActionError("Cannot \(action): only \(shelf.available(row.label)) of \(of)it are in stock.")
                }
            } else {
                shelf.append(
                    StockItem(
                        id: 0, quantity: row.change, batch: row.batch ?? "", serial: row.serial ?? "", expiryDate: nil,
                        arrived: store.clock(), purchaseOrderLine: nil))
            }
            shelves[record.systemId] = shelf
            drafts.append(
                GoodsOwner.AdjustmentDraft(
                    articleID: record.systemId, change: row.change,
                    cause: row.cause.map { CodeName(code: $0, name: Self.nameOfCause($0)) }, comment: row.comment ?? "",
                    label: row.label))
        }
        return owner.adjust(drafts, at: store.clock())
    }

    private static func nameOfCause(_ code: String) -> String {
        ["SCRAP": "Scrapped", "FOUND": "Found", "COUNT": "Stock count", "DAMAGE": "Damaged"][code] ?? code
    }
}
