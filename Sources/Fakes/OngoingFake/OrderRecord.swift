import JSON
import Units

extension OngoingFake {
    /// A status and the moment it was reached.
    public struct StatusChange: Sendable, Equatable {
        public let time: Moment
        public let status: Int
    }

    /// One order of one goods owner.
    public struct OrderRecord: Sendable {
        /// `orderId`.
        public let id: Int
        public let goodsOwner: Int
        public internal(set) var number: String
        public internal(set) var goodsOwnerOrderId: String?
        public internal(set) var status: Int
        /// What was sent in the header, by the members of `PostOrderModel` (without the two identities, `consignee` and lines).
        public internal(set) var fields: JSONObject
        public internal(set) var consignee: JSONObject
        public internal(set) var consigneeID: Int
        /// In their order; the parts of a kit stand behind it and name it as their parent.
        public internal(set) var lines: [OrderLineRecord] = []
        /// The id of the order whose rest this one is.
        public internal(set) var backOrderFor: Int?
        public internal(set) var statusHistory: [StatusChange] = []
        public let created: Moment
        /// When anything of it last changed.
        public internal(set) var updated: Moment
        public internal(set) var headerUpdated: Moment
        public internal(set) var shipped: Moment?
        public internal(set) var lastPicked: Moment?
        public internal(set) var lastReturned: Moment?
        public internal(set) var waybill = ""
        public internal(set) var returnWaybill = ""
        public internal(set) var tracking: [TrackingRecord] = []
        var parcels: [ParcelRecord] = []
        var wayBillRows: [WayBillRowRecord] = []
        var classes: [CodeName] = []
        var files: [AttachedFile] = []
        var textLines: [(id: Int, fields: JSONObject)] = []

        init(id: Int, goodsOwner: Int, number: String, status: Int, created: Moment) {
            self.id = id
            self.goodsOwner = goodsOwner
            self.number = number
            self.status = status
            self.fields = JSONObject()
            self.consignee = JSONObject()
            self.consigneeID = 0
            self.created = created
            self.updated = created
            self.headerUpdated = created
            self.statusHistory = [StatusChange(time: created, status: status)]
        }

        public var isCancelled: Bool { status == OrderStatus.cancelled }

        public var statusChanged: Moment { statusHistory.last!.time }

        /// A member of the header by its path, such as `advanced.invoiceNumber`; `nil` when it was never given.
        public func field(_ path: String) -> JSON? { fields.member(path) }

        /// The line of that row number; a line without one is found by its id.
        public func line(_ row: String) -> OrderLineRecord? { index(ofRow: row).map { lines[$0] } }

        func index(ofRow row: String) -> Int? {
            lines.firstIndex { $0.row == row } ?? lines.firstIndex { $0.row == nil && String($0.id) == row }
        }

        var hasPicks: Bool { lines.contains { !$0.picked.isZero } }
        var hasAllocations: Bool { lines.contains { !$0.allocated.isZero } }
        var hasLinesToReport: Bool { lines.contains { $0.reportedOrZero < $0.picked } }
        var hasReturnsToReport: Bool { lines.contains { ($0.reportedReturned ?? .zero) < $0.returned } }
    }

    /// One line of an order.
    public struct OrderLineRecord: Sendable {
        public let id: Int
        /// `rowNumber`; `nil` for a line that somebody typed in by hand.
        public internal(set) var row: String?
        /// Article number.
        public internal(set) var article: String
        var articleID: Int
        public internal(set) var ordered: ExactDecimal
        /// Allocated in all, picked ones included.
        public internal(set) var allocated: ExactDecimal = .zero
        public internal(set) var picked: ExactDecimal = .zero
        /// `nil` until somebody reports.
        public internal(set) var reported: ExactDecimal?
        public internal(set) var returned: ExactDecimal = .zero
        public internal(set) var reportedReturned: ExactDecimal?
        public internal(set) var shouldBePicked = true
        /// What was sent about it, by the members of `PostOrderLine` (without row number, article number and quantity).
        public internal(set) var fields: JSONObject
        public internal(set) var pickedItems: [PickedItem] = []
        /// The line of the kit this is a part of.
        var parent: Int?
        var isKitHead = false

        /// A member by its path, such as `prices.customerLinePrice`; `nil` when it was never given.
        public func field(_ path: String) -> JSON? { fields.member(path) }

        public var reportedOrZero: ExactDecimal { reported ?? .zero }

        /// Ordered and not yet picked.
        var open: ExactDecimal { atLeastZero(ordered - picked) }
    }

    /// Some of an article that was taken for an order line.
    public struct PickedItem: Sendable {
        /// `articleItemId` of the picked ones.
        public let id: Int
        let originalID: Int
        public internal(set) var quantity: ExactDecimal
        public let batch: String
        public let serial: String
        public let expiryDate: CivilDate?
        let arrived: Moment
        public let time: Moment
        public internal(set) var returned: (time: Moment, cause: CodeName?)?
    }

    public struct TrackingRecord: Sendable {
        public let waybill: String
        public let url: String
        public let isReturn: Bool
        public let created: Moment
    }
}

struct ParcelRecord: Sendable {
    let id: Int
    var number: String
    var isReturn: Bool
    var fields: JSONObject
    var tracking: TrackingRecord?
}

struct WayBillRowRecord: Sendable {
    let id: Int
    var fields: JSONObject
}

extension OngoingFake {
    /// A pair most catalogues are made of.
    public struct CodeName: Sendable, Equatable {
        public let code: String
        public let name: String?

        public init(code: String, name: String?) {
            self.code = code
            self.name = name
        }

        var json: JSON { Wire.codeAndName(code, name) }
    }
}

/// The vendor's standard set of order statuses, so far as the warehouse's work depends on them.
enum OrderStatus {
    static let open = 200
    static let released = 300
    static let allocated = 320
    static let picked = 400
    static let sent = 450
    static let collected = 500
    static let returned = 800
    static let cancelled = 1000
}
