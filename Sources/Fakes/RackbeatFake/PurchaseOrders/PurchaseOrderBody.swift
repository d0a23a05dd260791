import JSON
import Units

/// Purchase orders as requests describe them.
extension RackbeatFake {
    /// - Parameter isDraft: whether the path says so, whatever the body's `book` says.
    func createPurchaseOrder(_ body: JSONObject, isDraft: Bool) throws(Refusal) -> PurchaseOrderRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        reader.require("supplier_id")
        var seed = PurchaseOrderSeed()
        var isBooked = false
        reader.reference("supplier_id", into: &seed.supplier) { supplierBook[$0] != nil }
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
        reader.reference("supplier_id", into: &seed.supplier) { supplierBook[$0] != nil }
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
        return purchaseOrderBook[number]!
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
        reader.reference("employee_id", into: &seed.employee) { employeeBook[$0] != nil }
        reader.int("your_reference_id", into: &seed.yourReference)
        reader.text("heading", into: &seed.heading)
        reader.text("note", into: &seed.note, limit: 800)
        reader.date("purchase_date", into: &seed.purchaseDate)
        reader.date("preferred_delivery_date", into: &seed.preferredDeliveryDate)
    }
}
