import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

extension BookingDriver {
    /// Books what was received as receipts.
    func runReceipts() throws {
        let calls = receiptCalls
        try resumeIntents(with: calls)
        for subject in try records.dueSubjects(.receipts) {
            try dealWith(try ongoing.purchaseOrders(.number(PurchaseOrderNumber(subject))), calls)
        }
        let began = clock.now()
        var cursor = try journal.cursor(.receipts)
        let now = ClockWatch.there(at: began, latest: ongoing.latestDate)
        let (rows, asOf) = try ongoing.dated {
            try purchaseFilters(since: ClockWatch.dated(cursor.moment, at: now, farReach: farReach)).flatMap {
                try ongoing.purchaseOrders($0)
            }
        }
        try dealWith(rows, calls)
        try lookAgain(
            .receipts, beside: rows.compactMap(\.value).map(\.number.text),
            { number in
                // What cannot be read is told by the lists.
                let found = try ongoing.purchaseOrders(.number(PurchaseOrderNumber(number))).filter { $0.value != nil }
                try dealWith(found, calls)
                return !found.isEmpty
            }, byID: { try ongoing.purchaseOrder($0)?.number.text })
        // What a process that is gone had booked and not reported yet is in no list once it was put back.
        if !hasLookedAtEarlierReceipts {
            let shown = rows.compactMap(\.value).map(\.number.text)
            // When something was booked is told by our own clock.
            let since = (cursor.begunAt ?? cursor.moment).map { $0 - settings.schedule.overlap }
            for number in try journal.bookedSince(since, .purchaseOrder) where !shown.contains(number) {
                try dealWith(try ongoing.purchaseOrders(.number(PurchaseOrderNumber(number))), calls)
            }
            hasLookedAtEarlierReceipts = true
        }
        // What an old response does not show yet happened after it was given.
        cursor.moment = ClockWatch.dated(
            asOf, shown: rows.compactMap { $0.value?.newestTime }.max(), stood: cursor.moment, began: began)
        cursor.begunAt = began
        try journal.set(cursor, .receipts)
    }

    /// The list of what is to be reported shows too much and too little alike, and not what the warehouse cancelled. Without our
    /// reports only clocks remain.
    private func purchaseFilters(since cursor: Moment?) -> [OngoingClient.PurchaseFilter] {
        guard let cursor else {
            return settings.marksReported ? [.toReport] : [.status(from: 0, to: settings.cancelledPurchaseStatus - 1)]
        }
        let since = cursor - settings.schedule.overlap
        if settings.marksReported { return [.toReport, .statusChanged(after: since)] }
        return [.statusChanged(after: since), .lastReceived(after: since), .updated(after: since)]
    }

    private func dealWith(_ rows: [Row<WarehousePurchaseOrder>], _ calls: BookingCalls) throws {
        var seen: Set<WarehouseID> = []
        for row in rows {
            switch row {
            case .value(let order):
                guard seen.insert(order.id).inserted else { continue }
                tally.read += 1
                try observe(.purchaseOrder(order))
                try dealWith(progress(of: order), with: calls, report: reporting(order))
            case .unreadable(let key, _, let problem, _):
                try records.attempt(.receipts, key ?? "without a number") {
                    throw RecordFailure(
                        reason: "The warehouse's purchase order \(key ?? "without a number") cannot be read: \(problem).",
                        effect: "Nothing was booked for it.", remedy: "Correct the record in the warehouse.")
                }
            }
        }
    }

    /// Deals with one purchase order of the warehouse whatever the lists of changes show. For the comparison of everything open.
    func look(at order: WarehousePurchaseOrder) throws {
        try dealWith(progress(of: order), with: receiptCalls, report: reporting(order))
    }

    private func reporting(_ order: WarehousePurchaseOrder) -> (WarehouseID, Quantity) throws -> Void {
        { [ongoing] line, quantity in try ongoing.reportReceived(quantity, line: line, of: order.id) }
    }

    func stage(of order: WarehousePurchaseOrder) -> WarehouseStage {
        settings.stage(ofPurchaseOrderAt: order.status, hasMoved: order.lines.contains { !$0.received.isZero })
    }

    private func progress(of order: WarehousePurchaseOrder) -> Progress {
        Progress(
            kind: .purchaseOrder, number: order.number.text, id: order.id, fingerprint: order.progressFingerprint,
            backOrderFor: nil, erpNumber: nil,
            lines: order.lines.map {
                Progress.Line(
                    id: $0.id, row: $0.row, article: $0.article, done: $0.received, reported: $0.reported)
            },
            rule: settings.receiptRule(stage(of: order)))
    }

    var receiptCalls: BookingCalls {
        let rackbeat = rackbeat
        return BookingCalls(
            kind: .purchaseOrder, job: .receipts,
            mode: rackbeat.receiptMode == .linesInBody ? .linesInBody : .editAfterCreate,
            list: { try rackbeat.receipts(of: PurchaseOrderNumber($0)).map(BookedDocument.init) },
            read: { try rackbeat.receipt($0, of: PurchaseOrderNumber($1)).map(BookedDocument.init) },
            create: { number, lines in
                BookedDocument(
                    try rackbeat.createReceipt(
                        for: PurchaseOrderNumber(number),
                        lines: lines?.map { (line: $0.row, quantity: $0.quantity, location: $0.location) }))
            },
            edit: { edits, id, number in
                let order = PurchaseOrderNumber(number)
                // Read once, however many lines there are: a reading for each would exceed what a round may call.
                let isWhole =
                    !rackbeat.receiptLinesTakeQuantityAlone && edits.contains { if case .set = $0 { true } else { false } }
                let held = isWhole ? try rackbeat.receipt(id, of: order)?.lines ?? [] : []
                for edit in edits {
                    switch edit {
                    case .set(let line, let quantity):
                        try rackbeat.setReceiptLine(line, of: id, order: order, to: quantity, held: held)
                    case .remove(let line): try rackbeat.removeReceiptLine(line, of: id, order: order)
                    case .add(let item, let location, let quantity):
                        try rackbeat.addReceiptLine(item: item, quantity: quantity, location: location, to: id, order: order)
                    }
                }
            }, remove: { try rackbeat.deleteReceipt($0, order: PurchaseOrderNumber($1)) },
            confirm: { try rackbeat.markReceived($0, order: PurchaseOrderNumber($1)) }, draftsTakeLines: true,
            lines: { [self] in try lines(ofPurchaseOrder: $0) },
            lastChange: { try rackbeat.purchaseOrder(PurchaseOrderNumber($0))?.updatedAt })
    }

    private func lines(ofPurchaseOrder number: String) throws -> LinesOfOrder {
        guard let order = try rackbeat.purchaseOrder(PurchaseOrderNumber(number)) else {
            return LinesOfOrder(open: [], rows: [])
        }
        let booked = try journal.bookedInAll(.purchaseOrder, number: number)
        let lines = try facts.completed(order).lines
        let open = lines.compactMap { line -> OpenLine? in
            let open = line.quantity - (line.received ?? booked[line.id] ?? .zero)
            guard let item = line.item, line.keepsInventory, open.isPositive else { return nil }
            return OpenLine(row: line.id, item: item, location: line.location, quantity: open)
        }
        return LinesOfOrder(open: open, rows: Set(lines.map(\.id)))
    }
}
