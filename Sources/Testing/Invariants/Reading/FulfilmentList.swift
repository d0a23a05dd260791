import SyncCore
import Units

/// How much of one line of Rackbeat's the warehouse picked or received, and how much of that Rackbeat has booked.
struct LineFulfilment {
    /// The number of the order or purchase order in Rackbeat, and the line there.
    let order: String
    let line: String
    let item: String
    /// All lines concerned: more than one where Rackbeat cannot distinguish them.
    var lines: [String]
    /// Picked or received, by the action log.
    var moved = BookableQuantity.nothing
    /// The same, by the warehouse's document.
    var documented = ExactDecimal.zero
    /// Moved on documents that the warehouse has cancelled since, as far as a complete sync round has begun after that.
    var abandoned = ExactDecimal.zero
    /// Shipped or received in Rackbeat, without what was booked by hand.
    var booked = ExactDecimal.zero
    /// Booked by hand. The engine may take it for its own where it shows what the engine was about to book.
    var bookedByHand = ExactDecimal.zero
    /// What the engine reported to the warehouse as booked; `nil` when it reported nothing.
    var reported: ExactDecimal?

    init(order: String, line: String, item: String) {
        self.order = order
        self.line = line
        self.item = item
        lines = [line]
    }

    /// Several lines of one item as one.
    ///
    /// - Precondition: There is at least one.
    init(joining fulfilments: [LineFulfilment]) {
        self.init(order: fulfilments[0].order, line: listed(fulfilments.map(\.line)), item: fulfilments[0].item)
        lines = fulfilments.map(\.line)
        for fulfilment in fulfilments {
            moved = moved + fulfilment.moved
            documented += fulfilment.documented
            booked += fulfilment.booked
            bookedByHand += fulfilment.bookedByHand
            abandoned += fulfilment.abandoned
            if let reported = fulfilment.reported { self.reported = (self.reported ?? .zero) + reported }
        }
    }

    /// The explained difference between the two systems: moved in the warehouse and not booked in Rackbeat.
    ///
    /// When the wrong quantity is booked, the difference to the right quantity is not explained.
    func explained(isExcused: Bool) -> ExactDecimal {
        moved.total - (isExcused || moved.allows(booked) ? booked : moved.wanted)
    }

    /// Whether goods of a cancelled document are booked nowhere: picked and never shipped, or received and not in Rackbeat's stock.
    var hasLostGoods: Bool { !abandoned.isZero && booked < documented }
}

/// A line of an order or purchase order, by the numbers in Rackbeat. The shorter number comes first.
struct LineKey: Hashable, Comparable {
    let order: String
    let line: String

    static func < (left: LineKey, right: LineKey) -> Bool {
        (left.order.utf8.count, left.order, left.line.utf8.count, left.line)
            < (right.order.utf8.count, right.order, right.line.utf8.count, right.line)
    }
}

/// The fulfilment of the lines of one connection.
struct FulfilmentList {
    private var fulfilments: [LineKey: LineFulfilment] = [:]

    /// Where the action log and the warehouse's documents differ.
    func contradictions(_ verb: String) -> [String] {
        all.filter { $0.documented != $0.moved.total }.map {
            "the action log has \($0.moved.total) \(verb) of order \($0.order), line \($0.line), the warehouse \($0.documented)"
        }
    }

    /// By order and line, the shorter number first.
    var all: [LineFulfilment] { fulfilments.sorted { $0.key < $1.key }.map(\.value) }

    private mutating func change(_ order: String, _ line: String, _ item: String, _ body: (inout LineFulfilment) -> Void) {
        body(&fulfilments[LineKey(order: order, line: line), default: LineFulfilment(order: order, line: line, item: item)])
    }

    private mutating func add(
        _ line: OngoingSnapshot.OrderLine, _ name: String, of order: String, _ bookable: BookableQuantity, isAbandoned: Bool
    ) {
        change(order, name, line.article) { fulfilment in
            if isAbandoned { fulfilment.abandoned += line.moved }
            fulfilment.moved = fulfilment.moved + bookable
            fulfilment.documented += line.moved
            if let reported = line.reported { fulfilment.reported = (fulfilment.reported ?? .zero) + reported }
        }
    }

    // MARK: Outbound

    /// What was picked for a connection, and what of it was shipped.
    static func shipping(_ evidence: Evidence, _ connection: ConnectionFacts) -> FulfilmentList {
        var list = FulfilmentList()
        let rounds = evidence.lastRounds(connection)
        let moves = WarehouseMovements(picksOf: evidence.actionLog)
        let numbers = RackbeatNumbers(evidence)
        let lines = lineNames(evidence.rackbeat.orders.map { ($0.number, $0.lines) }, evidence, connection)
        for order in evidence.ongoing.orders where order.goodsOwner == connection.goodsOwner {
            let number = numbers.number(of: order) ?? order.number
            let due = DuePeriods(order.history, connection) { $0.shipsPicks(at: $1) }
            let isAbandoned = order.isCancelled && !evidence.isPending(order.history.last?.time ?? Moment(milliseconds: 0))
            for line in order.lines {
                let bookable = BookableQuantity(
                    changes: moves.changes(connection.goodsOwner, order.number, line), due: due, rounds: rounds)
                list.add(
                    line, line.row ?? lines(number, line.article) ?? String(line.id), of: number, bookable,
                    isAbandoned: isAbandoned)
            }
        }
        for shipment in evidence.rackbeat.shipments where shipment.shippedAt != nil {
            for line in shipment.lines where evidence.rackbeat.isAt(line.location, connection) {
                list.change(shipment.order, line.orderLine ?? "", line.item) { $0.booked += line.quantity }
            }
        }
        for entry in evidence.actionLog.entries {
            guard case .shippedByHand(let order, let line, let location, let quantity) = entry.action,
                evidence.rackbeat.isAt(location, connection)
            else { continue }
            list.change(order, line, "") {
                $0.booked -= quantity
                $0.bookedByHand += quantity
            }
        }
        return list
    }

    // MARK: Inbound

    /// What was received for a connection, and what of it was booked.
    static func receiving(_ evidence: Evidence, _ connection: ConnectionFacts) -> FulfilmentList {
        var list = FulfilmentList()
        let rounds = evidence.lastRounds(connection)
        let moves = WarehouseMovements(receiptsOf: evidence.actionLog)
        let numbers = RackbeatNumbers(evidence)
        let lines = lineNames(evidence.rackbeat.purchaseOrders.map { ($0.number, $0.lines) }, evidence, connection)
        // Documents and items with a line that received more than it ordered, or that was corrected.
        var moved: Set<[String]> = []
        for order in evidence.ongoing.purchaseOrders where order.goodsOwner == connection.goodsOwner {
            let number = numbers.number(of: order) ?? order.number
            let due = DuePeriods(order.history, connection) { $0.booksReceipts(at: $1) }
            let isAbandoned = order.isCancelled && !evidence.isPending(order.history.last?.time ?? Moment(milliseconds: 0))
            for line in order.lines {
                let changes = moves.changes(connection.goodsOwner, order.number, line)
                let bookable = BookableQuantity(changes: changes, due: due, rounds: rounds)
                list.add(
                    line, line.row ?? lines(number, line.article) ?? String(line.id), of: number, bookable,
                    isAbandoned: isAbandoned)
                // The APIs show neither which line a receipt is for nor what was corrected.
                if evidence.api != nil || moves.exceeded(line.quantity, changes)
                    || changes.contains(where: { $0.change.isNegative })
                {
                    moved.insert([number, withoutEdges(line.article)])
                }
            }
        }
        for receipt in evidence.rackbeat.receipts where receipt.receivedAt != nil {
            for line in receipt.lines where evidence.rackbeat.isAt(line.location, connection) {
                // Goods beyond the ordered quantity are on a line of their own, without the id of a line of the order.
                let name = line.orderLine ?? lines(receipt.purchaseOrder, line.item) ?? ""
                list.change(receipt.purchaseOrder, name, line.item) { $0.booked += line.quantity }
            }
        }
        for entry in evidence.actionLog.entries {
            guard case .receivedByHand(let order, let line, let location, let quantity) = entry.action,
                evidence.rackbeat.isAt(location, connection)
            else { continue }
            list.change(order, line, "") {
                $0.booked -= quantity
                $0.bookedByHand += quantity
            }
        }
        list.joinLines(of: moved)
        return list
    }

    /// A line of a receipt has its item and no line of the purchase order. Rackbeat counts what exceeds one line for another line of
    /// the item, and books what was received on the wrong line and corrected all the same, so that only the sum of these lines can
    /// be compared.
    private mutating func joinLines(of documents: Set<[String]>) {
        guard !documents.isEmpty else { return }
        var groups: [[String]: [LineKey]] = [:]
        for (key, fulfilment) in fulfilments {
            let document = [key.order, withoutEdges(fulfilment.item)]
            if documents.contains(document) { groups[document, default: []].append(key) }
        }
        for group in groups.values where group.count > 1 {
            let keys = group.sorted()
            let joined = LineFulfilment(joining: keys.map { fulfilments[$0]! })
            for key in keys { fulfilments[key] = nil }
            fulfilments[keys[0]] = joined
        }
    }

    /// The line of a document that an item belongs to when nothing else tells: the only one of the connection with that item, or of
    /// all, where the line is the connection's no more.
    private static func lineNames(
        _ documents: [(number: String, lines: [RackbeatSnapshot.Line])], _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> (String, String) -> String? {
        var lines: [String: [RackbeatSnapshot.Line]] = [:]
        for document in documents { lines[document.number] = document.lines }
        return { number, item in
            let matching = (lines[number] ?? []).filter { $0.item.map(withoutEdges) == withoutEdges(item) }
            let own = evidence.rackbeat.lines(of: matching, at: connection)
            return own.count == 1 ? own[0].id : matching.count == 1 ? matching[0].id : nil
        }
    }
}

/// Signed changes by line of the warehouse's documents, from the action log.
private struct WarehouseMovements {
    private struct Key: Hashable {
        let goodsOwner: Int
        let document: String
        let line: String
    }

    private var moves: [Key: [(time: Moment, change: ExactDecimal)]] = [:]

    init(picksOf actionLog: ActionLog) {
        for entry in actionLog.entries {
            switch entry.action {
            case .picked(let goodsOwner, let order, let line, _, let quantity):
                add(goodsOwner, order, line, entry.time, quantity)
            case .unpicked(let goodsOwner, let order, let line, _, let quantity):
                add(goodsOwner, order, line, entry.time, -quantity)
            default: break
            }
        }
    }

    init(receiptsOf actionLog: ActionLog) {
        for entry in actionLog.entries {
            switch entry.action {
            case .received(let goodsOwner, let order, let line, _, let quantity):
                add(goodsOwner, order, line, entry.time, quantity)
            case .receiptCorrected(let goodsOwner, let order, let line, _, let change):
                add(goodsOwner, order, line, entry.time, change)
            default: break
            }
        }
    }

    private mutating func add(
        _ goodsOwner: Int, _ document: String, _ line: String, _ time: Moment, _ change: ExactDecimal
    ) {
        moves[Key(goodsOwner: goodsOwner, document: document, line: line), default: []].append((time, change))
    }

    /// Whether the quantity was ever exceeded.
    func exceeded(_ quantity: ExactDecimal, _ changes: [(time: Moment, change: ExactDecimal)]) -> Bool {
        var reached = ExactDecimal.zero
        return changes.contains { _, change in
            reached += change
            return reached > quantity
        }
    }

    func changes(
        _ goodsOwner: Int, _ document: String, _ line: OngoingSnapshot.OrderLine
    ) -> [(time: Moment, change: ExactDecimal)] {
        let name = line.row ?? String(line.id)
        return moves[Key(goodsOwner: goodsOwner, document: document, line: name)] ?? []
    }
}
