import FakeKit
import JSON
package import Units

extension OngoingFake {
    /// Stock of one article that arrived together.
    package struct StockItem: Sendable, Equatable {
        /// `articleItemId`.
        package let id: Int
        package var quantity: ExactDecimal
        package let batch: String
        package let serial: String
        package let expiryDate: CivilDate?
        package let arrived: Moment
        /// The purchase order line it came with.
        let purchaseOrderLine: Int?
        /// The place in the warehouse; empty until somebody moves it.
        package internal(set) var location = ""
    }

    /// Goods of one article that moved together.
    struct MoveRecord: Sendable {
        let item: StockItem
        let articleID: Int
        let from: String
        let to: String
        let time: Moment
    }
}

typealias StockItem = OngoingFake.StockItem

/// Which of an article's items are meant.
struct StockLabel {
    /// `nil`: whatever the batch.
    var batch: String?
    var serial: String?
    /// Items that came with this purchase order line go before all others.
    var purchaseOrderLine: Int?

    static let any = StockLabel()

    /// Stock that came without a batch or serial counts for every one: the picker registers it when it is taken.
    func fits(_ item: StockItem) -> Bool {
        (batch == nil || item.batch == batch || item.batch.isEmpty)
            && (serial == nil || item.serial == serial || item.serial.isEmpty)
    }

    /// What bears the label asked for goes before what bears none, what came first before what came later.
    fileprivate func rank(_ item: StockItem) -> Int {
        let isOfLine = purchaseOrderLine == nil || item.purchaseOrderLine == purchaseOrderLine
        let isLabelled = (batch == nil || !item.batch.isEmpty) && (serial == nil || !item.serial.isEmpty)
        return (isOfLine ? 0 : 2) + (isLabelled ? 0 : 1)
    }
}

extension [StockItem] {
    func available(_ label: StockLabel) -> ExactDecimal {
        reduce(.zero) { label.fits($1) ? $0 + $1.quantity : $0 }
    }

    /// Takes an amount away from the items that fit.
    ///
    /// - Returns: What was taken, by item; `nil`, and nothing changed, when there is not enough.
    mutating func take(_ quantity: ExactDecimal, _ label: StockLabel) -> [StockItem]? {
        guard available(label) >= quantity else { return nil }
        var rest = quantity
        var taken: [StockItem] = []
        let order = indices.sorted { (label.rank(self[$0]), $0) < (label.rank(self[$1]), $1) }
        for index in order where !rest.isZero && label.fits(self[index]) {
            var part = self[index]
            part.quantity = Swift.min(part.quantity, rest)
            self[index].quantity -= part.quantity
            rest -= part.quantity
            taken.append(part)
        }
        removeAll { $0.quantity.isZero }
        return taken
    }
}

/// What orders and purchase orders mean for the quantities of one article: kept as a running sum over all lines.
struct StockFigures: Sendable, Equatable {
    var booked = ExactDecimal.zero
    var allocated = ExactDecimal.zero
    /// Ordered and not allocated, on orders that are not yet picked: the part of the formula for what can be sold.
    var wanted = ExactDecimal.zero
    var pickedToBeCollected = ExactDecimal.zero
    var pickedToBeReported = ExactDecimal.zero
    var returnedToBeReported = ExactDecimal.zero
    var toReceive = ExactDecimal.zero
    var receivedToBeFinished = ExactDecimal.zero
    var receivedToBeReported = ExactDecimal.zero

    static func += (left: inout StockFigures, right: StockFigures) {
        left.booked += right.booked
        left.allocated += right.allocated
        left.wanted += right.wanted
        left.pickedToBeCollected += right.pickedToBeCollected
        left.pickedToBeReported += right.pickedToBeReported
        left.returnedToBeReported += right.returnedToBeReported
        left.toReceive += right.toReceive
        left.receivedToBeFinished += right.receivedToBeFinished
        left.receivedToBeReported += right.receivedToBeReported
    }

    static prefix func - (figures: StockFigures) -> StockFigures {
        StockFigures(
            booked: -figures.booked, allocated: -figures.allocated, wanted: -figures.wanted,
            pickedToBeCollected: -figures.pickedToBeCollected, pickedToBeReported: -figures.pickedToBeReported,
            returnedToBeReported: -figures.returnedToBeReported, toReceive: -figures.toReceive,
            receivedToBeFinished: -figures.receivedToBeFinished, receivedToBeReported: -figures.receivedToBeReported)
    }
}

func atLeastZero(_ value: ExactDecimal) -> ExactDecimal { max(value, .zero) }

/// How stock moves.
extension GoodsOwner {
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
            id: store.ids.next(\.articleItem), quantity: quantity, batch: batch, serial: serial, expiryDate: expiryDate,
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
        store.ledger.move(record.number, at: place, by: change, cause: cause, document: document, time: now)
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
