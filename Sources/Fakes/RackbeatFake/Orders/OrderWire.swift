import JSON
import Units

/// Orders as responses write them.
extension RackbeatFake {
    func wire(_ order: OrderRecord, withLines: Bool = true, withFieldValues: Bool = false) -> JSON {
        let customer = store.customers[order.customer]
        var members = Members(capacity: 48)
        members.add("number", order.number)
        if behaviour.writesNumbersOfObjects { members.add("customer_id", order.customer) }
        members.add(
            "customer", customer.map { ["number": JSON(order.customer), "name": .string($0.name)] } ?? .null)
        addFlags(of: order, to: &members)
        members.add("currency", order.currency)
        members.add("currency_rate", order.currencyRate)
        members.add("vat_zone", order.vatZone.rawValue)
        let net = order.lines.reduce(ExactDecimal.zero) { $0 + $1.total }.rounded(decimals: 2)
        let gross = order.lines.reduce(ExactDecimal.zero) { $0 + $1.totalInclVAT }
        members.add("total_subtotal", net)
        members.add("total_vat", gross - net)
        members.add("total_total", gross)
        members.add("our_reference", reference(employee: order.ourReference))
        if behaviour.writesNumbersOfObjects {
            members.add("employee_id", order.ourReference)
            members.add("payment_terms_id", order.paymentTerm)
        }
        members.add("payment_terms", order.paymentTerm.flatMap { store.paymentTerms[$0] }.map { wire($0) } ?? .null)
        members.add("delivery_terms", deliveryTerms(order.deliveryTerms))
        members.add("other_reference", order.otherReference)
        members.add("heading", order.heading)
        members.add("note", order.note)
        if behaviour.writesBillingSame {
            members.add("billing_address_same", order.billingAddress == order.deliveryAddress)
        }
        members.add("billing_address", wire(order.billingAddress))
        members.add("delivery_address", wire(order.deliveryAddress))
        members.add("order_date", order.orderDate)
        members.add("deliver_at", order.deliverAt)
        members.add("booked_at", time(order.bookedAt))
        members.add("shipped_at", time(order.shippedAt))
        if order.invoice != nil { members.add("invoiced_at", time(order.invoicedAt)) }
        members.add("cancelled_at", time(order.cancelledAt))
        members.add("created_at", time(order.createdAt))
        members.add("updated_at", time(order.updatedAt))
        if withLines { members.add("lines", .array(order.lines.map(wire(sold:)))) }
        if withFieldValues { members.add("field_values", .array(order.fieldValues.map(wire))) }
        members.add("self", link("orders", order.number))
        return members.json
    }

    private func addFlags(of order: OrderRecord, to members: inout Members) {
        members.add("is_booked", order.isBooked)
        members.add("is_shipped", order.state == .fulfilled)
        members.add("is_partly_shipped", isPartlyShipped(order))
        members.add("is_ready_for_shipping", isReadyForShipping(order))
        members.add("is_cancelled", order.state == .cancelled)
        members.add("is_archived", false)
        members.add("is_invoiced", order.invoice != nil)
        members.add("is_partly_invoiced", false)
        members.add("is_ready_for_invoicing", false)
        members.add("is_ready_for_purchasing", false)
        members.add("is_partly_purchased", false)
    }

    func wire(_ value: FieldValue) -> JSON {
        ["field_id": JSON(value.field), "value": value.value.map(JSON.string) ?? .null]
    }

    func isPartlyShipped(_ order: OrderRecord) -> Bool {
        order.isPartlyMoved || (order.state == .fulfilled && behaviour.partlyShippedStaysWhenShipped)
    }

    func isReadyForShipping(_ order: OrderRecord) -> Bool { order.isOpen }

    func wire(sold line: LineRecord) -> JSON {
        var members = Members(capacity: 20)
        members.add("id", line.id)
        if behaviour.writesNumbersOfObjects { members.add("child_id", line.item) }
        members.add("child_type", childType(line.item))
        members.add("item", itemReference(line.item))
        if behaviour.writesNumbersOfObjects { members.add("location_id", line.location) }
        members.add("location", reference(location: line.location))
        members.add("name", line.name)
        members.add("quantity", line.quantity)
        members.add("quantity_shipped", line.fulfilled)
        members.add("line_price", line.price)
        members.add("line_total", line.total)
        if behaviour.writesTotalInclVAT { members.add("line_total_incl_vat", line.totalInclVAT) }
        members.add("discount_percentage", line.discount)
        members.add("vat_percentage", line.vat)
        members.add("unit", reference(unitOf: line.item))
        members.add("variations", [])
        members.add("created_at", time(line.createdAt))
        members.add("updated_at", time(line.updatedAt))
        return members.json
    }

    private func deliveryTerms(_ text: String?) -> JSON {
        guard let text else { return .null }
        switch behaviour.deliveryTerms {
        case .string: return .string(text)
        case .object:
            let number = store.deliveryTerms.all.first { $0.name == text }?.number
            return ["number": number.map(JSON.init(_:)) ?? .null, "name": .string(text)]
        case .null: return .null
        }
    }

    private func wire(_ address: Address) -> JSON {
        var members = Members(capacity: 9)
        members.add("name", address.name)
        if behaviour.writesName2 { members.add("name2", address.name2) }
        members.add(placeOf: address)
        return members.json
    }
}
