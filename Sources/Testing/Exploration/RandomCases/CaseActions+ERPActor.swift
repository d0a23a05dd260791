import RackbeatFake
import ScenarioKit
import Simulation
import StrictYAML
import Units

// What people do in Rackbeat.

extension CaseActions {
    mutating func erpActor() -> Action? {
        let orders = recorder.rackbeat.orders.filter { focus == nil || $0.number == focus }
        let purchases = options.has(.purchases) ? recorder.rackbeat.purchaseOrders : []
        var choices: [(Int, (inout CaseActions) -> Action?)] = [
            (orders.count < 6 ? 8 : 2, { $0.newOrder() }),
            (6, { actions in actions.one(orders.filter { $0.state == .draft }).flatMap { actions.draft($0) } }),
        ]
        if options.has(.changes) {
            choices.append((3, { actions in actions.one(orders.filter { $0.state == .booked }).map { actions.reopen($0) } }))
        }
        if options.has(.cancellations) {
            choices.append(
                (
                    2,
                    { actions in
                        actions.one(orders.filter { $0.state == .booked || $0.state == .draft }).map { actions.cancel($0) }
                    }
                ))
        }
        if options.has(.purchases) {
            choices.append((purchases.count < 4 ? 4 : 1, { $0.newPurchase() }))
            choices.append((4, { actions in actions.one(purchases.filter { $0.state == .draft }).flatMap { actions.draft($0) } }))
            if options.has(.changes) {
                choices.append(
                    (2, { actions in actions.one(purchases.filter { $0.state == .booked }).map { actions.reopen($0) } }))
            }
            if options.has(.cancellations) {
                choices.append(
                    (1, { actions in actions.one(purchases.filter { $0.state == .booked }).map { actions.cancel($0) } }))
            }
        }
        if options.has(.productEdits) { choices.append((3, { $0.productEdit() })) }
        if options.has(.counts) { choices.append((2, { $0.count() })) }
        let choice = random.pick(weighted: choices.map { ($0.0, $0.1) })
        return choice(&self)
    }

    mutating func one<Element>(_ elements: [Element]) -> Element? { elements.isEmpty ? nil : random.pick(elements) }

    // MARK: Orders

    private mutating func newOrder() -> Action? {
        guard focus == nil else { return nil }
        let number = newOrderNumber()
        var lines: [Value] = []
        for id in 1...random.pick([1, 1, 2, 3]) { lines.append(line(id, isPurchase: false)) }
        var members: [(String, Value?)] = [("number", .text(String(number)))]
        if options.has(.optionalMembers), random.percent(50) {
            members += [
                ("customer", random.percent(50) ? .text("502") : nil),
                ("delivery", random.percent(50) ? address() : nil),
                ("deliver-at", random.percent(50) ? CivilDate("2026-05-04").map { Value(.date($0), at: .start) } : nil),
                ("delivery-terms", random.percent(30) ? .text("DAP") : nil),
                ("currency", random.percent(20) ? .text("EUR") : nil),
                ("our-reference", random.percent(30) ? .text("3") : nil),
                ("note", random.percent(30) ? .text("Please call first") : nil),
            ]
        }
        members.append(("lines", .list(lines)))
        return (random.percent(85) ? "rackbeat.book-order" : "rackbeat.draft-order", .record(members))
    }

    private mutating func line(_ id: Int, isPurchase: Bool) -> Value {
        if options.has(.foreignLines), random.percent(10) {
            return .record([("id", .whole(id)), ("text", .text("Mind the step"))])
        }
        let item = random.pick(world.items)
        return .record([
            ("id", .whole(id)), ("item", .text(item.number)), ("quantity", .decimal(quantity(of: item))),
            ("location", drawLocation().map { .text(String($0)) }),
            ("no-location", options.has(.foreignLines) && random.percent(10) ? .flag(true) : nil),
            ("price", options.has(.decimals) && random.percent(30) ? .decimal(ExactDecimal(millionths: 12_345_600)) : nil),
            ("discount", options.has(.decimals) && !isPurchase && random.percent(20) ? .decimal(10) : nil),
        ])
    }

    private mutating func drawLocation() -> Int? {
        if let foreign = world.foreignLocation, random.percent(15) { return foreign }
        guard world.locations.count > 1 else { return nil }
        return random.percent(40) ? nil : random.pick(world.locations)
    }

    private mutating func address() -> Value {
        .record([
            ("name", .text(random.pick(["Kulhuset ApS", "Fru \"Å\" Sø"]))), ("street", .text("Kajen 3")),
            ("zipcode", random.percent(70) ? .text("8000") : nil), ("city", .text("Aarhus C")),
            ("country", random.percent(70) ? .text(random.pick(["Danmark", "DK", "Ruotsi"])) : nil),
            ("phone", random.percent(40) ? .text("+4586111111") : nil),
        ])
    }

    /// Books a draft, or changes it first.
    private mutating func draft(_ order: OrderRecord) -> Action? {
        let name = Value.text(String(order.number))
        guard options.has(.changes), random.percent(45) else { return ("rackbeat.book-draft", .record([("order", name)])) }
        let lines = order.lines.map { ($0.id, $0.item, $0.quantity) }
        return ("rackbeat.change-order", .record([("order", name)] + change(lines, of: order.number, false)))
    }

    /// Changes one thing of a draft: a quantity, the lines, or the delivery address.
    private mutating func change(
        _ lines: [(id: Int, item: String?, quantity: ExactDecimal)], of number: Int, _ isPurchase: Bool
    ) -> [(String, Value?)] {
        noteLines(lines.map(\.id), of: number)
        let goods = lines.filter { $0.item != nil }
        switch random.whole(1...(isPurchase ? 2 : 4)) {
        case 1 where !goods.isEmpty:
            let line = random.pick(goods)
            let isSerial = world.items.first { $0.number == line.item }?.hasSerials ?? false
            // A typing error, or its correction.
            let quantity = random.percent(30) && !isSerial ? line.quantity + line.quantity : ExactDecimal(random.whole(1...6))
            return [("quantities", .table([(.whole(line.id), .decimal(quantity))]))]
        case 3 where lines.count > 1: return [("remove-lines", .list([.whole(random.pick(lines).id)]))]
        case 4: return [("delivery", address())]
        default:
            return [("add-lines", .list([line(newLine(of: number), isPurchase: isPurchase)]))]
        }
    }

    private func reopen(_ order: OrderRecord) -> Action {
        ("rackbeat.reopen-order", .record([("order", .text(String(order.number)))]))
    }

    private func cancel(_ order: OrderRecord) -> Action {
        ("rackbeat.cancel-order", .record([("order", .text(String(order.number)))]))
    }

    // MARK: Purchase orders

    private mutating func newPurchase() -> Action? {
        let number = newPurchaseNumber()
        var lines: [Value] = []
        for id in 1...random.pick([1, 1, 2]) { lines.append(line(id, isPurchase: true)) }
        var members: [(String, Value?)] = [("number", .text(String(number)))]
        if options.has(.optionalMembers), random.percent(50) {
            members += [
                ("supplier", .text(random.pick(["20", "21"]))), ("note", random.percent(50) ? .text("Gate B") : nil),
                ("currency", random.percent(20) ? .text("SEK") : nil),
            ]
        }
        members.append(("lines", .list(lines)))
        return (random.percent(85) ? "rackbeat.book-purchase-order" : "rackbeat.draft-purchase-order", .record(members))
    }

    private mutating func draft(_ order: PurchaseOrderRecord) -> Action? {
        let name = Value.text(String(order.number))
        guard options.has(.changes), random.percent(45) else {
            return ("rackbeat.book-purchase-draft", .record([("purchase-order", name)]))
        }
        let lines = order.lines.map { ($0.id, $0.item, $0.quantity) }
        return ("rackbeat.change-purchase-order", .record([("purchase-order", name)] + change(lines, of: order.number, true)))
    }

    private func reopen(_ order: PurchaseOrderRecord) -> Action {
        ("rackbeat.reopen-purchase-order", .record([("purchase-order", .text(String(order.number)))]))
    }

    private func cancel(_ order: PurchaseOrderRecord) -> Action {
        ("rackbeat.cancel-purchase-order", .record([("purchase-order", .text(String(order.number)))]))
    }

    // MARK: Products and stock

    private mutating func productEdit() -> Action? {
        let item = random.pick(world.items)
        let number = (name: "number", value: Optional(Value.text(item.number)))
        switch random.whole(1...6) {
        case 1: return ("rackbeat.touch-product", .record([number]))
        case 2:
            return (
                "rackbeat.create-product",
                .record([("number", .text("NEW-\(newProductNumber())")), ("name", .text("Newcomer"))])
            )
        case 3: return ("rackbeat.change-product", .record([number, ("barred", .flag(random.percent(50)))]))
        case 4: return ("rackbeat.change-product", .record([number, ("price", .decimal(ExactDecimal(random.whole(1...500))))]))
        default: return ("rackbeat.change-product", .record([number, ("name", .text("Name \(random.whole(1...999))"))]))
        }
    }

    private mutating func count() -> Action? {
        let item = random.pick(world.items)
        let location = random.pick(world.locations)
        let held = recorder.rackbeat.stockOnHand(item.number, at: location)
        let change = ExactDecimal(random.whole(1...3))
        let isLess = random.percent(50) && held >= change
        return (
            "rackbeat.adjust",
            .record([
                ("item", .text(item.number)), ("location", world.locations.count > 1 ? .text(String(location)) : nil),
                ("change", .decimal(isLess ? -change : change)),
            ])
        )
    }
}
