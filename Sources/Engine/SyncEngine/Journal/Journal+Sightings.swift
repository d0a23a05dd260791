import GRDB
import SyncCore
import Trade

/// A document of the warehouse as a list showed it.
struct SeenDocument {
    var document: WarehouseDocument
    var statusNumber: Int
    /// Whether the warehouse has something to do about it yet.
    var isOpen = true
    /// The order whose rest it is.
    var backOrderFor: WarehouseID?
    /// Its lines, whether they name a row or not, where it is a back order.
    var moved: [MovedLine] = []
}

/// What one comparison of both systems has seen. It stands in temporary tables, which a hundred thousand documents do not burst, and
/// is gone with the process: a comparison that was cut short begins again.
extension ConnectionJournal {
    private static let tables = """
        CREATE TEMP TABLE IF NOT EXISTS seen (
            connection TEXT NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL, number TEXT NOT NULL, owners_number TEXT,
            back_order_for INTEGER, is_cancelled INTEGER NOT NULL, has_begun INTEGER NOT NULL, status TEXT NOT NULL,
            is_open INTEGER NOT NULL,
            PRIMARY KEY (connection, kind, id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS temp.seen_by_owners_number ON seen (connection, kind, owners_number);
        CREATE TEMP TABLE IF NOT EXISTS seen_lines (
            connection TEXT NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL, position INTEGER NOT NULL, row TEXT NOT NULL,
            item TEXT NOT NULL, quantity TEXT NOT NULL,
            PRIMARY KEY (connection, kind, id, position)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS temp.seen_lines_by_row ON seen_lines (connection, kind, row);
        CREATE TEMP TABLE IF NOT EXISTS seen_moved (
            connection TEXT NOT NULL, id INTEGER NOT NULL, back_order INTEGER NOT NULL, position INTEGER NOT NULL, row TEXT,
            item TEXT NOT NULL, quantity TEXT NOT NULL,
            PRIMARY KEY (connection, id, back_order, position)) WITHOUT ROWID;
        CREATE TEMP TABLE IF NOT EXISTS listed (
            connection TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL,
            PRIMARY KEY (connection, kind, number)) WITHOUT ROWID;
        """

    func beginSightings() throws { try journal.makeScratchTables(Self.tables) }

    func forgetSightings() throws {
        try beginSightings()
        try journal.scratch { database in
            for table in ["seen", "seen_lines", "seen_moved", "listed"] {
                try database.run("DELETE FROM temp.\(table) WHERE connection = ?", [connection])
            }
        }
    }

    /// Keeps what one page of the warehouse's list showed.
    func note(_ page: [SeenDocument], _ kind: RecordRef.Kind) throws {
        try journal.scratch { database in
            try database.inSavepoint {
                for seen in page {
                    let document = seen.document
                    try database.run(
                        """
                        INSERT OR REPLACE INTO temp.seen (connection, kind, id, number, owners_number, back_order_for, is_cancelled,
                        has_begun, status, is_open) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        [
                            connection, kind.rawValue, document.id.value, document.number, document.ownersNumber,
                            seen.backOrderFor?.value, document.isCancelled, document.hasBegun, document.status, seen.isOpen,
                        ])
                    try database.run(
                        "DELETE FROM temp.seen_lines WHERE connection = ? AND kind = ? AND id = ?",
                        [connection, kind.rawValue, document.id.value])
                    for (position, line) in document.lines.enumerated() {
                        try database.run(
                            "INSERT INTO temp.seen_lines (connection, kind, id, position, row, item, quantity) VALUES (?, ?, ?, ?, ?, ?, ?)",
                            [
                                connection, kind.rawValue, document.id.value, position, line.row.text, line.item.text,
                                line.quantity.description,
                            ])
                    }
                    guard let origin = seen.backOrderFor else { continue }
                    for (position, line) in seen.moved.enumerated() {
                        try database.run(
                            """
                            INSERT OR REPLACE INTO temp.seen_moved (connection, id, back_order, position, row, item, quantity)
                            VALUES (?, ?, ?, ?, ?, ?, ?)
                            """,
                            [
                                connection, origin.value, document.id.value, position, line.row?.text, line.item.text,
                                line.quantity.description,
                            ])
                    }
                }
                return .commit
            }
        }
    }

    /// Keeps which documents Rackbeat calls open.
    func noteOpen(_ numbers: [String], _ kind: RecordRef.Kind) throws {
        try journal.scratch { database in
            for number in numbers {
                try database.run(
                    "INSERT OR IGNORE INTO temp.listed (connection, kind, number) VALUES (?, ?, ?)",
                    [connection, kind.rawValue, number])
                // Open again: it is to be looked at again when it is gone.
                try database.run(
                    "UPDATE pushed SET is_done = 0 WHERE connection = ? AND kind = ? AND number = ? AND is_done",
                    [connection, kind.rawValue, number])
            }
        }
    }

    func seen(_ kind: RecordRef.Kind, _ id: WarehouseID) throws -> WarehouseDocument? {
        try read { database in
            try database.row(
                """
                SELECT id, number, owners_number, is_cancelled, has_begun, status FROM temp.seen
                WHERE connection = ? AND kind = ? AND id = ?
                """, [connection, kind.rawValue, id.value]
            ).map { try document($0, kind, database) }
        }
    }

    /// The live documents that came from one of Rackbeat, back orders aside.
    func seen(_ kind: RecordRef.Kind, ownersNumber number: String) throws -> [WarehouseDocument] {
        try read { database in
            try database.rows(
                """
                SELECT id, number, owners_number, is_cancelled, has_begun, status FROM temp.seen
                WHERE connection = ? AND kind = ? AND owners_number = ? AND NOT is_cancelled AND back_order_for IS NULL ORDER BY id
                """, [connection, kind.rawValue, number]
            ).map { try document($0, kind, database) }
        }
    }

    /// The live documents that came from one of Rackbeat by the goods owner's own id, or where a kind has none by its lines: their rows
    /// are Rackbeat's ids.
    func seen(_ kind: RecordRef.Kind, of number: String, _ lines: [PushedLine]) throws -> [WarehouseDocument] {
        let byID = try seen(kind, ownersNumber: number)
        guard byID.isEmpty, kind == .purchaseOrder, let first = lines.first else { return byID }
        let rows = Set(lines.map(\.row))
        return try read { database in
            try database.rows(
                """
                SELECT id, number, owners_number, is_cancelled, has_begun, status FROM temp.seen
                WHERE connection = ?1 AND kind = ?2 AND owners_number IS NULL AND NOT is_cancelled AND id IN (
                    SELECT id FROM temp.seen_lines WHERE connection = ?1 AND kind = ?2 AND row = ?3 AND item = ?4)
                ORDER BY id
                """, [connection, kind.rawValue, first.row.text, first.item.text]
            ).map { try document($0, kind, database) }.filter { $0.lines.allSatisfy { rows.contains($0.row) } }
        }
    }

    private func document(_ row: JournalRow, _ kind: RecordRef.Kind, _ database: Database) throws -> WarehouseDocument {
        let id: Int = try row[0]
        let lines = try database.rows(
            "SELECT row, item, quantity FROM temp.seen_lines WHERE connection = ? AND kind = ? AND id = ? ORDER BY position",
            [connection, kind.rawValue, id]
        ).map { try PushedLine(row: LineID($0[0]), item: ItemNumber($0[1]), quantity: $0[2]) }
        return try WarehouseDocument(
            id: WarehouseID(id), number: row[1], ownersNumber: row[2], isCancelled: row[3], status: row[5], hasBegun: row[4],
            lines: lines)
    }

    /// What the back orders of an order took over, as far as the lists showed them.
    func seenMovedAway(from id: WarehouseID) throws -> [MovedLine] {
        try read { database in
            try database.rows(
                "SELECT row, item, quantity FROM temp.seen_moved WHERE connection = ? AND id = ? ORDER BY back_order, position",
                [connection, id.value]
            ).map { row in
                let line: String? = try row[0]
                return try MovedLine(row: line.map { LineID($0) }, item: ItemNumber(row[1]), quantity: row[2])
            }
        }
    }

    /// What the warehouse may hold by our records and Rackbeat does not call open, and what it holds although it was cancelled;
    /// by number, from one on.
    func unlisted(_ kind: RecordRef.Kind, after number: String, limit: Int) throws -> [PushRecord] {
        let numbers = try read { database in
            try database.texts(
                """
                SELECT number FROM pushed
                WHERE connection = ?1 AND kind = ?2 AND number > ?3 AND NOT is_done
                    AND (state IN ('held', 'cancel-unseen', 'cancelled-by-warehouse', 'resend-requested')
                    OR state = 'cancelled' AND EXISTS (
                        SELECT 1 FROM temp.seen WHERE seen.connection = ?1 AND seen.kind = ?2 AND seen.id = pushed.warehouse_id
                            AND NOT seen.is_cancelled))
                    AND NOT EXISTS (SELECT 1 FROM temp.listed WHERE listed.connection = ?1 AND listed.kind = ?2
                        AND listed.number = pushed.number)
                ORDER BY number LIMIT ?4
                """, [connection, kind.rawValue, number, limit])
        }
        return try numbers.compactMap { try pushed(RecordRef(kind, $0)) }
    }

    /// How many documents the warehouse may hold by our records, and both sides are not seen to be done with.
    func heldDocuments(_ kind: RecordRef.Kind) throws -> Int {
        try read { database in
            try database.row(
                "SELECT count(*) FROM pushed WHERE connection = ? AND kind = ? AND state <> 'cancelled' AND NOT is_done",
                [connection, kind.rawValue])?[0] ?? 0
        }
    }

    /// Both sides are done with it.
    func isDone(_ document: RecordRef) throws {
        try journal.scratch { database in
            try database.run(
                "UPDATE pushed SET is_done = 1 WHERE connection = ? AND kind = ? AND number = ?",
                [connection, document.kind.rawValue, document.number])
        }
    }

    /// The live documents that came from one of Rackbeat of which the warehouse holds another one by our records.
    func secondCopies(_ kind: RecordRef.Kind) throws -> [(number: String, of: RecordRef, beside: String)] {
        try read { database in
            try database.rows(
                """
                SELECT seen.number, pushed.number, pushed.warehouse_number FROM temp.seen JOIN pushed
                    ON pushed.connection = seen.connection AND pushed.kind = seen.kind AND pushed.number = seen.owners_number
                WHERE seen.connection = ? AND seen.kind = ? AND NOT seen.is_cancelled AND seen.back_order_for IS NULL
                    AND pushed.state = 'held' AND pushed.warehouse_id <> seen.id
                ORDER BY seen.id
                """, [connection, kind.rawValue]
            ).map { (number: try $0[0], of: RecordRef(kind, try $0[1]), beside: try $0[2]) }
        }
    }

    /// What the warehouse has open and the journal does not know, back orders aside; by id, from one on.
    func unknownDocuments(_ kind: RecordRef.Kind, after id: Int, limit: Int) throws -> [WarehouseDocument] {
        try read { database in
            try database.rows(
                """
                SELECT id, number, owners_number, is_cancelled, has_begun, status FROM temp.seen
                WHERE connection = ?1 AND kind = ?2 AND id > ?3 AND is_open AND NOT is_cancelled AND back_order_for IS NULL
                    AND NOT EXISTS (SELECT 1 FROM pushed INDEXED BY pushed_by_warehouse_id
                        WHERE pushed.connection = ?1 AND pushed.kind = ?2 AND pushed.warehouse_id = seen.id)
                ORDER BY id LIMIT ?4
                """, [connection, kind.rawValue, id, limit]
            ).map { try document($0, kind, database) }
        }
    }

    /// Whether Rackbeat calls a document open, as far as it was noted.
    func isNotedOpen(_ document: RecordRef) throws -> Bool {
        try read { database in
            try database.row(
                "SELECT 1 FROM temp.listed WHERE connection = ? AND kind = ? AND number = ?",
                [connection, document.kind.rawValue, document.number]) != nil
        }
    }

    /// How many live documents belong to nothing that we sent.
    func foreignDocuments(_ kind: RecordRef.Kind) throws -> Int {
        try read { database in
            try database.row(
                """
                SELECT count(*) FROM temp.seen
                WHERE seen.connection = ?1 AND seen.kind = ?2 AND NOT seen.is_cancelled AND NOT EXISTS (
                    SELECT 1 FROM pushed INDEXED BY pushed_by_warehouse_id
                    WHERE pushed.connection = ?1 AND pushed.kind = ?2
                        AND pushed.warehouse_id IN (seen.id, coalesce(seen.back_order_for, seen.id)))
                """, [connection, kind.rawValue]
            ).flatMap { try $0[0] } ?? 0
        }
    }
}

extension Journal {
    /// Writes what may be lost: no transaction of the engine's work, and nothing that a crash could tear apart.
    func scratch(_ body: (Database) throws -> Void) throws {
        try sayingWhatItMeans { try database.writeWithoutTransaction(body) }
    }

    /// Makes temporary tables, once: GRDB forgets all its compiled statements with every statement that could change the schema, also
    /// where the tables are there already.
    func makeScratchTables(_ statements: String) throws {
        try scratch { database in
            guard !scratchTables.contains(statements) else { return }
            try database.execute(sql: statements)
            scratchTables.insert(statements)
        }
    }
}
