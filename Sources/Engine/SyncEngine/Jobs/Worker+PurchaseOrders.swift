import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade

extension Worker {
    /// Sends booked purchase orders to the warehouse, and takes back those that no longer are.
    func runPurchaseOrders() throws {
        try resumePushes(purchaseDesk) { try turn(to: $0) }
        try resend(purchaseDesk) { try turn(to: $0) }
        try lookWhetherOpen(purchaseDesk) { try turn(to: $0) }
        for subject in try dueSubjects(.purchaseOrders) {
            try turn(to: subject)
        }
        try scan(
            .purchaseOrders, page: { try rackbeat.purchaseOrders(updatedFrom: $0, page: $1) },
            dealWith: { order in
                let order = try locating(order)
                let subject = order.number.text
                let fingerprint = fingerprint(order)
                // Also of one that is itself before a person; see the orders.
                if order.progress == .booked || order.progress == .partlyReceived {
                    try wake(waitingFor: RecordRef(.purchaseOrder, subject), changedAt: order.updatedAt)
                }
                guard try !isSettled(.purchaseOrders, subject, fingerprint) else { return }
                try attempt(.purchaseOrders, subject, fingerprint: fingerprint) { try decide(order) }
            })
    }

    /// Looks at one purchase order by its number.
    private func turn(to number: String) throws {
        var content: Fingerprint?
        try attempt(.purchaseOrders, number, fingerprint: content) {
            guard let found = try rackbeat.purchaseOrder(PurchaseOrderNumber(number)) else {
                return try wasDeleted(number, purchaseDesk)
            }
            let order = try locating(found)
            content = fingerprint(order)
            try decide(order)
        }
    }

    /// What a decision about it hangs on: where it stands, and what would be sent.
    private func fingerprint(_ order: PurchaseOrder) -> Fingerprint {
        let sent = mapping.inboundOrder(for: order, number: order.number).value
        return Fingerprint(text: order.progress.rawValue + " " + sent.fingerprint.text)
    }

    private func decide(_ order: PurchaseOrder) throws {
        let number = order.number.text
        tally.skippedLines += mapping.skippedLines(of: order)
        let isUnchanged = try journal.pushed(.purchaseOrder, number: number).map { isAsSent(order, $0) }
        guard try !isBeingBooked(number, purchaseDesk, isAsSent: isUnchanged) else { return }
        let known = try known(number, with: purchaseDesk)
        let booked = try journal.bookedInAll(.purchaseOrder, number: number)
        let lines = LineProgress.byItem(
            mapping.concerningLines(of: order).map { line in
                (
                    line.item,
                    LineProgress(quantity: line.quantity, done: line.received, bookedByUs: booked[line.id] ?? .zero)
                )
            })
        switch PushDirective.decide(order: order, lines: lines, pushed: known?.pushed) {
        case .leave:
            if known == nil { tally.foreign += 1 }
            try nothingIsUndecided(of: known, purchaseDesk)
            guard order.progress == .received, let known else { return }
            try flagIfChanged(outgoing(order, known.pushed.warehouseNumber), known: known, purchaseDesk)
        case .put:
            try wake(waitingFor: RecordRef(.purchaseOrder, number), changedAt: order.updatedAt)
            try send(number, with: purchaseDesk, known: known) { outgoing(order, $0) }
        case .cancel(let why):
            if let known { try letGo(known, why: why, with: purchaseDesk) }
        case .park(let trouble): throw trouble
        }
    }

    private func outgoing(_ order: PurchaseOrder, _ warehouseNumber: String) -> Outgoing {
        let mapped = mapping.inboundOrder(for: order, number: PurchaseOrderNumber(warehouseNumber))
        return Outgoing(
            number: order.number.text, fingerprint: mapped.value.fingerprint, findings: mapped.findings,
            lines: mapped.value.lines.map { PushedLine(row: $0.row, item: $0.article, quantity: $0.quantity) },
            deliveryDate: nil, put: { [ongoing] in try ongoing.put(mapped.value, isUpdate: $0) },
            isShown: { [ongoing] in try ongoing.shows(mapped.value, at: $0) })
    }

    private func isAsSent(_ order: PurchaseOrder, _ known: PushedRecord) -> Bool {
        guard order.progress != .draft, order.progress != .cancelled else { return false }
        let sent = mapping.inboundOrder(for: order, number: PurchaseOrderNumber(known.pushed.warehouseNumber))
        return sent.value.fingerprint == known.pushed.fingerprint
    }

    var purchaseDesk: PushDesk {
        PushDesk(
            kind: .purchaseOrder, job: .purchaseOrders, noun: "purchase order",
            find: { [self] number in
                try readable(
                    ongoing.purchaseOrders(.number(PurchaseOrderNumber(number))), "purchase order \(number)"
                ).filter { $0.number.text == number }.map(held)
            }, read: { [self] id in try shown { try ongoing.purchaseOrder(id) }.map(held) },
            cancel: { [ongoing] in try ongoing.cancelPurchaseOrder($0) })
    }

    private func held(_ order: WarehousePurchaseOrder) -> HeldDocument {
        HeldDocument(
            id: order.id, isCancelled: order.status == settings.cancelledPurchaseStatus,
            status: "\(order.status)" + (order.statusText.map { " \($0)" } ?? ""),
            hasBegun: order.lines.contains { !$0.received.isZero },
            lines: order.lines.compactMap { line in
                guard let row = line.row, let article = line.article else { return nil }
                return PushedLine(row: row, item: article, quantity: line.advised)
            })
    }
}
