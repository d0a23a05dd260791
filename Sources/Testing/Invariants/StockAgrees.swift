import SyncCore
import Units

/// What Rackbeat holds at a connection's location is what the warehouse holds, or every piece of the difference is accounted for.
package struct StockAgrees: Invariant {
    package static let name = "stock-agrees"
    package static let statement =
        "Both systems hold the same stock, or each piece of the difference has a name; otherwise sales are lost or promised in vain."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(evidence.connections.flatMap { judge(evidence, $0) })
    }

    private func judge(_ evidence: Evidence, _ connection: ConnectionFacts) -> [Finding] {
        let accounts = StockAccounts(evidence, connection)
        return evidence.shop.products.filter { $0.keepsInventory && !$0.isDeleted }.compactMap { product in
            let account = accounts[product.number]
            let declared = evidence.declaredDrift.filter {
                $0.item == product.number && ($0.location.map { $0 == connection.location } ?? true)
            }.reduce(ExactDecimal.zero) { $0 + $1.difference }
            let unexplained = account.unexplained - declared
            // A scenario may declare the whole difference, or only what has no name yet.
            guard !unexplained.isZero, account.unexplained + account.lasting != declared else { return nil }
            let explanation = account.explanations.map { "\(signed($0.amount)) \($0.why.rawValue)" }
            let known = explanation + (declared.isZero ? [] : ["\(signed(declared)) declared drift"])
            return Finding(
                subject: "\(product.number) at location \(connection.location)",
                sentence:
                    "Stock differs by \(signed(account.shop - account.warehouse)), of which \(signed(unexplained)) is unexplained.",
                expected: known.isEmpty ? "no difference" : "a difference of \(listed(known))",
                rackbeatHolds: "\(account.shop)", ongoingHolds: "\(account.warehouse)",
                exchanges: evidence.writes(about: product.number))
        }
    }
}

/// Why the two sides hold what they hold, for each item of one connection.
private struct StockAccounts {
    enum Reason: String {
        case notShipped = "picked and not shipped yet"
        case notReceived = "received in the warehouse and not booked yet"
        case notReplayed = "adjusted in the warehouse and not replayed yet"
        case syncIsOff = "adjusted in the warehouse while stock sync is off"
        case beforeSync = "adjusted before stock sync began"
        case counted = "counted in Rackbeat"
        case shippedByHand = "shipped by hand in Rackbeat"
        case receivedByHand = "received by hand in Rackbeat"
        case accepted = "accepted when stock sync began"

        /// Whether no work that is under way will make it good.
        var lasts: Bool {
            switch self {
            case .notShipped, .notReceived, .notReplayed: false
            case .syncIsOff, .beforeSync, .counted, .shippedByHand, .receivedByHand, .accepted: true
            }
        }
    }

    struct Account {
        var shop = ExactDecimal.zero
        var warehouse = ExactDecimal.zero
        /// What Rackbeat rightly holds more than the warehouse; never zero.
        var explanations: [(amount: ExactDecimal, why: Reason)] = []

        var unexplained: ExactDecimal { explanations.reduce(shop - warehouse) { $0 - $1.amount } }

        /// What is explained and will stay.
        var lasting: ExactDecimal { explanations.filter(\.why.lasts).reduce(.zero) { $0 + $1.amount } }

        mutating func explain(_ amount: ExactDecimal, _ why: Reason) {
            guard !amount.isZero else { return }
            if let index = explanations.firstIndex(where: { $0.why == why }) {
                explanations[index].amount += amount
                if explanations[index].amount.isZero { explanations.remove(at: index) }
            } else {
                explanations.append((amount, why))
            }
        }
    }

    private var accounts: [String: Account] = [:]

    subscript(item: String) -> Account { accounts[item] ?? Account() }

    init(_ evidence: Evidence, _ connection: ConnectionFacts) {
        for position in evidence.shop.stock where evidence.shop.isAt(position.place, connection) {
            accounts[position.item, default: Account()].shop += position.stock
        }
        for position in evidence.warehouse.stock where position.place == String(connection.goodsOwner) {
            accounts[position.item, default: Account()].warehouse += position.stock
        }
        explainWork(evidence, connection)
        explainAdjustments(evidence, connection)
        explainPeople(evidence, connection)
        if connection.settings.stockSync == .onWithOffset { explainOffset(evidence, connection) }
    }

    private mutating func explainWork(_ evidence: Evidence, _ connection: ConnectionFacts) {
        for work in WorkList.shipping(evidence, connection).all {
            let isExcused = [work.order, work.item].contains {
                evidence.isExcused($0, in: connection, jobs: ["shipments", "orders"])
            }
            accounts[work.item, default: Account()].explain(work.explained(isExcused: isExcused), .notShipped)
        }
        for work in WorkList.receiving(evidence, connection).all {
            let isExcused = [work.order, work.item].contains {
                evidence.isExcused($0, in: connection, jobs: ["receipts", "purchase-orders"])
            }
            accounts[work.item, default: Account()].explain(
                -work.explained(isExcused: isExcused), .notReceived)
        }
    }

    private mutating func explainAdjustments(_ evidence: Evidence, _ connection: ConnectionFacts) {
        for replays in Replays.all(evidence, connection) {
            let isExcused = evidence.isExcused(replays.item, in: connection, jobs: ["stock"])
            accounts[replays.item, default: Account()].explain(
                -replays.explained(isExcused: isExcused), .notReplayed)
        }
        let began = connection.settings.stockSync == .off ? nil : evidence.stockSyncBegan[connection.name]
        for entry in evidence.book.entries {
            guard case .adjusted(connection.goodsOwner, let item, let change, _) = entry.act,
                began.map({ entry.time < $0 }) ?? true
            else { continue }
            accounts[item, default: Account()].explain(-change, began == nil ? .syncIsOff : .beforeSync)
        }
    }

    private mutating func explainPeople(_ evidence: Evidence, _ connection: ConnectionFacts) {
        for entry in evidence.book.entries {
            switch entry.act {
            case .counted(let item, let location, let change) where evidence.shop.isAt(location, connection):
                accounts[item, default: Account()].explain(change, .counted)
            case .shippedByHand(let order, let line, let location, let quantity)
            where evidence.shop.isAt(location, connection):
                guard let item = Self.item(line, evidence.shop.orders.first { $0.number == order }?.lines) else { continue }
                accounts[item, default: Account()].explain(-quantity, .shippedByHand)
            case .receivedByHand(let order, let line, let location, let quantity)
            where evidence.shop.isAt(location, connection):
                let lines = evidence.shop.purchaseOrders.first { $0.number == order }?.lines
                guard let item = Self.item(line, lines) else { continue }
                accounts[item, default: Account()].explain(quantity, .receivedByHand)
            default: break
            }
        }
    }

    private static func item(_ line: String, _ lines: [RackbeatSnapshot.Line]?) -> String? {
        lines?.first { $0.id == line }?.item
    }

    /// What the sides differed by when stock sync began was accepted: what they were opened with, and what drifted until then.
    private mutating func explainOffset(_ evidence: Evidence, _ connection: ConnectionFacts) {
        guard let began = evidence.stockSyncBegan[connection.name] else { return }
        for entry in evidence.shop.movements where entry.cause == "opening" && evidence.shop.isAt(entry.place, connection) {
            accounts[entry.item, default: Account()].explain(entry.change, .accepted)
        }
        for entry in evidence.warehouse.movements
        where entry.cause == "opening" && entry.place == String(connection.goodsOwner) {
            accounts[entry.item, default: Account()].explain(-entry.change, .accepted)
        }
        for entry in evidence.book.entries where entry.time < began {
            guard case .drifted(let side, let item, let change) = entry.act else { continue }
            switch side {
            case .shop(let location) where evidence.shop.isAt(location, connection):
                accounts[item, default: Account()].explain(change, .accepted)
            case .warehouse(connection.goodsOwner): accounts[item, default: Account()].explain(-change, .accepted)
            case .shop, .warehouse: break
            }
        }
    }
}
