import FakeKit
import JSON
import Units

/// Stock and the quantities of articles.
extension GoodsOwner {
    /// Changes an article's record; the only way to do so.
    func changeArticle(_ id: Int, at now: Moment, _ change: (inout ArticleRecord) -> Void) {
        let before = articles[id]
        var after = before
        change(&after)
        articles.replace(id, with: after, at: now)
        if before.number != after.number {
            articleIDs[before.number] = nil
            articleIDs[after.number] = id
        }
        if before.shownElsewhere != after.shownElsewhere { catalogueRevision += 1 }
        if before.updated != after.updated { articleLog.note(id, at: after.updated) }
        if before.stockChanged != after.stockChanged, let time = after.stockChanged { stockLog.note(id, at: time) }
    }

    /// An article of which only the number is known: so orders make the articles they name.
    func addArticle(_ number: String, at now: Moment) -> Int {
        let id = tenant.ids.next(\.article)
        articles.add(ArticleRecord(systemId: id, goodsOwner: self.id, number: number, created: now), id: id, at: now)
        articleIDs[number] = id
        articleLog.note(id, at: now)
        return id
    }

    // MARK: What orders mean for an article

    func apply(_ changes: [Int: StockFigures], at now: Moment) {
        for (article, figures) in changes.sorted(by: { $0.key < $1.key }) where figures != StockFigures() {
            changeArticle(article, at: now) {
                $0.figures += figures
                $0.stockChanged = now
            }
        }
    }

    // MARK: Movements

    /// Brings stock in.
    @discardableResult
    func bringIn(
        _ quantity: ExactDecimal, of article: Int, batch: String = "", serial: String = "", expiryDate: CivilDate? = nil,
        purchaseOrderLine: Int? = nil, cause: String, document: String, at now: Moment
    ) -> StockItem {
        let item = StockItem(
            id: tenant.ids.next(\.articleItem), quantity: quantity, batch: batch, serial: serial, expiryDate: expiryDate,
            arrived: now, purchaseOrderLine: purchaseOrderLine)
        move(quantity, of: article, cause: cause, document: document, at: now) {
            $0.items.append(item)
            if cause == StockCause.receipt { $0.lastReceived = now }
        }
        return item
    }

    /// Takes stock out; the caller has made sure that there is enough, by trying it on a copy of the items.
    ///
    /// - Returns: What was taken, by the items it was taken from.
    @discardableResult
    func takeOut(
        _ quantity: ExactDecimal, of article: Int, _ label: StockLabel = .any, cause: String, document: String, at now: Moment
    ) -> [StockItem] {
        var taken: [StockItem]?
        move(-quantity, of: article, cause: cause, document: document, at: now) {
            taken = $0.items.take(quantity, label)
        }
        guard let taken else {
            preconditionFailure("\(quantity) of article \(articles[article].number) were taken that were not there")
        }
        return taken
    }

    private func move(
        _ change: ExactDecimal, of article: Int, cause: String, document: String, at now: Moment,
        _ items: (inout ArticleRecord) -> Void
    ) {
        changeArticle(article, at: now) {
            items(&$0)
            $0.onHand += change
            $0.stockChanged = now
        }
        let record = articles[article]
        tenant.ledger.move(record.number, at: place, by: change, cause: cause, document: document, time: now)
    }
}

/// Why stock moved, as the ledger writes it.
enum StockCause {
    static let opening = "opening"
    static let pick = "pick"
    static let unpick = "unpick"
    static let receipt = "receipt"
    static let receiptCorrection = "receipt correction"
    static let adjustment = "adjustment"
    /// An article got another number.
    static let renumbering = "renumbering"
    static let customerReturn = "return"
    /// Somebody changed the stock and left no document.
    static let unrecorded = "unrecorded"
}
