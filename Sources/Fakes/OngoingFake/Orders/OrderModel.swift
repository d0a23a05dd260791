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
        /// `rowNumber`; `nil` for a line that staff added by hand.
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

    /// Goods of one article picked for an order line.
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
}

typealias OrderRecord = OngoingFake.OrderRecord
typealias OrderLineRecord = OngoingFake.OrderLineRecord
typealias PickedItem = OngoingFake.PickedItem
typealias StatusChange = OngoingFake.StatusChange

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

/// Orders: how they change, and what each change means elsewhere.
extension GoodsOwner {
    /// Changes an order; the only way to do so.
    ///
    /// - Parameter header: whether the header is what changes.
    func changeOrder(_ id: Int, at now: Moment, header: Bool = false, _ change: (inout OrderRecord) -> Void) {
        let before = orders[id]
        var after = before
        change(&after)
        after.updated = now
        if header { after.headerUpdated = now }
        orders.replace(id, with: after, at: now)
        orderIndex.update(from: before, to: after)
        var figures = figures(of: after)
        for (article, old) in self.figures(of: before) { figures[article, default: StockFigures()] += -old }
        apply(figures, at: now)
        store.outbox.orderChanged(from: before, to: after, of: self, at: now)
    }

    func addOrder(_ order: OrderRecord, at now: Moment) {
        orders.add(order, id: order.id, at: now)
        orderIndex.update(from: nil, to: order)
        apply(figures(of: order), at: now)
        store.outbox.orderChanged(from: nil, to: order, of: self, at: now)
    }

    /// What an order means for the quantities of its articles.
    private func figures(of order: OrderRecord) -> [Int: StockFigures] {
        var result: [Int: StockFigures] = [:]
        for line in order.lines where !line.isKitHead {
            var figures = StockFigures()
            if !order.isCancelled {
                let isAwaited = order.status < OrderStatus.picked && line.shouldBePicked
                figures.booked = isAwaited ? line.open : .zero
                figures.wanted = isAwaited ? atLeastZero(line.ordered - max(line.allocated, line.picked)) : .zero
                figures.allocated = atLeastZero(line.allocated - line.picked)
                figures.pickedToBeCollected = order.status < OrderStatus.collected ? line.picked : .zero
            }
            figures.pickedToBeReported = line.picked - line.reportedOrZero
            figures.returnedToBeReported = line.returned - (line.reportedReturned ?? .zero)
            result[line.articleID, default: StockFigures()] += figures
        }
        return result
    }

    /// The order that bears a number; when several do, because numbers were patched, one that is not cancelled.
    func order(numbered number: String) -> OrderRecord? {
        let all = orderIndex.ids(numbered: number).map { orders[$0] }
        return all.first { !$0.isCancelled } ?? all.first
    }

    // MARK: Status

    /// Moves an order to a status; staying where it is changes nothing.
    func move(_ order: inout OrderRecord, to status: Int, at now: Moment) {
        guard order.status != status else { return }
        order.status = status
        order.statusHistory.append(StatusChange(time: now, status: status))
        if status >= OrderStatus.sent, status < OrderStatus.returned {
            // Stock that was allocated but not picked becomes free when the order leaves.
            for index in order.lines.indices { order.lines[index].allocated = order.lines[index].picked }
        }
        if status >= store.behaviour.shippedAtStatus, status < OrderStatus.returned, order.shipped == nil {
            order.shipped = now
        }
        if status == OrderStatus.cancelled {
            for index in order.lines.indices { order.lines[index].allocated = .zero }
        }
    }

    /// Why an order can neither be updated nor cancelled any more; `nil` while it can.
    func workBegun(on order: OrderRecord) -> String? {
        if order.hasPicks { return "picking has begun" }
        if order.hasAllocations, !store.behaviour.ordersEditableWhenAllocated { return "stock is allocated to it" }
        if order.status >= store.behaviour.ordersEditableBelow {
            return "its status is \(order.status) \(store.text(ofOrderStatus: order.status) ?? "")"
        }
        return nil
    }

    /// Cancels an order, as the caller of the API asks for.
    ///
    /// - Returns: The message of the response.
    func cancelOrder(_ id: Int, at now: Moment) throws(Refusal) -> String {
        let order = orders[id]
        if order.isCancelled {
            let text = "Order \(order.number) is already cancelled."
            guard store.behaviour.cancelAgainStatus == 200 else {
                throw Refusal(status: store.behaviour.cancelAgainStatus, message: text)
            }
            return text
        }
        if let reason = workBegun(on: order) {
            throw .business("Order \(order.number) cannot be cancelled: \(reason).")
        }
        changeOrder(id, at: now) { move(&$0, to: OrderStatus.cancelled, at: now) }
        return "Order number \(order.number) cancelled"
    }
}
