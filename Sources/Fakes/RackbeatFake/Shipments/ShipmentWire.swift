import JSON
import Units

extension RackbeatFake {
    func wire(_ shipment: ShipmentRecord) -> JSON {
        let order = store.orders[any: shipment.order]
        let customer = order.flatMap { store.customers[$0.customer] }
        let picked = shipment.lines.filter(\.isPicked).count
        var members = Members()
        members.add("id", shipment.id)
        members.add("order_id", shipment.order)
        members.add("order", ["number": JSON(shipment.order), "customer_id": order.map { JSON($0.customer) } ?? .null])
        members.add("customer", customer.map { ["number": JSON($0.number), "name": .string($0.name)] } ?? .null)
        members.add("is_picked", picked > 0 && picked == shipment.lines.count)
        members.add("is_partly_picked", picked > 0 && picked < shipment.lines.count)
        members.add("is_shipped", shipment.isShipped)
        members.add("shipping_date", shipment.shippedAt?.date(in: behaviour.zone))
        members.add("lines", .array(shipment.lines.map(wire)))
        members.add("created_at", time(shipment.createdAt))
        members.add("updated_at", time(shipment.updatedAt))
        members.add("self", link("order-shipments", shipment.id))
        return members.json
    }

    func wire(_ line: ShipmentLineRecord) -> JSON {
        var members = Members(capacity: 10)
        members.add("id", line.id)
        if behaviour.shipmentLinesNameOrderLines { members.add("order_line_id", line.orderLine) }
        members.add("child_id", line.item)
        members.add("child_type", childType(line.item))
        members.add("location_id", line.location)
        members.add("location", ["number": JSON(line.location)])
        members.add("quantity", line.quantity)
        members.add("is_picked", line.isPicked)
        members.add("picked_by", JSON.null)
        return members.json
    }
}
