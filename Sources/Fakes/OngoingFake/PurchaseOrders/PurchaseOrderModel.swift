package import JSON
package import Units

extension OngoingFake {
    /// One purchase order of one goods owner.
    package struct PurchaseOrderRecord: Sendable {
        /// `purchaseOrderId`.
        package let id: Int
        package let goodsOwner: Int
        package internal(set) var number: String
        package internal(set) var status: Int
        /// What was sent in the header, by the members of `PostPurchaseOrderModel` (without the identities and lines).
        package internal(set) var fields: JSONObject
        package internal(set) var lines: [PurchaseOrderLineRecord] = []
        package internal(set) var statusHistory: [StatusChange] = []
        package let created: Moment
        /// When head or lines last changed.
        package internal(set) var updated: Moment
        package internal(set) var lastReceived: Moment?
        /// When the first goods came.
        package internal(set) var arrived: Moment?
        var files: [AttachedFile] = []

        init(id: Int, goodsOwner: Int, number: String, status: Int, created: Moment) {
            self.id = id
            self.goodsOwner = goodsOwner
            self.number = number
            self.status = status
            self.fields = JSONObject()
            self.created = created
            self.updated = created
            self.statusHistory = [StatusChange(time: created, status: status)]
        }

        package var isCancelled: Bool { status == PurchaseOrderStatus.cancelled }

        package var statusChanged: Moment { statusHistory.last!.time }

        /// A member of the header by its path, such as `supplierInfo.supplierName`; `nil` when it was never given.
        package func field(_ path: String) -> JSON? { fields.member(path) }

        /// The line of that row number; a line without one is found by its id.
        package func line(_ row: String) -> PurchaseOrderLineRecord? { index(ofRow: row).map { lines[$0] } }

        func index(ofRow row: String) -> Int? {
            lines.firstIndex { $0.row == row } ?? lines.firstIndex { $0.row == nil && String($0.id) == row }
        }

        var hasReceipts: Bool { lines.contains { !$0.received.isZero } }
        var hasLinesToReport: Bool { lines.contains { $0.reportedOrZero != $0.received } }
    }

    /// One line of a purchase order.
    package struct PurchaseOrderLineRecord: Sendable {
        package let id: Int
        /// `rowNumber`; `nil` for a line that somebody typed in by hand.
        package internal(set) var row: String?
        /// Article number.
        package internal(set) var article: String
        var articleID: Int
        package internal(set) var advised: ExactDecimal
        package internal(set) var received: ExactDecimal = .zero
        /// `nil` until somebody reports.
        package internal(set) var reported: ExactDecimal?
        /// What was sent about it, by the members of `PostPurchaseOrderLine` (without row number, article number and quantity).
        package internal(set) var fields: JSONObject
        package internal(set) var receivedItems: [ReceivedItem] = []
        /// Batches and serials announced before the goods came.
        var advisedItems: [JSONObject] = []

        /// A member by its path, such as `rowPrice`; `nil` when it was never given.
        package func field(_ path: String) -> JSON? { fields.member(path) }

        package var reportedOrZero: ExactDecimal { reported ?? .zero }
    }

    /// Some of an article that came in one go.
    package struct ReceivedItem: Sendable {
        /// `originalArticleItemId`.
        package let id: Int
        package internal(set) var quantity: ExactDecimal
        package let batch: String
        package let serial: String
        package let expiryDate: CivilDate?
        package let time: Moment
    }
}

/// The purchase order statuses of the vendor's examples, so far as receiving depends on them.
enum PurchaseOrderStatus {
    static let inbound = 300
    static let deviation = 400
    static let received = 500
    static let cancelled = 900
}
