import Exchange
import RackbeatClient
import SyncCore
import Trade
import Units

/// What a document of the warehouse says was moved, by the lines of the document of Rackbeat that it serves.
extension BookingDriver {
    struct ERPDocument {
        var number: String
        var lines: [LineID: (item: ItemNumber, quantity: Quantity)]
    }

    /// The document of Rackbeat that one of the warehouse serves: by its id, its number, or the order whose rest it is.
    func erpDocument(of progress: Progress) throws -> ERPDocument? {
        let document =
            try journal.pushed(progress.kind, warehouseID: progress.id)?.document
            ?? journal.pushed(progress.kind, warehouseNumber: progress.number)?.document
            ?? progress.backOrderFor.flatMap { try journal.pushed(progress.kind, warehouseID: $0)?.document }
            ?? progress.erpNumber.flatMap { try journal.pushed(RecordRef(progress.kind, $0))?.document }
            ?? progress.backOrderFor.flatMap { try root(of: $0, progress.kind) }
        guard let document else { return nil }
        let lines = try journal.pushedLines(document)
        return ERPDocument(
            number: document.number,
            lines: Dictionary(uniqueKeysWithValues: lines.map { ($0.row, ($0.item, $0.quantity)) }))
    }

    /// A back order may come without row numbers; an article that stands on one line of the order alone tells which it is.
    func rowsRestored(_ progress: Progress, _ erp: ERPDocument) -> Progress {
        guard progress.backOrderFor != nil else { return progress }
        var progress = progress
        for index in progress.lines.indices where progress.lines[index].row == nil {
            let rows = erp.lines.filter { $0.value.item == progress.lines[index].article }.map(\.key)
            if rows.count == 1 { progress.lines[index].row = rows[0] }
        }
        return progress
    }

    func delivery(of progress: Progress, _ erp: ERPDocument, _ calls: BookingCalls) throws -> Delivery {
        let booked = try journal.booked(progress.kind, warehouseID: progress.id)
        let verb = progress.kind == .order ? "picked" : "received"
        return Delivery.work(
            out: progress.lines.map { line in
                var delivered = DeliveredLine(
                    row: line.row, article: line.article, done: line.done, booked: line.row.flatMap { booked[$0] } ?? .zero)
                delivered.returned = line.returned
                return delivered
            }, by: progress.rule, ordered: erp.lines, bookedInAll: try journal.bookedInAll(progress.kind, number: erp.number),
            mayExceed: progress.kind == .purchaseOrder, countsByItem: progress.kind == .purchaseOrder, verb: verb,
            document: "\(calls.noun) \(progress.number)")
    }

    /// - Parameter planned: What a dry run has noted to be booked first.
    func report(
        _ progress: Progress, planned: [WantedLine], _ report: (WarehouseID, Quantity) throws -> Void
    ) throws {
        var booked = try journal.booked(progress.kind, warehouseID: progress.id)
        for line in planned { booked[line.row, default: .zero] += line.quantity }
        let due = progress.lines.compactMap { line -> (id: WarehouseID, line: PushedLine)? in
            guard let row = line.row, let quantity = booked[row], (line.reported ?? .zero) != quantity else { return nil }
            return (line.id, PushedLine(row: row, item: line.article ?? ItemNumber(""), quantity: quantity))
        }
        guard !due.isEmpty, !isNoted(.reportLines(progress.kind, number: progress.number, due.map(\.line))) else { return }
        for (id, line) in due {
            do {
                try report(id, line.quantity)
                tally.reported += 1
            } catch let error as ExchangeError {
                // A courtesy to the warehouse; our own ledger decides. The list of what is to be reported brings it again.
                guard case .refused = error.reason else { throw error }
            }
        }
    }

    func wantedLine(_ line: Delivery.Line) throws -> WantedLine {
        WantedLine(
            row: line.row, item: try journal.product(ofArticle: line.item), location: settings.location, quantity: line.quantity)
    }

    /// Where what lies inside the location belongs to the connection, goods move at the location of their line.
    func atOwnLocations(
        _ wanted: [WantedLine], of number: String, _ calls: BookingCalls
    ) throws -> [WantedLine] {
        guard rackbeat.locationsIncludeChildren else { return wanted }
        let locations = Dictionary(
            try calls.lines(number).open.map { ($0.row, $0.location) }, uniquingKeysWith: { first, _ in first })
        return wanted.map { line in
            var line = line
            line.location = locations[line.row].flatMap(\.self) ?? line.location
            return line
        }
    }
}
