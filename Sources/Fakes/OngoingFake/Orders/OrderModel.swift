package import JSON
package import Units

extension OngoingFake {
    /// A status and the moment it was reached.
    package struct StatusChange: Sendable, Equatable {
        package let time: Moment
        package let status: Int
    }

    /// One order of one goods owner.
    package struct OrderRecord: Sendable {
        /// `orderId`.
        package let id: Int
        package let goodsOwner: Int
        package internal(set) var number: String
        package internal(set) var goodsOwnerOrderId: String?
        package internal(set) var status: Int
        /// What was sent in the header, by the members of `PostOrderModel` (without the two identities, `consignee` and lines).
        package internal(set) var fields: JSONObject
        package internal(set) var consignee: JSONObject
        package internal(set) var consigneeID: Int
        /// In their order; the parts of a kit stand behind it and name it as their parent.
        package internal(set) var lines: [OrderLineRecord] = []
        /// The id of the order whose rest this one is.
        package internal(set) var backOrderFor: Int?
        package internal(set) var statusHistory: [StatusChange] = []
        package let created: Moment
        /// When anything of it last changed.
        package internal(set) var updated: Moment
        package internal(set) var headerUpdated: Moment
        package internal(set) var shipped: Moment?
        package internal(set) var lastPicked: Moment?
        package internal(set) var lastReturned: Moment?
        package internal(set) var waybill = ""
        package internal(set) var returnWaybill = ""
        package internal(set) var tracking: [TrackingRecord] = []
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

        package var isCancelled: Bool { status == OrderStatus.cancelled }

        package var statusChanged: Moment { statusHistory.last!.time }

        /// A member of the header by its path, such as `advanced.invoiceNumber`; `nil` when it was never given.
        package func field(_ path: String) -> JSON? { fields.member(path) }

        /// The line of that row number; a line without one is found by its id.
        package func line(_ row: String) -> OrderLineRecord? { index(ofRow: row).map { lines[$0] } }

        func index(ofRow row: String) -> Int? {
            lines.firstIndex { $0.row == row } ?? lines.firstIndex { $0.row == nil && String($0.id) == row }
        }

        var hasPicks: Bool { lines.contains { !$0.picked.isZero } }
        var hasAllocations: Bool { lines.contains { !$0.allocated.isZero } }
        var hasLinesToReport: Bool { lines.contains { $0.reportedOrZero < $0.picked } }
        var hasReturnsToReport: Bool { lines.contains { ($0.reportedReturned ?? .zero) < $0.returned } }
    }

    /// One line of an order.
    package struct OrderLineRecord: Sendable {
        package let id: Int
        /// `rowNumber`; `nil` for a line that somebody typed in by hand.
        package internal(set) var row: String?
        /// Article number.
        package internal(set) var article: String
        var articleID: Int
        package internal(set) var ordered: ExactDecimal
        /// Allocated in all, picked ones included.
        package internal(set) var allocated: ExactDecimal = .zero
        package internal(set) var picked: ExactDecimal = .zero
        /// `nil` until somebody reports.
        package internal(set) var reported: ExactDecimal?
        package internal(set) var returned: ExactDecimal = .zero
        package internal(set) var reportedReturned: ExactDecimal?
        package internal(set) var shouldBePicked = true
        /// What was sent about it, by the members of `PostOrderLine` (without row number, article number and quantity).
        package internal(set) var fields: JSONObject
        package internal(set) var pickedItems: [PickedItem] = []
        /// The line of the kit this is a part of.
        var parent: Int?
        var isKitHead = false

        /// A member by its path, such as `prices.customerLinePrice`; `nil` when it was never given.
        package func field(_ path: String) -> JSON? { fields.member(path) }

        package var reportedOrZero: ExactDecimal { reported ?? .zero }

        /// Ordered and not yet picked.
        var open: ExactDecimal { atLeastZero(ordered - picked) }
    }

    /// Some of an article that was taken for an order line.
    package struct PickedItem: Sendable {
        /// `articleItemId` of the picked ones.
        package let id: Int
        let originalID: Int
        package internal(set) var quantity: ExactDecimal
        package let batch: String
        package let serial: String
        package let expiryDate: CivilDate?
        let arrived: Moment
        package let time: Moment
        package internal(set) var returned: (time: Moment, cause: CodeName?)?
    }

    package struct TrackingRecord: Sendable {
        package let waybill: String
        package let url: String
        package let isReturn: Bool
        package let created: Moment
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
    package struct CodeName: Sendable, Equatable {
        package let code: String
        package let name: String?

        package init(code: String, name: String?) {
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
