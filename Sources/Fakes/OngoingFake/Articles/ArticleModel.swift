package import JSON
package import Units

extension OngoingFake {
    /// One article of one goods owner.
    package struct ArticleRecord: Sendable {
        /// `articleSystemId`.
        package let systemId: Int
        package let goodsOwner: Int
        package internal(set) var number: String
        /// What was sent about it, by the members of `PostArticleModel` (without `goodsOwnerId` and `articleNumber`).
        package internal(set) var fields: JSONObject
        package let created: Moment
        /// When its master data last changed.
        package internal(set) var updated: Moment
        /// When any of its quantities last changed; `nil` when none ever did.
        package internal(set) var stockChanged: Moment?
        package internal(set) var lastReceived: Moment?
        /// What lies in the warehouse, by batch, serial and day of arrival, oldest first.
        package internal(set) var items: [StockItem] = []
        package internal(set) var onHand: ExactDecimal = .zero
        var figures = StockFigures()
        var classIDs: [Int] = []
        var files: [AttachedFile] = []
        var dangerousGoods: JSONObject?

        init(systemId: Int, goodsOwner: Int, number: String, created: Moment) {
            self.systemId = systemId
            self.goodsOwner = goodsOwner
            self.number = number
            self.fields = JSONObject()
            self.created = created
            self.updated = created
        }

        /// A member by its path, such as `barCodeInfo.barCode`; `nil` when it was never given.
        package func field(_ path: String) -> JSON? { fields.member(path) }

        package var name: String { fields.text("articleName") ?? "" }

        /// Whether the warehouse counts it: lines of other articles are not picked.
        package var isStockArticle: Bool { fields["isStockArticle"]?.bool ?? true }

        /// `Stock`, or the kind of its structure.
        var kind: String { fields.text("structureDefinition.articleKind") ?? "Stock" }

        /// What an order, a purchase order or an adjustment shows of it.
        var shownElsewhere: [JSON?] {
            [.string(number), fields["articleName"], fields["productCode"], .string(kind), fields["stockValuationPrice"]]
        }
    }

    /// Some of one article that came together.
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
        /// The place in the warehouse; empty until somebody carries it somewhere.
        package internal(set) var location = ""
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

/// A file attached to an article, an order or a purchase order.
struct AttachedFile: Sendable {
    let id: Int
    var name: String
    var mimeType: String
    var base64: String
}

func atLeastZero(_ value: ExactDecimal) -> ExactDecimal { max(value, .zero) }
