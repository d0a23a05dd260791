import Exchange
import FakeKit
import JSON
import Units

extension RackbeatFake {
    func wireAsRegulation(_ movement: MovementRecord) -> JSON {
        func line(_ id: Int, _ location: Int, _ quantity: ExactDecimal) -> JSON {
            [
                "id": JSON(id), "child_id": .string(movement.item), "child_type": childType(movement.item),
                "location_id": JSON(location), "location": reference(location: location), "quantity": .decimal(quantity),
            ]
        }
        let (leaving, arriving) = movement.lines
        return [
            "id": JSON(movement.id), "reason": nil, "description": nil,
            "lines": [
                line(leaving, movement.from, -movement.quantity), line(arriving, movement.to, movement.quantity),
            ],
            "created_at": time(movement.createdAt), "updated_at": time(movement.updatedAt),
        ]
    }

    func wire(_ movement: MovementRecord) -> JSON {
        var members = Members()
        members.add("id", movement.id)
        members.add("item_id", movement.item)
        members.add("from_location", movement.from)
        members.add("to_location", movement.to)
        members.add("quantity", movement.quantity)
        members.add("is_booked", movement.isBooked)
        members.add("is_received", movement.isReceived)
        members.add("created_at", time(movement.createdAt))
        members.add("updated_at", time(movement.updatedAt))
        return members.json
    }

    func wire(_ checking: CheckingRecord) -> JSON {
        var members = Members()
        members.add("id", checking.id)
        members.add("location", checking.location)
        members.add("is_booked", checking.isBooked)
        members.add(
            "lines", .array(checking.lines.map { ["item_id": .string($0.item), "quantity": .decimal($0.quantity)] }))
        members.add("created_at", time(checking.createdAt))
        members.add("updated_at", time(checking.updatedAt))
        return members.json
    }
}
