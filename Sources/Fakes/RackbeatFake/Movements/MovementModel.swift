import JSON
package import Units

/// Goods on their way from one location of the account to another. Stock leaves the first when the movement is booked, and arrives
/// at the second when it is received.
package struct MovementRecord: Document, Equatable, Sendable {
    package let id: Int
    package let item: String
    package let from: Int
    package let to: Int
    package let quantity: ExactDecimal
    /// The ids of the two lines by which the paths of 2018 show a movement.
    let lines: (leaving: Int, arriving: Int)
    package internal(set) var isBooked = false
    package internal(set) var isReceived = false
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    var key: Int { id }
    var isListed: Bool { true }

    package static func == (left: Self, right: Self) -> Bool {
        left.id == right.id && left.isBooked == right.isBooked && left.isReceived == right.isReceived
            && left.updatedAt == right.updatedAt
    }
}

/// A count of stock at a location. Booking it sets the stock to what was counted.
package struct CheckingRecord: Document, Equatable, Sendable {
    package struct Line: Equatable, Sendable {
        package let item: String
        package let quantity: ExactDecimal
    }

    package let id: Int
    package let location: Int
    package let lines: [Line]
    package internal(set) var isBooked = false
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    var key: Int { id }
    var isListed: Bool { true }
}

/// Movements: draft → booked → received. Stock checks: draft → booked.
extension RackbeatFake {
    /// The names of a movement's members in one family of calls.
    struct MovementNames {
        let item: String
        let from: String
        let to: String
        /// Whether the item is a product or a lot, where a call requires that.
        var kind: String?
    }

    func createMovement(_ body: JSONObject, _ names: MovementNames) throws(Refusal) -> MovementRecord {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        reader.require(names.item, names.from, names.to, "quantity")
        if let kind = names.kind {
            reader.require(kind)
            checkKind(reader, kind)
        }
        var item: String?
        var (from, to): (Int?, Int?)
        var quantity = ExactDecimal.zero
        reader.text(names.item, into: &item)
        reader.reference(names.from, into: &from) { store.locations[$0] != nil }
        reader.reference(names.to, into: &to) { store.locations[$0] != nil }
        if reader.has("quantity") { reader.quantity("quantity", into: &quantity) }
        if let item, store.products[item]?.inventoryEnabled != true { reader.add(names.item, "Unknown item.") }
        if let from, from == to { reader.add(names.to, "The goods are there already.") }
        try problems.throwIfAny()
        let movement = MovementRecord(
            id: store.numbers.next(\.movement), item: item!, from: from!, to: to!, quantity: quantity,
            lines: (store.numbers.next(\.movementLine), store.numbers.next(\.movementLine)), createdAt: now, updatedAt: now)
        store.movements.put(movement)
        return movement
    }

    func checkKind(_ reader: BodyReader, _ name: String) {
        var kind: String?
        reader.text(name, into: &kind)
        if let kind, ProductKind(rawValue: kind) == nil { reader.add(name, "The selected item type is invalid.") }
    }

    /// Takes the goods from the first location.
    func book(movement id: Int) throws(Refusal) {
        let movement = try store.movements.found(id)
        guard !movement.isBooked else { throw .rule("id", "The movement is already booked.") }
        let level = stock(of: movement.item, at: movement.from) - movement.quantity
        if let objection = objection(to: level, of: movement.item, at: movement.from) { throw .rule("quantity", objection) }
        moveStock(movement.item, at: movement.from, by: -movement.quantity, .movement(id))
        store.movements.update(id) { [now] in
            $0.isBooked = true
            $0.updatedAt = now
        }
    }

    /// Adds the goods to the second location.
    func receive(movement id: Int) throws(Refusal) {
        let movement = try store.movements.found(id)
        guard movement.isBooked else { throw .rule("id", "The movement must be booked before it can be received.") }
        guard !movement.isReceived else { throw .rule("id", "The movement is already received.") }
        moveStock(movement.item, at: movement.to, by: movement.quantity, .movement(id))
        store.movements.update(id) { [now] in
            $0.isReceived = true
            $0.updatedAt = now
        }
    }

    // MARK: Stock checks

    func createChecking(_ body: JSONObject) throws(Refusal) -> CheckingRecord {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        reader.require("location", "lines")
        var location: Int?
        reader.reference("location", into: &location) { store.locations[$0] != nil }
        var lines: [CheckingRecord.Line] = []
        for line in reader.elements("lines") ?? [] {
            line.require("item_id", "quantity")
            var item: String?
            var quantity: ExactDecimal?
            line.text("item_id", into: &item)
            line.decimal("quantity", into: &quantity)
            guard let item, let quantity else { continue }
            if store.products[item]?.inventoryEnabled != true { line.add("item_id", "Unknown item.") }
            if lines.contains(where: { $0.item == item }) { line.add("item_id", "The item \(item) stands twice.") }
            lines.append(CheckingRecord.Line(item: item, quantity: quantity))
        }
        if lines.isEmpty, problems.list.isEmpty { reader.add("lines", "The lines field must have at least 1 item.") }
        try problems.throwIfAny()
        let checking = CheckingRecord(
            id: store.numbers.next(\.checking), location: location!, lines: lines, createdAt: now, updatedAt: now)
        store.stockChecks.put(checking)
        return checking
    }

    /// Sets the stock to what was counted. A line that agrees already moves nothing.
    func book(checking id: Int) throws(Refusal) -> CheckingRecord {
        let checking = try store.stockChecks.found(id)
        guard !checking.isBooked else { throw .rule("id", "The stock check is already booked.") }
        for line in checking.lines {
            let change = line.quantity - stock(of: line.item, at: checking.location)
            if !change.isZero { moveStock(line.item, at: checking.location, by: change, .checking(id)) }
        }
        store.stockChecks.update(id) { [now] in
            $0.isBooked = true
            $0.updatedAt = now
        }
        return store.stockChecks[id]!
    }
}
