import JSON
import Units

/// Purchase orders: draft → booked → partly received → received. Back to draft only while nothing is received.
extension RackbeatFake {
    /// Changes a purchase order and keeps up what follows from it.
    ///
    /// - Parameter isEdit: whether people changed the document itself; a receipt may leave `updated_at` alone, by profile.
    func update(purchaseOrder number: Int, isEdit: Bool = true, _ change: (inout PurchaseOrderRecord) -> Void) {
        let touches = isEdit || !behaviour.onlyEditsTouch
        let stamp = now
        demand.discount(purchaseOrderBook[any: number]!)
        purchaseOrderBook.update(number) {
            change(&$0)
            if touches { $0.updatedAt = stamp }
        }
        demand.count(purchaseOrderBook[any: number]!)
    }

    func create(_ seed: PurchaseOrderSeed, booked: Bool) throws(Refusal) -> PurchaseOrderRecord {
        let problems = Problems()
        if let number = seed.number {
            if !(1...999_999_999).contains(number) { problems.add("number", "The number must be between 1 and 999999999.") }
            if purchaseOrderBook[any: number] != nil {
                problems.add("number", "The number \(number) has already been taken.")
            }
        }
        let supplier = supplierBook[seed.supplier ?? 0]
        if supplier == nil { problems.add("supplier_id", "The selected supplier id is invalid.") }
        if let employee = seed.employee, employeeBook[employee] == nil {
            problems.add("employee_id", "The selected employee id is invalid.")
        }
        let zone = seed.vatZone ?? supplier?.vatZone ?? .domestic
        checkLineIDs(seed.lines, problems)
        let lines = seed.lines.enumerated().compactMap { index, line in
            resolve(line, "lines.\(index).", zone, isSale: false, problems)
        }
        if booked, seed.lines.isEmpty { problems.add("lines", "A purchase order without lines cannot be booked.") }
        try problems.throwIfAny()

        let number = seed.number ?? numbers.nextPurchaseOrder()
        numbers.taken(purchaseOrder: number)
        let order = PurchaseOrderRecord(
            number: number, state: booked ? .booked : .draft, supplier: supplier!.number,
            currency: seed.currency ?? supplier!.currency, vatZone: zone, employee: seed.employee,
            yourReference: seed.yourReference, heading: seed.heading, note: seed.note,
            purchaseDate: seed.purchaseDate ?? today, preferredDeliveryDate: seed.preferredDeliveryDate,
            lines: lines.map(purchaseOrderLine), bookedAt: booked ? now : nil, createdAt: now, updatedAt: now)
        purchaseOrderBook.put(order)
        demand.count(order)
        return order
    }

    func book(purchaseOrder number: Int) throws(Refusal) {
        guard let order = purchaseOrderBook[number] else { throw .notFound }
        switch order.state {
        case .draft: break
        case .booked where !behaviour.refusesDoubleBooking: return
        case .booked, .partlyReceived, .received: throw .rule("number", "The purchase order is already booked.")
        case .cancelled, .deleted: throw .rule("number", "The purchase order is cancelled.")
        }
        guard !order.lines.isEmpty else { throw .rule("lines", "A purchase order without lines cannot be booked.") }
        update(purchaseOrder: number) { [now] in
            $0.state = .booked
            $0.bookedAt = now
        }
    }

    func reopen(purchaseOrder number: Int) throws(Refusal) {
        guard let order = purchaseOrderBook[number] else { throw .notFound }
        switch order.state {
        case .booked: break
        case .draft: throw .rule("number", "The purchase order is not booked.")
        case .partlyReceived, .received: throw .rule("number", "The purchase order has been received in part or in full.")
        case .cancelled, .deleted: throw .rule("number", "The purchase order is cancelled.")
        }
        let ids =
            behaviour.reopeningKeepsLineIDs
            ? order.lines.map(\.id) : order.lines.map { _ in numbers.nextPurchaseOrderLine() }
        update(purchaseOrder: number) {
            $0.state = .draft
            $0.bookedAt = nil
            for index in $0.lines.indices { $0.lines[index].id = ids[index] }
        }
    }

    /// The office gives a purchase order up. No call of the API is known that does it.
    func cancel(purchaseOrder number: Int) throws(Refusal) {
        guard let order = purchaseOrderBook[number] else { throw .notFound }
        switch order.state {
        case .draft, .booked: break
        case .partlyReceived, .received: throw .rule("number", "The purchase order has been received in part or in full.")
        case .cancelled, .deleted: throw .rule("number", "The purchase order is already cancelled.")
        }
        let vanishes = behaviour.cancelledOrdersVanish
        update(purchaseOrder: number) {
            $0.state = .cancelled
            $0.isListed = !vanishes
        }
    }

    func delete(purchaseOrder number: Int) throws(Refusal) {
        guard let order = purchaseOrderBook[number] else { throw .notFound }
        if order.state == .partlyReceived || order.state == .received {
            throw .rule("number", "The purchase order has been received in part or in full.")
        }
        guard receiptsOfPurchaseOrder[number, default: []].isEmpty else {
            throw .rule("number", "The purchase order has receipts that are not received yet; delete them first.")
        }
        update(purchaseOrder: number) {
            $0.state = .deleted
            $0.isListed = false
        }
    }

    /// - Throws: unless the purchase order is there and may be edited.
    func draft(purchaseOrder number: Int) throws(Refusal) -> PurchaseOrderRecord {
        guard let order = purchaseOrderBook[number] else { throw .notFound }
        guard order.state == .draft else {
            throw .rule("number", "The purchase order is \(order.state.rawValue); only a draft can be edited.")
        }
        return order
    }

    func addLine(_ seed: LineSeed, toPurchaseOrder number: Int) throws(Refusal) -> PurchaseOrderLineRecord {
        let order = try draft(purchaseOrder: number)
        let problems = Problems()
        if let id = seed.id, order.line(id) != nil { problems.add("id", "The purchase order has a line \(id) already.") }
        checkLineIDs([seed], problems)
        let resolved = resolve(seed, "", order.vatZone, isSale: false, problems)
        try problems.throwIfAny()
        let line = purchaseOrderLine(resolved!)
        update(purchaseOrder: number) { $0.lines.append(line) }
        return line
    }

    func changeLine(_ id: Int, ofPurchaseOrder number: Int, _ change: (inout LineSeed) -> Void) throws(Refusal) {
        let order = try draft(purchaseOrder: number)
        guard let index = order.lines.firstIndex(where: { $0.id == id }) else { throw .notFound }
        let problems = Problems()
        let line = changed(order.lines[index], order.vatZone, "", problems, change)
        try problems.throwIfAny()
        update(purchaseOrder: number) { $0.lines[index] = line! }
    }

    func removeLine(_ id: Int, ofPurchaseOrder number: Int) throws(Refusal) {
        let order = try draft(purchaseOrder: number)
        guard let index = order.lines.firstIndex(where: { $0.id == id }) else { throw .notFound }
        update(purchaseOrder: number) { $0.lines.remove(at: index) }
    }

    /// The line with the change made; `nil` and a problem when it cannot be.
    func changed(
        _ line: PurchaseOrderLineRecord, _ zone: VATZone, _ prefix: String, _ problems: Problems,
        _ change: (inout LineSeed) -> Void
    ) -> PurchaseOrderLineRecord? {
        var seed = LineSeed(
            id: line.id, item: line.item, name: line.name, quantity: line.quantity, location: line.location, price: line.price,
            discount: line.discount, vat: line.vat)
        change(&seed)
        // Another item brings its own name, price and tax, unless the change says otherwise.
        if seed.item != line.item {
            if seed.name == line.name { seed.name = nil }
            if seed.price == line.price { seed.price = nil }
            if seed.vat == line.vat { seed.vat = nil }
        }
        return resolve(seed, prefix, zone, isSale: false, problems).map(purchaseOrderLine)
    }

    func purchaseOrderLine(_ line: ResolvedLine) -> PurchaseOrderLineRecord {
        if let id = line.id { numbers.taken(purchaseOrderLine: id) }
        return PurchaseOrderLineRecord(
            id: line.id ?? numbers.nextPurchaseOrderLine(), item: line.item, name: line.name, quantity: line.quantity,
            location: line.location, price: line.price, discount: line.discount, vat: line.vat, isStock: line.isStock)
    }
}
