import JSON
package import Units

package struct ReceiptLineRecord: FulfilmentLine, Equatable, Sendable {
    package let id: Int
    /// The line of the purchase order that it receives; `nil` for goods that were not ordered.
    package internal(set) var purchaseOrderLine: Int?
    package internal(set) var item: String
    package internal(set) var location: Int
    package internal(set) var quantity: ExactDecimal

    var orderedLine: Int? { purchaseOrderLine }
}

/// A receipt as the fake holds it. Stock moves when it is received.
package struct ReceiptRecord: Fulfilment, Equatable, Sendable {
    package let number: Int
    package let purchaseOrder: Int
    package internal(set) var lines: [ReceiptLineRecord]
    package internal(set) var isReceived = false
    package internal(set) var receivedAt: Moment?
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    typealias Order = PurchaseOrderRecord
    static var table: ReferenceWritableKeyPath<Store, Table<ReceiptRecord>> { \.receipts }
    static var ofOrder: ReferenceWritableKeyPath<Store, [Int: [Int]]> { \.receiptsOfPurchaseOrder }
    static let noun = "receipt"
    static let keyName = "number"
    static let orderLineName = "purchase_order_line_id"

    var key: Int { number }
    var isListed: Bool { true }
    var orderNumber: Int { purchaseOrder }
    var isDone: Bool { isReceived }
}

/// Receipts: draft → received. A draft can be changed in every way and deleted. Only receiving it moves stock.
extension RackbeatFake {
    /// Creates a draft receipt of a purchase order.
    ///
    /// - Parameter wanted: `nil` proposes everything that is open.
    func createReceipt(of number: Int, _ wanted: [WantedLine]?) throws(Refusal) -> ReceiptRecord {
        let order = try fulfillable(PurchaseOrderRecord.self, number)
        let open = openQuantities(of: order, by: ReceiptRecord.self)
        let problems = Problems()
        var lines: [ReceiptLineRecord] = []
        if let wanted {
            if wanted.isEmpty { problems.add("lines", "The lines field must have at least 1 item.") }
            for line in wanted { chosen(line, of: order, open: open, into: &lines, problems) }
        } else {
            for (line, quantity) in open where quantity > 0 {
                guard let location = place(of: line.item!, location: line.location) else {
                    problems.add("lines", "The line \(line.id) has no location, and there is no default one.")
                    continue
                }
                lines.append(receiptLine(line.id, line.item!, location, quantity))
            }
            if lines.isEmpty { problems.add("lines", "Nothing of the purchase order is left to be received.") }
        }
        try problems.throwIfAny()
        let receipt = ReceiptRecord(
            number: store.numbers.next(\.receipt), purchaseOrder: number, lines: lines, createdAt: now, updatedAt: now)
        enter(receipt)
        return receipt
    }

    private func chosen(
        _ wanted: WantedLine, of order: PurchaseOrderRecord,
        open: [(line: LineRecord, quantity: ExactDecimal)], into lines: inout [ReceiptLineRecord],
        _ problems: Problems
    ) {
        guard let found = open.first(where: { $0.line.id == wanted.orderLine }) else {
            return problems.add(wanted.path + "purchase_order_line_id", "The purchase order has no such line of goods.")
        }
        // One line may arrive at several locations, so earlier lines of this request count too.
        let taken = lines.filter { $0.purchaseOrderLine == found.line.id }.reduce(ExactDecimal.zero) { $0 + $1.quantity }
        if behaviour.refusesOverReceipt {
            refuseExcess(wanted.quantity, over: max(found.quantity - taken, 0), wanted.path, problems)
        }
        guard let location = place(of: found.line.item!, location: wanted.location ?? found.line.location) else {
            return problems.add(wanted.path + "location_id", "The line has no location, and there is no default one.")
        }
        guard store.locations[location] != nil else {
            return problems.add(wanted.path + "location_id", "There is no location \(location).")
        }
        lines.append(receiptLine(found.line.id, found.line.item!, location, wanted.quantity))
    }

    private func receiptLine(
        _ purchaseOrderLine: Int?, _ item: String, _ location: Int, _ quantity: ExactDecimal
    ) -> ReceiptLineRecord {
        ReceiptLineRecord(
            id: store.numbers.next(\.receiptLine), purchaseOrderLine: purchaseOrderLine, item: item, location: location,
            quantity: quantity)
    }

    /// What can be set on a line of a draft receipt.
    struct ReceiptLineChange {
        var item: String?
        var quantity: ExactDecimal
        var location: Int?
    }

    /// Adds a line, also of goods that were not ordered. Goods that were ordered count for the line that ordered them.
    func addLine(_ added: ReceiptLineChange, receipt number: Int, of orderNumber: Int) throws(Refusal) -> ReceiptLineRecord {
        _ = try unfinished(ReceiptRecord.self, number, of: orderNumber)
        let order = try fulfillable(PurchaseOrderRecord.self, orderNumber)
        let problems = Problems()
        let settled = settle(added, order, except: nil, problems)
        try problems.throwIfAny()
        let line = receiptLine(settled!.purchaseOrderLine, settled!.item, settled!.location, added.quantity)
        store.receipts.update(number) { [now] in
            $0.lines.append(line)
            $0.updatedAt = now
        }
        return line
    }

    func changeLine(
        _ line: Int, receipt number: Int, of orderNumber: Int, _ change: (inout ReceiptLineChange) -> Void
    ) throws(Refusal) -> ReceiptLineRecord {
        let receipt = try unfinished(ReceiptRecord.self, number, of: orderNumber)
        guard let index = receipt.lines.firstIndex(where: { $0.id == line }) else { throw .notFound }
        let order = try fulfillable(PurchaseOrderRecord.self, orderNumber)
        let old = receipt.lines[index]
        var wanted = ReceiptLineChange(item: old.item, quantity: old.quantity, location: old.location)
        change(&wanted)
        let problems = Problems()
        let settled = settle(wanted, order, except: line, problems)
        try problems.throwIfAny()
        store.receipts.update(number) { [now] in
            // A line keeps the order line that it receives unless its item changes.
            if settled!.item != old.item { $0.lines[index].purchaseOrderLine = settled!.purchaseOrderLine }
            $0.lines[index].item = settled!.item
            $0.lines[index].location = settled!.location
            $0.lines[index].quantity = wanted.quantity
            $0.updatedAt = now
        }
        return store.receipts[number]!.lines[index]
    }

    private func settle(
        _ wanted: ReceiptLineChange, _ order: PurchaseOrderRecord, except: Int?, _ problems: Problems
    ) -> (purchaseOrderLine: Int?, item: String, location: Int)? {
        guard let item = wanted.item, let product = store.products[item], product.inventoryEnabled else {
            problems.add("product_id", "Unknown item.")
            return nil
        }
        guard let location = place(of: item, location: wanted.location), store.locations[location] != nil else {
            problems.add("location_id", "The selected location id is invalid.")
            return nil
        }
        let candidates = openQuantities(of: order, by: ReceiptRecord.self, except: except).filter { $0.line.item == item }
        let ordered = candidates.first { place(of: item, location: $0.line.location) == location } ?? candidates.first
        if behaviour.refusesOverReceipt { refuseExcess(wanted.quantity, over: ordered?.quantity ?? 0, "", problems) }
        return (ordered?.line.id, item, location)
    }

    /// Marks a receipt as received: stock arrives at the locations of its lines.
    func receive(_ number: Int, of orderNumber: Int) throws(Refusal) -> ReceiptRecord {
        let receipt = try unfinished(ReceiptRecord.self, number, of: orderNumber)
        let order = try fulfillable(PurchaseOrderRecord.self, orderNumber)
        let problems = Problems()
        if receipt.lines.isEmpty { problems.add("lines", "The receipt holds nothing.") }
        for (index, line) in receipt.lines.enumerated() {
            if let ordered = line.purchaseOrderLine, order.line(ordered) == nil {
                problems.add("lines.\(index)", "The purchase order has no line \(ordered) any more.")
            }
            if behaviour.refusesBatchAndSerialWithoutNumbers, store.products[any: line.item]?.isTracked ?? false {
                problems.add("lines.\(index)", "The batch or serial numbers of \(line.item) are missing.")
            }
        }
        try problems.throwIfAny()
        store.receipts.update(number) { [now] in
            $0.isReceived = true
            $0.receivedAt = now
            $0.updatedAt = now
        }
        for line in receipt.lines { moveStock(line.item, at: line.location, by: line.quantity, .receipt(number)) }
        countFulfilled(receipt)
        return store.receipts[number]!
    }
}
