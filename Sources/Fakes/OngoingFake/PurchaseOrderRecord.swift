import JSON
import Units

extension OngoingFake {
    /// One purchase order of one goods owner.
    public struct PurchaseOrderRecord: Sendable {
        /// `purchaseOrderId`.
        public let id: Int
        public let goodsOwner: Int
        public internal(set) var number: String
        public internal(set) var status: Int
        /// What was sent in the header, by the members of `PostPurchaseOrderModel` (without the identities and lines).
        public internal(set) var fields: JSONObject
        public internal(set) var lines: [PurchaseOrderLineRecord] = []
        public internal(set) var statusHistory: [StatusChange] = []
        public let created: Moment
        /// When head or lines last changed.
        public internal(set) var updated: Moment
        public internal(set) var lastReceived: Moment?
        /// When the first goods came.
        public internal(set) var arrived: Moment?
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

        public var isCancelled: Bool { status == PurchaseOrderStatus.cancelled }

        public var statusChanged: Moment { statusHistory.last!.time }

        /// A member of the header by its path, such as `supplierInfo.supplierName`; `nil` when it was never given.
        public func field(_ path: String) -> JSON? { fields.member(path) }

        /// The line of that row number; a line without one is found by its id.
        public func line(_ row: String) -> PurchaseOrderLineRecord? { index(ofRow: row).map { lines[$0] } }

        func index(ofRow row: String) -> Int? {
            lines.firstIndex { $0.row == row } ?? lines.firstIndex { $0.row == nil && String($0.id) == row }
        }

        var hasReceipts: Bool { lines.contains { !$0.received.isZero } }
        var hasLinesToReport: Bool { lines.contains { $0.reportedOrZero != $0.received } }
    }

    /// One line of a purchase order.
    public struct PurchaseOrderLineRecord: Sendable {
        public let id: Int
        /// `rowNumber`; `nil` for a line that somebody typed in by hand.
        public internal(set) var row: String?
        /// Article number.
        public internal(set) var article: String
        var articleID: Int
        public internal(set) var advised: ExactDecimal
        public internal(set) var received: ExactDecimal = .zero
        /// `nil` until somebody reports.
        public internal(set) var reported: ExactDecimal?
        /// What was sent about it, by the members of `PostPurchaseOrderLine` (without row number, article number and quantity).
        public internal(set) var fields: JSONObject
        public internal(set) var receivedItems: [ReceivedItem] = []
        /// Batches and serials announced before the goods came.
        var advisedItems: [JSONObject] = []

        /// A member by its path, such as `rowPrice`; `nil` when it was never given.
        public func field(_ path: String) -> JSON? { fields.member(path) }

        public var reportedOrZero: ExactDecimal { reported ?? .zero }
    }

    /// Some of an article that came in one go.
    public struct ReceivedItem: Sendable {
        /// `originalArticleItemId`.
        public let id: Int
        public internal(set) var quantity: ExactDecimal
        public let batch: String
        public let serial: String
        public let expiryDate: CivilDate?
        public let time: Moment
    }
}

/// The purchase order statuses of the vendor's examples, so far as receiving depends on them.
enum PurchaseOrderStatus {
    static let inbound = 300
    static let deviation = 400
    static let received = 500
    static let cancelled = 900
}
