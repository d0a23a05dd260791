package import FakeKit
package import Units

/// What people do to stock without an order.
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
        guard !rows.isEmpty else { throw ActionError("To adjust stock of goods owner \(goodsOwner): there is no row.") }
        // The rows are tried on copies of the shelves first, in their order: what one row brings the next may take.
        var shelves: [Int: [StockItem]] = [:]
        var drafts: [GoodsOwner.AdjustmentDraft] = []
        for row in rows {
            let wish = "adjust article \(row.article) by \(row.change)"
            guard let record = owner.article(row.article) else {
                throw ActionError("To \(wish): goods owner \(goodsOwner) has no such article.")
            }
            guard !row.change.isZero else { throw ActionError("To \(wish): that changes nothing.") }
            var shelf = shelves[record.systemId] ?? record.items
            if row.change.isNegative {
                guard shelf.take(-row.change, row.label) != nil else {
                    let of = row.batch.map { "batch \($0) of " } ?? ""
                    throw ActionError("To \(wish): only \(shelf.available(row.label)) of \(of)it lie there.")
                }
            } else {
                shelf.append(
                    StockItem(
                        id: 0, quantity: row.change, batch: row.batch ?? "", serial: row.serial ?? "", expiryDate: nil,
                        arrived: tenant.clock(), purchaseOrderLine: nil))
            }
            shelves[record.systemId] = shelf
            drafts.append(
                GoodsOwner.AdjustmentDraft(
                    articleID: record.systemId, change: row.change,
                    cause: row.cause.map { CodeName(code: $0, name: Self.nameOfCause($0)) }, comment: row.comment ?? "",
                    label: row.label))
        }
        return owner.adjust(drafts, at: tenant.clock())
    }

    private static func nameOfCause(_ code: String) -> String {
        ["SCRAP": "Scrapped", "FOUND": "Found", "COUNT": "Stock count", "DAMAGE": "Damaged"][code] ?? code
    }

    /// Somebody changes stock and leaves no document: nothing tells the goods owner of it but the stock itself.
    package func moveStockSilently(goodsOwner: Int, article: String, change: ExactDecimal) throws(ActionError) {
        let owner = try owner(goodsOwner)
        let wish = "change the stock of article \(article) by \(change)"
        guard let record = owner.article(article) else {
            throw ActionError("To \(wish): goods owner \(goodsOwner) has no such article.")
        }
        guard !change.isZero else { throw ActionError("To \(wish): that changes nothing.") }
        guard record.onHand + change >= .zero else { throw ActionError("To \(wish): only \(record.onHand) lie there.") }
        let now = tenant.clock()
        if change.isNegative {
            owner.takeOut(-change, of: record.systemId, cause: StockCause.unrecorded, document: "", at: now)
        } else {
            owner.bringIn(change, of: record.systemId, cause: StockCause.unrecorded, document: "", at: now)
        }
    }
}
