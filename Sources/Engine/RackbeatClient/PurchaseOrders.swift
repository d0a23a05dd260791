import ClientKit
import Exchange
import JSON
package import Trade
package import Units

extension RackbeatClient {
    /// One page of the purchase orders that changed at `updatedFrom` or later, in whatever state, newest change first.
    package func purchaseOrders(updatedFrom: Moment?, page: Int) throws -> Page<PurchaseOrder> {
        if page == 1 { suppliers.removeAll() }
        return try changes("purchase-orders", "purchase_orders", from: updatedFrom, page: page, Query()) {
            try purchaseOrderRow($0, updatedFrom)
        }
    }

    /// One page of the purchase orders that are booked and not received in full, newest change first. The filter is a hint: what it
    /// lets through is to be looked at again.
    package func openPurchaseOrders(page: Int) throws -> Page<PurchaseOrder> {
        if page == 1 { suppliers.removeAll() }
        var query = Query()
        query.append("is_booked", "true")
        query.append("is_received", "false")
        return try changes("purchase-orders", "purchase_orders", from: nil, page: page, query) { try purchaseOrderRow($0, nil) }
    }

    private func purchaseOrderRow(_ wire: WireReader, _ updatedFrom: Moment?) throws -> PurchaseOrder? {
        guard try embedsLines(wire, asAssumedBy: "po.list_embeds_lines") else {
            guard try !isOlder(wire, than: updatedFrom) else { return nil }
            return try purchaseOrder(PurchaseOrderNumber(try wire.required("number", .key)))
        }
        let order = try PurchaseOrder(wire)
        return try isOlder(wire, than: updatedFrom) ? order : completed(order, from: wire)
    }

    /// - Returns: `nil` when the account has no such purchase order.
    package func purchaseOrder(_ number: PurchaseOrderNumber) throws -> PurchaseOrder? {
        let call = Call.get("purchase-orders/\(segment(number))")
        let read = try oneIfPresent(call, "purchase_order") { wire throws(WireError) in (try PurchaseOrder(wire), wire) }
        return try read.map { order, wire in try completed(order, from: wire) }
    }

    /// The name of a supplier; `nil` when the account has no such supplier, or it has no name.
    ///
    /// Read once for each list of products or purchase orders, so that a new name is seen by the next run.
    package func supplierName(_ number: String) throws -> String? { try supplier(number)?.name }

    /// Purchase orders may carry only a stub of their supplier, or its number. Its address is then read from the supplier itself.
    private func completed(_ order: PurchaseOrder, from wire: WireReader) throws -> PurchaseOrder {
        guard let stub = order.supplier, !Supplier.hasAddress(wire.value["supplier"]) else { return order }
        var order = order
        order.supplier = try supplier(stub.number) ?? stub
        return order
    }

    private func supplier(_ number: String) throws -> Supplier? {
        if let known = suppliers[number] { return known }
        let supplier = try oneIfPresent(.get("suppliers/\(segment(number))"), "supplier") { wire throws(WireError) in
            try Supplier(wire)
        }
        suppliers.updateValue(supplier, forKey: number)
        return supplier
    }
}

extension PurchaseOrder {
    init(_ wire: WireReader) throws(WireError) {
        self.init(
            number: PurchaseOrderNumber(try wire.required("number", .key)), progress: try PurchaseProgress(wire),
            lines: try wire.requiredRows("lines").map { line throws(WireError) in try PurchaseLine(line) },
            updatedAt: try wire.required("updated_at", .moment))
        note = try wire.optional("note", .text)
        yourReference = try wire.optional("your_reference_id", .key)
        currency = try wire.optional("currency", .text)
        createdAt = try wire.optional("created_at", .moment)
        if let embedded = try wire.object("supplier") {
            supplier = try Supplier(embedded)
        } else {
            supplier = try wire.optional("supplier_id", .key).map { Supplier(number: $0, name: nil) }
        }
    }
}

extension PurchaseProgress {
    /// Reads the row of flags into the few cases that can happen. A cancelled purchase order is cancelled whatever else is set.
    init(_ wire: WireReader) throws(WireError) {
        let isBooked = try wire.required("is_booked", .flag)
        let isReceived = try wire.optional("is_received", .flag) ?? false
        if try wire.optional("is_cancelled", .flag) ?? false {
            self = .cancelled
            return
        }
        switch (isBooked, isReceived) {
        // Reopened after a part of it was moved, it is a draft as any other.
        case (false, false): self = .draft
        case (true, false): self = .booked
        case (true, true): self = .received
        case (false, true):
            throw WireError(problem: "\(wire.pointer) contradicts itself: is_received without is_booked")
        }
    }
}

extension PurchaseLine {
    init(_ wire: WireReader) throws(WireError) {
        self.init(
            id: LineID(try wire.required("id", .key)), item: try wire.itemNumber(), location: try wire.locationNumber(),
            quantity: Quantity(try wire.required("quantity", .decimal)))
        name = try wire.first(.text, of: "item/name", "name")
        isKit = try wire.optional("child_type", .text) == "lot"
        received = try wire.optional("quantity_received", .decimal).map { Quantity($0) }
        lineTotal = try wire.optional("line_total", .decimal).map { Money($0) }
        lineTotalWithVAT = try wire.optional("line_total_incl_vat", .decimal).map { Money($0) }
        vatPercent = try wire.optional("vat_percentage", .decimal)
    }
}

extension Supplier {
    /// Old responses call the name `company_name`. The group stands inside as an object, or only as its number, or not at all.
    init(_ wire: WireReader) throws(WireError) {
        self.init(
            number: try wire.required("number", .key),
            name: try wire.first(.text, of: "name", "company_name"))
        street = try wire.optional("address_street", .text)
        street2 = try wire.optional("address_street2", .text)
        city = try wire.optional("address_city", .text)
        postCode = try wire.optional("address_zipcode", .text)
        country = try wire.optional("address_country", .text)
        email = try wire.optional("contact_email", .text)
        phone = try wire.optional("contact_phone", .text)
        groupNumber = try wire.first(.key, of: "supplier_group/number", "supplier_group_id")
        groupName = try wire.first(.text, of: "supplier_group/name")
    }

    /// Rackbeat writes null for what has no value, so a supplier without the members themselves is only a stub.
    static func hasAddress(_ value: JSON?) -> Bool {
        value?.object?.names.contains { $0.hasPrefix("address_") } ?? false
    }
}
