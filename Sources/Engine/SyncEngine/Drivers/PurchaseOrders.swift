import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

extension PushDriver {
    /// Sends booked purchase orders to the warehouse, and cancels those that no longer are.
    func runPurchaseOrders() throws {
        try run(purchaseSource)
    }

    var purchaseSource: PushSource<PurchaseOrder> {
        PushSource<PurchaseOrder>(
            calls: purchaseCalls, page: { [rackbeat] in try rackbeat.purchaseOrders(updatedFrom: $0, page: $1) },
            openPage: { [rackbeat] in try rackbeat.openPurchaseOrders(page: $0) },
            seen: { [self] in try seenPurchaseOrders(since: $0, $1) },
            read: { [rackbeat] in try rackbeat.purchaseOrder(PurchaseOrderNumber($0)) },
            map: { [self] in mapped(try facts.completed($0)) })
    }

    /// What is not completed yet, and what changed its status since.
    private func seenPurchaseOrders(since moment: Moment?, _ dealWith: ([SeenDocument]) throws -> Void) throws {
        let completed = settings.completedStatuses.min() ?? settings.cancelledPurchaseStatus
        func see(_ orders: [WarehousePurchaseOrder]) throws {
            try dealWith(
                orders.map { SeenDocument(document: document($0), statusNumber: $0.status, isOpen: $0.status < completed) })
        }
        try ongoing.eachPage(of: .status(from: 0, to: completed - 1)) { try see($0.compactMap(\.value)) }
        guard let moment else { return }
        try ongoing.eachPage(of: .statusChanged(after: moment)) { rows in
            let orders = rows.compactMap(\.value)
            try see(orders)
            // What passed the lists of the receipts job is booked now, or parked.
            for order in orders { try bookings.look(at: order) }
        }
    }

    /// A list of changes has shown a purchase order.
    func observe(_ order: WarehousePurchaseOrder) throws { try observe(document(order), .purchaseOrder) }

    private func mapped(_ order: PurchaseOrder) -> MappedDocument {
        let mapped = mapping.inboundOrder(for: order, number: order.number)
        let content = PushContent(
            fingerprint: mapped.value.fingerprint,
            lines: mapped.value.lines.map { PushedLine(row: $0.row, item: $0.article, quantity: $0.quantity) }, deliveryDate: nil)
        func numbered(_ number: String) -> InboundOrder {
            var numbered = mapped.value
            numbered.number = PurchaseOrderNumber(number)
            return numbered
        }
        let outgoing = Outgoing(
            content: content, products: mapping.concerningLines(of: order).compactMap(\.item), findings: mapped.findings,
            put: { [self] number, isUpdate in
                let document = RecordRef(.purchaseOrder, order.number.text)
                var order = numbered(number)
                order.lines += try linesTakenOut(of: document, as: number, content.lines, isUpdate: isUpdate, purchaseCalls).map {
                    InboundLine(
                        row: $0.row, article: $0.item, quantity: .zero, currency: mapped.value.lines.first?.currency,
                        totalWithVAT: Money(.zero))
                }
                return try ongoing.put(order, isUpdate: isUpdate)
            },
            plannedPut: { [ongoing] in
                .put(.purchaseOrder, number: $0, ongoing.fields(of: numbered($0), isUpdate: $1), isUpdate: $1)
            },
            isShown: { [ongoing] in try ongoing.shows(numbered($0), at: $1) },
            isHeadShown: { [ongoing] in try ongoing.shows(numbered($0), at: $1, withLines: false) })
        return MappedDocument(
            number: order.number.text, updatedAt: order.updatedAt,
            isOpen: order.progress == .booked, isDone: order.progress == .received,
            skippedLines: mapping.skippedLines(of: order),
            fingerprint: Fingerprint(text: order.progress.rawValue + " " + content.fingerprint.text), outgoing: { _ in outgoing },
            decide: { [mapping] booked, mayBeHeld in
                let concerning = mapping.concerningLines(of: order)
                let lines = LineProgress.byItem(
                    concerning.map { line in
                        let bookedByUs = booked[line.id] ?? .zero
                        return (line.item, LineProgress(quantity: line.quantity, done: line.received, bookedByUs: bookedByUs))
                    })
                let kit = concerning.first(where: \.isKit)?.item
                return PushDecision.decide(order: order, lines: lines, kit: kit, mayBeHeld: mayBeHeld)
            })
    }

    var purchaseCalls: PushCalls {
        PushCalls(
            job: .purchaseOrders,
            find: { [self] number in
                try readable(
                    ongoing.purchaseOrders(.number(PurchaseOrderNumber(number))), "purchase order \(number)"
                ).filter { $0.number.text == number }.map(document)
            }, read: { [self] id in try shown { try ongoing.purchaseOrder(id) }.map(document) },
            cancel: { [ongoing] in try ongoing.cancelPurchaseOrder($0) },
            open: { [self] in try seenPurchaseOrders(since: nil, $0) })
    }

    private func document(_ order: WarehousePurchaseOrder) -> WarehouseDocument {
        var document = WarehouseDocument(
            id: order.id, number: order.number.text, isCancelled: bookings.stage(of: order) == .cancelled,
            status: "\(order.status)" + (order.statusText.map { " \($0)" } ?? ""),
            hasBegun: order.lines.contains { !$0.received.isZero },
            lines: order.lines.compactMap { line in
                guard let row = line.row, let article = line.article else { return nil }
                // What is left of a line that was taken out.
                if ongoing.keepsMissingLines, line.advised.isZero, line.received.isZero { return nil }
                return PushedLine(row: row, item: article, quantity: line.advised)
            })
        switch settings.stage(ofPurchaseOrderAt: order.status, hasMoved: document.hasBegun) {
        case .complete, .passed: document.isComplete = true
        case .notBegun, .underway, .cancelled: break
        }
        return document
    }
}
