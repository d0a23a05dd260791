import JSON
package import Units

package struct ShipmentLineRecord: Equatable, Sendable {
    package let id: Int
    /// The line of the order that it ships.
    package let orderLine: Int
    package let item: String
    package let location: Int
    package internal(set) var quantity: ExactDecimal
    package internal(set) var isPicked = false
}

/// A shipment as the fake holds it. Stock moves when it is shipped.
package struct ShipmentRecord: Document, Equatable, Sendable {
    package let id: Int
    package let order: Int
    package internal(set) var lines: [ShipmentLineRecord]
    package internal(set) var isShipped = false
    package internal(set) var shippedAt: Moment?
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    var key: Int { id }
    var isListed: Bool { true }
}

/// Shipments: created → (picked) → shipped. They can be deleted until they are shipped, and only then stock falls.
extension RackbeatFake {
    /// What somebody wants of one line of an order.
    struct WantedShipmentLine {
        let orderLine: Int
        let quantity: ExactDecimal
        /// Where it stands in the request, such as `lines.0.`.
        let path: String
    }

    /// Creates a shipment of an order.
    ///
    /// - Parameter wanted: `nil` proposes everything that is open, as the office's own form does.
    func createShipment(of number: Int, _ wanted: [WantedShipmentLine]?) throws(Refusal) -> ShipmentRecord {
        let order = try shippable(order: number)
        let open = openQuantities(of: order)
        guard open.contains(where: { $0.quantity > 0 }) else {
            throw .rule("lines", "Nothing of the order is left to be shipped.")
        }
        let lines: [ShipmentLineRecord]
        if let wanted {
            lines = try chosen(wanted, of: order, open: open)
        } else {
            lines = try proposed(of: order, open: open)
        }
        let shipment = ShipmentRecord(
            id: store.numbers.next(\.shipment), order: number, lines: lines, createdAt: now, updatedAt: now)
        if behaviour.creatingShips { try checkShipping(shipment, picking: true) }
        store.shipments.put(shipment)
        store.shipmentsOfOrder[number, default: []].append(shipment.id)
        update(order: number, isEdit: false) { _ in }
        if behaviour.creatingShips { carryOut(shipment) }
        return store.shipments[shipment.id]!
    }

    private func shippable(order number: Int) throws(Refusal) -> OrderRecord {
        let order = try store.orders.found(number)
        switch order.state {
        case .booked, .partlyShipped: return order
        case .draft: throw .rule("number", "The order must be booked before it can be shipped.")
        case .shipped: throw .rule("number", "The order is already shipped.")
        case .cancelled, .deleted: throw .rule("number", "The order is cancelled.")
        }
    }

    /// Ordered, less what is shipped and what stands on shipments that are still open; lines of goods only.
    ///
    /// - Parameter except: a shipment line that is not counted, because it is about to be changed.
    func openQuantities(of order: OrderRecord, except: Int? = nil) -> [(line: OrderLineRecord, quantity: ExactDecimal)] {
        var standing: [Int: ExactDecimal] = [:]
        for id in store.shipmentsOfOrder[order.number] ?? [] {
            guard let shipment = store.shipments[id], !shipment.isShipped else { continue }
            for line in shipment.lines where line.id != except { standing[line.orderLine, default: .zero] += line.quantity }
        }
        return order.lines.filter(\.isStock).map { line in
            (line, max(line.quantity - line.shipped - (standing[line.id] ?? .zero), 0))
        }
    }

    private func chosen(
        _ wanted: [WantedShipmentLine], of order: OrderRecord, open: [(line: OrderLineRecord, quantity: ExactDecimal)]
    ) throws(Refusal) -> [ShipmentLineRecord] {
        let problems = Problems()
        if wanted.isEmpty { problems.add("lines", "The lines field must have at least 1 item.") }
        var seen: Set<Int> = []
        for line in wanted {
            guard seen.insert(line.orderLine).inserted else {
                problems.add(line.path + "order_line_id", "The order line stands twice.")
                continue
            }
            guard let found = open.first(where: { $0.line.id == line.orderLine }) else {
                problems.add(line.path + "order_line_id", "The order has no such line of goods.")
                continue
            }
            if place(of: found.line.item!, location: found.line.location) == nil {
                problems.add(line.path + "order_line_id", "The line has no location, and there is no default one.")
            }
            check(line.quantity, within: found.quantity, line.path, problems)
        }
        try problems.throwIfAny()
        return wanted.map { line in shipmentLine(order.line(line.orderLine)!, line.quantity) }
    }

    private func check(_ quantity: ExactDecimal, within open: ExactDecimal, _ path: String, _ problems: Problems) {
        guard behaviour.refusesOverShipment, quantity > open else { return }
        problems.add(path + "quantity", "The quantity may not be greater than the open quantity of \(open).")
    }

    /// Everything that is open, cut down to what lies in stock when the profile says so. A line that is cut to nothing stays, so
    /// that somebody can raise it by hand.
    private func proposed(
        of order: OrderRecord, open: [(line: OrderLineRecord, quantity: ExactDecimal)]
    ) throws(Refusal) -> [ShipmentLineRecord] {
        struct Shelf: Hashable {
            let item: String
            let location: Int
        }
        var left: [Shelf: ExactDecimal] = [:]
        var lines: [ShipmentLineRecord] = []
        for (line, quantity) in open where quantity > 0 {
            guard let location = place(of: line.item!, location: line.location) else {
                throw .rule("lines", "The line \(line.id) has no location, and there is no default one.")
            }
            let shelf = Shelf(item: line.item!, location: location)
            let stock = left[shelf] ?? max(stock(of: line.item!, at: location), 0)
            let taken = behaviour.capsShipmentsToStock ? min(quantity, stock) : quantity
            left[shelf] = max(stock - taken, 0)
            lines.append(shipmentLine(line, taken))
        }
        return lines
    }

    private func shipmentLine(_ line: OrderLineRecord, _ quantity: ExactDecimal) -> ShipmentLineRecord {
        ShipmentLineRecord(
            id: store.numbers.next(\.shipmentLine), orderLine: line.id, item: line.item!,
            location: place(of: line.item!, location: line.location)!, quantity: quantity)
    }

    /// - Throws: unless the shipment is there, belongs to the order when one is named, and is still open.
    func openShipment(_ id: Int, of order: Int?) throws(Refusal) -> ShipmentRecord {
        guard let shipment = store.shipments[id], order == nil || shipment.order == order else { throw .notFound }
        guard !shipment.isShipped else { throw .rule("id", "The shipment is already shipped.") }
        return shipment
    }

    /// Marks a shipment as shipped: stock leaves the locations of its lines.
    ///
    /// - Parameter picking: whether lines that are not picked yet count as picked now.
    func ship(_ id: Int, of order: Int?, picking: Bool) throws(Refusal) -> ShipmentRecord {
        let shipment = try openShipment(id, of: order)
        try checkShipping(shipment, picking: picking)
        carryOut(shipment)
        return store.shipments[id]!
    }

    private func checkShipping(_ shipment: ShipmentRecord, picking: Bool) throws(Refusal) {
        let order = try shippable(order: shipment.order)
        let problems = Problems()
        let moving = shipment.lines.filter { $0.quantity > 0 }
        if moving.isEmpty { problems.add("lines", "The shipment holds nothing.") }
        var levels: [String: ExactDecimal] = [:]
        for (index, line) in shipment.lines.enumerated() where line.quantity > 0 {
            if !picking, !line.isPicked { problems.add("lines.\(index).is_picked", "The line is not picked.") }
            if order.line(line.orderLine) == nil {
                problems.add("lines.\(index)", "The order has no line \(line.orderLine) any more.")
            }
            if behaviour.refusesBatchAndSerialWithoutNumbers, store.products[any: line.item]?.isTracked ?? false {
                problems.add("lines.\(index)", "The batch or serial numbers of \(line.item) are missing.")
            }
            let key = "\(line.location)/\(line.item)"
            let level = (levels[key] ?? stock(of: line.item, at: line.location)) - line.quantity
            levels[key] = level
            if let objection = objection(to: level, of: line.item, at: line.location) {
                problems.add("lines.\(index).quantity", objection)
            }
        }
        try problems.throwIfAny()
    }

    private func carryOut(_ shipment: ShipmentRecord) {
        store.shipments.update(shipment.id) { [now] in
            $0.isShipped = true
            $0.shippedAt = now
            $0.updatedAt = now
            for index in $0.lines.indices { $0.lines[index].isPicked = true }
        }
        for line in shipment.lines where line.quantity > 0 {
            moveStock(line.item, at: line.location, by: -line.quantity, .shipment(shipment.id))
        }
        update(order: shipment.order, isEdit: false) { [now] in
            for line in shipment.lines {
                guard let index = $0.lines.firstIndex(where: { $0.id == line.orderLine }) else { continue }
                $0.lines[index].shipped += line.quantity
            }
            $0.state = $0.stateByShipping
            if $0.state == .shipped { $0.shippedAt = now }
        }
    }

    /// - Parameter line: `nil` marks every line.
    func markPicked(_ picked: Bool, shipment id: Int, of order: Int, line: Int?) throws(Refusal) -> ShipmentRecord {
        let shipment = try openShipment(id, of: order)
        if let line, !shipment.lines.contains(where: { $0.id == line }) { throw .notFound }
        store.shipments.update(id) { [now] in
            for index in $0.lines.indices where line == nil || $0.lines[index].id == line { $0.lines[index].isPicked = picked }
            $0.updatedAt = now
        }
        return store.shipments[id]!
    }

    func setQuantity(_ quantity: ExactDecimal, line: Int, shipment id: Int, of number: Int) throws(Refusal) -> ShipmentLineRecord
    {
        let shipment = try openShipment(id, of: number)
        guard let index = shipment.lines.firstIndex(where: { $0.id == line }) else { throw .notFound }
        let order = try shippable(order: number)
        let problems = Problems()
        let orderLine = shipment.lines[index].orderLine
        let open = openQuantities(of: order, except: line).first { $0.line.id == orderLine }
        check(quantity, within: open?.quantity ?? 0, "", problems)
        try problems.throwIfAny()
        store.shipments.update(id) { [now] in
            $0.lines[index].quantity = quantity
            $0.updatedAt = now
        }
        return store.shipments[id]!.lines[index]
    }

    func removeLine(_ line: Int, shipment id: Int, of number: Int) throws(Refusal) {
        let shipment = try openShipment(id, of: number)
        guard let index = shipment.lines.firstIndex(where: { $0.id == line }) else { throw .notFound }
        store.shipments.update(id) { [now] in
            $0.lines.remove(at: index)
            $0.updatedAt = now
        }
    }

    func delete(shipment id: Int, of number: Int) throws(Refusal) {
        _ = try openShipment(id, of: number)
        store.shipments.remove(id)
        store.shipmentsOfOrder[number]?.removeAll { $0 == id }
    }
}
