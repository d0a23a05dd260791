import JSON
import Units

/// Sales orders: how they are created and what a request may change.
extension RackbeatFake {
    func create(_ seed: OrderSeed, booked: Bool) throws(Refusal) -> OrderRecord {
        let problems = Problems()
        checkNumber(seed.number, of: OrderRecord.self, problems)
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
        if booked, seed.lines.isEmpty { problems.add("lines", Self.cannotBookWithoutLines(OrderRecord.self)) }
        try problems.throwIfAny()

        let billing = seed.billingAddress ?? customer.map(Self.address(of:)) ?? Address()
        let number = takeNumber(seed.number, of: OrderRecord.self)
        let order = OrderRecord(
            number: number, state: booked ? .booked : .draft, customer: customer!.number, billingAddress: billing,
            deliveryAddress: seed.deliveryAddress ?? billing, currency: seed.currency ?? customer!.currency, vatZone: zone,
            orderDate: seed.orderDate ?? today, deliverAt: seed.deliverAt, deliveryTerms: seed.deliveryTerms,
            ourReference: seed.ourReference, paymentTerm: seed.paymentTerm ?? customer!.paymentTerm,
            otherReference: seed.otherReference, heading: seed.heading, note: seed.note,
            lines: lines.map { newLine($0, of: OrderRecord.self) },
            bookedAt: booked ? now : nil, createdAt: now, updatedAt: now)
        enter(order)
        raise("order.created", key: JSON(number), keyName: "number") { wire(order) }
        return order
    }

    private static func address(of customer: CustomerRecord) -> Address {
        var address = customer.address
        address.name = customer.name
        return address
    }

    func createOrder(_ body: JSONObject, booked: Bool) throws(Refusal) -> OrderRecord {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
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
        seed.lines = newLines(reader)
        try problems.throwIfAny()
        return try create(seed, booked: booked)
    }

    /// Changes a draft. Given lines replace all lines: those with an `id` keep it, those that are not named are removed.
    func change(order number: Int, _ body: JSONObject) throws(Refusal) -> OrderRecord {
        var order = try draft(OrderRecord.self, number)
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
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
        let lines = reader.elements("lines").map { replacedLines(of: order, by: $0, problems) }
        try problems.throwIfAny()
        if let lines { order.lines = settled(lines, of: OrderRecord.self) }
        update(OrderRecord.self, number) { $0 = order }
        return store.orders[number]!
    }

    private func readHead(_ reader: BodyReader, into seed: inout OrderSeed) {
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
