import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

extension Worker {
    /// Sends booked orders to the warehouse, and takes back those that no longer are.
    func runOrders() throws {
        try resumePushes(orderDesk) { try turn(to: $0) }
        try resend(orderDesk) { try turn(to: $0) }
        try lookWhetherOpen(orderDesk) { try turn(to: $0) }
        for subject in try dueSubjects(.orders) {
            try turn(to: subject)
        }
        try scan(
            .orders, page: { try rackbeat.orders(updatedFrom: $0, page: $1) },
            dealWith: { order in
                let order = try locating(order)
                let subject = order.number.text
                let fingerprint = fingerprint(order)
                // Also of an order that is itself before a person: reopened and booked again, it is the same to the warehouse, and
                // Rackbeat may take now what it refused meanwhile.
                if order.progress == .booked || order.progress == .partlyShipped {
                    try wake(waitingFor: RecordRef(.order, subject), changedAt: order.updatedAt)
                }
                guard try !isSettled(.orders, subject, fingerprint) else { return }
                try attempt(.orders, subject, fingerprint: fingerprint) { try decide(order) }
            })
    }

    /// What a decision about the order hangs on: where it stands, and what would be sent.
    private func fingerprint(_ order: SalesOrder) -> Fingerprint {
        let sent = mapping.outboundOrder(for: order, number: order.number, fallbackDate: CivilDate(daysSince1970: 0)).value
        return Fingerprint(text: order.progress.rawValue + " " + sent.fingerprint.text)
    }

    /// Looks at one order by its number.
    private func turn(to number: String) throws {
        var content: Fingerprint?
        try attempt(.orders, number, fingerprint: content) {
            guard let found = try rackbeat.order(OrderNumber(number)) else { return try wasDeleted(number, orderDesk) }
            let order = try locating(found)
            content = fingerprint(order)
            try decide(order)
        }
    }

    private func decide(_ order: SalesOrder) throws {
        let number = order.number.text
        tally.skippedLines += mapping.skippedLines(of: order)
        let isUnchanged = try journal.pushed(.order, number: number).map { isAsSent(order, $0) }
        guard try !isBeingBooked(number, orderDesk, isAsSent: isUnchanged) else { return }
        let known = try known(number, with: orderDesk)
        let booked = try journal.bookedInAll(.order, number: number)
        let lines = mapping.concerningLines(of: order).map { line in
            LineProgress(quantity: line.quantity, done: line.shipped, bookedByUs: booked[line.id] ?? .zero)
        }
        switch PushDirective.decide(order: order, lines: lines, pushed: known?.pushed) {
        case .leave:
            if known == nil { tally.foreign += 1 }
            try nothingIsUndecided(of: known, orderDesk)
            guard order.progress == .shipped, let known else { return }
            try flagIfChanged(outgoing(order, known.pushed.warehouseNumber, known), known: known, orderDesk)
        case .put:
            try wake(waitingFor: RecordRef(.order, number), changedAt: order.updatedAt)
            try send(number, with: orderDesk, known: known) { outgoing(order, $0, known) }
        case .cancel(let why):
            if let known { try letGo(known, why: why, with: orderDesk) }
        case .park(let trouble): throw trouble
        }
    }

    private func outgoing(_ order: SalesOrder, _ warehouseNumber: String, _ known: PushedRecord?) -> Outgoing {
        // A delivery date is required; the day of the first sending stands in, and stays.
        let today = clock.now().date(in: .copenhagen)
        let date = order.deliverAt == nil ? known?.deliveryDate ?? today : known?.deliveryDate
        let mapped = mapping.outboundOrder(for: order, number: OrderNumber(warehouseNumber), fallbackDate: date ?? today)
        return Outgoing(
            number: order.number.text, fingerprint: mapped.value.fingerprint, findings: mapped.findings,
            lines: mapped.value.lines.map { PushedLine(row: $0.row, item: $0.article, quantity: $0.quantity) },
            deliveryDate: date, put: { [ongoing] in try ongoing.put(mapped.value, isUpdate: $0) },
            isShown: { [ongoing] in try ongoing.shows(mapped.value, at: $0) })
    }

    private func isAsSent(_ order: SalesOrder, _ known: PushedRecord) -> Bool {
        guard order.progress != .draft, order.progress != .cancelled else { return false }
        let sent = mapping.outboundOrder(
            for: order, number: OrderNumber(known.pushed.warehouseNumber),
            fallbackDate: known.deliveryDate ?? clock.now().date(in: .copenhagen))
        return sent.value.fingerprint == known.pushed.fingerprint
    }

    /// A deleted order is gone from Rackbeat's lists; it is only noticed when something asks for it by number.
    func wasDeleted(_ number: String, _ desk: PushDesk) throws {
        guard let known = try known(number, with: desk), known.pushed.state != .cancelled else { return }
        try letGo(known, why: "\(desk.noun) \(number) was deleted in Rackbeat", with: desk)
    }

    var orderDesk: PushDesk {
        PushDesk(
            kind: .order, job: .orders, noun: "order",
            find: { [self] number in
                try readable(ongoing.orders(.number(OrderNumber(number))), "order \(number)").filter { $0.number.text == number }
                    .map(held)
            }, read: { [self] id in try shown { try ongoing.order(id) }.map(held) },
            cancel: { [ongoing] in try ongoing.cancelOrder($0) })
    }

    private func held(_ order: WarehouseOrder) -> HeldDocument {
        HeldDocument(
            id: order.id, isCancelled: order.status == settings.cancelledOrderStatus,
            status: "\(order.status)" + (order.statusText.map { " \($0)" } ?? ""),
            hasBegun: order.lines.contains { !$0.picked.isZero },
            lines: order.lines.compactMap { line in
                guard let row = line.row, let article = line.article else { return nil }
                return PushedLine(row: row, item: article, quantity: line.ordered)
            })
    }

    /// Whether something of the document is being booked right now. That will be known when its intent is resolved; deciding before
    /// would be guessing.
    ///
    /// - Parameter isAsSent: Whether the shop still wants what the warehouse was sent; `nil` when it was sent nothing.
    /// - Throws: When it wants something else: the lists do not bring it again for the end of a booking, so it is asked for again.
    func isBeingBooked(_ number: String, _ desk: PushDesk, isAsSent: Bool?) throws -> Bool {
        guard try openIntents(desk.kind).contains(where: { $0.number == number }) else { return false }
        guard isAsSent == false else { return true }
        throw TransientFailure(
            trouble: RecordFailure(
                reason: "\(desk.noun) \(number) changed in Rackbeat while what the warehouse moved of it was being booked.",
                effect: "The warehouse holds it as it was sent before.", remedy: "It is looked at again by itself."))
    }

    /// What has an id was there once: where it is not shown, reading may be some seconds late, and it is looked for again.
    func shown<Value>(_ read: () throws -> Value?) throws -> Value? {
        for pause in Self.looks {
            if let value = try read() { return value }
            try clock.wait(for: pause)
        }
        return try read()
    }

    /// The rows of a list in which every row counts: one that cannot be read is a trouble.
    func readable<Value>(_ rows: [Row<Value>], _ subject: String) throws -> [Value] {
        try rows.map { row in
            switch row {
            case .value(let value): return value
            case .unreadable(_, _, let problem, _):
                throw RecordFailure(
                    reason: "\(subject) cannot be read in the warehouse: \(problem).", effect: "Nothing was changed there.",
                    remedy: "Correct the record in the warehouse, then retry.")
            }
        }
    }
}
