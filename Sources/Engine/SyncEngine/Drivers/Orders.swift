import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

extension PushDriver {
    /// Sends booked orders to the warehouse, and cancels those that no longer are.
    func runOrders() throws {
        try run(orderSource)
    }

    var orderSource: PushSource<SalesOrder> {
        PushSource<SalesOrder>(
            calls: orderCalls, page: { [rackbeat] in try rackbeat.orders(updatedFrom: $0, page: $1) },
            openPage: { [rackbeat] in try rackbeat.openOrders(page: $0) }, seen: { [self] in try seenOrders(since: $0, $1) },
            read: { [rackbeat] in try rackbeat.order(OrderNumber($0)) },
            map: { [self] in mapped(try facts.completed($0)) })
    }

    /// What is not shipped yet, and what changed its status since: that list has no age limit.
    private func seenOrders(since moment: Moment?, _ dealWith: ([SeenDocument]) throws -> Void) throws {
        let shipped = settings.shippedStatusFrom
        try ongoing.eachPage(of: .status(from: 0, to: shipped - 1)) { try dealWith($0.compactMap(\.value).map(seen)) }
        guard let moment else { return }
        try ongoing.eachPage(of: .statusChanged(after: moment, statusFrom: shipped, statusTo: 9999)) { rows in
            let orders = rows.compactMap(\.value)
            try dealWith(
                orders.map { order in
                    var seen = seen(order)
                    seen.isOpen = false
                    return seen
                })
            // What passed the lists of the shipments job is booked now, or parked.
            for order in orders { try bookings.look(at: order) }
        }
    }

    private func seen(_ order: WarehouseOrder) -> SeenDocument {
        SeenDocument(
            document: document(order), statusNumber: order.status, backOrderFor: order.backOrderFor,
            moved: order.backOrderFor == nil ? [] : moved(order))
    }

    private func moved(_ order: WarehouseOrder) -> [MovedLine] {
        order.lines.compactMap { line in line.article.map { MovedLine(row: line.row, item: $0, quantity: line.ordered) } }
    }

    /// A back order may have one of its own: what that took over is missing from it.
    private func movedAway(from id: WarehouseID, depth: Int = 0) throws -> [MovedLine] {
        guard depth < Self.mostBackOrders else { return [] }
        return try readable(ongoing.orders(.backOrders(of: id)), "a back order of order id \(id)").flatMap { order in
            try moved(order) + movedAway(from: order.id, depth: depth + 1)
        }
    }

    /// A back order that was picked in part is looked at for its own back order, and left to the shipments.
    private func untouchedRest(of id: WarehouseID, depth: Int = 0) throws -> [WarehouseDocument] {
        guard depth < Self.mostBackOrders else { return [] }
        return try readable(ongoing.orders(.backOrders(of: id)), "a back order of order id \(id)").flatMap { order in
            let shown = document(order)
            return (shown.isCancelled || shown.hasBegun ? [] : [shown]) + (try untouchedRest(of: order.id, depth: depth + 1))
        }
    }

    private static var mostBackOrders: Int { 10 }

    /// A list of changes has shown an order.
    func observe(_ order: WarehouseOrder) throws { try observe(document(order), .order) }

    private func mapped(_ order: SalesOrder) -> MappedDocument {
        // Where a delivery date is missing, the date of the sending stands in; what a decision hangs on does not change with it.
        let mapped = mapping.outboundOrder(for: order, number: order.number, fallbackDate: CivilDate(daysSince1970: 0))
        return MappedDocument(
            number: order.number.text, updatedAt: order.updatedAt,
            isOpen: order.progress == .booked, isDone: order.progress == .shipped,
            skippedLines: mapping.skippedLines(of: order),
            fingerprint: Fingerprint(text: order.progress.rawValue + " " + mapped.value.fingerprint.text),
            outgoing: { [self] in outgoing(order, mapped, $0) },
            decide: { [mapping] booked, mayBeHeld in
                let concerning = mapping.concerningLines(of: order)
                let lines = concerning.map { line in
                    LineProgress(quantity: line.quantity, done: line.shipped, bookedByUs: booked[line.id] ?? .zero)
                }
                let kit = concerning.first(where: \.isKit)?.item
                return PushDecision.decide(order: order, lines: lines, kit: kit, mayBeHeld: mayBeHeld)
            })
    }

    private func outgoing(_ order: SalesOrder, _ mapped: Mapped<OutboundOrder>, _ record: PushRecord) -> Outgoing {
        // A delivery date is required; the day of the first sending stands in, and stays.
        let today = clock.now().date(in: .copenhagen)
        let date = order.deliverAt == nil ? record.deliveryDate ?? today : record.deliveryDate
        var value = mapped.value
        value.deliveryDate = order.deliverAt ?? date ?? today
        func numbered(_ number: String) -> OutboundOrder {
            var numbered = value
            numbered.number = OrderNumber(number)
            return numbered
        }
        let lines = value.lines.map { PushedLine(row: $0.row, item: $0.article, quantity: $0.quantity) }
        return Outgoing(
            content: PushContent(fingerprint: value.fingerprint, lines: lines, deliveryDate: date),
            products: mapping.concerningLines(of: order).compactMap(\.item), findings: mapped.findings,
            put: { [self] number, isUpdate in
                var order = numbered(number)
                order.lines += try linesTakenOut(of: record.document, as: number, lines, isUpdate: isUpdate, orderCalls).map {
                    OutboundLine(row: $0.row, article: $0.item, quantity: .zero, totalWithVAT: Money(.zero))
                }
                return try ongoing.put(order, isUpdate: isUpdate)
            },
            plannedPut: { [ongoing] in
                .put(.order, number: $0, ongoing.fields(of: numbered($0), isUpdate: $1), isUpdate: $1)
            },
            isShown: { [ongoing] in try ongoing.shows(numbered($0), at: $1) },
            isHeadShown: { [ongoing] in try ongoing.shows(numbered($0), at: $1, withLines: false) })
    }

    var orderCalls: PushCalls {
        PushCalls(
            job: .orders,
            find: { [self] number in
                try readable(ongoing.orders(.number(OrderNumber(number))), "order \(number)").filter { $0.number.text == number }
                    .map(document)
            }, read: { [self] id in try shown { try ongoing.order(id) }.map(document) },
            cancel: { [ongoing] in try ongoing.cancelOrder($0) }, movedAway: { [self] in try movedAway(from: $0) },
            untouchedRest: { [self] in try untouchedRest(of: $0) },
            open: { [self] in try seenOrders(since: nil, $0) })
    }

    private func document(_ order: WarehouseOrder) -> WarehouseDocument {
        WarehouseDocument(
            id: order.id, number: order.number.text, ownersNumber: order.erpNumber?.text,
            isCancelled: bookings.stage(of: order) == .cancelled,
            status: "\(order.status)" + (order.statusText.map { " \($0)" } ?? ""),
            hasBegun: order.lines.contains { !$0.picked.isZero },
            lines: order.lines.compactMap { line in
                guard let row = line.row, let article = line.article else { return nil }
                // What is left of a line that was taken out.
                if ongoing.keepsMissingLines, line.ordered.isZero, line.picked.isZero { return nil }
                return PushedLine(row: row, item: article, quantity: line.ordered)
            })
    }
}
