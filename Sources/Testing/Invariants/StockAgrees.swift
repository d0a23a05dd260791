import SyncCore
package import Units

/// Rackbeat and the warehouse hold the same stock at a connection's location, or the whole difference is explained.
package struct StockAgrees: Invariant {
    package static let id = "stock-agrees"
    package static let statement =
        "Both systems hold the same stock, apart from differences with a known cause; otherwise customers order goods that are not "
        + "there, or cannot order goods that are."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(evidence.connections.flatMap { judge(evidence, $0) })
    }

    private func judge(_ evidence: Evidence, _ connection: ConnectionFacts) -> [Finding] {
        let accounts = StockAccounts(evidence, connection)
        return items(evidence, accounts, connection).compactMap { item in
            let account = accounts[item]
            let declarations = evidence.declaredDrift.filter {
                $0.item == item && ($0.location.map { $0 == connection.location } ?? true)
            }
            let declared = declarations.reduce(ExactDecimal.zero) { $0 + $1.difference }
            let unexplained = account.unexplained - declared
            // A scenario may declare the whole difference, or only the unexplained part.
            guard !unexplained.isZero, declarations.isEmpty || account.unexplained + account.lasting != declared else {
                return nil
            }
            // The APIs do not say which lasting causes lie before both sides were made equal.
            guard evidence.api == nil || !account.isExplainedInPart else { return nil }
            let explanation = account.explanations.map { "\($0.amount.signed) \($0.why.rawValue)" }
            let known = explanation + (declared.isZero ? [] : ["\(declared.signed) declared drift"])
            return Finding(
                subject: "\(item) at location \(connection.location)", record: RecordRef(.product, item),
                connection: connection.name,
                sentence:
                    "Stock differs by \((account.ongoing - account.rackbeat).signed), of which \(unexplained.signed) is unexplained.",
                expected: known.isEmpty ? "no difference" : "a difference of \(listed(known))",
                rackbeatHolds: "\(account.rackbeat)", ongoingHolds: "\(account.ongoing)",
                exchanges: evidence.writes(about: RecordRef(.product, item)))
        }
    }

    /// The items to be compared: each product that keeps stock, in Rackbeat's order; then what only one side knows and a person was
    /// not told of since the night, a deleted product or an article of the warehouse's own. Its stock can be sold by nobody, and
    /// nobody looks for it.
    private func items(_ evidence: Evidence, _ accounts: StockAccounts, _ connection: ConnectionFacts) -> [String] {
        let products = evidence.rackbeat.products.filter { !$0.isDeleted }
        let known = Set(products.map { withoutEdges($0.number) })
        var latest: [String: Moment] = [:]
        let movements =
            evidence.rackbeat.movements.filter { evidence.rackbeat.isAt($0.place, connection) }
            + evidence.ongoing.movements.filter { $0.place == String(connection.goodsOwner) }
        for movement in movements { latest[movement.item] = max(latest[movement.item] ?? movement.time, movement.time) }
        for product in evidence.rackbeat.products where product.isDeleted {
            latest[product.number] = max(latest[product.number] ?? product.updatedAt, product.updatedAt)
        }
        let strangers = accounts.items.filter { item in
            !known.contains(withoutEdges(item)) && !evidence.isExcused(item, in: connection, jobs: [.products, .stock])
                && !(latest[item].map(evidence.isYoung) ?? true)
        }
        return products.filter(\.keepsInventory).map(\.number) + strangers
    }
}

/// The stock of one item at a connection on both sides, with the causes of the difference.
package struct StockComparison: Sendable, Equatable {
    package struct Cause: Sendable, Equatable {
        /// Ongoing minus Rackbeat.
        package let amount: ExactDecimal
        package let words: String
        /// Whether it stays when all pending work is done.
        package let lasts: Bool
    }

    package let item: String
    package let ongoing: ExactDecimal
    package let rackbeat: ExactDecimal
    package let causes: [Cause]

    /// Ongoing minus Rackbeat.
    package var difference: ExactDecimal { ongoing - rackbeat }
    /// What no cause explains. Lasting causes may lie before both sides were made equal, so any part of them may count.
    package let unexplained: ExactDecimal

    /// Every item that either side holds or that something is under way for, by number.
    package static func all(_ evidence: Evidence, _ connection: ConnectionFacts) -> [StockComparison] {
        let accounts = StockAccounts(evidence, connection)
        return accounts.items.map { item in
            let account = accounts[item]
            return StockComparison(
                item: item, ongoing: account.ongoing, rackbeat: account.rackbeat,
                causes: account.explanations.map { Cause(amount: $0.amount, words: $0.why.rawValue, lasts: $0.why.lasts) },
                unexplained: account.isExplainedInPart ? .zero : account.unexplained)
        }
    }
}

/// The stock of each item of one connection on both sides, and the known causes of the difference.
private struct StockAccounts {
    enum Reason: String {
        case notShipped = "picked and not shipped yet"
        case notReceived = "received in the warehouse and not booked yet"
        case notRecreated = "adjusted in the warehouse and not recreated in Rackbeat yet"
        case syncIsOff = "adjusted in the warehouse while stock sync is off"
        case beforeSync = "adjusted before stock sync began"
        case returned = "sent back by customers and in the warehouse's stock again"
        case adjustedByHand = "adjusted by hand in Rackbeat"
        case shippedByHand = "shipped by hand in Rackbeat"
        case receivedByHand = "received by hand in Rackbeat"
        case accepted = "accepted when stock sync began"

        /// Whether the difference stays when all pending work is done.
        var lasts: Bool {
            switch self {
            case .notShipped, .notReceived, .notRecreated: false
            case .syncIsOff, .beforeSync, .returned, .adjustedByHand, .shippedByHand, .receivedByHand, .accepted: true
            }
        }
    }

    struct Account {
        var rackbeat = ExactDecimal.zero
        var ongoing = ExactDecimal.zero
        /// The explained parts of the difference, Ongoing minus Rackbeat; never zero.
        var explanations: [(amount: ExactDecimal, why: Reason)] = []

        var unexplained: ExactDecimal { explanations.reduce(ongoing - rackbeat) { $0 - $1.amount } }

        /// Whether some of the lasting causes explain the difference, and the others need not.
        var isExplainedInPart: Bool {
            let lasting = explanations.filter(\.why.lasts)
            let rest = unexplained + self.lasting
            return (0..<(1 << lasting.count)).contains { chosen in
                lasting.indices.reduce(ExactDecimal.zero) { chosen >> $1 & 1 == 1 ? $0 + lasting[$1].amount : $0 } == rest
            }
        }

        /// The explained part that will stay.
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

    /// By number without blanks around it, as the warehouse knows an item.
    private var accounts: [String: Account] = [:]

    /// Every item with stock or movements, in alphabetical order.
    var items: [String] { accounts.keys.sorted() }

    subscript(item: String) -> Account { accounts[withoutEdges(item)] ?? Account() }

    init(_ evidence: Evidence, _ connection: ConnectionFacts) {
        for position in evidence.rackbeat.stock where evidence.rackbeat.isAt(position.place, connection) {
            accounts[withoutEdges(position.item), default: Account()].rackbeat += position.stock
        }
        for position in evidence.ongoing.stock where position.place == String(connection.goodsOwner) {
            accounts[withoutEdges(position.item), default: Account()].ongoing += position.stock
        }
        explainFulfilments(evidence, connection)
        explainAdjustments(evidence, connection)
        explainPeople(evidence, connection)
        if connection.settings.stockSync == .onWithOffset { explainOffset(evidence, connection) }
    }

    private mutating func explainFulfilments(_ evidence: Evidence, _ connection: ConnectionFacts) {
        for fulfilment in FulfilmentList.shipping(evidence, connection).all {
            let isExcused =
                evidence.isExcused(fulfilment, in: connection, jobs: [.shipments, .orders])
                || evidence.isShownLate(RecordRef(.order, fulfilment.order), to: .shipments, of: connection)
            accounts[withoutEdges(fulfilment.item), default: Account()].explain(
                -fulfilment.explained(isExcused: isExcused), .notShipped)
        }
        for fulfilment in FulfilmentList.receiving(evidence, connection).all {
            let isExcused =
                evidence.isExcused(fulfilment, in: connection, jobs: [.receipts, .purchaseOrders])
                || evidence.isShownLate(RecordRef(.purchaseOrder, fulfilment.order), to: .receipts, of: connection)
            accounts[withoutEdges(fulfilment.item), default: Account()].explain(
                fulfilment.explained(isExcused: isExcused), .notReceived)
        }
    }

    private mutating func explainAdjustments(_ evidence: Evidence, _ connection: ConnectionFacts) {
        for adjustments in ItemAdjustments.all(evidence, connection) {
            accounts[withoutEdges(adjustments.item), default: Account()].explain(
                adjustments.explained(isExcused: adjustments.areExcused(evidence, connection)), .notRecreated)
        }
        let periods = StockSyncPeriods(evidence, connection)
        let isOff = connection.settings.stockSync == .off || evidence.stockSyncBegan[connection.name] == nil
        for entry in evidence.actionLog.entries {
            guard case .adjusted(connection.goodsOwner, let item, let change, _) = entry.action,
                periods.demand(of: entry.time) == .left
            else { continue }
            accounts[withoutEdges(item), default: Account()].explain(change, isOff ? .syncIsOff : .beforeSync)
        }
    }

    private mutating func explainPeople(_ evidence: Evidence, _ connection: ConnectionFacts) {
        for entry in evidence.actionLog.entries {
            switch entry.action {
            case .adjustedByHand(let item, let location, let change) where evidence.rackbeat.isAt(location, connection):
                accounts[withoutEdges(item), default: Account()].explain(-change, .adjustedByHand)
            case .returned(connection.goodsOwner, let order, _, let item, let quantity):
                // Nobody books it in Rackbeat who is not told of it.
                let isTold =
                    evidence.api != nil || evidence.isPending(entry.time)
                    || evidence.isExcused(order, in: connection, jobs: [.shipments])
                    || evidence.isDismissed(order, in: connection, .shipments)
                if isTold { accounts[withoutEdges(item), default: Account()].explain(quantity, .returned) }
            case .shippedByHand(let order, let line, let location, let quantity)
            where evidence.rackbeat.isAt(location, connection):
                guard let item = Self.item(line, evidence.rackbeat.orders.first { $0.number == order }?.lines) else { continue }
                accounts[withoutEdges(item), default: Account()].explain(quantity, .shippedByHand)
            case .receivedByHand(let order, let line, let location, let quantity)
            where evidence.rackbeat.isAt(location, connection):
                let lines = evidence.rackbeat.purchaseOrders.first { $0.number == order }?.lines
                guard let item = Self.item(line, lines) else { continue }
                accounts[withoutEdges(item), default: Account()].explain(-quantity, .receivedByHand)
            default: break
            }
        }
    }

    private static func item(_ line: String, _ lines: [RackbeatSnapshot.Line]?) -> String? {
        lines?.first { $0.id == line }?.item
    }

    /// The difference at the start of stock sync is accepted: the opening stock, and the drift until then.
    private mutating func explainOffset(_ evidence: Evidence, _ connection: ConnectionFacts) {
        guard let began = evidence.stockSyncBegan[connection.name] else { return }
        if let api = evidence.api {
            for (item, offset) in api.acceptedOffsets ?? [:] {
                accounts[withoutEdges(item), default: Account()].explain(offset, .accepted)
            }
            return
        }
        for entry in evidence.rackbeat.movements where entry.cause == "opening" && evidence.rackbeat.isAt(entry.place, connection)
        {
            accounts[withoutEdges(entry.item), default: Account()].explain(-entry.change, .accepted)
        }
        for entry in evidence.ongoing.movements
        where entry.cause == "opening" && entry.place == String(connection.goodsOwner) {
            accounts[withoutEdges(entry.item), default: Account()].explain(entry.change, .accepted)
        }
        for entry in evidence.actionLog.entries where entry.time < began {
            guard case .drifted(let side, let item, let change) = entry.action else { continue }
            switch side {
            case .rackbeat(let location) where evidence.rackbeat.isAt(location, connection):
                accounts[withoutEdges(item), default: Account()].explain(-change, .accepted)
            case .ongoing(connection.goodsOwner): accounts[withoutEdges(item), default: Account()].explain(change, .accepted)
            case .rackbeat, .ongoing: break
            }
        }
    }
}
