import JSON
import SyncCore
import Units

/// Every open purchase order is in each warehouse that expects lines of it, once, with exactly its lines and values; and no other
/// purchase order is live there.
package struct PurchaseOrdersAreThere: Invariant {
    package static let id = "purchase-orders-are-there"
    package static let statement =
        "The warehouse expects exactly the deliveries that are on order in Rackbeat; otherwise it turns away goods that were bought, or "
        + "accepts goods that were not."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(evidence.connections.flatMap { judge(evidence, $0) })
    }

    private func judge(_ evidence: Evidence, _ connection: ConnectionFacts) -> [Finding] {
        let actions = OrderActions(evidence.actionLog, purchase: true)
        let numbers = RackbeatNumbers(evidence)
        var live: [String: [OngoingSnapshot.PurchaseOrder]] = [:]
        var findings: [Finding] = []
        for order in evidence.ongoing.purchaseOrders
        where order.goodsOwner == connection.goodsOwner && !order.isCancelled {
            guard let number = numbers.number(of: order) else {
                guard !evidence.isExcused(order.number, in: connection, jobs: [.purchaseOrders]) else { continue }
                findings.append(
                    Finding(
                        subject: "purchase order \(order.number), goods owner \(connection.goodsOwner)",
                        connection: connection.name,
                        sentence: "The purchase order is live in the warehouse, and Rackbeat has no such purchase order.",
                        expected: "no live purchase order", rackbeatHolds: "nothing",
                        ongoingHolds: "a purchase order at status \(order.status)",
                        exchanges: evidence.writes(about: RecordRef(.purchaseOrder, order.number))))
                continue
            }
            live[number, default: []].append(order)
        }
        for order in evidence.rackbeat.purchaseOrders {
            let changed = actions.latest(order.number) ?? order.updatedAt
            let isPending =
                evidence.isPending(changed)
                || evidence.isShownLate(
                    RecordRef(.purchaseOrder, order.number), to: .purchaseOrders, of: connection, changed: changed)
            guard !isPending, !evidence.isExcused(order.number, in: connection, jobs: [.purchaseOrders]),
                !evidence.isDismissed(order.number, in: connection, .purchaseOrders)
            else { continue }
            findings += judge(order, live[order.number] ?? [], actions, evidence, connection)
        }
        return findings
    }

    private func judge(
        _ order: RackbeatSnapshot.PurchaseOrder, _ live: [OngoingSnapshot.PurchaseOrder], _ actions: OrderActions,
        _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> [Finding] {
        let record = RecordRef(.purchaseOrder, order.number)
        let lines = evidence.rackbeat.lines(of: order.lines, at: connection)
        func finding(_ sentence: String, expected: String, ongoing: String) -> Finding {
            Finding(
                subject: "\(record), goods owner \(connection.goodsOwner)", record: record, connection: connection.name,
                sentence: sentence, expected: expected, rackbeatHolds: words(order, lines.count), ongoingHolds: ongoing,
                exchanges: evidence.writes(about: record))
        }
        // No list shows that a purchase order is gone.
        if order.state == .deleted || order.state == .cancelled && connection.cancelledVanish,
            evidence.isYoung(since: actions.latest(order.number) ?? order.updatedAt)
        {
            return []
        }
        guard case .booked(let isComplete) = order.state, !lines.isEmpty else {
            return live.map {
                finding(
                    "The purchase order is live in the warehouse, and Rackbeat has nothing on order for it there.",
                    expected: "no live purchase order", ongoing: "purchase order \($0.number) at status \($0.status)")
            }
        }
        guard let held = live.first else {
            guard !isComplete, lines.contains(where: { $0.moved < $0.quantity }) else { return [] }
            return [
                finding(
                    "The warehouse has no live purchase order of this number.",
                    expected: "a live purchase order with \(counted(lines.count, "line"))", ongoing: "nothing")
            ]
        }
        guard live.count == 1 else {
            return [
                finding(
                    "The purchase order is live in the warehouse more than once.", expected: "one live purchase order",
                    ongoing: "the purchase orders " + listed(live.map(\.number)))
            ]
        }
        let wrong = differences(order, lines, held, evidence, connection)
        guard !wrong.isEmpty else { return [] }
        // All that the warehouse holds of it has arrived, and Rackbeat is done with it: what more was wanted is given up.
        if isComplete, held.lines.allSatisfy({ $0.moved >= $0.quantity }), wrong.allSatisfy({ Self.followsQuantity($0.path) }),
            lines.contains(where: { line in !held.lines.contains { $0.row == line.id && $0.quantity == line.quantity } })
        {
            return []
        }
        return [
            finding(
                "The purchase order differs in \(listed(wrong.map(\.path))).",
                expected: wrong.map { "\($0.path) \($0.expected)" }.joined(separator: "; "),
                ongoing: wrong.map { "\($0.path) \($0.found)" }.joined(separator: "; "))
        ]
    }

    private static func followsQuantity(_ path: String) -> Bool {
        path.hasPrefix("purchaseOrderLines[") && [".numberOfItems", ".rowPrice", "]"].contains { path.hasSuffix($0) }
    }

    private func differences(
        _ order: RackbeatSnapshot.PurchaseOrder, _ lines: [RackbeatSnapshot.Line], _ held: OngoingSnapshot.PurchaseOrder,
        _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> [LineComparison.Difference] {
        let wrong = evidence.differences(order.expectedHead(for: connection), in: held.fields, for: connection) {
            evidence.latestPut("purchaseOrders", "purchaseOrderNumber", held.number, goodsOwner: connection.goodsOwner)
        }.map { ($0.field.path, $0.field.words, $0.found.words) }
        let isOver = connection.settings.isComplete(purchaseOrderAt: held.status)
        let comparison = LineComparison(collection: "purchaseOrderLines", isOver: isOver) {
            $0.expectedPurchaseLine(currency: order.currency)
        }
        return wrong + comparison.differences(lines, held.lines)
    }

    private func words(_ order: RackbeatSnapshot.PurchaseOrder, _ lines: Int) -> String {
        switch order.state {
        case .draft: "a draft"
        case .cancelled: "a cancelled purchase order"
        case .deleted: "a deleted purchase order"
        case .booked(let isComplete):
            (isComplete ? "a received purchase order" : "a booked purchase order")
                + (lines == 0 ? " without a line at the location" : " with \(counted(lines, "line")) at the location")
        }
    }
}
