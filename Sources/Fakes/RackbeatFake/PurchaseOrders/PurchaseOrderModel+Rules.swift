import JSON
import Units

/// Purchase orders: how they are created and what a request may change.
extension RackbeatFake {
    func create(_ seed: PurchaseOrderSeed, booked: Bool) throws(Refusal) -> PurchaseOrderRecord {
        let problems = Problems()
        checkNumber(seed.number, of: PurchaseOrderRecord.self, problems)
        let supplier = store.suppliers[seed.supplier ?? 0]
        if supplier == nil { problems.add("supplier_id", "The selected supplier id is invalid.") }
        if let employee = seed.employee, store.employees[employee] == nil {
            problems.add("employee_id", "The selected employee id is invalid.")
        }
        let zone = seed.vatZone ?? supplier?.vatZone ?? .domestic
        checkLineIDs(seed.lines, problems)
        let lines = seed.lines.enumerated().compactMap { index, line in
            resolve(line, "lines.\(index).", zone, isSale: false, problems)
        }
        if booked, seed.lines.isEmpty { problems.add("lines", Self.cannotBookWithoutLines(PurchaseOrderRecord.self)) }
        try problems.throwIfAny()

        let number = takeNumber(seed.number, of: PurchaseOrderRecord.self)
        let order = PurchaseOrderRecord(
            number: number, state: booked ? .booked : .draft, supplier: supplier!.number,
            currency: seed.currency ?? supplier!.currency, vatZone: zone, employee: seed.employee,
            yourReference: seed.yourReference, heading: seed.heading, note: seed.note,
            purchaseDate: seed.purchaseDate ?? today, preferredDeliveryDate: seed.preferredDeliveryDate,
            lines: lines.map { newLine($0, of: PurchaseOrderRecord.self) }, bookedAt: booked ? now : nil, createdAt: now,
            updatedAt: now)
        enter(order)
        return order
    }

    /// - Parameter isDraft: whether the path says so; it wins over the `book` of the body.
    func createPurchaseOrder(_ body: JSONObject, isDraft: Bool) throws(Refusal) -> PurchaseOrderRecord {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        reader.require("supplier_id")
        var seed = PurchaseOrderSeed()
        var isBooked = false
        reader.reference("supplier_id", into: &seed.supplier) { store.suppliers[$0] != nil }
        reader.flag("book", into: &isBooked)
        readHead(reader, into: &seed)
        seed.lines = newLines(reader)
        try problems.throwIfAny()
        return try create(seed, booked: isBooked && !isDraft)
    }

    /// Changes a draft. Given lines replace all lines: those with an `id` keep it, those that are not named are removed.
    func change(purchaseOrder number: Int, _ body: JSONObject) throws(Refusal) -> PurchaseOrderRecord {
        var order = try draft(PurchaseOrderRecord.self, number)
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        var seed = PurchaseOrderSeed(
            supplier: order.supplier, currency: order.currency, vatZone: order.vatZone, employee: order.employee,
            yourReference: order.yourReference, heading: order.heading, note: order.note, purchaseDate: order.purchaseDate,
            preferredDeliveryDate: order.preferredDeliveryDate)
        reader.reference("supplier_id", into: &seed.supplier) { store.suppliers[$0] != nil }
        readHead(reader, into: &seed)
        order.supplier = seed.supplier ?? order.supplier
        order.currency = seed.currency ?? order.currency
        order.vatZone = seed.vatZone ?? order.vatZone
        order.employee = seed.employee
        order.yourReference = seed.yourReference
        order.heading = seed.heading
        order.note = seed.note
        order.purchaseDate = seed.purchaseDate ?? order.purchaseDate
        order.preferredDeliveryDate = seed.preferredDeliveryDate
        let lines = reader.elements("lines").map { replacedLines(of: order, by: $0, problems) }
        try problems.throwIfAny()
        if let lines { order.lines = settled(lines, of: PurchaseOrderRecord.self) }
        update(PurchaseOrderRecord.self, number) { $0 = order }
        return store.purchaseOrders[number]!
    }

    private func readHead(_ reader: BodyReader, into seed: inout PurchaseOrderSeed) {
        reader.text("currency", into: &seed.currency, limit: 3)
        readZone(reader, into: &seed.vatZone)
        reader.reference("employee_id", into: &seed.employee) { store.employees[$0] != nil }
        reader.int("your_reference_id", into: &seed.yourReference)
        reader.text("heading", into: &seed.heading)
        reader.text("note", into: &seed.note, limit: 800)
        reader.date("purchase_date", into: &seed.purchaseDate)
        reader.date("preferred_delivery_date", into: &seed.preferredDeliveryDate)
    }
}
