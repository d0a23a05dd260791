import Units

/// Corrections of stock by the warehouse.
extension GoodsOwner {
    /// One row of a document that is being written.
    struct AdjustmentDraft {
        let articleID: Int
        let change: ExactDecimal
        let cause: CodeName?
        let comment: String
        let batch: String?
        let serial: String?
    }

    /// Writes one document and moves the stock; the caller has made sure that there is enough.
    func adjust(_ drafts: [AdjustmentDraft], at now: Moment) -> Int {
        let inventoryID = tenant.ids.next(\.inventory)
        adjustmentRows[inventoryID] = []
        for draft in drafts {
            let item = moveStock(draft, document: "adjustment \(inventoryID)", at: now)
            let row = AdjustmentRecord(
                inventoryId: inventoryID, article: articles[draft.articleID].number, articleID: draft.articleID,
                change: draft.change, time: now, cause: draft.cause, comment: draft.comment, batch: item.batch,
                serial: item.serial, itemID: item.id, rowID: tenant.ids.next(\.inventoryRow))
            adjustmentRows[inventoryID]!.append(adjustments.count)
            unreportedAdjustments.insert(adjustments.count)
            adjustments.append(row)
            tenant.outbox.adjusted(row, of: self, at: now)
        }
        return inventoryID
    }

    /// - Returns: The item that came or, when several were taken from, the first of them.
    private func moveStock(_ draft: AdjustmentDraft, document: String, at now: Moment) -> StockItem {
        if draft.change.isNegative {
            let taken = takeOut(
                -draft.change, of: draft.articleID, batch: draft.batch, serial: draft.serial, cause: StockCause.adjustment,
                document: document, at: now)
            return taken[0]
        }
        return bringIn(
            draft.change, of: draft.articleID, batch: draft.batch ?? "", serial: draft.serial ?? "",
            cause: StockCause.adjustment, document: document, at: now)
    }

    /// Acknowledges the rows of one article in one document.
    ///
    /// - Returns: The rows, or `nil` when there are none.
    func setReported(inventory: Int, article: Int, at now: Moment) -> [AdjustmentRecord]? {
        let positions = (adjustmentRows[inventory] ?? []).filter { adjustments[$0].articleID == article }
        guard !positions.isEmpty else { return nil }
        for position in positions where adjustments[position].reportedAt == nil {
            adjustments[position].reportedAt = now
            unreportedAdjustments.remove(position)
        }
        return positions.map { adjustments[$0] }
    }
}
