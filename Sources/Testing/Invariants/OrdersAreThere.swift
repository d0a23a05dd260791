import JSON
import SyncCore
import Units

/// Every booked sales order is in each warehouse that has lines of it, once, with exactly its lines and values; and no other order
/// is live there.
package struct OrdersAreThere: Invariant {
    package static let id = "orders-are-there"
    package static let statement =
        "The warehouse holds exactly the orders that are booked in Rackbeat; otherwise customers wait for parcels, or get goods they did "
        + "not order."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(evidence.connections.flatMap { judge(evidence, $0) })
    }

    private func judge(_ evidence: Evidence, _ connection: ConnectionFacts) -> [Finding] {
        let actions = OrderActions(evidence.actionLog)
        let numbers = RackbeatNumbers(evidence)
        var held: [String: Held] = [:]
        var findings: [Finding] = []
        for order in evidence.ongoing.orders where order.goodsOwner == connection.goodsOwner && order.isCancelled {
            guard order.backOrderFor != nil, let number = numbers.number(of: order) else { continue }
            held[number, default: Held()].hasCancelledRest = true
        }
        for order in evidence.ongoing.orders where order.goodsOwner == connection.goodsOwner && !order.isCancelled {
            guard let number = numbers.number(of: order) else {
                let names = [order.number, order.goodsOwnerOrderId].compactMap { $0 }
                if !names.contains(where: { evidence.isExcused($0, in: connection, jobs: [.orders]) }) {
                    findings.append(stranger(order, evidence, connection))
                }
                continue
            }
            if order.backOrderFor == nil {
                held[number, default: Held()].live.append(order)
            } else {
                held[number, default: Held()].movedAway += order.lines
            }
        }
        for order in evidence.rackbeat.orders {
            let changed = actions.latest(order.number) ?? order.updatedAt
            let isPending =
                evidence.isPending(changed)
                || evidence.isShownLate(RecordRef(.order, order.number), to: .orders, of: connection, changed: changed)
            guard !isPending else { continue }
            let sent = held[order.number] ?? Held()
            guard
                !evidence.isExcused(order.number, in: connection, jobs: [.orders]),
                !evidence.isDismissed(order.number, in: connection, .orders)
            else {
                // Whatever is to be settled about it, it is sent once.
                if sent.live.count > 1, evidence.api == nil { findings.append(doubled(order, sent, evidence, connection)) }
                continue
            }
            findings += judge(order, sent, actions, evidence, connection)
        }
        return findings
    }

    /// What the warehouse holds for one order of Rackbeat's.
    private struct Held {
        var live: [OngoingSnapshot.Order] = []
        /// The lines of its back orders.
        var movedAway: [OngoingSnapshot.OrderLine] = []
        /// Whether a back order of it was cancelled.
        var hasCancelledRest = false
    }

    private func judge(
        _ order: RackbeatSnapshot.Order, _ held: Held, _ actions: OrderActions, _ evidence: Evidence,
        _ connection: ConnectionFacts
    ) -> [Finding] {
        let lines = evidence.rackbeat.lines(of: order.lines, at: connection)
        func finding(_ sentence: String, expected: String, ongoing: String) -> Finding {
            let record = RecordRef(.order, order.number)
            return Finding(
                subject: "\(record), goods owner \(connection.goodsOwner)", record: record, connection: connection.name,
                sentence: sentence, expected: expected, rackbeatHolds: words(order, lines), ongoingHolds: ongoing,
                exchanges: evidence.writes(about: record))
        }
        // No list shows that an order is gone.
        if order.state == .deleted || order.state == .cancelled && connection.cancelledVanish,
            evidence.isYoung(since: actions.latest(order.number) ?? order.updatedAt)
        {
            return []
        }
        guard case .booked(let isComplete) = order.state, !lines.isEmpty else {
            return held.live.map {
                finding(
                    "The order is live in the warehouse, and Rackbeat has nothing to ship for it there.",
                    expected: "no live order",
                    ongoing: "order \($0.number) at status \($0.status)")
            }
        }
        guard let live = held.live.first else {
            // What was shipped by hand in Rackbeat need not be in the warehouse, but what is still open must be.
            guard !isComplete, lines.contains(where: { $0.moved < $0.quantity }) else { return [] }
            return [
                finding(
                    "The warehouse has no live order of this number.",
                    expected: "a live order with \(counted(lines.count, "line"))",
                    ongoing: "nothing")
            ]
        }
        guard held.live.count == 1 else { return [doubled(order, held, evidence, connection)] }
        let wrong = differences(order, lines, live, held.movedAway, evidence, connection)
        guard !wrong.isEmpty else { return [] }
        // All that the warehouse holds of it is moved, and Rackbeat is done with it: somebody else has shipped what more was wanted.
        if isComplete, live.lines.allSatisfy({ $0.moved >= $0.quantity }),
            wrong.allSatisfy({ Self.followsQuantity($0.path) || Self.isOfAddedLine($0.path) }),
            lines.contains(where: { line in !live.lines.contains { $0.row == line.id && $0.quantity == line.quantity } })
                || wasCut(live, evidence, connection)
        {
            return []
        }
        // What a cancelled back order leaves owed is parked with the order that it was split off.
        if held.hasCancelledRest, wrong.allSatisfy({ $0.path.hasSuffix(".numberOfItems") }),
            evidence.isExcused(order.number, in: connection, jobs: [.shipments])
        {
            return []
        }
        return [
            finding(
                "The order differs in \(listed(wrong.map(\.path))).",
                expected: wrong.map { "\($0.path) \($0.expected)" }.joined(separator: "; "),
                ongoing: wrong.map { "\($0.path) \($0.found)" }.joined(separator: "; "))
        ]
    }

    private func doubled(
        _ order: RackbeatSnapshot.Order, _ held: Held, _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> Finding {
        let record = RecordRef(.order, order.number)
        return Finding(
            subject: "\(record), goods owner \(connection.goodsOwner)", record: record, connection: connection.name,
            sentence: "The order is live in the warehouse more than once.", expected: "one live order",
            rackbeatHolds: words(order, evidence.rackbeat.lines(of: order.lines, at: connection)),
            ongoingHolds: "the orders " + listed(held.live.map(\.number)), exchanges: evidence.writes(about: record))
    }

    /// Whether the warehouse holds other quantities than were sent: a part went elsewhere, and the amounts are still those of the whole.
    /// The APIs do not show what was sent.
    private func wasCut(_ live: OngoingSnapshot.Order, _ evidence: Evidence, _ connection: ConnectionFacts) -> Bool {
        guard evidence.api == nil else { return true }
        let sent = evidence.latestPut("orders", "orderNumber", live.number, goodsOwner: connection.goodsOwner)?["orderLines"]?
            .array
        return (sent ?? []).contains { row in
            live.lines.contains {
                $0.row == row["rowNumber"]?.string
                    && row["numberOfItems"].flatMap { ExactDecimal($0.text) } != $0.quantity
            }
        }
    }

    /// A line that the warehouse does not hold: it was added too late.
    private static func isOfAddedLine(_ path: String) -> Bool { path.hasPrefix("orderLines[") && path.hasSuffix("]") }

    private static func followsQuantity(_ path: String) -> Bool {
        path.hasPrefix("orderLines[")
            && [".numberOfItems", ".lineTotalCustomsValue", ".prices.customerLinePrice"].contains { path.hasSuffix($0) }
    }

    private func differences(
        _ order: RackbeatSnapshot.Order, _ lines: [RackbeatSnapshot.Line], _ live: OngoingSnapshot.Order,
        _ movedAway: [OngoingSnapshot.OrderLine], _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> [LineComparison.Difference] {
        func latest() -> JSONObject? {
            evidence.latestPut("orders", "orderNumber", live.number, goodsOwner: connection.goodsOwner)
        }
        var wrong: [LineComparison.Difference] = []
        if live.goodsOwnerOrderId != order.number {
            let found = live.goodsOwnerOrderId.map { "'\($0)'" } ?? "nothing"
            wrong.append(("goodsOwnerOrderId", "'\(order.number)'", found))
        }
        wrong += evidence.differences(order.expectedHead(for: connection), in: live.fields, for: connection, latest: latest)
            .map { evidence.shown($0.field.path, $0.field.words, $0.found.words) }
        wrong += evidence.differences(order.expectedConsignee, in: live.consignee, for: connection) {
            latest()?["consignee"]?.object
        }.map { evidence.shown("consignee." + $0.field.path, $0.field.words, $0.found.words) }
        let comparison = LineComparison(collection: "orderLines") {
            $0.expectedOrderLine(currency: order.currency, for: connection)
        }
        return wrong + comparison.differences(lines, live.lines, movedAway: movedAway)
    }

    private func stranger(
        _ order: OngoingSnapshot.Order, _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> Finding {
        Finding(
            subject: "order \(order.number), goods owner \(connection.goodsOwner)", connection: connection.name,
            sentence: "The order is live in the warehouse, and Rackbeat has no such order.", expected: "no live order",
            rackbeatHolds: "nothing", ongoingHolds: "an order at status \(order.status)",
            exchanges: evidence.writes(about: RecordRef(.order, order.number)))
    }

    private func words(_ order: RackbeatSnapshot.Order, _ lines: [RackbeatSnapshot.Line]) -> String {
        switch order.state {
        case .draft: "a draft"
        case .cancelled: "a cancelled order"
        case .deleted: "a deleted order"
        case .booked(let isComplete):
            (isComplete ? "a shipped order" : "a booked order")
                + (lines.isEmpty ? " without a line at the location" : " with \(counted(lines.count, "line")) at the location")
        }
    }
}

/// What people did with orders and purchase orders in Rackbeat.
struct OrderActions {
    private var latestAction: [String: Moment] = [:]

    /// - Parameter purchase: Purchase orders instead of sales orders.
    init(_ actionLog: ActionLog, purchase: Bool = false) {
        for entry in actionLog.entries {
            switch entry.action {
            case .orderBooked(let number, _) where !purchase: latestAction[number] = entry.time
            case .orderReopened(let number) where !purchase: latestAction[number] = entry.time
            case .orderCancelled(let number) where !purchase: latestAction[number] = entry.time
            case .restGivenUp(let number) where !purchase: latestAction[number] = entry.time
            case .purchaseRestGivenUp(let number) where purchase: latestAction[number] = entry.time
            case .purchaseOrderBooked(let number, _) where purchase: latestAction[number] = entry.time
            case .purchaseOrderReopened(let number) where purchase: latestAction[number] = entry.time
            case .purchaseOrderCancelled(let number) where purchase: latestAction[number] = entry.time
            default: break
            }
        }
    }

    /// When it was last booked, reopened or cancelled; `nil` when it was there from the start.
    func latest(_ number: String) -> Moment? { latestAction[number] }
}
