import JSON
import Units

/// Sales orders: draft → booked → partly shipped → shipped. Back to draft only while nothing is shipped.
extension RackbeatFake {
    /// Changes an order and keeps up what follows from it.
    ///
    /// - Parameter isEdit: whether people changed the document itself; a shipment may leave `updated_at` alone, by profile.
    func update(order number: Int, isEdit: Bool = true, _ change: (inout OrderRecord) -> Void) {
        let touches = isEdit || !behaviour.onlyEditsTouch
        let stamp = now
        demand.discount(orderBook[any: number]!)
        orderBook.update(number) {
            change(&$0)
            if touches { $0.updatedAt = stamp }
        }
        demand.count(orderBook[any: number]!)
    }

    func create(_ seed: OrderSeed, booked: Bool) throws(Refusal) -> OrderRecord {
        let problems = Problems()
        if let number = seed.number {
            if !(1...999_999_999).contains(number) { problems.add("number", "The number must be between 1 and 999999999.") }
            if orderBook[any: number] != nil { problems.add("number", "The number \(number) has already been taken.") }
        }
        let customer = customerBook[seed.customer ?? 0]
        if customer == nil { problems.add("customer_id", "The selected customer id is invalid.") }
        if let term = seed.paymentTerm, paymentTermBook[term] == nil {
            problems.add("payment_terms_id", "The selected payment terms id is invalid.")
        }
        if let employee = seed.ourReference, employeeBook[employee] == nil {
            problems.add("our_reference_id", "The selected our reference id is invalid.")
        }
        let zone = seed.vatZone ?? customer?.vatZone ?? .domestic
        checkLineIDs(seed.lines, problems)
        let lines = seed.lines.enumerated().compactMap { index, line in
            resolve(line, "lines.\(index).", zone, isSale: true, problems)
        }
        if booked, seed.lines.isEmpty { problems.add("lines", "An order without lines cannot be booked.") }
        try problems.throwIfAny()

        let billing = seed.billingAddress ?? customer.map(Self.address(of:)) ?? Address()
        let number = seed.number ?? numbers.nextOrder()
        numbers.taken(order: number)
        let order = OrderRecord(
            number: number, state: booked ? .booked : .draft, customer: customer!.number, billingAddress: billing,
            deliveryAddress: seed.deliveryAddress ?? billing, currency: seed.currency ?? customer!.currency, vatZone: zone,
            orderDate: seed.orderDate ?? today, deliverAt: seed.deliverAt, deliveryTerms: seed.deliveryTerms,
            ourReference: seed.ourReference, paymentTerm: seed.paymentTerm ?? customer!.paymentTerm,
            otherReference: seed.otherReference, heading: seed.heading, note: seed.note, lines: lines.map(orderLine),
            bookedAt: booked ? now : nil, createdAt: now, updatedAt: now)
        orderBook.put(order)
        demand.count(order)
        raise("order.created", key: JSON(number), keyName: "number") { wire(order) }
        return order
    }

    private static func address(of customer: CustomerRecord) -> Address {
        var address = customer.address
        address.name = customer.name
        return address
    }

    func book(order number: Int) throws(Refusal) {
        guard let order = orderBook[number] else { throw .notFound }
        switch order.state {
        case .draft: break
        case .booked where !behaviour.refusesDoubleBooking: return
        case .booked, .partlyShipped, .shipped: throw .rule("number", "The order is already booked.")
        case .cancelled, .deleted: throw .rule("number", "The order is cancelled.")
        }
        guard !order.lines.isEmpty else { throw .rule("lines", "An order without lines cannot be booked.") }
        update(order: number) { [now] in
            $0.state = .booked
            $0.bookedAt = now
        }
    }

    func reopen(order number: Int) throws(Refusal) {
        guard let order = orderBook[number] else { throw .notFound }
        switch order.state {
        case .booked: break
        case .draft: throw .rule("number", "The order is not booked.")
        case .partlyShipped, .shipped: throw .rule("number", "The order has been shipped in part or in full.")
        case .cancelled, .deleted: throw .rule("number", "The order is cancelled.")
        }
        let ids = behaviour.reopeningKeepsLineIDs ? order.lines.map(\.id) : order.lines.map { _ in numbers.nextOrderLine() }
        update(order: number) {
            $0.state = .draft
            $0.bookedAt = nil
            for index in $0.lines.indices { $0.lines[index].id = ids[index] }
        }
    }

    /// The office gives an order up. No call of the API is known that does it.
    func cancel(order number: Int) throws(Refusal) {
        guard let order = orderBook[number] else { throw .notFound }
        switch order.state {
        case .draft, .booked: break
        case .partlyShipped, .shipped: throw .rule("number", "The order has been shipped in part or in full.")
        case .cancelled, .deleted: throw .rule("number", "The order is already cancelled.")
        }
        let vanishes = behaviour.cancelledOrdersVanish
        update(order: number) { [now] in
            $0.state = .cancelled
            $0.cancelledAt = now
            $0.isListed = !vanishes
        }
    }

    func delete(order number: Int) throws(Refusal) {
        guard let order = orderBook[number] else { throw .notFound }
        if order.state == .partlyShipped || order.state == .shipped {
            throw .rule("number", "The order has been shipped in part or in full.")
        }
        guard shipmentsOfOrder[number, default: []].isEmpty else {
            throw .rule("number", "The order has shipments that are not shipped yet; delete them first.")
        }
        update(order: number) {
            $0.state = .deleted
            $0.isListed = false
        }
    }

    /// - Throws: unless the order is there and its lines may be edited.
    func draft(order number: Int) throws(Refusal) -> OrderRecord {
        guard let order = orderBook[number] else { throw .notFound }
        guard order.state == .draft else {
            throw .rule("number", "The order is \(order.state.rawValue); only a draft can be edited.")
        }
        return order
    }

    func addLine(_ seed: LineSeed, toOrder number: Int) throws(Refusal) -> OrderLineRecord {
        let order = try draft(order: number)
        let problems = Problems()
        if let id = seed.id, order.line(id) != nil { problems.add("id", "The order has a line \(id) already.") }
        checkLineIDs([seed], problems)
        let resolved = resolve(seed, "", order.vatZone, isSale: true, problems)
        try problems.throwIfAny()
        let line = orderLine(resolved!)
        update(order: number) { $0.lines.append(line) }
        return line
    }

    func changeLine(_ id: Int, ofOrder number: Int, _ change: (inout LineSeed) -> Void) throws(Refusal) -> OrderLineRecord {
        let order = try draft(order: number)
        guard let index = order.lines.firstIndex(where: { $0.id == id }) else { throw .notFound }
        let problems = Problems()
        let line = changed(order.lines[index], order.vatZone, "", problems, change)
        try problems.throwIfAny()
        update(order: number) { $0.lines[index] = line! }
        return line!
    }

    func removeLine(_ id: Int, ofOrder number: Int) throws(Refusal) {
        let order = try draft(order: number)
        guard let index = order.lines.firstIndex(where: { $0.id == id }) else { throw .notFound }
        update(order: number) { $0.lines.remove(at: index) }
    }

    /// The line with the change made; `nil` and a problem when it cannot be.
    func changed(
        _ line: OrderLineRecord, _ zone: VATZone, _ prefix: String, _ problems: Problems, _ change: (inout LineSeed) -> Void
    ) -> OrderLineRecord? {
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
        guard let resolved = resolve(seed, prefix, zone, isSale: true, problems) else { return nil }
        var result = orderLine(resolved)
        result.createdAt = line.createdAt
        return result
    }

    func orderLine(_ line: ResolvedLine) -> OrderLineRecord {
        if let id = line.id { numbers.taken(orderLine: id) }
        return OrderLineRecord(
            id: line.id ?? numbers.nextOrderLine(), item: line.item, name: line.name, quantity: line.quantity,
            location: line.location, price: line.price, discount: line.discount, vat: line.vat, isStock: line.isStock,
            createdAt: now, updatedAt: now)
    }
}
