import JSON
package import Units

package struct ReceiptLineRecord: Equatable, Sendable {
    package let id: Int
    /// The line of the purchase order that it receives; `nil` for goods that were not ordered.
    package internal(set) var purchaseOrderLine: Int?
    package internal(set) var item: String
    package internal(set) var location: Int
    package internal(set) var quantity: ExactDecimal
}

/// A receipt as the fake holds it. Stock moves when it is received.
package struct ReceiptRecord: Document, Equatable, Sendable {
    package let number: Int
    package let purchaseOrder: Int
    package internal(set) var lines: [ReceiptLineRecord]
    package internal(set) var isReceived = false
    package internal(set) var receivedAt: Moment?
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    var key: Int { number }
    var isListed: Bool { true }
}

/// Receipts: draft → received. A draft can be changed in every way and deleted; only receiving it moves stock.
extension RackbeatFake {
    /// What somebody wants to receive of one line of a purchase order.
    struct WantedReceiptLine {
        let purchaseOrderLine: Int
        let quantity: ExactDecimal
        /// `nil`: where the purchase order says.
        let location: Int?
        /// Where it stands in the request, such as `lines.0.`.
        let path: String
    }

    /// Creates a draft receipt of a purchase order.
    ///
    /// - Parameter wanted: `nil` proposes everything that is open.
    func createReceipt(of number: Int, _ wanted: [WantedReceiptLine]?) throws(Refusal) -> ReceiptRecord {
        let order = try receivable(purchaseOrder: number)
        let open = openQuantities(of: order)
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
        store.receipts.put(receipt)
        store.receiptsOfPurchaseOrder[number, default: []].append(receipt.number)
        update(purchaseOrder: number, isEdit: false) { _ in }
        return receipt
    }

    private func receivable(purchaseOrder number: Int) throws(Refusal) -> PurchaseOrderRecord {
        let order = try store.purchaseOrders.found(number)
        switch order.state {
        case .booked, .partlyReceived: return order
        case .draft: throw .rule("number", "The purchase order must be booked before it can be received.")
        case .received: throw .rule("number", "The purchase order is already received.")
        case .cancelled, .deleted: throw .rule("number", "The purchase order is cancelled.")
        }
    }

    /// Ordered, less what is received and what stands on draft receipts; lines of goods only.
    ///
    /// - Parameter except: a receipt line that is not counted, because it is about to be changed.
    func openQuantities(
        of order: PurchaseOrderRecord, except: Int? = nil
    ) -> [(line: PurchaseOrderLineRecord, quantity: ExactDecimal)] {
        var standing: [Int: ExactDecimal] = [:]
        for number in store.receiptsOfPurchaseOrder[order.number] ?? [] {
            guard let receipt = store.receipts[number], !receipt.isReceived else { continue }
            for line in receipt.lines where line.id != except {
                if let ordered = line.purchaseOrderLine { standing[ordered, default: .zero] += line.quantity }
            }
        }
        return order.lines.filter(\.isStock).map { line in
            (line, max(line.quantity - line.received - (standing[line.id] ?? .zero), 0))
        }
    }

    private func chosen(
        _ wanted: WantedReceiptLine, of order: PurchaseOrderRecord,
        open: [(line: PurchaseOrderLineRecord, quantity: ExactDecimal)], into lines: inout [ReceiptLineRecord],
        _ problems: Problems
    ) {
        guard let found = open.first(where: { $0.line.id == wanted.purchaseOrderLine }) else {
            return problems.add(wanted.path + "purchase_order_line_id", "The purchase order has no such line of goods.")
        }
        // One line may come to several locations, so what earlier lines of this request take counts too.
        let taken = lines.filter { $0.purchaseOrderLine == found.line.id }.reduce(ExactDecimal.zero) { $0 + $1.quantity }
        check(wanted.quantity, within: max(found.quantity - taken, 0), wanted.path, problems)
        guard let location = place(of: found.line.item!, location: wanted.location ?? found.line.location) else {
            return problems.add(wanted.path + "location_id", "The line has no location, and there is no default one.")
        }
        guard store.locations[location] != nil else {
            return problems.add(wanted.path + "location_id", "There is no location \(location).")
        }
        lines.append(receiptLine(found.line.id, found.line.item!, location, wanted.quantity))
    }

    private func check(_ quantity: ExactDecimal, within open: ExactDecimal, _ path: String, _ problems: Problems) {
        guard behaviour.refusesOverReceipt, quantity > open else { return }
        problems.add(path + "quantity", "The quantity may not be greater than the open quantity of \(open).")
    }

    private func receiptLine(
        _ purchaseOrderLine: Int?, _ item: String, _ location: Int, _ quantity: ExactDecimal
    ) -> ReceiptLineRecord {
        ReceiptLineRecord(
            id: store.numbers.next(\.receiptLine), purchaseOrderLine: purchaseOrderLine, item: item, location: location,
            quantity: quantity)
    }

    /// - Throws: unless the receipt is there, belongs to the purchase order, and is still a draft.
    func draftReceipt(_ number: Int, of order: Int) throws(Refusal) -> ReceiptRecord {
        guard let receipt = store.receipts[number], receipt.purchaseOrder == order else { throw .notFound }
        guard !receipt.isReceived else { throw .rule("number", "The receipt is already received.") }
        return receipt
    }

    /// What may be set on a line of a draft receipt.
    struct ReceiptLineChange {
        var item: String?
        var quantity: ExactDecimal
        var location: Int?
    }

    /// Adds a line, also of goods that were not ordered. Goods that were ordered count for the line that ordered them.
    func addLine(_ added: ReceiptLineChange, receipt number: Int, of orderNumber: Int) throws(Refusal) -> ReceiptLineRecord {
        _ = try draftReceipt(number, of: orderNumber)
        let order = try receivable(purchaseOrder: orderNumber)
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
        let receipt = try draftReceipt(number, of: orderNumber)
        guard let index = receipt.lines.firstIndex(where: { $0.id == line }) else { throw .notFound }
        let order = try receivable(purchaseOrder: orderNumber)
        let old = receipt.lines[index]
        var wanted = ReceiptLineChange(item: old.item, quantity: old.quantity, location: old.location)
        change(&wanted)
        let problems = Problems()
        let settled = settle(wanted, order, except: line, problems)
        try problems.throwIfAny()
        store.receipts.update(number) { [now] in
            // A line keeps the line that it receives unless it turns to other goods.
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
        let candidates = openQuantities(of: order, except: except).filter { $0.line.item == item }
        let ordered = candidates.first { place(of: item, location: $0.line.location) == location } ?? candidates.first
        check(wanted.quantity, within: ordered?.quantity ?? 0, "", problems)
        return (ordered?.line.id, item, location)
    }

    func removeLine(_ line: Int, receipt number: Int, of order: Int) throws(Refusal) {
        let receipt = try draftReceipt(number, of: order)
        guard let index = receipt.lines.firstIndex(where: { $0.id == line }) else { throw .notFound }
        store.receipts.update(number) { [now] in
            $0.lines.remove(at: index)
            $0.updatedAt = now
        }
    }

    func delete(receipt number: Int, of order: Int) throws(Refusal) {
        _ = try draftReceipt(number, of: order)
        store.receipts.remove(number)
        store.receiptsOfPurchaseOrder[order]?.removeAll { $0 == number }
    }

    /// Marks a receipt as received: stock arrives at the locations of its lines.
    func receive(_ number: Int, of orderNumber: Int) throws(Refusal) -> ReceiptRecord {
        let receipt = try draftReceipt(number, of: orderNumber)
        let order = try receivable(purchaseOrder: orderNumber)
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
        update(purchaseOrder: orderNumber, isEdit: false) { [now] in
            for line in receipt.lines {
                guard let index = $0.lines.firstIndex(where: { $0.id == line.purchaseOrderLine }) else { continue }
                $0.lines[index].received += line.quantity
            }
            $0.state = $0.stateByReceiving
            if $0.state == .received { $0.receivedAt = now }
        }
        return store.receipts[number]!
    }
}
