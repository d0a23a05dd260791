import Exchange
import FakeKit
import JSON
import Units

extension RackbeatFake {
    /// The stock of an item at one location.
    func wireStock(of item: String, at location: LocationRecord) -> JSON {
        let stock = stock(of: item, at: location.number)
        var members = Members(capacity: 4)
        members.add("number", location.number)
        members.add("name", location.name)
        members.add("stock_quantity", stock)
        members.add("available_quantity", stock - reserved(item, at: location.number))
        return members.json
    }

    /// The free stock of an item at one location.
    func wireAvailable(_ item: String, at location: LocationRecord) -> JSON {
        let free = stock(of: item, at: location.number) - reserved(item, at: location.number)
        return [
            "number": JSON(location.number), "name": .string(location.name), "available_quantity": .decimal(free),
        ]
    }

    /// One movement of stock in the ledger report.
    func wire(_ movement: LedgerRow) -> JSON {
        guard !behaviour.ledgerHasOtherRows else { return otherWire(movement) }
        var members = Members(capacity: 8)
        members.add("id", movement.entry.number)
        members.add("item_number", movement.entry.item)
        members.add("location_id", Int(movement.entry.place))
        members.add("quantity", movement.entry.change)
        members.add("type", movement.type)
        members.add("document_id", movement.document)
        members.add("created_at", time(movement.entry.time.truncatedToSecond))
        return members.json
    }

    /// The same with names that nobody would guess.
    private func otherWire(_ movement: LedgerRow) -> JSON {
        var members = Members(capacity: 5)
        members.add("transaction", movement.entry.number)
        members.add("item", movement.entry.item)
        members.add("warehouse", Int(movement.entry.place))
        members.add("in_out", movement.entry.change)
        members.add("booked_at", time(movement.entry.time.truncatedToSecond))
        return members.json
    }
}
