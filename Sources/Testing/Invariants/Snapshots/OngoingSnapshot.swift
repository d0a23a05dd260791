package import JSON
package import Units

/// What Ongoing holds at the end of a run, as the invariants read it, with the members of the request that wrote it.
package struct OngoingSnapshot: Sendable, Equatable {
    package var articles: [Article] = []
    package var orders: [Order] = []
    package var purchaseOrders: [PurchaseOrder] = []
    package var adjustments: [Adjustment] = []
    /// A place is a goods owner's number.
    package var movements: [LedgerMovement] = []
    package var stock: [StockPosition] = []
    package var imbalances: [StockImbalance] = []

    package init() {}

    package struct Article: Sendable, Equatable {
        package var goodsOwner: Int
        package var number: String
        package var fields: JSONObject

        package init(goodsOwner: Int, number: String, fields: JSONObject) {
            self.goodsOwner = goodsOwner
            self.number = number
            self.fields = fields
        }
    }

    package struct StatusChange: Sendable, Equatable {
        package var time: Moment
        package var status: Int

        package init(time: Moment, status: Int) {
            self.time = time
            self.status = status
        }
    }

    package struct Order: Sendable, Equatable {
        package var goodsOwner: Int
        package var id: Int
        package var number: String
        package var goodsOwnerOrderId: String?
        /// The id of the order that this one is a back order of.
        package var backOrderFor: Int?
        /// Oldest first; the last is the present status.
        package var history: [StatusChange]
        package var isCancelled: Bool
        package var fields: JSONObject
        package var consignee: JSONObject
        package var lines: [OrderLine]

        package var status: Int { history.last?.status ?? 0 }

        package init(
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
    package struct OrderLine: Sendable, Equatable {
        /// The warehouse's own id. It identifies a line without a row number in the action log.
        package var id: Int
        package var row: String?
        package var article: String
        /// Ordered or advised.
        package var quantity: ExactDecimal
        /// Picked or received.
        package var moved: ExactDecimal
        /// What the engine reported as booked; `nil` when it reported nothing.
        package var reported: ExactDecimal?
        /// Reserved, including what is picked.
        package var allocated = ExactDecimal.zero
        /// Sent back by the customer.
        package var returned = ExactDecimal.zero
        package var fields: JSONObject

        package init(
            id: Int, row: String?, article: String, quantity: ExactDecimal, moved: ExactDecimal,
            reported: ExactDecimal? = nil, fields: JSONObject
        ) {
            self.id = id
            self.row = row
            self.article = article
            self.quantity = quantity
            self.moved = moved
            self.reported = reported
            self.fields = fields
        }
    }

    package struct PurchaseOrder: Sendable, Equatable {
        package var goodsOwner: Int
        package var id: Int
        package var number: String
        package var history: [StatusChange]
        package var isCancelled: Bool
        package var fields: JSONObject
        package var lines: [OrderLine]

        package var status: Int { history.last?.status ?? 0 }

        package init(
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
    package struct Adjustment: Sendable, Equatable {
        package var goodsOwner: Int
        package var inventory: Int
        package var article: String
        package var change: ExactDecimal
        package var time: Moment

        package init(goodsOwner: Int, inventory: Int, article: String, change: ExactDecimal, time: Moment) {
            self.goodsOwner = goodsOwner
            self.inventory = inventory
            self.article = article
            self.change = change
            self.time = time
        }
    }
}
