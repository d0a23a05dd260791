import Exchange
import OngoingFake
import RackbeatFake
import SyncCore
import Units

/// How the documents of both fakes changed during a run. Looks at all of them after each step and each write, so only where it is asked for.
final class StateHistory {
    private struct Key: Hashable {
        let system: System
        let name: String
    }

    /// How many documents are looked at in one run before it stops: a thousand orders would make a run take minutes.
    private static let mostLooks = 400_000

    private(set) var changes: [TracedChange] = []
    private(set) var endedAfter: Duration?
    private var known: [Key: (record: RecordRef, state: TracedState)] = [:]
    private var looks = 0

    func look(at rackbeat: RackbeatFake, _ ongoing: OngoingFake, goodsOwners: [Int], after: Duration) {
        guard endedAfter == nil else { return }
        var seen: Set<Key> = []
        func see(_ system: System, _ name: String, _ record: RecordRef, _ state: TracedState) {
            let key = Key(system: system, name: name)
            seen.insert(key)
            guard known[key]?.state != state else { return }
            known[key] = (record, state)
            changes.append(TracedChange(after: after, system: system, name: name, record: record, state: state))
        }
        lookThrough(rackbeat, see)
        for owner in goodsOwners { lookThrough(ongoing, owner, isOnly: goodsOwners.count == 1, see) }
        for (key, value) in known where !seen.contains(key) {
            known[key] = nil
            changes.append(TracedChange(after: after, system: key.system, name: key.name, record: value.record, state: nil))
        }
        looks += seen.count
        if looks > Self.mostLooks { endedAfter = after }
    }

    private typealias See = (System, String, RecordRef, TracedState) -> Void

    private func lookThrough(_ fake: RackbeatFake, _ see: See) {
        for order in fake.orders {
            let record = RecordRef(.order, String(order.number))
            see(.rackbeat, "\(record)", record, TracedState(order.state, order.lines, "shipped"))
        }
        for order in fake.purchaseOrders {
            let record = RecordRef(.purchaseOrder, String(order.number))
            see(.rackbeat, "\(record)", record, TracedState(order.state, order.lines, "received"))
        }
        for shipment in fake.shipments {
            see(
                .rackbeat, "shipment \(shipment.id)", RecordRef(.order, String(shipment.order)),
                TracedState(
                    status: (shipment.isShipped ? "shipped" : "draft") + ", order \(shipment.order)",
                    lines: shipment.lines.map {
                        .init(id: String($0.orderLine), item: $0.item, quantity: "\($0.quantity)", progress: "")
                    }))
        }
        for receipt in fake.receipts {
            see(
                .rackbeat, "receipt \(receipt.number)", RecordRef(.purchaseOrder, String(receipt.purchaseOrder)),
                TracedState(
                    status: (receipt.isReceived ? "received" : "draft") + ", purchase order \(receipt.purchaseOrder)",
                    lines: receipt.lines.map {
                        .init(
                            id: $0.purchaseOrderLine.map { String($0) } ?? "–", item: $0.item, quantity: "\($0.quantity)",
                            progress: "")
                    }))
        }
        for adjustment in fake.adjustments {
            see(
                .rackbeat, "adjustment \(adjustment.id)", RecordRef(.product, adjustment.item),
                TracedState(
                    status: adjustment.change == nil ? "draft" : "booked",
                    lines: [
                        .init(
                            id: "–", item: adjustment.item, quantity: "\(adjustment.quantity)",
                            progress: adjustment.change.map { "stock changed by \($0)" } ?? "")
                    ]))
        }
    }

    private func lookThrough(_ fake: OngoingFake, _ owner: Int, isOnly: Bool, _ see: See) {
        let place = isOnly ? "" : ", goods owner \(owner)"
        for order in fake.orders(of: owner) {
            see(
                .ongoing, "order \(order.number)\(place)", RecordRef(.order, order.goodsOwnerOrderId ?? order.number),
                TracedState(
                    status:
                        "\(order.isCancelled ? "cancelled, " : "")\(fake.words(forOrderStatus: order.status)), id \(order.id)",
                    lines: order.lines.map {
                        .init(
                            id: $0.row ?? "–", item: $0.article, quantity: "\($0.ordered)",
                            progress: Self.progress(
                                [("allocated", $0.allocated), ("picked", $0.picked), ("reported", $0.reported ?? .zero)]))
                    }))
        }
        for order in fake.purchaseOrders(of: owner) {
            see(
                .ongoing, "purchase order \(order.number)\(place)", RecordRef(.purchaseOrder, order.number),
                TracedState(
                    status:
                        "\(order.isCancelled ? "cancelled, " : "")\(fake.words(forPurchaseOrderStatus: order.status)), id \(order.id)",
                    lines: order.lines.map {
                        .init(
                            id: $0.row ?? "–", item: $0.article, quantity: "\($0.advised)",
                            progress: Self.progress([("received", $0.received), ("reported", $0.reported ?? .zero)]))
                    }))
        }
    }

    private static func progress(_ parts: [(String, ExactDecimal)]) -> String {
        parts.filter { !$0.1.isZero }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }
}

extension TracedState {
    fileprivate init(_ state: OrderState, _ lines: [LineRecord], _ moved: String) {
        self.init(
            status: state.words(moved),
            lines: lines.map {
                Line(
                    id: String($0.id), item: $0.item ?? "text", quantity: "\($0.quantity)",
                    progress: $0.fulfilled.isZero ? "" : "\($0.fulfilled) \(moved)")
            })
    }
}

extension OrderState {
    fileprivate func words(_ moved: String) -> String {
        switch self {
        case .draft: "draft"
        case .booked: "booked"
        case .partlyFulfilled: "partly \(moved)"
        case .fulfilled: moved
        case .cancelled: "cancelled"
        case .deleted: "deleted"
        }
    }
}
