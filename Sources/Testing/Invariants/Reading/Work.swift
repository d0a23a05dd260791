import SyncCore
import Units

/// What the people of the warehouse did with one line of the shop's, and what Rackbeat has booked of it.
struct Work {
    /// The number of the order or purchase order in the shop, and the line there.
    let order: String
    let line: String
    let item: String
    /// All the lines it is about: more than one where Rackbeat cannot tell them apart.
    var lines: [String]
    /// Picked or received, by the book.
    var done = Tally.nothing
    /// The same, by the warehouse's document.
    var documented = ExactDecimal.zero
    /// Shipped or received in Rackbeat by way of the warehouse.
    var booked = ExactDecimal.zero
    /// What the integration told the warehouse it has booked; `nil` when it told nothing.
    var reported: ExactDecimal?

    init(order: String, line: String, item: String) {
        self.order = order
        self.line = line
        self.item = item
        lines = [line]
    }

    /// What was done on several lines of one item, and booked of it in all.
    ///
    /// - Precondition: there is one at least.
    init(joining works: [Work]) {
        self.init(order: works[0].order, line: listed(works.map(\.line)), item: works[0].item)
        lines = works.map(\.line)
        for work in works {
            done = done + work.done
            documented += work.documented
            booked += work.booked
            if let reported = work.reported { self.reported = (self.reported ?? .zero) + reported }
        }
    }

    /// What may rightly differ between the two sides: done in the warehouse and not booked in Rackbeat.
    ///
    /// When something is booked that should not be, or the other way round, only what ought to be is explained.
    func explained(isExcused: Bool) -> ExactDecimal {
        done.total - (isExcused || done.allows(booked) ? booked : done.wanted)
    }
}

/// The lines of one connection with the work that was done on them.
struct WorkList {
    private struct Key: Hashable, Comparable {
        let order: String
        let line: String

        static func < (left: Key, right: Key) -> Bool {
            (left.order.utf8.count, left.order, left.line.utf8.count, left.line)
                < (right.order.utf8.count, right.order, right.line.utf8.count, right.line)
        }
    }

    private var works: [Key: Work] = [:]

    /// Where people did something else than the warehouse's documents tell.
    func contradictions(_ verb: String) -> [String] {
        all.filter { $0.documented != $0.done.total }.map {
            "by the book \($0.done.total) were \(verb) of order \($0.order), line \($0.line), by the warehouse \($0.documented)"
        }
    }

    /// By order and line, the shorter number first.
    var all: [Work] { works.sorted { $0.key < $1.key }.map(\.value) }

    private mutating func change(_ order: String, _ line: String, _ item: String, _ body: (inout Work) -> Void) {
        body(&works[Key(order: order, line: line), default: Work(order: order, line: line, item: item)])
    }

    private mutating func add(_ line: OngoingSnapshot.OrderLine, _ name: String, of order: String, _ tally: Tally) {
        change(order, name, line.article) { work in
            work.done = work.done + tally
            work.documented += line.done
            if let reported = line.reported { work.reported = (work.reported ?? .zero) + reported }
        }
    }

    // MARK: Outbound

    /// What was picked for a connection, and what was shipped of it.
    static func shipping(_ evidence: Evidence, _ connection: ConnectionFacts) -> WorkList {
        var list = WorkList()
        let settings = connection.settings
        let moves = WarehouseMoves(picksOf: evidence.book)
        let numbers = ShopNumbers(evidence)
        let lines = lineNames(evidence.shop.orders.map { ($0.number, $0.lines) })
        for order in evidence.warehouse.orders where order.goodsOwner == connection.goodsOwner {
            let number = numbers.number(of: order) ?? order.number
            let shipped = order.history.first {
                $0.status >= settings.shippedStatusFrom && $0.status <= settings.shippedStatusTo
            }?.time
            for line in order.lines {
                let tally = Tally(
                    changes: moves.changes(connection.goodsOwner, order.number, line), dueFrom: shipped,
                    isPending: evidence.isPending)
                list.add(line, line.row ?? lines(number, line.article) ?? String(line.id), of: number, tally)
            }
        }
        for shipment in evidence.shop.shipments where shipment.shippedAt != nil {
            for line in shipment.lines where evidence.shop.isAt(line.location, connection) {
                list.change(shipment.order, line.orderLine ?? "", line.item) { $0.booked += line.quantity }
            }
        }
        for entry in evidence.book.entries {
            guard case .shippedByHand(let order, let line, let location, let quantity) = entry.act,
                evidence.shop.isAt(location, connection)
            else { continue }
            list.change(order, line, "") { $0.booked -= quantity }
        }
        return list
    }

    // MARK: Inbound

    /// What was received for a connection, and what was booked in of it.
    static func receiving(_ evidence: Evidence, _ connection: ConnectionFacts) -> WorkList {
        var list = WorkList()
        let settings = connection.settings
        let moves = WarehouseMoves(receiptsOf: evidence.book)
        let numbers = ShopNumbers(evidence)
        let lines = lineNames(evidence.shop.purchaseOrders.map { ($0.number, $0.lines) })
        // Documents and items of which more came in on one line than it asked for, or of which a line was corrected.
        var moved: Set<[String]> = []
        for order in evidence.warehouse.purchaseOrders where order.goodsOwner == connection.goodsOwner {
            let number = numbers.number(of: order) ?? order.number
            let completed = order.history.first { settings.completedStatuses.contains($0.status) }?.time
            for line in order.lines {
                let changes = moves.changes(connection.goodsOwner, order.number, line)
                let due =
                    switch settings.receiptTrigger {
                    case .completed: completed
                    case .immediate: changes.first?.time
                    }
                let tally = Tally(changes: changes, dueFrom: due, isPending: evidence.isPending)
                list.add(line, line.row ?? lines(number, line.article) ?? String(line.id), of: number, tally)
                if moves.exceeded(line.quantity, changes) || changes.contains(where: { $0.change.isNegative }) {
                    moved.insert([number, withoutEdges(line.article)])
                }
            }
        }
        for receipt in evidence.shop.receipts where receipt.receivedAt != nil {
            for line in receipt.lines where evidence.shop.isAt(line.location, connection) {
                // Goods beyond what was ordered stand on a line of their own that names no line of the order.
                let name = line.orderLine ?? lines(receipt.purchaseOrder, line.item) ?? ""
                list.change(receipt.purchaseOrder, name, line.item) { $0.booked += line.quantity }
            }
        }
        for entry in evidence.book.entries {
            guard case .receivedByHand(let order, let line, let location, let quantity) = entry.act,
                evidence.shop.isAt(location, connection)
            else { continue }
            list.change(order, line, "") { $0.booked -= quantity }
        }
        list.joinLines(of: moved)
        return list
    }

    /// A line of a receipt names its goods and no line of the purchase order. What came in beyond one line is counted by Rackbeat
    /// for another of the item, and what was written on the wrong line and corrected is booked all the same, so that only all of
    /// them together can be held against what came.
    private mutating func joinLines(of documents: Set<[String]>) {
        for document in documents {
            let keys = works.keys.filter { $0.order == document[0] && withoutEdges(works[$0]!.item) == document[1] }.sorted()
            guard keys.count > 1 else { continue }
            let joined = Work(joining: keys.map { works[$0]! })
            for key in keys { works[key] = nil }
            works[keys[0]] = joined
        }
    }

    /// The line of a document that an item must belong to when nothing else is said: the only one with that item.
    private static func lineNames(_ documents: [(number: String, lines: [RackbeatSnapshot.Line])]) -> (String, String) -> String?
    {
        var lines: [String: [RackbeatSnapshot.Line]] = [:]
        for document in documents { lines[document.number] = document.lines }
        return { number, item in
            let matching = (lines[number] ?? []).filter { $0.item.map(withoutEdges) == withoutEdges(item) }
            return matching.count == 1 ? matching[0].id : nil
        }
    }
}

/// Signed changes by line of the warehouse's documents, as the book has them.
private struct WarehouseMoves {
    private struct Key: Hashable {
        let goodsOwner: Int
        let document: String
        let line: String
    }

    private var moves: [Key: [(time: Moment, change: ExactDecimal)]] = [:]

    init(picksOf book: ActionLog) {
        for entry in book.entries {
            switch entry.act {
            case .picked(let goodsOwner, let order, let line, _, let quantity):
                add(goodsOwner, order, line, entry.time, quantity)
            case .unpicked(let goodsOwner, let order, let line, _, let quantity):
                add(goodsOwner, order, line, entry.time, -quantity)
            default: break
            }
        }
    }

    init(receiptsOf book: ActionLog) {
        for entry in book.entries {
            switch entry.act {
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

    /// Whether there was ever more than so much.
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
