import FakeKit
import JSON
import Units

/// What people in the office do. The same rules hold as for callers of the API; a refusal becomes a sentence that says what was wanted,
/// what stands in the way, and what the account holds.
extension RackbeatFake {
    /// - Parameters:
    ///   - wish: such as `book order 1042`.
    ///   - held: what the account holds of the thing in question, or that it holds nothing.
    func pull<Value>(_ wish: String, _ held: @autoclosure () -> String, _ act: () throws -> Value) throws -> Value {
        do {
            return try act()
        } catch let refusal as Refusal {
            let reason = refusal == .notFound ? "" : " " + refusal.sentence
            throw ActionError("Cannot \(wish):\(reason) \(held())")
        }
    }

    func held(order number: Int) -> String {
        guard let order = store.orders[any: number] else {
            return "Rackbeat holds no order \(number)\(known("orders", store.orders.byKey.elements(0..<10).map(String.init)))."
        }
        let lines = order.lines.map { line in
            "line \(line.id) of \(line.quantity) \(line.item ?? "«\(line.name)»")"
                + (line.shipped.isZero ? "" : ", \(line.shipped) shipped")
        }
        return "Rackbeat holds order \(number) as \(order.state.rawValue), \(text(lines))."
    }

    func held(purchaseOrder number: Int) -> String {
        guard let order = store.purchaseOrders[any: number] else {
            let numbers = store.purchaseOrders.byKey.elements(0..<10).map(String.init)
            return "Rackbeat holds no purchase order \(number)\(known("purchase orders", numbers))."
        }
        let lines = order.lines.map { line in
            "line \(line.id) of \(line.quantity) \(line.item ?? "«\(line.name)»")"
                + (line.received.isZero ? "" : ", \(line.received) received")
        }
        return "Rackbeat holds purchase order \(number) as \(order.state.rawValue), \(text(lines))."
    }

    func held(product number: String) -> String {
        guard let product = store.products[number] else {
            return "Rackbeat holds no product \(number)\(known("products", store.products.byKey.elements(0..<10)))."
        }
        let stock = store.locations.all.map { "\(self.stock(of: number, at: $0.number)) at \($0.number)" }
        return "Rackbeat holds product \(number) «\(product.name)», stock \(stock.isEmpty ? "nowhere" : text(stock))."
    }

    func held(supplier number: Int) -> String {
        guard let supplier = store.suppliers[number] else {
            let numbers = store.suppliers.byKey.elements(0..<10).map(String.init)
            return "Rackbeat holds no supplier \(number)\(known("suppliers", numbers))."
        }
        return "Rackbeat holds supplier \(number) «\(supplier.name)»."
    }

    func held(shipment id: Int) -> String {
        guard let shipment = store.shipments[id] else {
            return
                "Rackbeat holds no shipment \(id)\(known("shipments", store.shipments.byKey.elements(0..<10).map(String.init)))."
        }
        let state = shipment.isShipped ? "shipped" : "not shipped"
        return "Rackbeat holds shipment \(id) of order \(shipment.order) as \(state)."
    }

    func held(receipt number: Int) -> String {
        guard let receipt = store.receipts[number] else {
            return
                "Rackbeat holds no receipt \(number)\(known("receipts", store.receipts.byKey.elements(0..<10).map(String.init)))."
        }
        let state = receipt.isReceived ? "received" : "a draft"
        return "Rackbeat holds receipt \(number) of purchase order \(receipt.purchaseOrder) as \(state)."
    }

    private func text(_ parts: [String]) -> String { parts.isEmpty ? "without lines" : parts.joined(separator: "; ") }

    private func known(_ plural: String, _ keys: [String]) -> String {
        keys.isEmpty ? "" : "; its \(plural) are \(keys.joined(separator: ", "))" + (keys.count == 10 ? ", …" : "")
    }

    func refuse(_ wish: String, unless isMet: Bool, _ reason: String) throws {
        if !isMet { throw ActionError("Cannot \(wish): \(reason)") }
    }
}
