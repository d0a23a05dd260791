import ClientKit
package import Exchange
import JSON
package import Trade
package import Units

extension RackbeatClient {
    /// How a change of stock is booked. The API's name for a change, as against a new total, was not found anywhere.
    package enum AdjustmentMode: Sendable {
        /// The new total is sent: what lies there now, and the change.
        case absoluteViaRead
        /// The change is sent, with a flag that says so. A server that ignores the flag would make the change the total.
        case relativeFlag
    }

    package var adjustmentMode: AdjustmentMode {
        profile["adjustment.mode"] == "relative_flag" ? .relativeFlag : .absoluteViaRead
    }

    /// Whether an adjustment is a draft until ``bookAdjustment(_:)``.
    package var adjustmentNeedsBooking: Bool { profile.isOn("adjustment.needs_booking") }

    /// Whether a line of an adjustment shows the change that it makes; otherwise the new total.
    package var adjustmentLinesShowChange: Bool { profile["adjustment.line_quantity"] == "change" }

    package var adjustmentsDeletable: Bool { profile.isOn("adjustment.deletable") }

    /// Makes an adjustment of one item at one location.
    ///
    /// - Parameters:
    ///   - quantity: The change when `isRelative`, otherwise the new total at the location.
    ///   - reason: The only place for a mark of ours by which it can be found again.
    /// - Throws: ``ExchangeError``. When its effect is `unknown`, look it up with ``adjustments(searching:)`` before making another.
    package func createAdjustment(
        item: ItemNumber, location: LocationNumber, quantity: Quantity, isRelative: Bool, date: CivilDate, reason: String
    ) throws -> StockAdjustment {
        var body: JSONObject = [
            "item_id": .string(item.text), "adjustment_type": "quantity", "quantity": .decimal(quantity.units),
            "location": .key(location), "regulated_at": .string(date.description), "reason": .string(reason),
        ]
        if isRelative { body.append(profile["adjustment.relative_flag_name"], true) }
        return try one(.post("inventory-adjustments", .object(body)), "inventory_regulation") { wire throws(WireError) in
            try StockAdjustment(wire)
        }
    }

    /// Whether an adjustment was refused for its day: Rackbeat takes none that has not begun by its own clock. Like any refusal of a
    /// member, it names the member.
    package static func refusesTheDay(_ error: ExchangeError) -> Bool {
        if case .refused(_, let message) = error.reason { message.contains("regulated_at") } else { false }
    }

    /// Books a draft. This is what moves the stock.
    package func bookAdjustment(_ id: DocumentID) throws {
        try perform(.post("inventory-adjustments/\(id)/book"))
    }

    /// Removes a draft. Nothing happens when it is gone already.
    package func deleteAdjustment(_ id: DocumentID) throws { try remove("inventory-adjustments/\(id)") }

    /// Every adjustment with exactly this reason, drafts and booked ones. The server's search is only a hint: it may match
    /// parts, or be ignored.
    package func adjustments(searching reason: String) throws -> [StockAdjustment] {
        var filters = Query()
        filters.append("search", reason)
        return try all("inventory-adjustments", "inventory_regulations", filters) { wire throws(WireError) in
            // One that somebody else made need not be readable for us.
            try wire.optional("reason", .text) == reason ? StockAdjustment(wire) : nil
        }.compactMap { $0 }
    }
}

extension StockAdjustment {
    init(_ wire: WireReader) throws(WireError) {
        let lines = try wire.rows("lines") ?? []
        self.init(
            id: DocumentID(try wire.required("id", .whole)), reason: try wire.optional("reason", .text),
            lines: try lines.map { line throws(WireError) in
                Line(
                    item: try line.itemNumber(), location: try line.locationNumber(),
                    quantity: Quantity(try line.required("quantity", .decimal)))
            })
    }
}
