import JSON
import Units

/// Movements: draft → booked → received. Stock checks: draft → booked.
extension RackbeatFake {
    /// What a family of calls names the members of a movement.
    struct MovementNames {
        let item: String
        let from: String
        let to: String
        /// Whether the item is a product or a lot, where that is asked for.
        var kind: String?
    }

    func createMovement(_ body: JSONObject, _ names: MovementNames) throws(Refusal) -> MovementRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        reader.require(names.item, names.from, names.to, "quantity")
        if let kind = names.kind {
            reader.require(kind)
            checkKind(reader, kind)
        }
        var item: String?
        var (from, to): (Int?, Int?)
        var quantity = ExactDecimal.zero
        reader.text(names.item, into: &item)
        reader.reference(names.from, into: &from) { locationBook[$0] != nil }
        reader.reference(names.to, into: &to) { locationBook[$0] != nil }
        if reader.has("quantity") { reader.quantity("quantity", into: &quantity) }
        if let item, productBook[item]?.inventoryEnabled != true { reader.add(names.item, "Unknown item.") }
        if let from, from == to { reader.add(names.to, "The goods are there already.") }
        try problems.throwIfAny()
        let movement = MovementRecord(
            id: numbers.nextMovement(), item: item!, from: from!, to: to!, quantity: quantity,
            lines: (numbers.nextMovementLine(), numbers.nextMovementLine()), createdAt: now, updatedAt: now)
        movementBook.put(movement)
        return movement
    }

    func checkKind(_ reader: Reader, _ name: String) {
        var kind: String?
        reader.text(name, into: &kind)
        if let kind, ProductKind(rawValue: kind) == nil { reader.add(name, "The selected item type is invalid.") }
    }

    /// Takes the goods from where they lie.
    func book(movement id: Int) throws(Refusal) {
        guard let movement = movementBook[id] else { throw .notFound }
        guard !movement.isBooked else { throw .rule("id", "The movement is already booked.") }
        let level = stock(of: movement.item, at: movement.from) - movement.quantity
        if let objection = objection(to: level, of: movement.item, at: movement.from) { throw .rule("quantity", objection) }
        moveStock(movement.item, at: movement.from, by: -movement.quantity, .movement(id))
        movementBook.update(id) { [now] in
            $0.isBooked = true
            $0.updatedAt = now
        }
    }

    /// Brings the goods in where they were sent.
    func receive(movement id: Int) throws(Refusal) {
        guard let movement = movementBook[id] else { throw .notFound }
        guard movement.isBooked else { throw .rule("id", "The movement must be booked before it can be received.") }
        guard !movement.isReceived else { throw .rule("id", "The movement is already received.") }
        moveStock(movement.item, at: movement.to, by: movement.quantity, .movement(id))
        movementBook.update(id) { [now] in
            $0.isReceived = true
            $0.updatedAt = now
        }
    }

    // MARK: Stock checks

    func createChecking(_ body: JSONObject) throws(Refusal) -> CheckingRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        reader.require("location", "lines")
        var location: Int?
        reader.reference("location", into: &location) { locationBook[$0] != nil }
        var lines: [CheckingRecord.Line] = []
        for line in reader.elements("lines") ?? [] {
            line.require("item_id", "quantity")
            var item: String?
            var quantity: ExactDecimal?
            line.text("item_id", into: &item)
            line.decimal("quantity", into: &quantity)
            guard let item, let quantity else { continue }
            if productBook[item]?.inventoryEnabled != true { line.add("item_id", "Unknown item.") }
            if lines.contains(where: { $0.item == item }) { line.add("item_id", "The item \(item) stands twice.") }
            lines.append(CheckingRecord.Line(item: item, quantity: quantity))
        }
        if lines.isEmpty, problems.list.isEmpty { reader.add("lines", "The lines field must have at least 1 item.") }
        try problems.throwIfAny()
        let checking = CheckingRecord(
            id: numbers.nextChecking(), location: location!, lines: lines, createdAt: now, updatedAt: now)
        checkingBook.put(checking)
        return checking
    }

    /// Makes the books say what was counted. What agrees already moves nothing.
    func book(checking id: Int) throws(Refusal) -> CheckingRecord {
        guard let checking = checkingBook[id] else { throw .notFound }
        guard !checking.isBooked else { throw .rule("id", "The stock check is already booked.") }
        for line in checking.lines {
            let change = line.quantity - stock(of: line.item, at: checking.location)
            if !change.isZero { moveStock(line.item, at: checking.location, by: change, .checking(id)) }
        }
        checkingBook.update(id) { [now] in
            $0.isBooked = true
            $0.updatedAt = now
        }
        return checkingBook[id]!
    }
}
