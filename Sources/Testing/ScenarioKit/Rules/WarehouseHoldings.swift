import FakeKit
import JSON
import Units

/// What Ongoing holds at the end of a run, as the rules read it: members by the paths of the request that wrote them.
public struct WarehouseHoldings: Sendable {
    public var articles: [Article] = []
    public var orders: [Order] = []
    public var purchaseOrders: [PurchaseOrder] = []
    public var adjustments: [Adjustment] = []
    /// A place is a goods owner's number.
    public var movements: [StockLedger.Entry] = []
    public var stock: [StockPosition] = []
    public var imbalances: [StockImbalance] = []

    public init() {}

    public struct Article: Sendable, Equatable {
        public var goodsOwner: Int
        public var number: String
        public var fields: JSONObject

        public init(goodsOwner: Int, number: String, fields: JSONObject) {
            self.goodsOwner = goodsOwner
            self.number = number
            self.fields = fields
        }
    }

    public struct StatusChange: Sendable, Equatable {
        public var time: Moment
        public var status: Int

        public init(time: Moment, status: Int) {
            self.time = time
            self.status = status
        }
    }

    public struct Order: Sendable, Equatable {
        public var goodsOwner: Int
        public var id: Int
        public var number: String
        public var goodsOwnerOrderId: String?
        /// The id of the order whose rest this one is.
        public var backOrderFor: Int?
        /// Oldest first; the last is the present status.
        public var history: [StatusChange]
        public var isCancelled: Bool
        public var fields: JSONObject
        public var consignee: JSONObject
        public var lines: [OrderLine]

        public var status: Int { history.last?.status ?? 0 }

        public init(
            goodsOwner: Int, id: Int, number: String, goodsOwnerOrderId: String?, history: [StatusChange], isCancelled: Bool,
            fields: JSONObject, consignee: JSONObject, lines: [OrderLine]
        ) {
            self.goodsOwner = goodsOwner
            self.id = id
            self.number = number
            self.goodsOwnerOrderId = goodsOwnerOrderId
            self.history = history
            self.isCancelled = isCancelled
            self.fields = fields
            self.consignee = consignee
            self.lines = lines
        }
    }

    /// A line of an order or of a purchase order.
    public struct OrderLine: Sendable, Equatable {
        /// The warehouse's own id, by which people name a line that has no row number.
        public var id: Int
        public var row: String?
        public var article: String
        /// Ordered or advised.
        public var quantity: ExactDecimal
        /// Picked or received.
        public var done: ExactDecimal
        /// What the integration said it has booked of it; `nil` when it never said.
        public var reported: ExactDecimal?
        /// Reserved, picked ones included.
        public var allocated = ExactDecimal.zero
        public var fields: JSONObject

        public init(
            id: Int, row: String?, article: String, quantity: ExactDecimal, done: ExactDecimal,
            reported: ExactDecimal? = nil, fields: JSONObject
        ) {
            self.id = id
            self.row = row
            self.article = article
            self.quantity = quantity
            self.done = done
            self.reported = reported
            self.fields = fields
        }
    }

    public struct PurchaseOrder: Sendable, Equatable {
        public var goodsOwner: Int
        public var id: Int
        public var number: String
        public var history: [StatusChange]
        public var isCancelled: Bool
        public var fields: JSONObject
        public var lines: [OrderLine]

        public var status: Int { history.last?.status ?? 0 }

        public init(
            goodsOwner: Int, id: Int, number: String, history: [StatusChange], isCancelled: Bool, fields: JSONObject,
            lines: [OrderLine]
        ) {
            self.goodsOwner = goodsOwner
            self.id = id
            self.number = number
            self.history = history
            self.isCancelled = isCancelled
            self.fields = fields
            self.lines = lines
        }
    }

    /// One row of an inventory adjustment.
    public struct Adjustment: Sendable, Equatable {
        public var goodsOwner: Int
        public var inventory: Int
        public var article: String
        public var change: ExactDecimal
        public var time: Moment

        public init(goodsOwner: Int, inventory: Int, article: String, change: ExactDecimal, time: Moment) {
            self.goodsOwner = goodsOwner
            self.inventory = inventory
            self.article = article
            self.change = change
            self.time = time
        }
    }
}
