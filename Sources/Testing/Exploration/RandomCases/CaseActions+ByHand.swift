import OngoingFake
import RackbeatFake
import ScenarioKit
import Simulation
import StrictYAML
import SyncCore
import Units

// What people do to documents by hand, beside what they are there for, and what they do about parked records.

extension CaseActions {
    var hasActionsByHand: Bool { CaseOptions.byHand.contains { options.has($0) } }

    mutating func actionByHand() -> Action? {
        switch handRandom.pick(CaseOptions.byHand.filter { options.has($0) }) {
        case .handBookings: options.has(.purchases) && handRandom.percent(40) ? receipt() : shipment()
        case .partReopenings: reopeningOfAPart()
        case .rests: restClosed()
        case .returns: goodsSentBack()
        case .kits: kit()
        default: parkedRecord()
        }
    }

    // MARK: Bookings in Rackbeat

    private mutating func shipment() -> Action? {
        let orders = recorder.rackbeat.orders.filter { $0.state == .booked }
        guard !orders.isEmpty else { return nil }
        let order = handRandom.pick(orders)
        return booked("order", order.number, order.lines, "rackbeat.ship-by-hand", "rackbeat.draft-shipment")
    }

    private mutating func receipt() -> Action? {
        let orders = recorder.rackbeat.purchaseOrders.filter { $0.state == .booked }
        guard !orders.isEmpty else { return nil }
        let order = handRandom.pick(orders)
        return booked("purchase-order", order.number, order.lines, "rackbeat.receive-by-hand", "rackbeat.draft-receipt")
    }

    private mutating func booked(
        _ kind: String, _ number: Int, _ lines: [LineRecord], _ book: String, _ draft: String
    ) -> Action? {
        let goods = lines.filter { line in world.items.contains { $0.number == line.item && !$0.hasBatches && !$0.hasSerials } }
        guard !goods.isEmpty else { return nil }
        let document = (name: kind, value: Value?.some(.text(String(number))))
        let line = handRandom.pick(goods)
        let part = Value.table([(.whole(line.id), .decimal(handRandom.part(of: line.quantity)))])
        let isDraft = handRandom.percent(60)
        if isDraft {
            let word = handRandom.percent(50) ? "rackbeat.confirm-drafts" : "rackbeat.delete-drafts"
            let delay = handRandom.duration(1...900, of: .seconds(1))
            follow(after: delay) { () -> Action? in (word, .record([document])) }
        }
        return (isDraft ? draft : book, .record([document, ("lines", part)]))
    }

    // MARK: Parked records

    private mutating func parkedRecord() -> Action? {
        let numbers = recorder.parkedNumbers
        guard !numbers.isEmpty else { return nil }
        guard handRandom.percent(60) else { return ("engine.retry", nil) }
        let subject = (name: "subject", value: Value?.some(.text(handRandom.pick(numbers))))
        return (handRandom.percent(75) ? "engine.retry" : "engine.dismiss", .record([subject]))
    }
}
