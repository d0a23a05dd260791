import ClientKit
import Exchange
import JSON
package import Trade
package import Units

extension RackbeatClient {
    /// One page of the orders that changed at `updatedFrom` or later, in whatever state, newest change first.
    ///
    /// Not filtered to booked ones: an order that was reopened or cancelled has to be seen too.
    package func orders(updatedFrom: Moment?, page: Int) throws -> Page<SalesOrder> {
        try changes("orders", "orders", from: updatedFrom, page: page, Query()) { try orderRow($0, updatedFrom) }
    }

    private func orderRow(_ wire: WireReader, _ updatedFrom: Moment?) throws -> SalesOrder? {
        guard try embedsLines(wire, asAssumedBy: "orders.list_embeds_lines") else {
            guard try !isOlder(wire, than: updatedFrom) else { return nil }
            return try order(OrderNumber(try wire.required("number", .key)))
        }
        return try SalesOrder(wire)
    }

    /// One page of the orders that are booked and not shipped in full, newest change first. The filter is a hint: what it lets
    /// through is to be looked at again.
    package func openOrders(page: Int) throws -> Page<SalesOrder> {
        var query = Query()
        query.append("is_booked", "true")
        query.append("is_shipped", "false")
        return try changes("orders", "orders", from: nil, page: page, query) { try orderRow($0, nil) }
    }

    /// - Returns: `nil` when the account has no such order.
    package func order(_ number: OrderNumber) throws -> SalesOrder? {
        try oneIfPresent(.get("orders/\(segment(number))"), "order") { wire throws(WireError) in try SalesOrder(wire) }
    }

    /// Whether a row last changed before what was asked for. The bound goes further back where the account's clock is not known, and
    /// such a row is not worth a call of its own.
    func isOlder(_ wire: WireReader, than moment: Moment?) throws(WireError) -> Bool {
        guard let moment, let updatedAt = try wire.optional("updated_at", .moment) else { return false }
        return updatedAt < moment
    }

    /// Whether a row of a list has its lines. An empty array proves nothing where lists are assumed to leave them out.
    func embedsLines(_ wire: WireReader, asAssumedBy key: String) throws(WireError) -> Bool {
        guard let lines = try wire.rows("lines") else { return false }
        return !lines.isEmpty || profile.isOn(key)
    }
}

extension SalesOrder {
    init(_ wire: WireReader) throws(WireError) {
        self.init(
            number: OrderNumber(try wire.required("number", .key)), progress: try OrderProgress(wire),
            lines: try wire.requiredRows("lines").map { line throws(WireError) in try SalesLine(line) },
            updatedAt: try wire.required("updated_at", .moment))
        currency = try wire.optional("currency", .text)
        deliverAt = try wire.optional("deliver_at", .day)
        deliveryTerms = try Self.deliveryTerms(wire)
        let ourReference = try wire.object("our_reference")
        ourReferenceName = try ourReference?.optional("name", .text)
        ourReferenceNumber = try ourReference?.optional("number", .key)
        let paymentTerms = try wire.object("payment_terms")
        paymentTermsName = try paymentTerms?.optional("name", .text)
        paymentTermsDescription = try paymentTerms?.optional("description", .text)
        paymentTermsNumber = try wire.first(.key, of: "payment_terms/number", "payment_terms_id")
        customerNumber = try wire.first(.key, of: "customer/number", "customer_id")
        customerName = try wire.first(.text, of: "customer/name")
        deliveryAddress = try wire.object("delivery_address").map { address throws(WireError) in try Address(address) }
        billingAddress = try wire.object("billing_address").map { address throws(WireError) in try Address(address) }
    }

    /// Written as a text; whether it comes back as one or as an object with a name is not known.
    private static func deliveryTerms(_ wire: WireReader) throws(WireError) -> String? {
        if wire.value["delivery_terms"]?.object != nil { return try wire.object("delivery_terms")?.optional("name", .text) }
        return try wire.optional("delivery_terms", .text)
    }
}

extension OrderProgress {
    /// Reads the row of flags into the few cases that can happen. A cancelled order is cancelled whatever else is set.
    init(_ wire: WireReader) throws(WireError) {
        let isBooked = try wire.required("is_booked", .flag)
        let isShipped = try wire.optional("is_shipped", .flag) ?? false
        if try wire.optional("is_cancelled", .flag) ?? false {
            self = .cancelled
            return
        }
        switch (isBooked, isShipped) {
        // Reopened after a part of it was moved, it is a draft as any other.
        case (false, false): self = .draft
        case (true, false): self = .booked
        case (true, true): self = .shipped
        case (false, true):
            throw WireError(problem: "\(wire.pointer) contradicts itself: is_shipped without is_booked")
        }
    }
}

extension SalesLine {
    init(_ wire: WireReader) throws(WireError) {
        self.init(
            id: LineID(try wire.required("id", .key)), item: try wire.itemNumber(), location: try wire.locationNumber(),
            quantity: Quantity(try wire.required("quantity", .decimal)))
        name = try wire.first(.text, of: "item/name", "name")
        isKit = try wire.optional("child_type", .text) == "lot"
        shipped = try wire.optional("quantity_shipped", .decimal).map { Quantity($0) }
        lineTotal = try wire.optional("line_total", .decimal).map { Money($0) }
        lineTotalWithVAT = try wire.optional("line_total_incl_vat", .decimal).map { Money($0) }
        vatPercent = try wire.optional("vat_percentage", .decimal)
    }
}

extension WireReader {
    /// The item of a line; `nil` for a line of text.
    func itemNumber() throws(WireError) -> ItemNumber? {
        try first(.key, of: "item/number", "child_id").map { ItemNumber($0) }
    }

    /// The location of a line; `nil` when the line leaves it to a default.
    func locationNumber() throws(WireError) -> LocationNumber? {
        try first(.key, of: "location/number", "location_id").map { LocationNumber($0) }
    }
}

extension Address {
    init(_ wire: WireReader) throws(WireError) {
        self.init()
        name = try wire.optional("name", .text)
        name2 = try wire.optional("name2", .text)
        street = try wire.optional("street", .text)
        street2 = try wire.optional("street2", .text)
        city = try wire.optional("city", .text)
        postCode = try wire.optional("zipcode", .text)
        country = try wire.optional("country", .text)
        email = try wire.optional("email", .text)
        phone = try wire.optional("phone", .text)
    }
}
