import JSON
package import Units

/// What the quantity of an adjustment means.
package enum AdjustmentMeaning: String, Equatable, Sendable {
    /// The quantity is the new stock at the location.
    case total
    /// The quantity is added to the stock.
    case change
}

/// A stock adjustment as the fake holds it (Rackbeat: inventory regulation). Stock moves when it is booked.
package struct AdjustmentRecord: Document, Equatable, Sendable {
    package let id: Int
    package let lineID: Int
    package let item: String
    package let location: Int
    package let meaning: AdjustmentMeaning
    /// As requested.
    package let quantity: ExactDecimal
    /// The change of stock; `nil` while it is a draft.
    package internal(set) var change: ExactDecimal?
    /// The stock right after it was booked; `nil` while it is a draft.
    package internal(set) var stockAfter: ExactDecimal?
    package let reason: String
    package let date: CivilDate
    /// Whether people counted by hand, not a caller of the API.
    package let isByHand: Bool
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    package var isBooked: Bool { change != nil }

    var key: Int { id }
    var isListed: Bool { true }
}

/// Adjustments: draft → booked. The change of a total is computed when it is booked, so that it overwrites whatever moved stock since
/// the draft was made.
extension RackbeatFake {
    func createAdjustment(_ body: JSONObject) throws(Refusal) -> AdjustmentRecord {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        reader.require("item_id", "adjustment_type", "quantity", "location", "regulated_at", "reason")
        var (item, kind, reason): (String?, String?, String?)
        reader.text("item_id", into: &item)
        reader.text("adjustment_type", into: &kind)
        reader.text("reason", into: &reason)
        var location: Int?
        reader.reference("location", into: &location) { store.locations[$0] != nil }
        var quantity: ExactDecimal?
        reader.decimal("quantity", into: &quantity, allowed: -BodyReader.largest...BodyReader.largest)
        var date: CivilDate?
        reader.date("regulated_at", into: &date)
        var isRelative = false
        if behaviour.adjustmentMode == .relativeFlag, !behaviour.ignoresRelativeFlag {
            reader.flag(behaviour.relativeFlag, into: &isRelative)
        }
        if let kind, kind != "quantity" { reader.add("adjustment_type", "The selected adjustment type is invalid.") }
        if let reason, reason.isEmpty { reader.add("reason", "The reason field is required.") }
        if let date, date > today { reader.add("regulated_at", "The regulated at may not be after today.") }
        if let item, store.products[item]?.inventoryEnabled != true { reader.add("item_id", "Unknown item.") }
        try problems.throwIfAny()
        return try adjust(
            item!, at: location!, quantity!, isRelative ? .change : .total, reason: reason!, date: date!, isByHand: false)
    }

    /// Creates an adjustment. Books it at once when the profile has no second step, or when it is made by hand.
    func adjust(
        _ item: String, at location: Int, _ quantity: ExactDecimal, _ meaning: AdjustmentMeaning, reason: String,
        date: CivilDate, isByHand: Bool
    ) throws(Refusal) -> AdjustmentRecord {
        let draft = try draft(item, at: location, quantity, meaning, reason: reason, date: date, isByHand: isByHand)
        let isBookedAtOnce = isByHand || !behaviour.adjustmentsNeedBooking
        guard isBookedAtOnce else { return draft }
        do throws(Refusal) {
            try checkBooking(draft)
        } catch {
            store.adjustments.remove(draft.id)
            throw error
        }
        carryOut(draft)
        return store.adjustments[draft.id]!
    }

    func draft(
        _ item: String, at location: Int, _ quantity: ExactDecimal, _ meaning: AdjustmentMeaning, reason: String,
        date: CivilDate, isByHand: Bool
    ) throws(Refusal) -> AdjustmentRecord {
        let draft = AdjustmentRecord(
            id: store.numbers.next(\.adjustment), lineID: store.numbers.next(\.adjustmentLine), item: item, location: location,
            meaning: meaning, quantity: quantity, change: nil, stockAfter: nil, reason: reason, date: date,
            isByHand: isByHand, createdAt: now, updatedAt: now)
        try refuseIfNothingChanges(draft)
        store.adjustments.put(draft)
        return draft
    }

    func book(adjustment id: Int) throws(Refusal) -> AdjustmentRecord {
        let adjustment = try store.adjustments.found(id)
        if adjustment.isBooked {
            guard behaviour.refusesDoubleBooking else { return adjustment }
            throw .rule("id", "The adjustment is already booked.")
        }
        try refuseIfNothingChanges(adjustment)
        try checkBooking(adjustment)
        carryOut(adjustment)
        return store.adjustments[id]!
    }

    func delete(adjustment id: Int) throws(Refusal) {
        let adjustment = try store.adjustments.found(id)
        guard !adjustment.isBooked else { throw .rule("id", "The adjustment is booked and cannot be deleted.") }
        store.adjustments.remove(id)
    }

    /// The change of stock by the adjustment: as it was when it is booked, else as it would be now.
    func change(of adjustment: AdjustmentRecord) -> ExactDecimal {
        if let change = adjustment.change { return change }
        switch adjustment.meaning {
        case .change: return adjustment.quantity
        case .total: return adjustment.quantity - stock(of: adjustment.item, at: adjustment.location)
        }
    }

    private func refuseIfNothingChanges(_ adjustment: AdjustmentRecord) throws(Refusal) {
        guard behaviour.refusesZeroChange, change(of: adjustment).isZero else { return }
        throw .rule(
            "quantity", "The adjustment of \(adjustment.item) at location \(adjustment.location) would change nothing.")
    }

    private func checkBooking(_ adjustment: AdjustmentRecord) throws(Refusal) {
        let level = stock(of: adjustment.item, at: adjustment.location) + change(of: adjustment)
        if let objection = objection(to: level, of: adjustment.item, at: adjustment.location) {
            throw .rule("quantity", objection)
        }
    }

    private func carryOut(_ adjustment: AdjustmentRecord) {
        let change = change(of: adjustment)
        let cause: StockCause =
            adjustment.isByHand ? .count(adjustment.id, reason: adjustment.reason) : .adjustment(adjustment.id)
        moveStock(adjustment.item, at: adjustment.location, by: change, cause)
        let level = stock(of: adjustment.item, at: adjustment.location)
        store.adjustments.update(adjustment.id) { [now] in
            $0.change = change
            $0.stockAfter = level
            $0.updatedAt = now
        }
    }
}
