import JSON
import Units

/// Every open purchase order is in the warehouses that await lines of it, with exactly its lines and values; and none that is
/// not booked is live there.
package struct PurchaseOrdersAreThere: Invariant {
    package static let name = "purchase-orders-are-there"
    package static let statement =
        "The warehouse awaits exactly what is on order in Rackbeat, or deliveries are turned away and others are taken in."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(evidence.connections.flatMap { judge(evidence, $0) })
    }

    private func judge(_ evidence: Evidence, _ connection: ConnectionFacts) -> [Finding] {
        let acts = OrderActs(evidence.book, purchase: true)
        let numbers = ShopNumbers(evidence)
        var live: [String: [OngoingSnapshot.PurchaseOrder]] = [:]
        var findings: [Finding] = []
        for order in evidence.warehouse.purchaseOrders
        where order.goodsOwner == connection.goodsOwner && !order.isCancelled {
            guard let number = numbers.number(of: order) else {
                findings.append(
                    Finding(
                        subject: "purchase order \(order.number), goods owner \(connection.goodsOwner)",
                        sentence: "It is live in the warehouse, and Rackbeat has no such purchase order.",
                        expected: "no live purchase order", rackbeatHolds: "nothing",
                        ongoingHolds: "a purchase order at status \(order.status)",
                        exchanges: evidence.writes(about: order.number)))
                continue
            }
            live[number, default: []].append(order)
        }
        for order in evidence.shop.purchaseOrders {
            let isPending = acts.latest(order.number).map(evidence.isPending) ?? evidence.isPending(order.updatedAt)
            guard !isPending, !evidence.isExcused(order.number, in: connection, jobs: ["purchase-orders"]) else { continue }
            findings += judge(order, live[order.number] ?? [], acts, evidence, connection)
        }
        return findings
    }

    private func judge(
        _ order: RackbeatSnapshot.PurchaseOrder, _ live: [OngoingSnapshot.PurchaseOrder], _ acts: OrderActs,
        _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> [Finding] {
        let subject = "purchase order \(order.number), goods owner \(connection.goodsOwner)"
        let lines = evidence.shop.lines(of: order.lines, at: connection)
        func finding(_ sentence: String, expected: String, ongoing: String) -> Finding {
            Finding(
                subject: subject, sentence: sentence, expected: expected, rackbeatHolds: words(order, lines.count),
                ongoingHolds: ongoing, exchanges: evidence.writes(about: order.number))
        }
        guard case .booked(let isComplete) = order.state, !lines.isEmpty else {
            return live.map {
                finding(
                    "It is live in the warehouse although nothing of it is to arrive there.",
                    expected: "no live purchase order", ongoing: "purchase order \($0.number) at status \($0.status)")
            }
        }
        guard let held = live.first else {
            guard !isComplete, !acts.wasMovedByHand(order.number) else { return [] }
            return [
                finding(
                    "The warehouse has no live purchase order for it.",
                    expected: "a live purchase order with \(counted(lines.count, "line"))", ongoing: "nothing")
            ]
        }
        guard live.count == 1 else {
            return [
                finding(
                    "It is live in the warehouse more than once.", expected: "one live purchase order",
                    ongoing: "the purchase orders " + listed(live.map(\.number)))
            ]
        }
        let wrong = differences(order, lines, held, evidence, connection)
        guard !wrong.isEmpty else { return [] }
        return [
            finding(
                "The purchase order differs in \(listed(wrong.map(\.path))).",
                expected: wrong.map { "\($0.path) \($0.expected)" }.joined(separator: "; "),
                ongoing: wrong.map { "\($0.path) \($0.found)" }.joined(separator: "; "))
        ]
    }

    private func differences(
        _ order: RackbeatSnapshot.PurchaseOrder, _ lines: [RackbeatSnapshot.Line], _ held: OngoingSnapshot.PurchaseOrder,
        _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> [LineComparison.Difference] {
        let wrong = evidence.differences(order.expectedHead(for: connection), in: held.fields, for: connection) {
            evidence.latestPut("purchaseOrders", "purchaseOrderNumber", held.number, goodsOwner: connection.goodsOwner)
        }.map { ($0.field.path, $0.field.words, $0.found.words) }
        let comparison = LineComparison(collection: "purchaseOrderLines") {
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
