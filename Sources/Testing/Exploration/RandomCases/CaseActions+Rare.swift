import RackbeatFake
import ScenarioKit
import Simulation
import StrictYAML
import Units

// What people do now and then: other fields than quantities and addresses change, and drafts are deleted.

extension CaseActions {
    var hasRareActions: Bool {
        [.lineChanges, .headerChanges, .everyField, .deletions].contains(where: options.has)
    }

    mutating func rareAction() -> Action? {
        var choices: [(inout CaseActions) -> Action?] = []
        if options.has(.lineChanges) { choices += [{ $0.lineChange() }, { $0.purchaseLineChange() }] }
        if options.has(.headerChanges) { choices += [{ $0.headerChange() }, { $0.purchaseHeaderChange() }] }
        if options.has(.everyField) { choices += [{ $0.productChange() }, { $0.productChange() }] }
        if options.has(.deletions) { choices += [{ $0.deletion() }] }
        let choice = rareRandom.pick(choices)
        return choice(&self)
    }

    private mutating func rare<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : rareRandom.pick(elements)
    }

    // MARK: Lines that stay

    private mutating func lineChange() -> Action? {
        guard let order = rare(recorder.rackbeat.orders.filter { $0.state == .draft }),
            let line = rare(order.lines.filter { $0.item != nil })
        else { return nil }
        return (
            "rackbeat.change-order",
            .record([("order", .text(String(order.number))), ("change-lines", .list([changed(line.id)]))])
        )
    }

    private mutating func purchaseLineChange() -> Action? {
        guard options.has(.purchases), let order = rare(recorder.rackbeat.purchaseOrders.filter { $0.state == .draft }),
            let line = rare(order.lines.filter { $0.item != nil })
        else { return nil }
        return (
            "rackbeat.change-purchase-order",
            .record([("purchase-order", .text(String(order.number))), ("change-lines", .list([changed(line.id)]))])
        )
    }

    private mutating func changed(_ line: Int) -> Value {
        let change: (String, Value) =
            switch rareRandom.whole(1...4) {
            case 1: ("discount", .decimal(ExactDecimal(rareRandom.whole(0...50))))
            case 2: ("vat", .decimal(rareRandom.pick([0, 25])))
            case 3: ("text", .text(rareRandom.pick(["Painted", "Oak chair, second choice"])))
            default: ("price", .decimal(rareRandom.pick([1, 80, ExactDecimal(millionths: 12_345_600)])))
            }
        return .record([("id", .whole(line)), change])
    }

    // MARK: Headers

    private mutating func headerChange() -> Action? {
        guard let order = rare(recorder.rackbeat.orders.filter { $0.state == .draft }) else { return nil }
        let change: (String, Value) =
            switch rareRandom.whole(1...11) {
            case 10: ("customer", .text(options.has(.optionalMembers) ? rareRandom.pick(["501", "502"]) : "501"))
            case 11:
                ("billing", .record([("name", .text("Kro Fiktiv")), ("street", .text("Torvet \(rareRandom.whole(1...9))"))]))
            case 1: ("currency", .text(rareRandom.pick(["DKK", "EUR", "SEK"])))
            case 2: ("deliver-at", .date(rareRandom.pick(["2026-06-01", "2026-07-15"])))
            case 3: ("order-date", .date("2026-02-20"))
            case 4: ("delivery-terms", .text(rareRandom.pick(["DAP", "EXW Aarhus", " "])))
            case 5: ("our-reference", .text("3"))
            case 6: ("other-reference", .text("PO 77"))
            case 7: ("heading", .text("Spring"))
            case 8: ("payment-terms", .text("7"))
            default: ("note", .text(String(repeating: "Ring the bell. ", count: rareRandom.pick([1, 40]))))
            }
        return ("rackbeat.change-order", .record([("order", .text(String(order.number))), change]))
    }

    private mutating func purchaseHeaderChange() -> Action? {
        guard options.has(.purchases), let order = rare(recorder.rackbeat.purchaseOrders.filter { $0.state == .draft }) else {
            return nil
        }
        if order.lines.count > 1, rareRandom.percent(15) {
            noteLines(order.lines.map(\.id), of: order.number)
            let line = rareRandom.pick(order.lines).id
            return (
                "rackbeat.change-purchase-order",
                .record([("purchase-order", .text(String(order.number))), ("remove-lines", .list([.whole(line)]))])
            )
        }
        let change: (String, Value) =
            switch rareRandom.whole(1...7) {
            case 7: ("supplier", .text(options.has(.optionalMembers) ? rareRandom.pick(["20", "21"]) : "20"))
            case 1: ("currency", .text(rareRandom.pick(["DKK", "EUR"])))
            case 2: ("your-reference", .whole(rareRandom.whole(1...99)))
            case 3: ("heading", .text("Spring"))
            case 4: ("purchase-date", .date("2026-02-20"))
            case 5: ("preferred-delivery-date", .date("2026-06-01"))
            default: ("note", .text(String(repeating: "Gate B. ", count: rareRandom.pick([1, 80]))))
            }
        return ("rackbeat.change-purchase-order", .record([("purchase-order", .text(String(order.number))), change]))
    }

    // MARK: Products

    private mutating func productChange() -> Action? {
        let item = rareRandom.pick(world.items)
        let changes: [(String, Value?)] =
            switch rareRandom.whole(1...10) {
            case 10:
                [
                    ("supplier", .text(options.has(.optionalMembers) ? rareRandom.pick(["20", "21"]) : "20")),
                    ("group", options.has(.optionalMembers) ? .text(rareRandom.pick(["1", "2"])) : nil),
                ]
            case 1: [("description", .text(rareRandom.pick(["Oiled", " ", "Line one\nline two"])))]
            case 2: [("barcode", .text("5700000\(rareRandom.whole(100_000...999_999))"))]
            case 3:
                [
                    ("height", .decimal(ExactDecimal(rareRandom.whole(1...90)))),
                    ("size-unit", .text(rareRandom.pick(["mm", "cm"]))),
                ]
            case 4: [("width", .decimal(ExactDecimal(rareRandom.whole(1...90)))), ("size-unit", .text("cm"))]
            case 5: [("depth", .decimal(ExactDecimal(rareRandom.whole(1...90)))), ("size-unit", .text("cm"))]
            case 6:
                [
                    ("weight", .decimal(ExactDecimal(rareRandom.whole(1...900)))),
                    ("weight-unit", .text(rareRandom.pick(["g", "kg"]))),
                ]
            case 7: [("picture", .text("https://img.example.test/\(rareRandom.whole(1...9)).jpg"))]
            case 8: [("original-picture", .text("https://img.example.test/o\(rareRandom.whole(1...9)).jpg"))]
            default: [("name", .text(String(repeating: "Long name ", count: rareRandom.pick([1, 52]))))]
            }
        return ("rackbeat.change-product", .record([("number", .text(item.number))] + changes))
    }

    // MARK: Deletions

    private mutating func deletion() -> Action? {
        if options.has(.purchases), rareRandom.percent(40),
            let order = rare(recorder.rackbeat.purchaseOrders.filter { $0.state == .draft })
        {
            return ("rackbeat.delete-purchase-order", .record([("purchase-order", .text(String(order.number)))]))
        }
        guard let order = rare(recorder.rackbeat.orders.filter { $0.state == .draft }) else { return nil }
        return ("rackbeat.delete-order", .record([("order", .text(String(order.number)))]))
    }
}

extension Value {
    fileprivate static func date(_ text: String) -> Value {
        guard let date = CivilDate(text) else { preconditionFailure("'\(text)' is no date") }
        return Value(.date(date), at: .start)
    }
}
