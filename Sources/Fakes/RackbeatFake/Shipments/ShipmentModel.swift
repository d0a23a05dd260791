import JSON
package import Units

package struct ShipmentLineRecord: FulfilmentLine, Equatable, Sendable {
    package let id: Int
    /// The line of the order that it ships.
    package let orderLine: Int
    package let item: String
    package let location: Int
    package internal(set) var quantity: ExactDecimal
    package internal(set) var isPicked = false

    var orderedLine: Int? { orderLine }
}

/// A shipment as the fake holds it. Stock moves when it is shipped.
package struct ShipmentRecord: Fulfilment, Equatable, Sendable {
    package let id: Int
    package let order: Int
    package internal(set) var lines: [ShipmentLineRecord]
    package internal(set) var isShipped = false
    package internal(set) var shippedAt: Moment?
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    typealias Order = OrderRecord
    static var table: ReferenceWritableKeyPath<Store, Table<ShipmentRecord>> { \.shipments }
    static var ofOrder: ReferenceWritableKeyPath<Store, [Int: [Int]]> { \.shipmentsOfOrder }
    static let noun = "shipment"
    static let keyName = "id"
    static let orderLineName = "order_line_id"

    var key: Int { id }
    var isListed: Bool { true }
    var orderNumber: Int { order }
    var isDone: Bool { isShipped }
}

/// Shipments: created → (picked) → shipped. They can be deleted until they are shipped. Only shipping moves stock.
extension RackbeatFake {
    /// Creates a shipment of an order.
    ///
    /// - Parameter wanted: `nil` proposes everything that is open, as Rackbeat's own form does.
    func createShipment(of number: Int, _ wanted: [WantedLine]?) throws(Refusal) -> ShipmentRecord {
        let order = try fulfillable(OrderRecord.self, number)
        let open = openQuantities(of: order, by: ShipmentRecord.self)
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
        enter(shipment)
        if behaviour.creatingShips { carryOut(shipment) }
        return store.shipments[shipment.id]!
    }

    private func chosen(
        _ wanted: [WantedLine], of order: OrderRecord, open: [(line: LineRecord, quantity: ExactDecimal)]
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
            if behaviour.refusesOverShipment { refuseExcess(line.quantity, over: found.quantity, line.path, problems) }
        }
        try problems.throwIfAny()
        return wanted.map { line in shipmentLine(order.line(line.orderLine)!, line.quantity) }
    }

    /// Everything that is open, capped to the stock when the profile says so. A line that is capped to nothing stays, so that
    /// people can raise it by hand.
    private func proposed(
        of order: OrderRecord, open: [(line: LineRecord, quantity: ExactDecimal)]
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

    private func shipmentLine(_ line: LineRecord, _ quantity: ExactDecimal) -> ShipmentLineRecord {
        ShipmentLineRecord(
            id: store.numbers.next(\.shipmentLine), orderLine: line.id, item: line.item!,
            location: place(of: line.item!, location: line.location)!, quantity: quantity)
    }

    /// Marks a shipment as shipped: stock leaves the locations of its lines.
    ///
    /// - Parameter picking: whether lines that are not picked yet count as picked now.
    func ship(_ id: Int, of order: Int?, picking: Bool) throws(Refusal) -> ShipmentRecord {
        let shipment = try unfinished(ShipmentRecord.self, id, of: order)
        try checkShipping(shipment, picking: picking)
        carryOut(shipment)
        return store.shipments[id]!
    }

    private func checkShipping(_ shipment: ShipmentRecord, picking: Bool) throws(Refusal) {
        let order = try fulfillable(OrderRecord.self, shipment.order)
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
        countFulfilled(shipment)
    }

    /// - Parameter line: `nil` marks every line.
    func markPicked(_ picked: Bool, shipment id: Int, of order: Int, line: Int?) throws(Refusal) -> ShipmentRecord {
        let shipment = try unfinished(ShipmentRecord.self, id, of: order)
        if let line, !shipment.lines.contains(where: { $0.id == line }) { throw .notFound }
        store.shipments.update(id) { [now] in
            for index in $0.lines.indices where line == nil || $0.lines[index].id == line { $0.lines[index].isPicked = picked }
            $0.updatedAt = now
        }
        return store.shipments[id]!
    }

    func setQuantity(_ quantity: ExactDecimal, line: Int, shipment id: Int, of number: Int) throws(Refusal) -> ShipmentLineRecord
    {
        let shipment = try unfinished(ShipmentRecord.self, id, of: number)
        guard let index = shipment.lines.firstIndex(where: { $0.id == line }) else { throw .notFound }
        let order = try fulfillable(OrderRecord.self, number)
        let problems = Problems()
        let orderLine = shipment.lines[index].orderLine
        let open = openQuantities(of: order, by: ShipmentRecord.self, except: line).first { $0.line.id == orderLine }
        if behaviour.refusesOverShipment { refuseExcess(quantity, over: open?.quantity ?? 0, "", problems) }
        try problems.throwIfAny()
        store.shipments.update(id) { [now] in
            $0.lines[index].quantity = quantity
            $0.updatedAt = now
        }
        return store.shipments[id]!.lines[index]
    }
}
