import FakeKit
import JSON
import Units

extension RackbeatFake {
    func wire(_ adjustment: AdjustmentRecord) -> JSON {
        let change = change(of: adjustment)
        let total = adjustment.stockAfter ?? (stock(of: adjustment.item, at: adjustment.location) + change)
        var line = Members(capacity: 6)
        line.add("id", adjustment.lineID)
        line.add("child_id", adjustment.item)
        line.add("child_type", childType(adjustment.item))
        line.add("location_id", adjustment.location)
        line.add("location", reference(location: adjustment.location))
        line.add("quantity", behaviour.adjustmentLinesShowTotal ? total : change)
        var members = Members(capacity: 8)
        members.add("id", adjustment.id)
        members.add("reason", adjustment.reason)
        members.add("description", JSON.null)
        members.add("regulated_at", adjustment.date)
        members.add("lines", [line.json])
        members.add("created_at", time(adjustment.createdAt))
        members.add("updated_at", time(adjustment.updatedAt))
        return members.json
    }
}
