package import FakeKit
package import Units

/// What warehouse staff do with purchase orders.
extension OngoingFake {
    private func activePurchaseOrder(
        _ number: String, _ goodsOwner: Int, to action: String
    ) throws(ActionError) -> (PurchaseOrderRecord, GoodsOwner) {
        let owner = try owner(goodsOwner)
        guard let order = owner.purchaseOrder(numbered: number) else {
            throw ActionError("Cannot \(action) purchase order \(number): goods owner \(goodsOwner) has no such purchase order.")
        }
        guard !order.isCancelled else { throw ActionError("Cannot \(action) purchase order \(number): it is cancelled.") }
        return (order, owner)
    }

    private func index(of row: String, in order: PurchaseOrderRecord, to action: String) throws(ActionError) -> Int {
        guard let index = order.index(ofRow: row) else {
            let rows = order.lines.map { $0.row ?? "\($0.id)" }.joined(separator: ", ")
            throw ActionError(
                "Cannot \(action) row \(row) of purchase order \(order.number): it has no such row. "
                    + "Its rows: \(rows.isEmpty ? "none" : rows).")
        }
        return index
    }

    /// Goods come in; the status becomes 300 when it was below. More than advised may come.
    ///
    /// - Parameters:
    ///   - lines: `nil`: all that has not come yet.
    ///   - evenFinished: also when the purchase order is received already.
    package func receive(
        goodsOwner: Int, purchaseOrder number: String, lines: [LineQuantity]? = nil, evenFinished: Bool = false
    ) throws(ActionError) {
        let (order, owner) = try activePurchaseOrder(number, goodsOwner, to: "receive")
        let isFinal =
            order.status >= PurchaseOrderStatus.received
            || (order.status == PurchaseOrderStatus.deviation && behaviour.deviationIsFinal)
        guard evenFinished || !isFinal else {
            throw ActionError("Cannot receive purchase order \(number): it is finished, its status is \(order.status).")
        }
        let wanted = if let lines { lines } else { try awaited(of: order) }
        var receipts: [(index: Int, line: LineQuantity)] = []
        for line in wanted {
            let index = try index(of: line.row, in: order, to: "receive")
            let action = "receive \(line.quantity) on row \(line.row) of purchase order \(number)"
            guard line.quantity > .zero else { throw ActionError("Cannot \(action): the quantity is not above zero.") }
            let isSingle = line.serial == nil || line.quantity == 1
            guard isSingle else { throw ActionError("Cannot \(action): a serial number stands for one item only.") }
            receipts.append((index, line))
        }
        let now = store.clock()
        var items: [(index: Int, item: ReceivedItem)] = []
        for (index, line) in receipts {
            let stock = owner.bringIn(
                line.quantity, of: order.lines[index].articleID, batch: line.batch ?? "", serial: line.serial ?? "",
                purchaseOrderLine: order.lines[index].id, cause: StockCause.receipt,
                document: "purchase order \(number)", at: now)
            items.append(
                (
                    index,
                    ReceivedItem(
                        id: stock.id, quantity: line.quantity, batch: stock.batch, serial: stock.serial, expiryDate: nil,
                        time: now)
                ))
        }
        owner.changePurchaseOrder(order.id, at: now) { order in
            for (index, item) in items {
                order.lines[index].received += item.quantity
                order.lines[index].receivedItems.append(item)
            }
            order.lastReceived = now
            order.arrived = order.arrived ?? now
            if order.status < PurchaseOrderStatus.inbound { owner.move(&order, to: PurchaseOrderStatus.inbound, at: now) }
        }
        let received = owner.purchaseOrders[order.id]
        for (index, item) in items {
            store.outbox.received(item, line: received.lines[index], order: received, of: owner, at: now)
        }
    }

    private func awaited(of order: PurchaseOrderRecord) throws(ActionError) -> [LineQuantity] {
        let awaited = order.lines.filter { $0.advised > $0.received }
        guard !awaited.isEmpty else {
            throw ActionError("Cannot receive purchase order \(order.number): everything advised has been received.")
        }
        return awaited.map { LineQuantity(row: $0.row ?? "\($0.id)", quantity: $0.advised - $0.received) }
    }

    /// Corrects a miscount: sets what was received on a line, and stock follows.
    package func correctReceipt(
        goodsOwner: Int, purchaseOrder number: String, row: String, to quantity: ExactDecimal
    ) throws(ActionError) {
        let (order, _) = try activePurchaseOrder(number, goodsOwner, to: "correct")
        let index = try index(of: row, in: order, to: "correct")
        let change = quantity - order.lines[index].received
        try correctReceipt(goodsOwner: goodsOwner, purchaseOrder: number, row: row, by: change)
    }

    /// The same by a change, which may be below zero.
    package func correctReceipt(
        goodsOwner: Int, purchaseOrder number: String, row: String, by change: ExactDecimal
    ) throws(ActionError) {
        let (order, owner) = try activePurchaseOrder(number, goodsOwner, to: "correct")
        let index = try index(of: row, in: order, to: "correct")
        let line = order.lines[index]
        let action = "correct row \(row) of purchase order \(number) by \(change)"
        guard !change.isZero else { throw ActionError("Cannot \(action): the change is zero; \(line.received) are received.") }
        guard line.received + change >= .zero else { throw ActionError("Cannot \(action): only \(line.received) are received.") }
        let onHand = owner.articles[line.articleID].onHand
        guard onHand + change >= .zero else {
            throw ActionError("Cannot \(action): only \(onHand) of article \(line.article) are in stock.")
        }
        let now = store.clock()
        let document = "purchase order \(number)"
        var added: ReceivedItem?
        if change.isNegative {
            owner.takeOut(
                -change, of: line.articleID, StockLabel(purchaseOrderLine: line.id), cause: StockCause.receiptCorrection,
                document: document, at: now)
        } else {
            let stock = owner.bringIn(
                change, of: line.articleID, purchaseOrderLine: line.id, cause: StockCause.receiptCorrection,
                document: document, at: now)
            added = ReceivedItem(id: stock.id, quantity: change, batch: "", serial: "", expiryDate: nil, time: now)
        }
        owner.changePurchaseOrder(order.id, at: now) { order in
            order.lines[index].received += change
            if let added {
                order.lines[index].receivedItems.append(added)
            } else {
                Self.shorten(&order.lines[index].receivedItems, by: -change)
            }
            order.lastReceived = now
        }
    }

    /// Takes an amount off the last receptions, so that received stays the sum over them.
    private static func shorten(_ items: inout [ReceivedItem], by quantity: ExactDecimal) {
        var left = quantity
        for index in items.indices.reversed() where !left.isZero {
            let part = min(items[index].quantity, left)
            items[index].quantity -= part
            left -= part
        }
        items.removeAll { $0.quantity.isZero }
    }

    /// Ends receiving: status 500 when every line received at least what was advised, else 400.
    package func finish(goodsOwner: Int, purchaseOrder number: String) throws(ActionError) {
        let (order, owner) = try activePurchaseOrder(number, goodsOwner, to: "finish")
        let isFinal = order.status == PurchaseOrderStatus.deviation && behaviour.deviationIsFinal
        guard order.status < PurchaseOrderStatus.received, !isFinal else {
            throw ActionError("Cannot finish purchase order \(number): its status is already \(order.status).")
        }
        let isComplete = order.lines.allSatisfy { $0.received >= $0.advised }
        move(order, owner, to: isComplete ? PurchaseOrderStatus.received : PurchaseOrderStatus.deviation)
    }

    /// Sets any status of the catalogue; 900 cancels.
    package func setPurchaseStatus(goodsOwner: Int, purchaseOrder number: String, to status: Int) throws(ActionError) {
        let (order, owner) = try activePurchaseOrder(number, goodsOwner, to: "set the status of")
        guard store.text(ofPurchaseOrderStatus: status) != nil else {
            let known = store.purchaseOrderStatuses.map { "\($0.number)" }.joined(separator: ", ")
            throw ActionError(
                "Cannot set purchase order \(number) to status \(status): there is no such status. Known statuses: \(known).")
        }
        if status == PurchaseOrderStatus.cancelled {
            return try cancelPurchaseOrder(goodsOwner: goodsOwner, purchaseOrder: number)
        }
        move(order, owner, to: status)
    }

    /// Cancels in the warehouse, which is possible until goods are received.
    ///
    /// - Parameter force: cancel although goods were received; they stay received.
    package func cancelPurchaseOrder(
        goodsOwner: Int, purchaseOrder number: String, force: Bool = false
    ) throws(ActionError) {
        let (order, owner) = try activePurchaseOrder(number, goodsOwner, to: "cancel")
        guard force || !order.hasReceipts else {
            throw ActionError("Cannot cancel purchase order \(number): goods have been received.")
        }
        move(order, owner, to: PurchaseOrderStatus.cancelled)
    }

    private func move(_ order: PurchaseOrderRecord, _ owner: GoodsOwner, to status: Int) {
        let now = store.clock()
        owner.changePurchaseOrder(order.id, at: now) { owner.move(&$0, to: status, at: now) }
    }

    /// Staff adds a line by hand; it may lack a row number.
    package func addPurchaseLine(
        goodsOwner: Int, purchaseOrder number: String, article: String, quantity: ExactDecimal, row: String? = nil
    ) throws(ActionError) {
        let (order, owner) = try activePurchaseOrder(number, goodsOwner, to: "add a line to")
        guard quantity > .zero else {
            throw ActionError("Cannot add a line to purchase order \(number): the quantity \(quantity) is not above zero.")
        }
        if let row, order.line(row) != nil {
            throw ActionError("Cannot add row \(row) to purchase order \(number): it already has such a row.")
        }
        let now = store.clock()
        let line = owner.purchaseLine(from: LineDraft(row: row, article: article, quantity: quantity), known: nil, at: now)
        owner.changePurchaseOrder(order.id, at: now) { $0.lines.append(line) }
    }
}
