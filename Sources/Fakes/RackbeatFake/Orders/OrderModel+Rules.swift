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
        store.demand.discount(store.orders[any: number]!)
        store.orders.update(number) {
            change(&$0)
            if touches { $0.updatedAt = stamp }
        }
        store.demand.count(store.orders[any: number]!)
    }

    func create(_ seed: OrderSeed, booked: Bool) throws(Refusal) -> OrderRecord {
        let problems = Problems()
        if let number = seed.number {
            if !(1...999_999_999).contains(number) { problems.add("number", "The number must be between 1 and 999999999.") }
            if store.orders[any: number] != nil { problems.add("number", "The number \(number) has already been taken.") }
        }
        let customer = store.customers[seed.customer ?? 0]
        if customer == nil { problems.add("customer_id", "The selected customer id is invalid.") }
        if let term = seed.paymentTerm, store.paymentTerms[term] == nil {
            problems.add("payment_terms_id", "The selected payment terms id is invalid.")
        }
        if let employee = seed.ourReference, store.employees[employee] == nil {
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
        let number = seed.number ?? store.numbers.next(\.order)
        store.numbers.taken(\.order, number)
        let order = OrderRecord(
            number: number, state: booked ? .booked : .draft, customer: customer!.number, billingAddress: billing,
            deliveryAddress: seed.deliveryAddress ?? billing, currency: seed.currency ?? customer!.currency, vatZone: zone,
            orderDate: seed.orderDate ?? today, deliverAt: seed.deliverAt, deliveryTerms: seed.deliveryTerms,
            ourReference: seed.ourReference, paymentTerm: seed.paymentTerm ?? customer!.paymentTerm,
            otherReference: seed.otherReference, heading: seed.heading, note: seed.note, lines: lines.map(orderLine),
            bookedAt: booked ? now : nil, createdAt: now, updatedAt: now)
        store.orders.put(order)
        store.demand.count(order)
        raise("order.created", key: JSON(number), keyName: "number") { wire(order) }
        return order
    }

    private static func address(of customer: CustomerRecord) -> Address {
        var address = customer.address
        address.name = customer.name
        return address
    }

    func book(order number: Int) throws(Refusal) {
        let order = try store.orders.found(number)
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
        let order = try store.orders.found(number)
        switch order.state {
        case .booked: break
        case .draft: throw .rule("number", "The order is not booked.")
        case .partlyShipped, .shipped: throw .rule("number", "The order has been shipped in part or in full.")
        case .cancelled, .deleted: throw .rule("number", "The order is cancelled.")
        }
        let ids =
            behaviour.reopeningKeepsLineIDs ? order.lines.map(\.id) : order.lines.map { _ in store.numbers.next(\.orderLine) }
        update(order: number) {
            $0.state = .draft
            $0.bookedAt = nil
            for index in $0.lines.indices { $0.lines[index].id = ids[index] }
        }
    }

    /// The office gives an order up. No call of the API is known that does it.
    func cancel(order number: Int) throws(Refusal) {
        let order = try store.orders.found(number)
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
        let order = try store.orders.found(number)
        if order.state == .partlyShipped || order.state == .shipped {
            throw .rule("number", "The order has been shipped in part or in full.")
        }
        guard store.shipmentsOfOrder[number, default: []].isEmpty else {
            throw .rule("number", "The order has shipments that are not shipped yet; delete them first.")
        }
        update(order: number) {
            $0.state = .deleted
            $0.isListed = false
        }
    }

    /// - Throws: unless the order is there and its lines may be edited.
    func draft(order number: Int) throws(Refusal) -> OrderRecord {
        let order = try store.orders.found(number)
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
        if let id = line.id { store.numbers.taken(\.orderLine, id) }
        return OrderLineRecord(
            id: line.id ?? store.numbers.next(\.orderLine), item: line.item, name: line.name, quantity: line.quantity,
            location: line.location, price: line.price, discount: line.discount, vat: line.vat, isStock: line.isStock,
            createdAt: now, updatedAt: now)
    }

    func createOrder(_ body: JSONObject, booked: Bool) throws(Refusal) -> OrderRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        reader.require("customer_id")
        var seed = OrderSeed()
        reader.reference("customer_id", into: &seed.customer) { store.customers[$0] != nil }
        let customer = seed.customer.flatMap { store.customers[$0] }
        var billing = customer?.address ?? Address()
        billing.name = customer?.name
        var delivery = Address()
        readAddress(reader, "billing_address", flat: "address_", into: &billing)
        readAddress(reader, "delivery_address", flat: "delivery_address_", into: &delivery)
        seed.billingAddress = billing
        seed.deliveryAddress = delivery == Address() ? nil : delivery
        readHead(reader, into: &seed)
        for line in reader.elements("lines") ?? [] {
            var lineSeed = LineSeed()
            read(line: line, into: &lineSeed)
            if !(line.object["item_id"]?.isNull ?? true) { line.require("quantity") }
            seed.lines.append(lineSeed)
        }
        try problems.throwIfAny()
        return try create(seed, booked: booked)
    }

    /// Changes a draft. Lines that are given replace all: those with an `id` keep it, those that are not named go.
    func change(order number: Int, _ body: JSONObject) throws(Refusal) -> OrderRecord {
        var order = try draft(order: number)
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        var seed = OrderSeed(
            customer: order.customer, currency: order.currency, vatZone: order.vatZone, orderDate: order.orderDate,
            deliverAt: order.deliverAt, deliveryTerms: order.deliveryTerms, ourReference: order.ourReference,
            paymentTerm: order.paymentTerm, otherReference: order.otherReference, heading: order.heading, note: order.note)
        reader.reference("customer_id", into: &seed.customer) { store.customers[$0] != nil }
        readHead(reader, into: &seed)
        readAddress(reader, "billing_address", flat: "address_", into: &order.billingAddress)
        readAddress(reader, "delivery_address", flat: "delivery_address_", into: &order.deliveryAddress)
        order.customer = seed.customer ?? order.customer
        order.currency = seed.currency ?? order.currency
        order.vatZone = seed.vatZone ?? order.vatZone
        order.orderDate = seed.orderDate ?? order.orderDate
        order.deliverAt = seed.deliverAt
        order.deliveryTerms = seed.deliveryTerms
        order.ourReference = seed.ourReference
        order.paymentTerm = seed.paymentTerm
        order.otherReference = seed.otherReference
        order.heading = seed.heading
        order.note = seed.note
        let lines = reader.elements("lines").map { replaced(order.lines, by: $0, order.vatZone, problems) }
        try problems.throwIfAny()
        if let lines {
            order.lines = lines.map { $0.record ?? orderLine($0.new!) }
        }
        update(order: number) { $0 = order }
        return store.orders[number]!
    }

    private typealias Replacement = (record: OrderLineRecord?, new: ResolvedLine?)

    private func replaced(
        _ old: [OrderLineRecord], by readers: [Reader], _ zone: VATZone, _ problems: Problems
    ) -> [Replacement] {
        var seen: Set<Int> = []
        return readers.map { reader in
            let id = keptID(reader, known: old.map(\.id))
            if let id, !seen.insert(id).inserted { reader.add("id", "The id \(id) stands on two lines.") }
            if let line = old.first(where: { $0.id == id }) {
                return (changed(line, zone, reader.prefix, problems) { read(line: reader, into: &$0) }, nil)
            }
            var seed = LineSeed()
            read(line: reader, into: &seed)
            return (nil, resolve(seed, reader.prefix, zone, isSale: true, problems))
        }
    }

    private func readHead(_ reader: Reader, into seed: inout OrderSeed) {
        reader.text("currency", into: &seed.currency, limit: 3)
        readZone(reader, into: &seed.vatZone)
        reader.date("order_date", into: &seed.orderDate)
        reader.date("deliver_at", into: &seed.deliverAt)
        reader.text("delivery_terms", into: &seed.deliveryTerms)
        reader.reference("our_reference_id", into: &seed.ourReference) { store.employees[$0] != nil }
        reader.reference("employee_id", into: &seed.ourReference) { store.employees[$0] != nil }
        reader.reference("payment_terms_id", into: &seed.paymentTerm) { store.paymentTerms[$0] != nil }
        reader.text("other_reference", into: &seed.otherReference)
        reader.text("heading", into: &seed.heading)
        reader.text("note", into: &seed.note, limit: 800)
        reader.ignore(ints: ["layout_id"], decimals: ["currency_rate"])
    }
}
