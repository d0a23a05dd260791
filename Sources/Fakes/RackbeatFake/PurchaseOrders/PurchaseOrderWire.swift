import FakeKit
import JSON
import Units

/// Purchase orders as responses write them.
extension RackbeatFake {
    func wire(_ order: PurchaseOrderRecord, withLines: Bool = true) -> JSON {
        var members = Members(capacity: 32)
        members.add("number", order.number)
        members.add("is_booked", order.isBooked)
        members.add("is_received", order.state == .fulfilled)
        members.add("is_partly_received", order.isPartlyMoved)
        members.add("is_invoiced", false)
        members.add("is_partly_invoiced", false)
        members.add("is_cancelled", order.state == .cancelled)
        members.add("is_sent", order.isBooked)
        members.add("currency", order.currency)
        members.add("currency_rate", order.currencyRate)
        members.add("vat_zone", order.vatZone.rawValue)
        members.add("total_subtotal", order.lines.reduce(ExactDecimal.zero) { $0 + $1.total }.rounded(decimals: 2))
        members.add("total_total", order.lines.reduce(ExactDecimal.zero) { $0 + $1.totalInclVAT })
        if behaviour.writesNumbersOfObjects { members.add("supplier_id", order.supplier) }
        members.add("supplier", store.suppliers[order.supplier].map { wire($0) } ?? .null)
        members.add("employee_id", order.employee)
        members.add("your_reference_id", order.yourReference)
        members.add("heading", order.heading)
        members.add("note", order.note)
        members.add("purchase_date", order.purchaseDate)
        members.add("preferred_delivery_date", order.preferredDeliveryDate)
        members.add("delivery_time_in_days", JSON.null)
        members.add("booked_at", time(order.bookedAt))
        members.add("received_at", time(order.receivedAt))
        members.add("created_at", time(order.createdAt))
        members.add("updated_at", time(order.updatedAt))
        if withLines { members.add("lines", .array(order.lines.map(wire(bought:)))) }
        members.add("self", link("purchase-orders", order.number))
        return members.json
    }

    func wire(bought line: LineRecord) -> JSON {
        var members = Members(capacity: 18)
        members.add("id", line.id)
        if behaviour.writesNumbersOfObjects { members.add("child_id", line.item) }
        members.add("child_type", childType(line.item))
        members.add("item", itemReference(line.item))
        members.add("name", line.name)
        if behaviour.writesNumbersOfObjects { members.add("location_id", line.location) }
        members.add("location", reference(location: line.location))
        members.add("quantity", line.quantity)
        if behaviour.writesReceivedQuantity { members.add("quantity_received", line.fulfilled) }
        members.add("line_price", line.price)
        members.add("line_total", line.total)
        if behaviour.writesTotalInclVAT { members.add("line_total_incl_vat", line.totalInclVAT) }
        members.add("discount_percentage", line.discount)
        members.add("vat_percentage", line.vat)
        members.add("unit", reference(unitOf: line.item))
        members.add("delivery_date", JSON.null)
        return members.json
    }

    func wireOpen(_ line: LineRecord) -> JSON {
        ["item": itemReference(line.item), "quantity": .decimal(line.open), "delivery_date": nil]
    }
}
