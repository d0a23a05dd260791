import FakeKit
import JSON
import Units

extension RackbeatFake {
    func wire(_ receipt: ReceiptRecord) -> JSON {
        var members = Members()
        members.add("number", receipt.number)
        members.add("is_received", receipt.isReceived)
        members.add("received_at", time(receipt.receivedAt))
        members.add("purchase_order", shortPurchaseOrder(receipt.purchaseOrder))
        members.add("lines", .array(receipt.lines.map(wire)))
        members.add("created_at", time(receipt.createdAt))
        members.add("updated_at", time(receipt.updatedAt))
        members.add("self", link("purchase-order-receipts", receipt.number))
        return members.json
    }

    private func shortPurchaseOrder(_ number: Int) -> JSON {
        let supplier = store.purchaseOrders[any: number].flatMap { store.suppliers[$0.supplier] }
        var members = Members(capacity: 4)
        members.add("number", number)
        members.add("supplier_id", supplier?.number)
        members.add(
            "supplier", supplier.map { ["number": JSON($0.number), "company_name": .string($0.name)] } ?? .null)
        members.add("self", link("purchase-orders", number))
        return members.json
    }

    func wire(_ line: ReceiptLineRecord) -> JSON {
        var members = Members(capacity: 8)
        members.add("id", line.id)
        members.add("child_id", line.item)
        members.add("child_type", childType(line.item))
        members.add("location_id", line.location)
        members.add("location", ["number": JSON(line.location)])
        members.add("name", store.products[any: line.item]?.name)
        members.add("quantity", line.quantity)
        return members.json
    }
}
