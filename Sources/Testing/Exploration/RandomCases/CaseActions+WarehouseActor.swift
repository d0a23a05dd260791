import OngoingFake
import ScenarioKit
import Simulation
import SyncCore
import Units

// What people do on the warehouse floor.

extension Acts {
    mutating func warehouseActor() -> Act? {
        let index = random.whole(0...(rehearsal.connections.count - 1))
        let owner = rehearsal.connections[index].goodsOwner
        let orders = rehearsal.warehouse.orders(of: owner).filter { !$0.isCancelled && isInFocus($0) }
        if focus == nil, random.percent(15) { return adjustment(index, owner) }
        if options.has(.purchases), focus == nil, random.percent(35) {
            let purchases = rehearsal.warehouse.purchaseOrders(of: owner).filter { !$0.isCancelled }
            return purchases.isEmpty ? nil : purchase(random.pick(purchases), index, owner)
        }
        // What is worked on is mostly what is not gone yet.
        let open = orders.filter { $0.status < 500 }
        guard let order = one(random.percent(85) ? open : orders) else { return nil }
        return work(on: order, index, owner)
    }

    private func isInFocus(_ order: OngoingFake.OrderRecord) -> Bool {
        guard let focus else { return true }
        return order.goodsOwnerOrderId == String(focus)
    }

    // MARK: Orders

    private mutating func work(on order: OngoingFake.OrderRecord, _ index: Int, _ owner: Int) -> Act? {
        let hasPicks = order.lines.contains { !$0.picked.isZero }
        let isOpen = order.lines.contains { $0.picked < $0.ordered }
        let hasRest = rehearsal.warehouse.orders(of: owner).contains { $0.backOrderFor == order.id } || order.backOrderFor != nil
        let isOver = order.lines.contains { $0.picked > $0.ordered }
        let connection = connectionArgument(index)
        func act(_ word: String, _ members: [(name: String, value: Value?)] = []) -> Act {
            (word, .record([("order", .text(order.number))] + members + [connection]))
        }
        var choices: [(Int, (inout Acts) -> Act?)] = []
        func offer(_ weight: Int, _ condition: Bool = true, _ choice: @escaping (inout Acts) -> Act?) {
            if condition { choices.append((weight, choice)) }
        }
        offer(2, order.status < 300) { _ in act("ongoing.release") }
        offer(2, order.status < 320) { _ in act("ongoing.allocate") }
        offer(8, isOpen) { acts in acts.pick(order, owner).map { act("ongoing.pick", $0) } }
        offer(6, hasPicks && order.status < 450) { _ in act("ongoing.send") }
        offer(3, hasPicks && order.status < 500) { _ in act("ongoing.collect") }
        offer(1) { acts in act("ongoing.tracking", [("waybill", .text("3701\(acts.random.whole(10_000...99_999))"))]) }
        offer(2, options.has(.unpicks) && hasPicks && !hasRest) { acts in
            let line = acts.random.pick(order.lines.filter { !$0.picked.isZero })
            guard let row = line.row else { return nil }
            acts.takenBack.insert(order.id)
            return act("ongoing.unpick", [("lines", .table([(.text(row), .decimal(acts.random.part(of: line.picked)))]))])
        }
        offer(1, options.has(.overPicks) && !isOpen && !hasRest && !isOver) { acts in
            guard let line = acts.one(order.lines.filter { $0.row != nil && acts.isPlain($0.article) }),
                acts.onHand(line.article, owner) >= 1
            else { return nil }
            return act("ongoing.pick", [("lines", .table([(.text(line.row!), .decimal(1))])), ("over", .flag(true))])
        }
        let isPlain = !isOver && !takenBack.contains(order.id) && order.lines.allSatisfy { $0.row != nil }
        offer(2, options.has(.backOrders) && hasPicks && isOpen && isPlain) { _ in act("ongoing.back-order") }
        offer(1, options.has(.typedLines) && order.backOrderFor == nil && !hasRest) { acts in
            let item = acts.random.pick(acts.world.items)
            guard acts.isPlain(item.number) else { return nil }
            return act("ongoing.add-line", [("item", .text(item.number)), ("quantity", .decimal(1))])
        }
        return random.pick(weighted: choices.map { ($0.0, $0.1) })(&self)
    }

    private func isPlain(_ article: String) -> Bool {
        world.items.contains { $0.number == article && !$0.hasBatches && !$0.hasSerials }
    }

    private func onHand(_ article: String, _ owner: Int) -> ExactDecimal {
        rehearsal.warehouse.article(article, of: owner)?.onHand ?? .zero
    }

    /// What is picked: all that is open as far as it lies there, or less; `nil` when nothing of it lies there.
    private mutating func pick(_ order: OngoingFake.OrderRecord, _ owner: Int) -> [(name: String, value: Value?)]? {
        var left: [String: ExactDecimal] = [:]
        var lines: [(key: Value, value: Value)] = []
        let isShort = options.has(.shortPicks) && random.percent(45)
        for line in order.lines where line.picked < line.ordered {
            let there = left[line.article] ?? onHand(line.article, owner)
            var quantity = min(line.ordered - line.picked, there)
            guard quantity > .zero, !(isShort && random.percent(25)) else { continue }
            if isShort { quantity = random.part(of: quantity) }
            let marks = world.items.first { $0.number == line.article }
            if marks?.hasSerials == true { quantity = 1 }
            left[line.article] = there - quantity
            let name = Value.text(line.row ?? String(line.id))
            switch (marks?.hasBatches, marks?.hasSerials) {
            case (true, _):
                lines.append((name, .record([("quantity", .decimal(quantity)), ("batch", .text("B\(random.whole(1...3))"))])))
            case (_, true):
                lines.append((name, .record([("quantity", .decimal(1)), ("serial", .text("S\(random.whole(1000...9999))"))])))
            default: lines.append((name, .decimal(quantity)))
            }
        }
        return lines.isEmpty ? nil : [("lines", .table(lines))]
    }

    // MARK: Purchase orders

    private mutating func purchase(_ order: OngoingFake.PurchaseOrderRecord, _ index: Int, _ owner: Int) -> Act? {
        let connection = connectionArgument(index)
        func act(_ word: String, _ members: [(name: String, value: Value?)] = []) -> Act {
            (word, .record([("purchase-order", .text(order.number))] + members + [connection]))
        }
        let rows = order.lines.filter { $0.row != nil }
        guard let line = one(rows) else { return nil }
        let isFinished = order.status >= 500
        switch random.whole(1...10) {
        case 1...5:
            var quantity = max(line.advised - line.received, .zero)
            if quantity.isZero || (options.has(.corrections) && random.percent(15)) { quantity += 1 }
            if random.percent(50) { quantity = random.part(of: quantity) }
            if isFinished, !(options.has(.corrections) && random.percent(30)) { return nil }
            return act(
                "ongoing.receive",
                [
                    ("lines", .table([(.text(line.row!), received(line.article, quantity))])),
                    ("late", isFinished ? .flag(true) : nil),
                ])
        case 6, 7:
            guard options.has(.corrections), !line.received.isZero, isPlain(line.article) else { return nil }
            let isLess = random.percent(60)
            let change = random.part(of: line.received)
            guard !isLess || onHand(line.article, owner) >= change else { return nil }
            return act("ongoing.correct-receipt", [("lines", .table([(.text(line.row!), .decimal(isLess ? -change : change))]))])
        default: return isFinished || !order.lines.contains { !$0.received.isZero } ? nil : act("ongoing.finish")
        }
    }

    private mutating func received(_ article: String, _ quantity: ExactDecimal) -> Value {
        let marks = world.items.first { $0.number == article }
        if marks?.hasSerials == true {
            return .record([("quantity", .decimal(1)), ("serial", .text("S\(random.whole(1000...9999))"))])
        }
        guard marks?.hasBatches == true else { return .decimal(quantity) }
        return .record([("quantity", .decimal(quantity)), ("batch", .text("B\(random.whole(1...3))"))])
    }

    // MARK: Stock

    private mutating func adjustment(_ index: Int, _ owner: Int) -> Act? {
        let item = random.pick(world.items)
        guard rehearsal.warehouse.article(item.number, of: owner) != nil, !item.hasSerials else { return nil }
        let change: ExactDecimal = options.has(.decimals) && random.percent(30) ? ExactDecimal(millionths: 250_000) : 1
        let isLess = random.percent(50) && onHand(item.number, owner) >= change
        let signed = isLess ? -change : change
        let cause = (name: "cause", value: random.percent(50) ? Value.text(random.pick(["FOUND", "SCRAP"])) : nil)
        guard random.percent(20) else {
            return (
                "ongoing.adjust",
                .record([("item", .text(item.number)), ("change", .decimal(signed)), cause, connectionArgument(index)])
            )
        }
        // Two rows of one article in one document, which must not be taken for one.
        let row = Value.record([("item", .text(item.number)), ("change", .decimal(change))])
        return ("ongoing.adjust", .record([("rows", .list([row, row])), cause, connectionArgument(index)]))
    }
}
