package import FakeKit
import JSON
package import Units

/// What warehouse staff do with orders beside allocating and picking: status, back orders, lines, tracking.
extension OngoingFake {
    // MARK: Finding

    /// The day of delivery as the API shows it.
    package func deliveryDate(of order: OrderRecord) -> CivilDate? {
        order.fields.time("deliveryDate")?.date(in: store.behaviour.zone)
    }

    /// An order that is not cancelled, for an action on it.
    func activeOrder(_ number: String, _ goodsOwner: Int, to action: String) throws(ActionError) -> (OrderRecord, GoodsOwner) {
        let owner = try owner(goodsOwner)
        guard let order = owner.order(numbered: number) else {
            throw ActionError("Cannot \(action) order \(number): goods owner \(goodsOwner) has no such order.")
        }
        guard !order.isCancelled else { throw ActionError("Cannot \(action) order \(number): it is cancelled.") }
        return (order, owner)
    }

    func index(of row: String, in order: OrderRecord, to action: String) throws(ActionError) -> Int {
        guard let index = order.index(ofRow: row) else {
            let rows = order.lines.map { $0.row ?? "\($0.id)" }.joined(separator: ", ")
            throw ActionError(
                "Cannot \(action) row \(row) of order \(order.number): it has no such row. Its rows: \(rows.isEmpty ? "none" : rows)."
            )
        }
        return index
    }

    // MARK: Status

    /// The warehouse may start: status 300.
    package func release(goodsOwner: Int, order number: String) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "release")
        guard order.status < OrderStatus.released else {
            throw ActionError("Cannot release order \(number): its status is already \(order.status).")
        }
        move(order, owner, to: OrderStatus.released)
    }

    /// Sets any status of the catalogue; 1000 cancels.
    package func setStatus(goodsOwner: Int, order number: String, to status: Int) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "set the status of")
        guard store.text(ofOrderStatus: status) != nil else {
            let known = store.orderStatuses.map { "\($0.number)" }.joined(separator: ", ")
            throw ActionError(
                "Cannot set order \(number) to status \(status): there is no such status. Known statuses: \(known).")
        }
        if status == OrderStatus.cancelled { return try cancelOrder(goodsOwner: goodsOwner, order: number) }
        move(order, owner, to: status)
    }

    private func move(_ order: OrderRecord, _ owner: GoodsOwner, to status: Int) {
        let now = store.clock()
        owner.changeOrder(order.id, at: now) { owner.move(&$0, to: status, at: now) }
    }

    /// Handed to the shipping platform: status 450.
    ///
    /// - Parameter force: send although nothing was picked.
    package func send(goodsOwner: Int, order number: String, force: Bool = false) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "send")
        guard order.status < OrderStatus.sent else {
            throw ActionError("Cannot send order \(number): its status is already \(order.status).")
        }
        guard force || order.hasPicks else { throw ActionError("Cannot send order \(number): nothing is picked.") }
        move(order, owner, to: OrderStatus.sent)
    }

    /// The carrier took it: status 500.
    package func collect(goodsOwner: Int, order number: String, force: Bool = false) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "collect")
        guard order.status < OrderStatus.collected else {
            throw ActionError("Cannot collect order \(number): its status is already \(order.status).")
        }
        guard force || order.hasPicks else { throw ActionError("Cannot collect order \(number): nothing is picked.") }
        move(order, owner, to: OrderStatus.collected)
    }

    /// Cancels in the warehouse, at any status, which is possible until goods are picked.
    ///
    /// - Parameter force: cancel although goods are picked; they stay picked.
    package func cancelOrder(goodsOwner: Int, order number: String, force: Bool = false) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "cancel")
        guard force || !order.hasPicks else {
            throw ActionError("Cannot cancel order \(number): goods are picked. Unpick them first.")
        }
        move(order, owner, to: OrderStatus.cancelled)
    }

    // MARK: Back orders, lines, tracking

    /// Moves what is not picked to a new order that points back to this one.
    ///
    /// The old order keeps its lines, ordered as far as they are picked, so that nothing is ordered twice. Prices are copied
    /// as they are. Where nothing is open because an earlier back order took it and was cancelled, the new one takes its place.
    /// - Returns: The number of the new order.
    @discardableResult
    package func createBackOrder(goodsOwner: Int, order number: String) throws(ActionError) -> String {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "make a back order of")
        let open = order.lines.filter { $0.parent == nil && !$0.isKitHead && $0.shouldBePicked && $0.open > .zero }
        let replaced = owner.orders.records.last { $0.backOrderFor == order.id && $0.isCancelled && !$0.hasPicks }
        guard let wanted = open.isEmpty ? replaced?.lines : open else {
            throw ActionError("Cannot make a back order of order \(number): nothing is open.")
        }
        let now = store.clock()
        let newNumber = freeNumber(after: number, owner)
        var back = OrderRecord(
            id: store.ids.next(\.order), goodsOwner: owner.id, number: newNumber, status: OrderStatus.released, created: now)
        back.goodsOwnerOrderId = behaviour.backOrdersCopyOwnersOrderID ? order.goodsOwnerOrderId : nil
        back.fields = order.fields
        back.consignee = order.consignee
        back.consigneeID = order.consigneeID
        back.classes = order.classes
        back.backOrderFor = order.id
        back.lines = wanted.map { line in
            var rest = OrderLineRecord(
                id: store.ids.next(\.orderLine), row: behaviour.backOrdersCopyRowNumbers ? line.row : nil,
                article: line.article, articleID: line.articleID, ordered: line.open, fields: line.fields)
            rest.shouldBePicked = line.shouldBePicked
            return rest
        }
        owner.changeOrder(order.id, at: now) { order in
            for line in open {
                let index = order.lines.firstIndex { $0.id == line.id }!
                order.lines[index].ordered = line.picked
                order.lines[index].allocated = line.picked
            }
            // With its rest gone, what was begun is done.
            if order.hasPicks, order.status < OrderStatus.picked { owner.move(&order, to: OrderStatus.picked, at: now) }
        }
        owner.addOrder(back, at: now)
        return newNumber
    }

    private func freeNumber(after number: String, _ owner: GoodsOwner) -> String {
        let plain = number + behaviour.backOrderSuffix
        var candidate = plain
        var count = 2
        while owner.order(numbered: candidate) != nil {
            candidate = plain + "\(count)"
            count += 1
        }
        return candidate
    }

    /// Staff deletes a line that nothing was picked of.
    package func deleteLine(goodsOwner: Int, order number: String, row: String) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "delete a line of")
        guard let line = order.line(row) else {
            throw ActionError("Cannot delete row \(row) of order \(number): it has no such row.")
        }
        let ids = order.lines.filter { $0.id == line.id || $0.parent == line.id }.map(\.id)
        guard order.lines.allSatisfy({ !ids.contains($0.id) || $0.picked.isZero }) else {
            throw ActionError("Cannot delete row \(row) of order \(number): \(line.picked) are picked. Unpick them first.")
        }
        owner.changeOrder(order.id, at: store.clock()) { $0.lines.removeAll { ids.contains($0.id) } }
    }

    /// Staff adds a line by hand; it may lack a row number.
    package func addLine(
        goodsOwner: Int, order number: String, article: String, quantity: ExactDecimal, row: String? = nil
    ) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "add a line to")
        guard quantity > .zero else {
            throw ActionError("Cannot add a line to order \(number): the quantity \(quantity) is not above zero.")
        }
        if let row, order.line(row) != nil {
            throw ActionError("Cannot add row \(row) to order \(number): it already has such a row.")
        }
        let now = store.clock()
        let draft = LineDraft(row: row, article: article, quantity: quantity)
        let lines = owner.line(from: draft, known: nil, at: now)
        owner.changeOrder(order.id, at: now) { $0.lines += lines }
    }

    package func addTracking(goodsOwner: Int, order number: String, waybill: String, url: String? = nil) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "add tracking to")
        let now = store.clock()
        owner.changeOrder(order.id, at: now) { order in
            if order.waybill.isEmpty { order.waybill = waybill }
            let link = url ?? "https://track.example/\(waybill)"
            order.tracking.append(TrackingRecord(waybill: waybill, url: link, isReturn: false, created: now))
        }
    }
}
