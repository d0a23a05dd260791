import FakeKit
import Units

/// What people do to stock without an order.
extension OngoingFake {
    /// One row of an inventory adjustment.
    public struct AdjustmentRow: Sendable {
        public let article: String
        /// Signed: negative is removed.
        public let change: ExactDecimal
        /// The code of the cause; `nil` for none.
        public let cause: String?
        public let comment: String?
        public let batch: String?
        public let serial: String?

        public init(
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
    }

    /// Corrects stock with one document, which may have several rows and several articles.
    ///
    /// - Returns: `inventoryId`.
    @discardableResult
    public func adjust(goodsOwner: Int, rows: [AdjustmentRow]) throws(LeverError) -> Int {
        let owner = try owner(goodsOwner)
        guard !rows.isEmpty else { throw LeverError("To adjust stock of goods owner \(goodsOwner): there is no row.") }
        // In order, as the rows will be carried out: what one row brings the next may take.
        var onHand: [String: ExactDecimal] = [:]
        var fitting: [String: ExactDecimal] = [:]
        for row in rows {
            let wish = "adjust article \(row.article) by \(row.change)"
            guard let record = owner.article(row.article) else {
                throw LeverError("To \(wish): goods owner \(goodsOwner) has no such article.")
            }
            guard !row.change.isZero else { throw LeverError("To \(wish): that changes nothing.") }
            let label = "\(row.article)\n\(row.batch ?? "")\n\(row.serial ?? "")"
            let all = (onHand[row.article] ?? record.onHand) + row.change
            let ofLabel = (fitting[label] ?? owner.available(record.systemId, batch: row.batch, serial: row.serial)) + row.change
            guard all >= .zero, ofLabel >= .zero else {
                let of = row.batch.map { "batch \($0) of " } ?? ""
                let held = min(all, ofLabel) - row.change
                throw LeverError("To \(wish): only \(held) of \(of)it lie there.")
            }
            onHand[row.article] = all
            fitting[label] = ofLabel
        }
        let drafts = rows.map { row in
            GoodsOwner.AdjustmentDraft(
                articleID: owner.articleIDs[row.article]!, change: row.change,
                cause: row.cause.map { CodeName(code: $0, name: Self.nameOfCause($0)) }, comment: row.comment ?? "",
                batch: row.batch, serial: row.serial)
        }
        return owner.adjust(drafts, at: tenant.clock())
    }

    private static func nameOfCause(_ code: String) -> String {
        ["SCRAP": "Scrapped", "FOUND": "Found", "COUNT": "Stock count", "DAMAGE": "Damaged"][code] ?? code
    }

    /// Somebody changes stock and leaves no document: nothing tells the goods owner of it but the stock itself.
    public func moveStockSilently(goodsOwner: Int, article: String, change: ExactDecimal) throws(LeverError) {
        let owner = try owner(goodsOwner)
        let wish = "change the stock of article \(article) by \(change)"
        guard let record = owner.article(article) else {
            throw LeverError("To \(wish): goods owner \(goodsOwner) has no such article.")
        }
        guard !change.isZero else { throw LeverError("To \(wish): that changes nothing.") }
        guard record.onHand + change >= .zero else { throw LeverError("To \(wish): only \(record.onHand) lie there.") }
        let now = tenant.clock()
        if change.isNegative {
            owner.takeOut(-change, of: record.systemId, cause: StockCause.unrecorded, document: "", at: now)
        } else {
            owner.bringIn(change, of: record.systemId, cause: StockCause.unrecorded, document: "", at: now)
        }
    }
}
