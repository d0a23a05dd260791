import JSON
import Units

/// Orders as requests describe them.
extension RackbeatFake {
    func createOrder(_ body: JSONObject, booked: Bool) throws(Refusal) -> OrderRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        reader.require("customer_id")
        var seed = OrderSeed()
        reader.reference("customer_id", into: &seed.customer) { customerBook[$0] != nil }
        let customer = seed.customer.flatMap { customerBook[$0] }
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
        reader.reference("customer_id", into: &seed.customer) { customerBook[$0] != nil }
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
        return orderBook[number]!
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
        reader.reference("our_reference_id", into: &seed.ourReference) { employeeBook[$0] != nil }
        reader.reference("employee_id", into: &seed.ourReference) { employeeBook[$0] != nil }
        reader.reference("payment_terms_id", into: &seed.paymentTerm) { paymentTermBook[$0] != nil }
        reader.text("other_reference", into: &seed.otherReference)
        reader.text("heading", into: &seed.heading)
        reader.text("note", into: &seed.note, limit: 800)
        reader.ignore(ints: ["layout_id"], decimals: ["currency_rate"])
    }

    func readZone(_ reader: Reader, into zone: inout VATZone?) {
        var text: String? = zone?.rawValue
        reader.text("vat_zone", into: &text)
        guard let text else { return }
        guard let found = VATZone(rawValue: text) else {
            return reader.add("vat_zone", "The selected vat zone is invalid.")
        }
        zone = found
    }

    /// Reads an address from its object, and from the flat members that older callers write.
    func readAddress(_ reader: Reader, _ name: String, flat: String, into address: inout Address) {
        read(address: reader, flat, into: &address)
        if let inner = reader.inner(name) { read(address: inner, "", into: &address) }
        if reader.object[name] == .null { address = Address() }
    }

    func read(address reader: Reader, _ prefix: String, into address: inout Address) {
        reader.text(prefix + "name", into: &address.name)
        reader.text(prefix + "name2", into: &address.name2)
        reader.text(prefix + "street", into: &address.street)
        reader.text(prefix + "street2", into: &address.street2)
        reader.text(prefix + "zipcode", into: &address.zipcode)
        reader.text(prefix + "city", into: &address.city)
        reader.text(prefix + "country", into: &address.country)
        reader.text(prefix + "email", into: &address.email)
        reader.text(prefix + "phone", into: &address.phone)
    }
}
