package import Units

extension OngoingFake {
    /// One row of an inventory adjustment: a correction of one article's stock by the warehouse.
    package struct AdjustmentRecord: Sendable {
        /// The document; it may have several rows and several articles.
        package let inventoryId: Int
        /// Article number.
        package let article: String
        let articleID: Int
        /// Signed: negative is removed.
        package let change: ExactDecimal
        package let time: Moment
        package let cause: CodeName?
        package let comment: String
        package let batch: String
        package let serial: String
        let itemID: Int
        let rowID: Int
        /// When it was acknowledged; `nil` while it is not.
        package internal(set) var reportedAt: Moment?

        package var isReported: Bool { reportedAt != nil }
    }
}

typealias AdjustmentRecord = OngoingFake.AdjustmentRecord

/// Corrections of stock by the warehouse.
extension GoodsOwner {
    /// One row of a document that is being written.
    struct AdjustmentDraft {
        let articleID: Int
        let change: ExactDecimal
        let cause: CodeName?
        let comment: String
        let label: StockLabel
    }

    /// Writes one document and moves the stock; the caller has made sure that there is enough.
    ///
    /// What is taken from several batches becomes several rows.
    func adjust(_ drafts: [AdjustmentDraft], at now: Moment) -> Int {
        let inventoryID = store.ids.next(\.inventory)
        adjustmentRows[inventoryID] = []
        for draft in drafts {
            for item in moveStock(draft, document: "adjustment \(inventoryID)", at: now) {
                let row = AdjustmentRecord(
                    inventoryId: inventoryID, article: articles[draft.articleID].number, articleID: draft.articleID,
                    change: draft.change.isNegative ? -item.quantity : item.quantity, time: now, cause: draft.cause,
                    comment: draft.comment, batch: item.batch, serial: item.serial, itemID: item.id,
                    rowID: store.ids.next(\.inventoryRow))
                file(row)
                store.outbox.adjusted(row, of: self, at: now)
            }
        }
        return inventoryID
    }

    private func file(_ row: AdjustmentRecord) {
        adjustmentRows[row.inventoryId]!.append(adjustments.count)
        unreportedAdjustments.insert(adjustments.count)
        adjustmentLog.note(adjustments.count, at: row.time)
        adjustments.append(row)
    }

    /// - Returns: What came or went, one for each batch and serial.
    private func moveStock(_ draft: AdjustmentDraft, document: String, at now: Moment) -> [StockItem] {
        guard draft.change.isNegative else {
            return [
                bringIn(
                    draft.change, of: draft.articleID, batch: draft.label.batch ?? "", serial: draft.label.serial ?? "",
                    cause: StockCause.adjustment, document: document, at: now)
            ]
        }
        let taken = takeOut(
            -draft.change, of: draft.articleID, draft.label, cause: StockCause.adjustment, document: document, at: now)
        var result: [StockItem] = []
        for item in taken {
            if let index = result.firstIndex(where: { $0.batch == item.batch && $0.serial == item.serial }) {
                result[index].quantity += item.quantity
            } else {
                result.append(item)
            }
        }
        return result
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
