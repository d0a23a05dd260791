package import FakeKit
import JSON
package import Units

/// What staff do to orders at a desk: back orders, lines, tracking, returns.
extension OngoingFake {
    private func order(_ number: String, _ goodsOwner: Int, to wish: String) throws(ActionError) -> (OrderRecord, GoodsOwner) {
        let owner = try owner(goodsOwner)
        guard let order = owner.order(numbered: number) else {
            throw ActionError("To \(wish) order \(number): goods owner \(goodsOwner) has no such order.")
        }
        guard !order.isCancelled else { throw ActionError("To \(wish) order \(number): it is cancelled.") }
        return (order, owner)
    }

    /// Moves what is not picked to a new order that points back to this one.
    ///
    /// The old order keeps its lines, ordered as far as they are picked, so that nothing is ordered twice. Prices are copied
    /// as they are.
    /// - Returns: The number of the new order.
    @discardableResult
    package func createBackOrder(goodsOwner: Int, order number: String) throws(ActionError) -> String {
        let (order, owner) = try order(number, goodsOwner, to: "make a back order of")
        let open = order.lines.filter { $0.parent == nil && !$0.isKitHead && $0.shouldBePicked && $0.open > .zero }
        guard !open.isEmpty else { throw ActionError("To make a back order of order \(number): nothing is open on it.") }
        let now = tenant.clock()
        let newNumber = freeNumber(after: number, owner)
        var back = OrderRecord(
            id: tenant.ids.next(\.order), goodsOwner: owner.id, number: newNumber, status: OrderStatus.released, created: now)
        back.goodsOwnerOrderId = behaviour.backOrdersCopyOwnersOrderID ? order.goodsOwnerOrderId : nil
        back.fields = order.fields
        back.consignee = order.consignee
        back.consigneeID = order.consigneeID
        back.classes = order.classes
        back.backOrderFor = order.id
        back.lines = open.map { line in
            var rest = OrderLineRecord(
                id: tenant.ids.next(\.orderLine), row: behaviour.backOrdersCopyRowNumbers ? line.row : nil,
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
        let (order, owner) = try order(number, goodsOwner, to: "delete a line of")
        guard let line = order.line(row) else {
            throw ActionError("To delete row \(row) of order \(number): it has no such row.")
        }
        let ids = order.lines.filter { $0.id == line.id || $0.parent == line.id }.map(\.id)
        guard order.lines.allSatisfy({ !ids.contains($0.id) || $0.picked.isZero }) else {
            throw ActionError("To delete row \(row) of order \(number): \(line.picked) are picked there. Un-pick them first.")
        }
        owner.changeOrder(order.id, at: tenant.clock()) { $0.lines.removeAll { ids.contains($0.id) } }
    }

    /// Staff types in a line. - Parameter row: lines typed in by hand may lack a row number.
    package func addLine(
        goodsOwner: Int, order number: String, article: String, quantity: ExactDecimal, row: String? = nil
    ) throws(ActionError) {
        let (order, owner) = try order(number, goodsOwner, to: "add a line to")
        guard quantity > .zero else {
            throw ActionError("To add a line to order \(number): the quantity \(quantity) is not above zero.")
        }
        if let row, order.line(row) != nil {
            throw ActionError("To add row \(row) to order \(number): it has such a row already.")
        }
        let now = tenant.clock()
        let draft = LineDraft(row: row, article: article, quantity: quantity)
        let lines = owner.line(from: draft, known: nil, at: now)
        owner.changeOrder(order.id, at: now) { $0.lines += lines }
    }

    package func addTracking(goodsOwner: Int, order number: String, waybill: String, url: String? = nil) throws(ActionError) {
        let (order, owner) = try order(number, goodsOwner, to: "add tracking to")
        let now = tenant.clock()
        owner.changeOrder(order.id, at: now) { order in
            if order.waybill.isEmpty { order.waybill = waybill }
            let link = url ?? "https://track.example/\(waybill)"
            order.tracking.append(TrackingRecord(waybill: waybill, url: link, isReturn: false, created: now))
        }
    }

    /// The customer sent picked goods back and they lie on the shelf again. The order becomes Returned.
    package func returnGoods(
        goodsOwner: Int, order number: String, row: String, quantity: ExactDecimal, cause: CodeName? = nil
    ) throws(ActionError) {
        let (order, owner) = try order(number, goodsOwner, to: "take back goods of")
        let wish = "take back \(quantity) of row \(row) of order \(number)"
        guard let index = order.index(ofRow: row) else { throw ActionError("To \(wish): it has no such row.") }
        guard quantity > .zero else { throw ActionError("To \(wish): the quantity is not above zero.") }
        guard order.status >= OrderStatus.sent else {
            throw ActionError("To \(wish): its status is \(order.status), it was never sent.")
        }
        let out = order.lines[index].picked - order.lines[index].returned
        guard quantity <= out else { throw ActionError("To \(wish): only \(out) are out.") }
        let now = tenant.clock()
        owner.bringIn(
            quantity, of: order.lines[index].articleID, cause: StockCause.customerReturn, document: "order \(number)", at: now)
        owner.changeOrder(order.id, at: now) { order in
            order.lines[index].returned += quantity
            Self.markReturned(&order.lines[index].pickedItems, quantity, (now, cause))
            order.lastReturned = now
            owner.move(&order, to: OrderStatus.returned, at: now)
        }
        owner.fillReturnOrders(line: order.lines[index].id, quantity, at: now)
    }

    /// Marks the first picked items as returned, splitting the one that is returned in part.
    private static func markReturned(
        _ items: inout [PickedItem], _ quantity: ExactDecimal, _ mark: (time: Moment, cause: CodeName?)
    ) {
        var left = quantity
        var result: [PickedItem] = []
        for item in items {
            guard item.returned == nil, !left.isZero else {
                result.append(item)
                continue
            }
            var back = item
            back.quantity = min(item.quantity, left)
            back.returned = mark
            left -= back.quantity
            result.append(back)
            if back.quantity < item.quantity {
                var rest = item
                rest.quantity -= back.quantity
                result.append(rest)
            }
        }
        items = result
    }
}
