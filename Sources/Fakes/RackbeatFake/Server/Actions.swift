import FakeKit
import JSON
import Units

/// Test actions: what people do in Rackbeat. The same rules hold as for callers of the API. A refusal becomes an error that says what
/// was wanted, what prevents it, and what the account holds.
extension RackbeatFake {
    /// - Parameters:
    ///   - wish: such as `book order 1042`.
    ///   - held: what the account holds of it, or that it holds nothing.
    func perform<Value>(_ wish: String, _ held: @autoclosure () -> String, _ act: () throws -> Value) throws -> Value {
        do {
            return try act()
        } catch let refusal as Refusal {
            let reason = refusal == .notFound ? "" : " " + refusal.sentence
            throw ActionError("Cannot \(wish):\(reason) \(held())")
        }
    }

    func held<Order: OrderDocument>(_: Order.Type, _ number: Int) -> String {
        let words = Order.words
        guard let order = store[keyPath: Order.table][any: number] else {
            return missing(words.noun, number, in: store[keyPath: Order.table])
        }
        let lines = order.lines.map { line in
            "line \(line.id) of \(line.quantity) \(line.item ?? "«\(line.name)»")"
                + (line.fulfilled.isZero ? "" : ", \(line.fulfilled) \(words.fulfilled)")
        }
        return "Rackbeat holds \(words.noun) \(number) as \(words.text(order.state)), \(text(lines))."
    }

    func held(product number: String) -> String {
        guard let product = store.products[number] else { return missing("product", number, in: store.products) }
        let stock = store.locations.all.map { "\(self.stock(of: number, at: $0.number)) at \($0.number)" }
        return "Rackbeat holds product \(number) «\(product.name)», stock \(stock.isEmpty ? "nowhere" : text(stock))."
    }

    func held(supplier number: Int) -> String {
        guard let supplier = store.suppliers[number] else { return missing("supplier", number, in: store.suppliers) }
        return "Rackbeat holds supplier \(number) «\(supplier.name)»."
    }

    func held(shipment id: Int) -> String {
        guard let shipment = store.shipments[id] else { return missing("shipment", id, in: store.shipments) }
        let state = shipment.isShipped ? "shipped" : "not shipped"
        return "Rackbeat holds shipment \(id) of order \(shipment.order) as \(state)."
    }

    func held(receipt number: Int) -> String {
        guard let receipt = store.receipts[number] else { return missing("receipt", number, in: store.receipts) }
        let state = receipt.isReceived ? "received" : "a draft"
        return "Rackbeat holds receipt \(number) of purchase order \(receipt.purchaseOrder) as \(state)."
    }

    private func text(_ parts: [String]) -> String { parts.isEmpty ? "without lines" : parts.joined(separator: "; ") }

    private func missing<Row>(_ noun: String, _ key: Row.Key, in table: Table<Row>) -> String {
        let keys = table.byKey.elements(0..<10).map { "\($0)" }
        let known = "; its \(noun)s are \(keys.joined(separator: ", "))" + (keys.count == 10 ? ", …" : "")
        return "Rackbeat holds no \(noun) \(key)\(keys.isEmpty ? "" : known)."
    }

    func refuse(_ wish: String, unless isMet: Bool, _ reason: String) throws {
        if !isMet { throw ActionError("Cannot \(wish): \(reason)") }
    }
}
