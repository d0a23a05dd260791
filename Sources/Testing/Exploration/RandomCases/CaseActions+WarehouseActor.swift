import OngoingFake
import ScenarioKit
import Simulation
import StrictYAML
import SyncCore
import Units

// What people do in the warehouse.

extension CaseActions {
    mutating func warehouseActor() -> Action? {
        let index = random.whole(0...(recorder.connections.count - 1))
        let owner = recorder.connections[index].goodsOwner
        let orders = recorder.ongoing.orders(of: owner).filter { !$0.isCancelled && isInFocus($0) }
        if focus == nil, random.percent(15) { return adjustment(index, owner) }
        if options.has(.purchases), focus == nil, random.percent(35) {
            let purchases = recorder.ongoing.purchaseOrders(of: owner).filter { !$0.isCancelled }
            return purchases.isEmpty ? nil : purchase(random.pick(purchases), index, owner)
        }
        // Mostly orders that have not left yet.
        let open = orders.filter { $0.status < 500 }
        guard let order = one(random.percent(85) ? open : orders) else { return nil }
        return work(on: order, index, owner)
    }

    private func isInFocus(_ order: OngoingFake.OrderRecord) -> Bool {
        guard let focus else { return true }
        return order.goodsOwnerOrderId == String(focus)
    }

    // MARK: Orders

    private mutating func work(on order: OngoingFake.OrderRecord, _ index: Int, _ owner: Int) -> Action? {
        let hasPicks = order.lines.contains { !$0.picked.isZero }
        let isOpen = order.lines.contains { $0.picked < $0.ordered }
        let hasRest = recorder.ongoing.orders(of: owner).contains { $0.backOrderFor == order.id } || order.backOrderFor != nil
        let isOver = order.lines.contains { $0.picked > $0.ordered }
        let connection = connectionArgument(index)
        func action(_ word: String, _ members: [(name: String, value: Value?)] = []) -> Action {
            (word, .record([("order", .text(order.number))] + members + [connection]))
        }
        var choices: [(Int, (inout CaseActions) -> Action?)] = []
        func offer(_ weight: Int, _ condition: Bool = true, _ choice: @escaping (inout CaseActions) -> Action?) {
            if condition { choices.append((weight, choice)) }
        }
        offer(2, order.status < 300) { _ in action("ongoing.release") }
        offer(2, order.status < 320) { _ in action("ongoing.allocate") }
        offer(8, isOpen) { actions in actions.pick(order, owner).map { action("ongoing.pick", $0) } }
        offer(6, hasPicks && order.status < 450) { _ in action("ongoing.send") }
        offer(3, hasPicks && order.status < 500) { _ in action("ongoing.collect") }
        offer(1) { actions in action("ongoing.tracking", [("waybill", .text("3701\(actions.random.whole(10_000...99_999))"))]) }
        offer(2, options.has(.unpicks) && hasPicks && !hasRest) { actions in
            let line = actions.random.pick(order.lines.filter { !$0.picked.isZero })
            guard let row = line.row else { return nil }
            actions.unpicked.insert(order.id)
            return action("ongoing.unpick", [("lines", .table([(.text(row), .decimal(actions.random.part(of: line.picked)))]))])
        }
        offer(1, options.has(.overPicks) && !isOpen && !hasRest && !isOver) { actions in
            guard let line = actions.one(order.lines.filter { $0.row != nil && actions.isPlain($0.article) }),
                actions.onHand(line.article, owner) >= 1
            else { return nil }
            return action("ongoing.pick", [("lines", .table([(.text(line.row!), .decimal(1))])), ("over", .flag(true))])
        }
        let isPlain = !isOver && !unpicked.contains(order.id) && order.lines.allSatisfy { $0.row != nil }
        offer(2, options.has(.backOrders) && hasPicks && isOpen && isPlain) { _ in action("ongoing.back-order") }
        offer(1, options.has(.backOrders) && order.backOrderFor != nil && !hasPicks) { _ in action("ongoing.cancel") }
        offer(1, options.has(.typedLines) && order.backOrderFor == nil && !hasRest) { actions in
            let item = actions.random.pick(actions.world.items)
            guard actions.isPlain(item.number) else { return nil }
            return action("ongoing.add-line", [("item", .text(item.number)), ("quantity", .decimal(1))])
        }
        return random.pick(weighted: choices.map { ($0.0, $0.1) })(&self)
    }

    private func isPlain(_ article: String) -> Bool {
        world.items.contains { $0.number == article && !$0.hasBatches && !$0.hasSerials }
    }

    private func onHand(_ article: String, _ owner: Int) -> ExactDecimal {
        recorder.ongoing.article(article, of: owner)?.onHand ?? .zero
    }

    /// Picks what is open and in stock, or a part of it; `nil` when nothing is in stock.
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

    private mutating func purchase(_ order: OngoingFake.PurchaseOrderRecord, _ index: Int, _ owner: Int) -> Action? {
        let connection = connectionArgument(index)
        func action(_ word: String, _ members: [(name: String, value: Value?)] = []) -> Action {
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
            return action(
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
            return action(
                "ongoing.correct-receipt", [("lines", .table([(.text(line.row!), .decimal(isLess ? -change : change))]))])
        default: return isFinished || !order.lines.contains { !$0.received.isZero } ? nil : action("ongoing.finish")
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

    private mutating func adjustment(_ index: Int, _ owner: Int) -> Action? {
        let item = random.pick(world.items)
        guard recorder.ongoing.article(item.number, of: owner) != nil, !item.hasSerials else { return nil }
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
        // Two rows of one article in one document; they must not be taken for one.
        let row = Value.record([("item", .text(item.number)), ("change", .decimal(change))])
        return ("ongoing.adjust", .record([("rows", .list([row, row])), cause, connectionArgument(index)]))
    }
}
