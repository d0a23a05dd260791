package import FakeKit
package import Units

/// Allocating, picking and unpicking.
extension OngoingFake {
    /// Some of one line, by its row number.
    package struct LineQuantity: Sendable {
        package let row: String
        package let quantity: ExactDecimal
        package let batch: String?
        package let serial: String?

        package init(row: String, quantity: ExactDecimal, batch: String? = nil, serial: String? = nil) {
            self.row = row
            self.quantity = quantity
            self.batch = batch
            self.serial = serial
        }

        var label: StockLabel { StockLabel(batch: batch, serial: serial) }

        var labelText: String {
            [batch.map { "batch \($0) of " }, serial.map { "serial \($0) of " }].compactMap { $0 }.joined()
        }
    }

    private func requirePositive(_ quantity: ExactDecimal, _ action: String) throws(ActionError) {
        guard quantity > .zero else { throw ActionError("Cannot \(action): the quantity \(quantity) is not above zero.") }
    }

    private func document(_ order: OrderRecord) -> String { "order \(order.number)" }

    /// Reserves stock. The status becomes 320 when nothing is left to be allocated.
    ///
    /// - Parameter lines: `nil`: all that is open, as far as the stock goes.
    package func allocate(goodsOwner: Int, order number: String, lines: [LineQuantity]? = nil) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "allocate")
        var allocations: [(index: Int, quantity: ExactDecimal)] = []
        var free: [Int: ExactDecimal] = [:]
        func left(_ article: Int) -> ExactDecimal {
            free[article] ?? owner.articles[article].onHand - owner.articles[article].figures.allocated
        }
        if let lines {
            for line in lines {
                let index = try index(of: line.row, in: order, to: "allocate")
                let action = "allocate \(line.quantity) on row \(line.row) of order \(number)"
                try requirePositive(line.quantity, action)
                let target = order.lines[index]
                let open = atLeastZero(target.ordered - max(target.allocated, target.picked))
                guard line.quantity <= open else { throw ActionError("Cannot \(action): only \(open) are open.") }
                guard line.quantity <= left(target.articleID) else {
                    throw ActionError("Cannot \(action): only \(left(target.articleID)) of article \(target.article) are free.")
                }
                free[target.articleID] = left(target.articleID) - line.quantity
                allocations.append((index, line.quantity))
            }
        } else {
            for (index, line) in order.lines.enumerated() where !line.isKitHead && line.shouldBePicked {
                let open = atLeastZero(line.ordered - max(line.allocated, line.picked))
                let quantity = min(open, atLeastZero(left(line.articleID)))
                guard quantity > .zero else { continue }
                free[line.articleID] = left(line.articleID) - quantity
                allocations.append((index, quantity))
            }
            guard !allocations.isEmpty else {
                throw ActionError("Cannot allocate order \(number): nothing is open, or no open article has free stock.")
            }
        }
        let now = store.clock()
        owner.changeOrder(order.id, at: now) { order in
            for (index, quantity) in allocations {
                let line = order.lines[index]
                order.lines[index].allocated = max(line.allocated, line.picked) + quantity
            }
            let isDone = order.lines.allSatisfy {
                $0.isKitHead || !$0.shouldBePicked || max($0.allocated, $0.picked) >= $0.ordered
            }
            if isDone, order.status < OrderStatus.allocated { owner.move(&order, to: OrderStatus.allocated, at: now) }
        }
    }

    /// Takes goods from the shelf. The status becomes 400 when nothing is open any more, else at least 320; one that is
    /// beyond that stays.
    ///
    /// - Parameters:
    ///   - lines: `nil`: all that is open.
    ///   - allowOver: the tenant lets people pick more than was ordered.
    package func pick(
        goodsOwner: Int, order number: String, lines: [LineQuantity]? = nil, allowOver: Bool = false
    ) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "pick")
        let wanted = if let lines { lines } else { try open(of: order) }
        let picks = try checkedPicks(wanted, order, owner, allowOver)
        let now = store.clock()
        var items: [(index: Int, items: [PickedItem])] = []
        for (index, quantity) in picks {
            let taken = owner.takeOut(
                quantity.quantity, of: order.lines[index].articleID, quantity.label, cause: StockCause.pick,
                document: document(order), at: now)
            items.append((index, taken.map { picked($0, quantity, now) }))
        }
        owner.changeOrder(order.id, at: now) { order in
            for (index, items) in items {
                let sum = items.reduce(ExactDecimal.zero) { $0 + $1.quantity }
                order.lines[index].picked += sum
                order.lines[index].allocated = max(order.lines[index].allocated, order.lines[index].picked)
                order.lines[index].pickedItems += items
            }
            order.lastPicked = now
            Self.followKits(&order)
            let isDone = order.lines.allSatisfy { $0.isKitHead || !$0.shouldBePicked || $0.open.isZero }
            let status = isDone ? OrderStatus.picked : OrderStatus.allocated
            if order.status < status { owner.move(&order, to: status, at: now) }
        }
    }

    private func open(of order: OrderRecord) throws(ActionError) -> [LineQuantity] {
        let open = order.lines.filter { !$0.isKitHead && $0.shouldBePicked && $0.open > .zero }
        guard !open.isEmpty else { throw ActionError("Cannot pick order \(order.number): nothing is open.") }
        return open.map { LineQuantity(row: $0.row ?? "\($0.id)", quantity: $0.open) }
    }

    private func checkedPicks(
        _ wanted: [LineQuantity], _ order: OrderRecord, _ owner: GoodsOwner, _ allowOver: Bool
    ) throws(ActionError) -> [(Int, LineQuantity)] {
        var result: [(Int, LineQuantity)] = []
        // The picks are tried on copies of the shelves first, in their order: two rows may want the same batch.
        var shelves: [Int: [StockItem]] = [:]
        for line in wanted {
            let index = try index(of: line.row, in: order, to: "pick")
            let target = order.lines[index]
            let action = "pick \(line.quantity) on row \(line.row) of order \(order.number)"
            try requirePositive(line.quantity, action)
            guard !target.isKitHead else {
                throw ActionError("Cannot \(action): article \(target.article) is a kit. Pick its parts.")
            }
            guard target.shouldBePicked else {
                throw ActionError("Cannot \(action): article \(target.article) is not to be picked.")
            }
            let sameRow = result.reduce(ExactDecimal.zero) { $1.0 == index ? $0 + $1.1.quantity : $0 }
            guard allowOver || line.quantity + sameRow <= target.open else {
                throw ActionError("Cannot \(action): only \(target.open) of \(target.ordered) are open.")
            }
            let serialised = line.serial == nil || line.quantity == 1
            guard serialised else { throw ActionError("Cannot \(action): a serial number stands for one item only.") }
            var shelf = shelves[target.articleID] ?? owner.articles[target.articleID].items
            guard shelf.take(line.quantity, line.label) != nil else {
                throw ActionError(
                    "Cannot \(action): only \(shelf.available(line.label)) of \(line.labelText)article \(target.article) are in stock."
                )
            }
            shelves[target.articleID] = shelf
            result.append((index, line))
        }
        return result
    }

    private func picked(_ item: StockItem, _ line: LineQuantity, _ now: Moment) -> PickedItem {
        PickedItem(
            id: store.ids.next(\.articleItem), originalID: item.id, quantity: item.quantity,
            batch: item.batch.isEmpty ? line.batch ?? "" : item.batch,
            serial: item.serial.isEmpty ? line.serial ?? "" : item.serial, expiryDate: item.expiryDate,
            arrived: item.arrived, time: now)
    }

    /// A kit counts as picked as often as all its parts are there.
    private static func followKits(_ order: inout OrderRecord) {
        for index in order.lines.indices where order.lines[index].isKitHead {
            let head = order.lines[index]
            let parts = order.lines.filter { $0.parent == head.id && $0.ordered > .zero && $0.shouldBePicked }
            guard !parts.isEmpty else { continue }
            let kits = parts.map { part in
                // Whole kits only: picked × ordered kits ÷ ordered parts, rounded down.
                let share = part.picked.multiplied(by: head.ordered).millionths / part.ordered.millionths
                return ExactDecimal(Int(clamping: share))
            }
            order.lines[index].picked = kits.min()!
            order.lines[index].allocated = kits.min()!
        }
    }

    /// Puts picked goods back on the shelf.
    package func unpick(goodsOwner: Int, order number: String, lines: [LineQuantity]) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "unpick")
        var changes: [(index: Int, rest: [PickedItem], back: [PickedItem])] = []
        for line in lines {
            let index = try index(of: line.row, in: order, to: "unpick")
            let action = "unpick \(line.quantity) on row \(line.row) of order \(number)"
            try requirePositive(line.quantity, action)
            let known = changes.lastIndex { $0.index == index }
            let items = known.map { changes[$0].rest } ?? order.lines[index].pickedItems
            let fits = { (item: PickedItem) in
                (line.batch == nil || item.batch == line.batch) && (line.serial == nil || item.serial == line.serial)
                    && item.returned == nil
            }
            let held = items.reduce(ExactDecimal.zero) { fits($1) ? $0 + $1.quantity : $0 }
            guard line.quantity <= held else { throw ActionError("Cannot \(action): only \(held) are picked.") }
            let (rest, back) = Self.split(items, line.quantity, fits)
            changes.append((index, rest, back))
        }
        let now = store.clock()
        for change in changes {
            for item in change.back {
                owner.bringIn(
                    item.quantity, of: order.lines[change.index].articleID, batch: item.batch, serial: item.serial,
                    expiryDate: item.expiryDate, cause: StockCause.unpick, document: document(order), at: now)
            }
        }
        owner.changeOrder(order.id, at: now) { order in
            for change in changes {
                let sum = change.back.reduce(ExactDecimal.zero) { $0 + $1.quantity }
                order.lines[change.index].picked -= sum
                order.lines[change.index].allocated = order.lines[change.index].picked
                order.lines[change.index].pickedItems = change.rest
            }
            Self.followKits(&order)
            guard behaviour.unpickMovesStatusBack, order.status >= OrderStatus.picked else { return }
            owner.move(&order, to: order.hasPicks ? OrderStatus.allocated : OrderStatus.released, at: now)
        }
    }

    /// Takes an amount away from the last items that fit.
    private static func split(
        _ items: [PickedItem], _ quantity: ExactDecimal, _ fits: (PickedItem) -> Bool
    ) -> (rest: [PickedItem], back: [PickedItem]) {
        var rest = items
        var back: [PickedItem] = []
        var left = quantity
        for index in items.indices.reversed() where fits(items[index]) && !left.isZero {
            var part = items[index]
            part.quantity = min(part.quantity, left)
            rest[index].quantity -= part.quantity
            left -= part.quantity
            back.append(part)
        }
        return (rest.filter { !$0.quantity.isZero }, back)
    }
}
