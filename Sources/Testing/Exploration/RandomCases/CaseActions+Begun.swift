import OngoingFake
import RackbeatFake
import ScenarioKit
import Simulation
import StrictYAML
import SyncCore
import Units

// What people do to documents of which a part has moved, and to kits, which no warehouse has.

extension CaseActions {
    // MARK: A part has moved

    /// An order is reopened although a part of it is shipped, gets a line more or not, and is booked again.
    mutating func reopeningOfAPart() -> Action? {
        if options.has(.purchases), handRandom.percent(40) {
            guard let order = anyOf(recorder.rackbeat.purchaseOrders.filter { $0.state == .partlyFulfilled }) else { return nil }
            let document = (name: "purchase-order", value: Value?.some(.text(String(order.number))))
            bookAgain("rackbeat.book-purchase-draft", "rackbeat.change-purchase-order", document, order.number, order.lines)
            return ("rackbeat.reopen-purchase-order", .record([document]))
        }
        guard let order = anyOf(recorder.rackbeat.orders.filter { $0.state == .partlyFulfilled }) else { return nil }
        let document = (name: "order", value: Value?.some(.text(String(order.number))))
        bookAgain("rackbeat.book-draft", "rackbeat.change-order", document, order.number, order.lines)
        return ("rackbeat.reopen-order", .record([document]))
    }

    private mutating func bookAgain(
        _ book: String, _ change: String, _ document: (name: String, value: Value?), _ number: Int, _ lines: [LineRecord]
    ) {
        if handRandom.percent(60) {
            noteLines(lines.map(\.id), of: number)
            let line = Value.record([
                ("id", .whole(newLine(of: number))), ("item", .text(handRandom.pick(world.items).number)),
                ("quantity", .decimal(ExactDecimal(handRandom.whole(1...3)))),
            ])
            follow(after: handRandom.duration(1...60, of: .seconds(1))) { () -> Action? in
                (change, .record([document, ("add-lines", .list([line]))]))
            }
        }
        follow(after: handRandom.duration(61...600, of: .seconds(1))) { () -> Action? in (book, .record([document])) }
    }

    mutating func restClosed() -> Action? {
        if options.has(.purchases), handRandom.percent(40) {
            return anyOf(recorder.rackbeat.purchaseOrders.filter { $0.state == .partlyFulfilled }).map {
                ("rackbeat.close-rest", .record([("purchase-order", .text(String($0.number)))]))
            }
        }
        return anyOf(recorder.rackbeat.orders.filter { $0.state == .partlyFulfilled }).map {
            ("rackbeat.close-rest", .record([("order", .text(String($0.number)))]))
        }
    }

    mutating func goodsSentBack() -> Action? {
        let (index, owner) = anyConnection()
        let sent = recorder.ongoing.orders(of: owner).filter { !$0.isCancelled && $0.status >= 450 }
        guard let order = anyOf(sent), let line = anyOf(order.lines.filter { $0.row != nil && $0.returned < $0.picked }) else {
            return nil
        }
        let quantity = handRandom.part(of: line.picked - line.returned)
        return (
            "ongoing.return",
            .record([
                ("order", .text(order.number)), ("lines", .table([(.text(line.row!), .decimal(quantity))])),
                ("cause", handRandom.percent(50) ? .text("UNWANTED") : nil), connectionArgument(index),
            ])
        )
    }

    // MARK: Kits

    /// Sold, bought, added to a draft, or taken off it again.
    mutating func kit() -> Action? {
        let line = { (id: Int) in Value.record([("id", .whole(id)), ("item", .text(CaseWorld.kit)), ("quantity", .decimal(1))]) }
        if options.has(.purchases), handRandom.percent(25) {
            let number = newPurchaseNumber()
            return (
                "rackbeat.book-purchase-order", .record([("number", .text(String(number))), ("lines", .list([line(1)]))])
            )
        }
        guard let order = anyOf(recorder.rackbeat.orders.filter { $0.state == .draft }), handRandom.percent(70) else {
            let number = newOrderNumber()
            let other = Value.record([
                ("id", .whole(2)), ("item", .text(handRandom.pick(world.items).number)), ("quantity", .decimal(1)),
            ])
            let lines = handRandom.percent(60) ? [line(1), other] : [line(1)]
            return ("rackbeat.book-order", .record([("number", .text(String(number))), ("lines", .list(lines))]))
        }
        let document = (name: "order", value: Value?.some(.text(String(order.number))))
        noteLines(order.lines.map(\.id), of: order.number)
        if let kit = order.lines.first(where: { $0.item == CaseWorld.kit }), order.lines.count > 1 {
            return ("rackbeat.change-order", .record([document, ("remove-lines", .list([.whole(kit.id)]))]))
        }
        return ("rackbeat.change-order", .record([document, ("add-lines", .list([line(newLine(of: order.number))]))]))
    }

    // MARK: Drawing

    private mutating func anyConnection() -> (index: Int, owner: Int) {
        let index = handRandom.whole(0...(recorder.connections.count - 1))
        return (index, recorder.connections[index].goodsOwner)
    }

    mutating func anyOf<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : handRandom.pick(elements)
    }
}
