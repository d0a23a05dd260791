import GRDB
import SyncCore
import Trade
import Units

/// The two kinds of document that go to the warehouse, and what comes back for each.
enum DocumentKind: String, Sendable {
    /// A sales order; what comes back is a shipment.
    case order
    /// A purchase order; what comes back is a receipt.
    case purchaseOrder = "purchase-order"
}

/// An order or purchase order that was sent, as the journal remembers it.
struct PushedRecord: Equatable {
    /// The number in the shop.
    var number: String
    var pushed: Pushed
    /// The content of the last sending, which may or may not have arrived.
    var pending: Fingerprint?
    /// The delivery date that was made up at the first sending, kept on later ones.
    var deliveryDate: CivilDate?
    /// When it was last sent, or its cancellation.
    var sentAt: Moment
}

/// One line as the warehouse was told.
struct PushedLine: Equatable {
    var row: LineID
    var item: ItemNumber
    var quantity: Quantity
}

extension ConnectionJournal {
    func fingerprint(ofArticle item: ItemNumber) throws -> Fingerprint? {
        try read { database in
            try database.texts(
                "SELECT fingerprint FROM pushed_articles WHERE connection = ? AND item = ?", [connection, item.text]
            ).first.map(Fingerprint.init(text:))
        }
    }

    /// - Parameter withoutDoubt: Whether no earlier request may still arrive: the note that one was on its way goes too.
    /// - Returns: Whether something waited for the article; it may be tried again now.
    func articleIsHeld(
        _ item: ItemNumber, _ fingerprint: Fingerprint, at now: Moment, withoutDoubt: Bool
    ) throws -> Bool {
        try commit { database in
            if withoutDoubt {
                try database.run(
                    "DELETE FROM unknown_writes WHERE connection = ? AND job = ? AND subject = ? AND resend_at IS NULL",
                    [connection, Job.products.rawValue, item.text])
            }
            try database.run(
                "INSERT OR REPLACE INTO pushed_articles (connection, item, fingerprint) VALUES (?, ?, ?)",
                [connection, item.text, fingerprint.text])
            return try database.wake(waitingFor: RecordRef(.product, item.text), at: now, connection)
        }
    }

    func pushed(_ kind: DocumentKind, number: String) throws -> PushedRecord? {
        try pushed("pushed", "number = ?", [connection, kind.rawValue, number])
    }

    func pushed(_ kind: DocumentKind, warehouseID: WarehouseID) throws -> PushedRecord? {
        try pushed(
            "pushed INDEXED BY pushed_by_warehouse_id", "warehouse_id = ?", [connection, kind.rawValue, warehouseID.value])
    }

    func pushed(_ kind: DocumentKind, warehouseNumber: String) throws -> PushedRecord? {
        try pushed(
            "pushed INDEXED BY pushed_by_warehouse_number", "warehouse_number = ?",
            [connection, kind.rawValue, warehouseNumber])
    }

    /// The numbers in the shop of what was being sent or cancelled, and may or may not have been.
    func pushesOfUnknownOutcome(_ kind: DocumentKind) throws -> [String] {
        try read { database in
            try database.rows(
                """
                SELECT number FROM pushed INDEXED BY pushed_underway
                WHERE connection = ? AND kind = ? AND state IN ('sending', 'cancelling')
                ORDER BY sent_at, number
                """, [connection, kind.rawValue]
            ).map { $0[0] }
        }
    }

    /// - Parameters:
    ///   - lines: What the warehouse now holds; `nil` when that did not change.
    ///   - waking: What waits for this record may be tried again from that moment on.
    /// - Returns: Whether something did.
    @discardableResult
    func save(
        _ record: PushedRecord, lines: [PushedLine]?, _ kind: DocumentKind, waking: (record: RecordRef, at: Moment)? = nil
    ) throws -> Bool {
        try commit { database in
            try database.run(
                """
                INSERT OR REPLACE INTO pushed (connection, kind, number, warehouse_number, warehouse_id, generation, state,
                fingerprint, pending, delivery_date, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    connection, kind.rawValue, record.number, record.pushed.warehouseNumber, record.pushed.warehouseID?.value,
                    record.pushed.generation, record.pushed.state.rawValue, record.pushed.fingerprint?.text,
                    record.pending?.text, record.deliveryDate?.description, record.sentAt,
                ])
            let wakes = try waking.map { try database.wake(waitingFor: $0.record, at: $0.at, connection) } ?? false
            guard let lines else { return wakes }
            try database.run(
                "DELETE FROM pushed_lines WHERE connection = ? AND kind = ? AND number = ?",
                [connection, kind.rawValue, record.number])
            for line in lines {
                try database.run(
                    "INSERT INTO pushed_lines (connection, kind, number, row, item, quantity) VALUES (?, ?, ?, ?, ?, ?)",
                    [connection, kind.rawValue, record.number, line.row.text, line.item.text, line.quantity.description])
            }
            return wakes
        }
    }

    func forget(_ kind: DocumentKind, number: String) throws {
        try commit { database in
            try database.run(
                "DELETE FROM pushed WHERE connection = ? AND kind = ? AND number = ?", [connection, kind.rawValue, number])
        }
    }

    func pushedLines(_ kind: DocumentKind, number: String) throws -> [PushedLine] {
        try read { database in
            try database.rows(
                "SELECT row, item, quantity FROM pushed_lines WHERE connection = ? AND kind = ? AND number = ?",
                [connection, kind.rawValue, number]
            ).map { PushedLine(row: LineID($0[0]), item: ItemNumber($0[1]), quantity: Quantity($0[2] as String)!) }
                .sorted { $0.row < $1.row }
        }
    }

    // MARK: What was booked

    /// Booked so far for one document of the warehouse, by line of the shop.
    func booked(_ kind: DocumentKind, warehouseID: WarehouseID) throws -> [LineID: Quantity] {
        try read { database in
            Dictionary(
                uniqueKeysWithValues: try database.rows(
                    "SELECT row, quantity FROM booked WHERE connection = ? AND kind = ? AND warehouse_id = ?",
                    [connection, kind.rawValue, warehouseID.value]
                ).map { (LineID($0[0]), Quantity($0[1] as String)!) })
        }
    }

    /// Booked so far for one document of the shop, over every document of the warehouse that serves it.
    func bookedInAll(_ kind: DocumentKind, number: String) throws -> [LineID: Quantity] {
        try read { database in
            var sums: [LineID: Quantity] = [:]
            let rows = try database.rows(
                """
                SELECT row, quantity FROM booked INDEXED BY booked_by_number
                WHERE connection = ? AND kind = ? AND number = ?
                """, [connection, kind.rawValue, number])
            for row in rows { sums[LineID(row[0]), default: .zero] += Quantity(row[1] as String)! }
            return sums
        }
    }

    /// - Parameter table: With its index where one is to be used: left to itself, SQLite takes the primary key's first two columns,
    ///   and reads everything that was ever sent.
    private func pushed(_ table: String, _ condition: String, _ arguments: StatementArguments) throws -> PushedRecord? {
        try read { database in
            guard
                let row = try database.row(
                    """
                    SELECT number, warehouse_number, warehouse_id, generation, state, fingerprint, pending, delivery_date, sent_at
                    FROM \(table) WHERE connection = ? AND kind = ? AND \(condition)
                    """, arguments)
            else { return nil }
            // By place: looking up a column by its name costs more than reading it.
            let id: Int? = row[2]
            let fingerprint: String? = row[5]
            let pending: String? = row[6]
            let date: String? = row[7]
            return PushedRecord(
                number: row[0],
                pushed: Pushed(
                    warehouseNumber: row[1], warehouseID: id.map(WarehouseID.init), generation: row[3],
                    state: Pushed.State(rawValue: row[4])!, fingerprint: fingerprint.map(Fingerprint.init(text:))),
                pending: pending.map(Fingerprint.init(text:)), deliveryDate: date.flatMap { CivilDate($0) }, sentAt: row[8])
        }
    }
}
