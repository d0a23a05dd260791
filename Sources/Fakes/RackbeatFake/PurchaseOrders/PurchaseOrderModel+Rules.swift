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
        store.demand.discount(store.purchaseOrders[any: number]!)
        store.purchaseOrders.update(number) {
            change(&$0)
            if touches { $0.updatedAt = stamp }
        }
        store.demand.count(store.purchaseOrders[any: number]!)
    }

    func create(_ seed: PurchaseOrderSeed, booked: Bool) throws(Refusal) -> PurchaseOrderRecord {
        let problems = Problems()
        if let number = seed.number {
            if !(1...999_999_999).contains(number) { problems.add("number", "The number must be between 1 and 999999999.") }
            if store.purchaseOrders[any: number] != nil {
                problems.add("number", "The number \(number) has already been taken.")
            }
        }
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
        if booked, seed.lines.isEmpty { problems.add("lines", "A purchase order without lines cannot be booked.") }
        try problems.throwIfAny()

        let number = seed.number ?? store.numbers.next(\.purchaseOrder)
        store.numbers.taken(\.purchaseOrder, number)
        let order = PurchaseOrderRecord(
            number: number, state: booked ? .booked : .draft, supplier: supplier!.number,
            currency: seed.currency ?? supplier!.currency, vatZone: zone, employee: seed.employee,
            yourReference: seed.yourReference, heading: seed.heading, note: seed.note,
            purchaseDate: seed.purchaseDate ?? today, preferredDeliveryDate: seed.preferredDeliveryDate,
            lines: lines.map(purchaseOrderLine), bookedAt: booked ? now : nil, createdAt: now, updatedAt: now)
        store.purchaseOrders.put(order)
        store.demand.count(order)
        return order
    }

    func book(purchaseOrder number: Int) throws(Refusal) {
        let order = try store.purchaseOrders.found(number)
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
        let order = try store.purchaseOrders.found(number)
        switch order.state {
        case .booked: break
        case .draft: throw .rule("number", "The purchase order is not booked.")
        case .partlyReceived, .received: throw .rule("number", "The purchase order has been received in part or in full.")
        case .cancelled, .deleted: throw .rule("number", "The purchase order is cancelled.")
        }
        let ids =
            behaviour.reopeningKeepsLineIDs
            ? order.lines.map(\.id) : order.lines.map { _ in store.numbers.next(\.purchaseOrderLine) }
        update(purchaseOrder: number) {
            $0.state = .draft
            $0.bookedAt = nil
            for index in $0.lines.indices { $0.lines[index].id = ids[index] }
        }
    }

    /// The office gives a purchase order up. No call of the API is known that does it.
    func cancel(purchaseOrder number: Int) throws(Refusal) {
        let order = try store.purchaseOrders.found(number)
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
        let order = try store.purchaseOrders.found(number)
        if order.state == .partlyReceived || order.state == .received {
            throw .rule("number", "The purchase order has been received in part or in full.")
        }
        guard store.receiptsOfPurchaseOrder[number, default: []].isEmpty else {
            throw .rule("number", "The purchase order has receipts that are not received yet; delete them first.")
        }
        update(purchaseOrder: number) {
            $0.state = .deleted
            $0.isListed = false
        }
    }

    /// - Throws: unless the purchase order is there and may be edited.
    func draft(purchaseOrder number: Int) throws(Refusal) -> PurchaseOrderRecord {
        let order = try store.purchaseOrders.found(number)
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
        if let id = line.id { store.numbers.taken(\.purchaseOrderLine, id) }
        return PurchaseOrderLineRecord(
            id: line.id ?? store.numbers.next(\.purchaseOrderLine), item: line.item, name: line.name, quantity: line.quantity,
            location: line.location, price: line.price, discount: line.discount, vat: line.vat, isStock: line.isStock)
    }

    /// - Parameter isDraft: whether the path says so, whatever the body's `book` says.
    func createPurchaseOrder(_ body: JSONObject, isDraft: Bool) throws(Refusal) -> PurchaseOrderRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        reader.require("supplier_id")
        var seed = PurchaseOrderSeed()
        var isBooked = false
        reader.reference("supplier_id", into: &seed.supplier) { store.suppliers[$0] != nil }
        reader.flag("book", into: &isBooked)
        readHead(reader, into: &seed)
        for line in reader.elements("lines") ?? [] {
            var lineSeed = LineSeed()
            read(line: line, into: &lineSeed)
            if !(line.object["item_id"]?.isNull ?? true) { line.require("quantity") }
            seed.lines.append(lineSeed)
        }
        try problems.throwIfAny()
        return try create(seed, booked: isBooked && !isDraft)
    }

    /// Changes a draft. Lines that are given replace all: those with an `id` keep it, those that are not named go.
    func change(purchaseOrder number: Int, _ body: JSONObject) throws(Refusal) -> PurchaseOrderRecord {
        var order = try draft(purchaseOrder: number)
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
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
        let lines = reader.elements("lines").map { replaced(order.lines, by: $0, order.vatZone, problems) }
        try problems.throwIfAny()
        if let lines {
            order.lines = lines.map { $0.record ?? purchaseOrderLine($0.new!) }
        }
        update(purchaseOrder: number) { $0 = order }
        return store.purchaseOrders[number]!
    }

    private typealias Replacement = (record: PurchaseOrderLineRecord?, new: ResolvedLine?)

    private func replaced(
        _ old: [PurchaseOrderLineRecord], by readers: [Reader], _ zone: VATZone, _ problems: Problems
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
            return (nil, resolve(seed, reader.prefix, zone, isSale: false, problems))
        }
    }

    private func readHead(_ reader: Reader, into seed: inout PurchaseOrderSeed) {
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
