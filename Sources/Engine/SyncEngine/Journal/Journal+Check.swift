import GRDB
import SyncCore
import Trade
import Units

/// A row of the journal that cannot be read, by its key. Quotes nothing else: what stands there may be anything.
package struct DamagedRow: Sendable, Equatable, CustomStringConvertible {
    package var table: String
    /// The values of the row's key.
    package var row: String
    /// `nil`: the row as a whole, such as one that refers to none.
    package var column: String?

    package var description: String {
        "table '\(table)', row \(row)" + (column.map { ": column '\($0)' holds what cannot stand there" } ?? " refers to no row")
    }
}

/// What a check of the journal found.
package struct JournalCheck: Sendable, Equatable {
    /// How many rows were read.
    package var rows = 0
    /// What SQLite says of the file; empty when it is sound.
    package var file: [String] = []
    package var damaged: [DamagedRow] = []

    package var isSound: Bool { file.isEmpty && damaged.isEmpty }
}

/// One table of the journal: its key, what each column holds, and what its columns must be together.
struct JournalTable: Sendable {
    enum Holds: Sendable {
        case text, optionalText, integer, optionalInteger, count, flag, moment, optionalMoment, offset, quantity,
            optionalQuantity,
            optionalDate, job, documentKind, recordKind, optionalRecordKind
    }

    var name: String
    var key: [String]
    var columns: KeyValuePairs<String, Holds>
    /// Reads the row as the engine reads it.
    var read: @Sendable (JournalRow) throws -> Void = { _ in }

    /// - Returns: The column that cannot be read.
    func damage(in row: JournalRow) -> String? {
        for (column, holds) in columns {
            do { try read(row, column, holds) } catch { return column }
        }
        do {
            try read(row)
        } catch {
            return (error as? DamagedValue)?.column ?? columns[0].key
        }
        return nil
    }

    private func read(_ row: JournalRow, _ column: String, _ holds: Holds) throws {
        switch holds {
        case .text: _ = try row[column] as String
        case .optionalText: _ = try row[column] as String?
        case .integer: _ = try row[column] as Int64
        case .optionalInteger: _ = try row[column] as Int64?
        case .count: _ = try row[column] as Count
        case .flag: _ = try row[column] as Bool
        case .moment: _ = try row[column] as Moment
        case .optionalMoment: _ = try row[column] as Moment?
        case .offset: _ = try row[column] as Offset?
        case .quantity: _ = try row[column] as Quantity
        case .optionalQuantity: _ = try row[column] as Quantity?
        case .optionalDate: _ = try row[column] as CivilDate?
        case .job: if Job(rawValue: try row[column]) == nil { throw DamagedValue(column: column) }
        case .documentKind:
            let kind = RecordRef.Kind(rawValue: try row[column])
            if kind != .order, kind != .purchaseOrder { throw DamagedValue(column: column) }
        case .recordKind: if RecordRef.Kind(rawValue: try row[column]) == nil { throw DamagedValue(column: column) }
        case .optionalRecordKind:
            let text: String? = try row[column]
            if let text, RecordRef.Kind(rawValue: text) == nil { throw DamagedValue(column: column) }
        }
    }

    static let all: [JournalTable] = [
        JournalTable(
            name: "places", key: ["connection"],
            columns: [
                "connection": .text, "rackbeat": .text, "ongoing": .text, "location": .text, "goods_owner": .integer,
                "account": .optionalInteger,
            ]),
        JournalTable(
            name: "cursors", key: ["connection", "job"],
            columns: [
                "connection": .text, "job": .job, "moment": .optionalMoment, "swept_at": .optionalMoment,
                "begun_at": .optionalMoment, "clock_ahead": .offset,
            ]),
        JournalTable(
            name: "runs", key: ["connection", "job"],
            columns: [
                "connection": .text, "job": .job, "started_at": .moment, "ended_at": .moment, "outcome": .text, "summary": .text,
                "failing_since": .optionalMoment, "paused_until": .optionalMoment,
            ]),
        JournalTable(
            name: "pushed_articles", key: ["connection", "item"],
            columns: ["connection": .text, "item": .text, "fingerprint": .optionalText, "article": .text]),
        JournalTable(
            name: "products_without_inventory", key: ["connection", "item"], columns: ["connection": .text, "item": .text]),
        JournalTable(
            name: "pushed", key: ["connection", "kind", "number"],
            columns: [
                "connection": .text, "kind": .documentKind, "number": .text, "warehouse_number": .text,
                "warehouse_id": .optionalInteger, "generation": .count, "state": .text, "sending": .optionalText,
                "is_held": .flag, "held": .optionalText, "cancel_requested": .flag, "since": .optionalMoment,
                "delivery_date": .optionalDate, "is_done": .flag,
            ],
            read: { _ = try DocumentPush.State($0) }),
        JournalTable(
            name: "pushed_lines", key: ["connection", "kind", "number", "row"],
            columns: [
                "connection": .text, "kind": .documentKind, "number": .text, "row": .text, "item": .text, "quantity": .quantity,
            ]),
        JournalTable(
            name: "booked", key: ["connection", "kind", "warehouse_id", "row"],
            columns: [
                "connection": .text, "kind": .documentKind, "warehouse_id": .integer, "row": .text, "number": .text,
                "quantity": .quantity,
            ]),
        JournalTable(
            name: "intents", key: ["id"],
            columns: [
                "id": .integer, "connection": .text, "kind": .documentKind, "number": .text, "warehouse_number": .text,
                "warehouse_id": .integer, "fingerprint": .text, "created_at": .moment, "state": .text,
                "document": .optionalInteger, "since": .optionalMoment, "outcome_unknown": .flag,
                "booked_at": .optionalMoment,
            ],
            read: { _ = try DocumentBooking.State(name: $0["state"], document: $0["document"], since: $0["since"]) }),
        JournalTable(
            name: "intent_lines", key: ["intent", "position"],
            columns: [
                "intent": .integer, "position": .integer, "row": .text, "item": .text, "location": .text, "quantity": .quantity,
            ]),
        JournalTable(
            name: "intent_before", key: ["intent", "document"], columns: ["intent": .integer, "document": .integer]),
        JournalTable(
            name: "adjustments", key: ["id"],
            columns: [
                "id": .integer, "connection": .text, "inventory": .integer, "article_id": .integer, "item": .text,
                "change": .quantity, "time": .moment, "row_key": .text, "occurrence": .count, "parent": .optionalInteger,
                "reason": .text, "state": .text, "document": .optionalInteger, "since": .optionalMoment,
                "base": .optionalQuantity, "created_at": .moment, "booked_at": .optionalMoment,
            ],
            read: { row in
                let name: String = try row["state"]
                guard !["baseline", "dismissed"].contains(name) else { return }
                _ = try AdjustmentBooking.State(name: name, document: row["document"], since: row["since"], base: row["base"])
            }),
        JournalTable(name: "stock_sync", key: ["connection"], columns: ["connection": .text, "started_at": .moment]),
        JournalTable(
            name: "stock_offsets", key: ["connection", "item"],
            columns: ["connection": .text, "item": .text, "offset": .quantity]),
        JournalTable(
            name: "parked", key: ["id"],
            columns: [
                "id": .integer, "connection": .text, "job": .job, "subject": .text, "fingerprint": .optionalText,
                "reason": .text, "effect": .text, "remedy": .text, "since": .moment, "attempts": .count,
                "retry_at": .optionalMoment, "dismissed_at": .optionalMoment, "dismissed_why": .optionalText,
                "well_since": .optionalMoment, "record_kind": .recordKind, "record_number": .text,
                "waits_for_kind": .optionalRecordKind, "waits_for_number": .optionalText, "failing_since": .optionalMoment,
                "gave_up_at": .optionalMoment,
            ]),
        JournalTable(
            name: "parked_documents", key: ["parked", "kind", "number"],
            columns: ["parked": .integer, "kind": .recordKind, "number": .text]),
        JournalTable(
            name: "findings", key: ["connection", "job", "subject", "field"],
            columns: ["connection": .text, "job": .job, "subject": .text, "field": .text, "problem": .text]),
        JournalTable(
            name: "unknown_writes", key: ["connection", "job", "subject"],
            columns: [
                "connection": .text, "job": .job, "subject": .text, "content": .optionalText, "at": .moment,
                "resend_at": .optionalMoment,
            ]),
    ]
}

extension Journal {
    /// Reads every row of every table as the engine would, and has SQLite check the file.
    package func check() throws -> JournalCheck {
        var result = JournalCheck()
        try database.unsafeRead { database in
            do {
                result.file = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                for row in try Row.fetchAll(database, sql: "PRAGMA foreign_key_check") {
                    let row = JournalRow(row: row)
                    let number: Int64? = try? row[1]
                    result.damaged.append(
                        DamagedRow(table: (try? row[0]) ?? "", row: number.map(String.init) ?? "without a number", column: nil))
                }
                for table in JournalTable.all {
                    try Self.read(table, database) { row, damage in
                        result.rows += 1
                        if let damage { result.damaged.append(damage) }
                        return true
                    }
                }
            } catch let error as DatabaseError where error.isDamage {
                result.file.append(error.explanation)
            }
        }
        return result
    }

    /// The first row that cannot be read.
    func firstDamage() throws -> DamagedRow? {
        try database.unsafeRead { database in
            var first: DamagedRow?
            for table in JournalTable.all where first == nil {
                try Self.read(table, database) { _, damage in
                    first = damage
                    return damage == nil
                }
            }
            return first
        }
    }

    /// - Parameter body: Returns whether to go on.
    private static func read(
        _ table: JournalTable, _ database: Database, _ body: (JournalRow, DamagedRow?) -> Bool
    ) throws {
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM \(table.name)")
        while let row = try rows.next() {
            let row = JournalRow(row: row)
            let damage = table.damage(in: row).map { column in
                let key = table.key.map { name in row.row[name].map { "\($0)" } ?? "?" }
                return DamagedRow(table: table.name, row: key.joined(separator: "/"), column: column)
            }
            guard body(row, damage) else { return }
        }
    }
}

extension DatabaseError {
    var isDamage: Bool { [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode.primaryResultCode) }

    /// What SQLite says of it, without a full stop.
    var explanation: String { message ?? "SQLite error \(resultCode.rawValue)" }
}
