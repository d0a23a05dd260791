import JSON
import Units

/// Every booked sales order is in the warehouses that have lines of it, once, with exactly its lines and values; and no order
/// that is not booked is live there.
package struct OrdersAreThere: Invariant {
    package static let name = "orders-are-there"
    package static let statement =
        "The warehouse is to ship exactly what is booked in Rackbeat, or customers wait for parcels and get what they did not order."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(evidence.connections.flatMap { judge(evidence, $0) })
    }

    private func judge(_ evidence: Evidence, _ connection: ConnectionFacts) -> [Finding] {
        let acts = OrderActs(evidence.book)
        let numbers = ShopNumbers(evidence)
        var held: [String: Held] = [:]
        var findings: [Finding] = []
        for order in evidence.warehouse.orders where order.goodsOwner == connection.goodsOwner && !order.isCancelled {
            guard let number = numbers.number(of: order) else {
                findings.append(stranger(order, evidence, connection))
                continue
            }
            if order.backOrderFor == nil {
                held[number, default: Held()].live.append(order)
            } else {
                held[number, default: Held()].movedAway += order.lines
            }
        }
        for order in evidence.shop.orders {
            let isPending = acts.latest(order.number).map(evidence.isPending) ?? evidence.isPending(order.updatedAt)
            guard !isPending, !evidence.isExcused(order.number, in: connection, jobs: ["orders"]) else { continue }
            findings += judge(order, held[order.number] ?? Held(), acts, evidence, connection)
        }
        return findings
    }

    /// What the warehouse holds for one order of the shop.
    private struct Held {
        var live: [OngoingSnapshot.Order] = []
        /// The lines of its back orders.
        var movedAway: [OngoingSnapshot.OrderLine] = []
    }

    private func judge(
        _ order: RackbeatSnapshot.Order, _ held: Held, _ acts: OrderActs, _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> [Finding] {
        let lines = evidence.shop.lines(of: order.lines, at: connection)
        func finding(_ sentence: String, expected: String, ongoing: String) -> Finding {
            Finding(
                subject: "order \(order.number), goods owner \(connection.goodsOwner)", sentence: sentence, expected: expected,
                rackbeatHolds: words(order, lines), ongoingHolds: ongoing, exchanges: evidence.writes(about: order.number))
        }
        guard case .booked(let isComplete) = order.state, !lines.isEmpty else {
            return held.live.map {
                finding(
                    "It is live in the warehouse although nothing of it is to be shipped there.", expected: "no live order",
                    ongoing: "order \($0.number) at status \($0.status)")
            }
        }
        guard let live = held.live.first else {
            // What the office shipped past the warehouse need not go there.
            guard !isComplete, !acts.wasMovedByHand(order.number) else { return [] }
            return [
                finding(
                    "The warehouse has no live order for it.", expected: "a live order with \(counted(lines.count, "line"))",
                    ongoing: "nothing")
            ]
        }
        guard held.live.count == 1 else {
            return [
                finding(
                    "It is live in the warehouse more than once.", expected: "one live order",
                    ongoing: "the orders " + listed(held.live.map(\.number)))
            ]
        }
        let wrong = differences(order, lines, live, held.movedAway, evidence, connection)
        guard !wrong.isEmpty else { return [] }
        return [
            finding(
                "The order differs in \(listed(wrong.map(\.path))).",
                expected: wrong.map { "\($0.path) \($0.expected)" }.joined(separator: "; "),
                ongoing: wrong.map { "\($0.path) \($0.found)" }.joined(separator: "; "))
        ]
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
        wrong += evidence.differences(order.expectedHead, in: live.fields, for: connection, latest: latest)
            .map { ($0.field.path, $0.field.words, $0.found.words) }
        wrong += evidence.differences(order.expectedConsignee, in: live.consignee, for: connection) {
            latest()?["consignee"]?.object
        }.map { ("consignee." + $0.field.path, $0.field.words, $0.found.words) }
        let comparison = LineComparison(collection: "orderLines") { $0.expectedOrderLine(for: connection) }
        return wrong + comparison.differences(lines, live.lines, movedAway: movedAway)
    }

    private func stranger(
        _ order: OngoingSnapshot.Order, _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> Finding {
        Finding(
            subject: "order \(order.number), goods owner \(connection.goodsOwner)",
            sentence: "It is live in the warehouse, and Rackbeat has no such order.", expected: "no live order",
            rackbeatHolds: "nothing", ongoingHolds: "an order at status \(order.status)",
            exchanges: evidence.writes(about: order.number))
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

/// What the book says of orders and purchase orders in the shop.
struct OrderActs {
    private var latestAct: [String: Moment] = [:]
    private var movedByHand: Set<String> = []

    /// - Parameter purchase: whether it is about purchase orders.
    init(_ book: ActionLog, purchase: Bool = false) {
        for entry in book.entries {
            switch entry.act {
            case .orderBooked(let number, _) where !purchase: latestAct[number] = entry.time
            case .orderReopened(let number) where !purchase: latestAct[number] = entry.time
            case .orderCancelled(let number) where !purchase: latestAct[number] = entry.time
            case .shippedByHand(let number, _, _, _) where !purchase: movedByHand.insert(number)
            case .purchaseOrderBooked(let number, _) where purchase: latestAct[number] = entry.time
            case .purchaseOrderReopened(let number) where purchase: latestAct[number] = entry.time
            case .purchaseOrderCancelled(let number) where purchase: latestAct[number] = entry.time
            case .receivedByHand(let number, _, _, _) where purchase: movedByHand.insert(number)
            default: break
            }
        }
    }

    /// When somebody last booked, reopened or cancelled it; `nil` when it was there from the beginning.
    func latest(_ number: String) -> Moment? { latestAct[number] }

    /// Whether the office shipped or received some of it past the warehouse.
    func wasMovedByHand(_ number: String) -> Bool { movedByHand.contains(number) }
}
