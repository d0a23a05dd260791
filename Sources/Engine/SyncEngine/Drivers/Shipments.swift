import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

extension BookingDriver {
    /// Books what was picked as shipments.
    func runShipments() throws {
        let calls = shipmentCalls
        forgetForeignRoots()
        try resumeIntents(with: calls)
        for subject in try records.dueSubjects(.shipments) {
            let found = try ongoing.orders(.number(OrderNumber(subject)))
            try dealWith(found, calls)
        }
        let began = clock.now()
        var cursor = try journal.cursor(.shipments)
        let (rows, asOf) = try ongoing.dated {
            // This list comes first: its response shows the warehouse's time, which decides how the other lists are read.
            let unreported = settings.marksReported ? try ongoing.orders(toReport) : []
            let now = ClockWatch.there(at: clock.now(), latest: ongoing.latestDate)
            return try unreported
                + updateFilters(since: ClockWatch.dated(cursor.moment, at: now, farReach: farReach), now: now)
                .flatMap { try ongoing.orders($0) }
        }
        try dealWith(rows, calls)
        try lookForRests(rows.compactMap(\.value), calls)
        try lookAgain(
            .shipments, beside: rows.compactMap(\.value).map(\.number.text),
            { number in
                // What cannot be read is told by the lists.
                let found = try ongoing.orders(.number(OrderNumber(number))).filter { $0.value != nil }
                try dealWith(found, calls)
                return !found.isEmpty
            }, byID: { try ongoing.order($0)?.number.text })
        // What an old response does not show yet happened after it was given.
        cursor.moment = ClockWatch.dated(
            asOf, shown: rows.compactMap { $0.value?.newestTime }.max(), stood: cursor.moment, began: began)
        try journal.set(cursor, .shipments)
    }

    /// The list of what is to be reported needs no clock and never forgets, but another integration's reports, or ours switched off,
    /// empty it, and it does not show picks that were taken back.
    private var toReport: OngoingClient.OrderFilter {
        .toReport(statusFrom: settings.statusesToBook.lowerBound, statusTo: settings.statusesToBook.upperBound)
    }

    /// Which lists show, beside that one, every order that may have something to book or to flag. What was updated shows also what was
    /// taken back, for some hours or days.
    ///
    /// All of them go up to the cancelled status: an order may pass the shipped ones between two looks, and be cancelled with picks.
    private func updateFilters(since cursor: Moment?, now: Moment) -> [OngoingClient.OrderFilter] {
        let (from, to) = (settings.statusesToBook.lowerBound, settings.statusesToBook.upperBound)
        guard let cursor else { return showsAllChanges ? [] : [.status(from: from, to: to)] }
        let since = cursor - settings.schedule.overlap
        guard now - since < ongoing.updatedFilterReach else {
            // After a long pause, what was taken back lately is still shown by what was updated, and no longer than that. Of the rest no
            // list tells, so what was sent in the week before the pause is read again; not where the warehouse looks back so short a time that
            // every run comes here.
            let shown = now - ongoing.updatedFilterReach + settings.schedule.overlap
            let again = now - since < .seconds(86_400) ? .zero : Self.takenBackWithin
            return [
                .statusChanged(after: since - again, statusFrom: from, statusTo: to), .lastPicked(after: since),
                .updated(after: shown),
            ]
        }
        return [.updated(after: since)]
    }

    /// How long after an order was sent, goods of it are put back at the latest, as far as the engine looks.
    private static let takenBackWithin = Duration.seconds(7 * 86_400)

    /// Whether the list of what is to be reported is enough while nothing was read by a time yet. Where the warehouse's responses show no
    /// time, its rows do, and that list may never have one.
    var showsAllChanges: Bool { settings.marksReported && ongoing.latestDate != nil }

    private func dealWith(_ rows: [Row<WarehouseOrder>], _ calls: BookingCalls) throws {
        var seen: Set<WarehouseID> = []
        for row in rows {
            switch row {
            case .value(let order):
                guard seen.insert(order.id).inserted else { continue }
                tally.read += 1
                try observe(.order(order))
                try dealWith(try progressOfParked(order), with: calls, report: reporting(order))
            case .unreadable(let key, _, let problem, _):
                try records.attempt(.shipments, key ?? "without a number") {
                    throw RecordFailure(
                        reason: "The warehouse's order \(key ?? "without a number") cannot be read: \(problem).",
                        effect: "Nothing was booked for it.", remedy: "Correct the record in the warehouse.")
                }
            }
        }
    }

    /// Reports to the warehouse how much of a line is booked.
    func reporting(_ order: WarehouseOrder) -> (WarehouseID, Quantity) throws -> Void {
        { [ongoing] line, quantity in try ongoing.reportPicked(quantity, line: line, of: order.id) }
    }

    func stage(of order: WarehouseOrder) -> WarehouseStage {
        settings.stage(ofOrderAt: order.status, hasMoved: order.lines.contains { !$0.picked.isZero })
    }

    func progress(of order: WarehouseOrder) -> Progress {
        Progress(
            kind: .order, number: order.number.text, id: order.id, fingerprint: order.progressFingerprint,
            backOrderFor: order.backOrderFor, erpNumber: order.erpNumber?.text,
            lines: order.lines.map {
                Progress.Line(
                    id: $0.id, row: $0.row, article: $0.article, done: $0.picked, reported: $0.reported,
                    returned: $0.returned)
            }, rule: settings.shipmentRule(stage(of: order)))
    }

    var shipmentCalls: BookingCalls {
        let rackbeat = rackbeat
        return BookingCalls(
            kind: .order, job: .shipments,
            mode: {
                switch rackbeat.shipmentMode {
                case .linesInBody: .linesInBody
                case .editAfterCreate: .editAfterCreate
                case .wholeOnly: .wholeOnly
                }
            }(), list: { try rackbeat.shipments(of: OrderNumber($0)).map(BookedDocument.init) },
            read: { id, _ in try rackbeat.shipment(id).map(BookedDocument.init) },
            create: { number, lines in
                BookedDocument(
                    try rackbeat.createShipment(
                        for: OrderNumber(number), lines: lines?.map { (line: $0.row, quantity: $0.quantity) }))
            },
            edit: { edits, id, number in
                let order = OrderNumber(number)
                for edit in edits {
                    switch edit {
                    case .set(let line, let quantity): try rackbeat.setShipmentLine(line, of: id, order: order, to: quantity)
                    case .remove(let line): try rackbeat.removeShipmentLine(line, of: id, order: order)
                    case .add(let item, _, let quantity):
                        throw RecordFailure(
                            reason: "order \(number): Rackbeat's draft has no open line for \(quantity) of \(item).",
                            effect: "Nothing was booked.",
                            remedy: "Look at what is shipped on the order in Rackbeat, then retry.")
                    }
                }
            }, remove: { try rackbeat.deleteShipment($0, order: OrderNumber($1)) },
            confirm: { id, _ in try rackbeat.markShipped(id) },
            draftsTakeLines: false, lines: { [self] in try lines(ofOrder: $0) },
            lastChange: { try rackbeat.order(OrderNumber($0))?.updatedAt })
    }

    private func lines(ofOrder number: String) throws -> LinesOfOrder {
        guard let order = try rackbeat.order(OrderNumber(number)) else {
            return LinesOfOrder(open: [], rows: [])
        }
        let booked = try journal.bookedInAll(.order, number: number)
        let lines = try facts.completed(order).lines
        let open = lines.compactMap { line -> OpenLine? in
            let open = line.quantity - (line.shipped ?? booked[line.id] ?? .zero)
            guard let item = line.item, line.keepsInventory, open.isPositive else { return nil }
            return OpenLine(row: line.id, item: item, location: line.location, quantity: open)
        }
        return LinesOfOrder(open: open, rows: Set(lines.map(\.id)))
    }
}
