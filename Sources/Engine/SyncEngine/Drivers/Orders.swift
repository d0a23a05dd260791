import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

extension PushDriver {
    /// Sends booked orders to the warehouse, and cancels those that no longer are.
    func runOrders() throws {
        try run(
            PushSource<SalesOrder>(
                calls: orderCalls, page: { [rackbeat] in try rackbeat.orders(updatedFrom: $0, page: $1) },
                read: { [rackbeat] in try rackbeat.order(OrderNumber($0)) },
                map: { [self] in mapped(try facts.completed($0)) }))
    }

    private func mapped(_ order: SalesOrder) -> MappedDocument {
        // Where a delivery date is missing, the date of the sending stands in; what a decision hangs on does not change with it.
        let mapped = mapping.outboundOrder(for: order, number: order.number, fallbackDate: CivilDate(daysSince1970: 0))
        return MappedDocument(
            number: order.number.text, updatedAt: order.updatedAt,
            isOpen: order.progress == .booked || order.progress == .partlyShipped, isDone: order.progress == .shipped,
            skippedLines: mapping.skippedLines(of: order),
            fingerprint: Fingerprint(text: order.progress.rawValue + " " + mapped.value.fingerprint.text),
            outgoing: { [self] in outgoing(order, mapped, $0) },
            decide: { [mapping] booked, mayBeHeld in
                let lines = mapping.concerningLines(of: order).map { line in
                    LineProgress(quantity: line.quantity, done: line.shipped, bookedByUs: booked[line.id] ?? .zero)
                }
                return PushDecision.decide(order: order, lines: lines, mayBeHeld: mayBeHeld)
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
            isShown: { [ongoing] in try ongoing.shows(numbered($0), at: $1) })
    }

    private var orderCalls: PushCalls {
        PushCalls(
            job: .orders,
            find: { [self] number in
                try readable(ongoing.orders(.number(OrderNumber(number))), "order \(number)").filter { $0.number.text == number }
                    .map(document)
            }, read: { [self] id in try shown { try ongoing.order(id) }.map(document) },
            cancel: { [ongoing] in try ongoing.cancelOrder($0) })
    }

    private func document(_ order: WarehouseOrder) -> WarehouseDocument {
        WarehouseDocument(
            id: order.id, isCancelled: order.status == settings.cancelledOrderStatus,
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
