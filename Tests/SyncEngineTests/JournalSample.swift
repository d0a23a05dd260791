import GRDB

@testable import SyncEngine

/// The rows of a journal, table by table.
typealias JournalRows = [String: [[String: Field]]]

/// What stands in one column of one row.
struct Field: Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
    let value: DatabaseValue
    static let null = Field(DatabaseValue.null)

    init(_ value: some DatabaseValueConvertible) { self.value = value.databaseValue }
    init(stringLiteral value: String) { self.init(value) }
    init(integerLiteral value: Int) { self.init(value) }
    init(nilLiteral: ()) { self.init(DatabaseValue.null) }

    var text: String? { String.fromDatabaseValue(value) }
}

/// A row in every table of the newest journal, with something in every column; and what an older Tandem would have written in
/// its place.
///
/// A migration that adds a column or a table has nothing here, and `JournalVersionTests` fails until it has. One that changes what a
/// column means needs a step back in ``earlier(_:at:)`` as well.
enum JournalSample {
    // MARK: The newest

    /// Several rows where one cannot have everything.
    static let newest: JournalRows = [
        "cursors": [
            ["connection": "main", "job": "orders", "moment": 11, "swept_at": 12, "begun_at": 13, "clock_ahead": 14]
        ],
        "runs": [
            [
                "connection": "main", "job": "orders", "started_at": 21, "ended_at": 22, "outcome": "failed", "summary": "1 read",
                "failing_since": 20, "paused_until": 23,
            ]
        ],
        "pushed_articles": [
            ["connection": "main", "item": "CHAIR-01", "fingerprint": "a", "article": "chair-01"],
            ["connection": "main", "item": "TABLE-01", "fingerprint": nil, "article": "table-01"],
        ],
        "pushed": [
            pushed("1041", "held", held: "a", isDone: true), pushed("1042", "sending", sending: "b", held: "a", since: 31),
            pushed("1043", "sending", sending: "b", since: 32), pushed("1044", "cancelling", held: "a", since: 33),
            pushed("1045", "cancelling", sending: "b", held: "a", since: 34),
            pushed("1046", "cancel-unseen", sending: "b", since: 35),
            pushed("1047", "held", held: "a", cancelRequested: true), pushed("1048", "cancelled"),
        ],
        "pushed_lines": [
            ["connection": "main", "kind": "order", "number": "1042", "row": "1", "item": "CHAIR-01", "quantity": "5"]
        ],
        "booked": [
            ["connection": "main", "kind": "order", "warehouse_id": 7, "row": "1", "number": "1042", "quantity": "2.5"]
        ],
        "intents": [
            [
                "id": 1, "connection": "main", "kind": "order", "number": "1042", "warehouse_number": "1042", "warehouse_id": 7,
                "fingerprint": "p", "created_at": 41, "state": "creating", "document": nil, "since": 42, "outcome_unknown": 1,
                "booked_at": nil,
            ],
            [
                "id": 2, "connection": "main", "kind": "purchase-order", "number": "3001", "warehouse_number": "3001",
                "warehouse_id": 8, "fingerprint": "q", "created_at": 43, "state": "confirming", "document": 9001, "since": nil,
                "outcome_unknown": 0, "booked_at": nil,
            ],
            [
                "id": 3, "connection": "main", "kind": "order", "number": "1041", "warehouse_number": "1041", "warehouse_id": 6,
                "fingerprint": "p", "created_at": 44, "state": "booked", "document": 9002, "since": nil, "outcome_unknown": 0,
                "booked_at": 45,
            ],
        ],
        "intent_lines": [
            ["intent": 1, "position": 0, "row": "1", "item": "CHAIR-01", "location": "1001", "quantity": "2.5"]
        ],
        "intent_before": [["intent": 1, "document": 9000]],
        "adjustments": [
            [
                "id": 1, "connection": "main", "inventory": 51, "article_id": 52, "item": "CHAIR-01", "change": "-2", "time": 53,
                "row_key": "key", "occurrence": 1, "parent": nil, "reason": "WMS adj 51/52 #1", "state": "booking",
                "document": 9100, "since": 54, "base": "10", "created_at": 55, "booked_at": nil,
            ],
            [
                "id": 2, "connection": "main", "inventory": 51, "article_id": 52, "item": "CHAIR-01", "change": "1", "time": 56,
                "row_key": "makes good 1", "occurrence": 1, "parent": 1, "reason": "WMS adj 51/52 #1 made good",
                "state": "pending", "document": nil, "since": nil, "base": nil, "created_at": 57, "booked_at": nil,
            ],
            [
                "id": 3, "connection": "main", "inventory": 58, "article_id": 52, "item": "CHAIR-01", "change": "1", "time": 58,
                "row_key": "other", "occurrence": 1, "parent": nil, "reason": "WMS adj 58/52 #3", "state": "booked",
                "document": 9101, "since": nil, "base": nil, "created_at": 58, "booked_at": 59,
            ],
        ],
        "stock_sync": [["connection": "main", "started_at": 61]],
        "stock_offsets": [["connection": "main", "item": "CHAIR-01", "offset": "0.5"]],
        "parked": [
            parked(1, "orders", "1050", .order, waitsFor: ("product", "LAMP-01")),
            parked(2, "shipments", "1051", .order, retryAt: 72, failingSince: 73, gaveUpAt: 74, wellSince: 75),
            parked(3, "receipts", "3001", .purchaseOrder, waitsFor: ("purchase-order", "3001"), dismissedAt: 76),
            parked(4, "stock", "CHAIR-01: WMS adj 51/52 #1", .product, number: "CHAIR-01"),
        ],
        "parked_documents": [["parked": 2, "kind": "shipment", "number": "9002"]],
        "findings": [
            ["connection": "main", "job": "orders", "subject": "1042", "field": "delivery.country", "problem": "unknown"]
        ],
        "unknown_writes": [
            ["connection": "main", "job": "orders", "subject": "1042", "content": "b", "at": 81, "resend_at": 82],
            ["connection": "main", "job": "orders", "subject": "1044", "content": nil, "at": 83, "resend_at": nil],
        ],
        "products_without_inventory": [["connection": "main", "item": "FREIGHT"]],
        "places": [
            [
                "connection": "main", "rackbeat": "https://rackbeat.example.test", "ongoing": "https://ongoing.example.test",
                "location": "1001", "goods_owner": 42, "account": 4711,
            ]
        ],
    ]

    private static func pushed(
        _ number: String, _ state: String, sending: String? = nil, held: String? = nil, cancelRequested: Bool = false,
        since: Int? = nil, isDone: Bool = false
    ) -> [String: Field] {
        [
            "connection": "main", "kind": "order", "number": Field(number),
            "warehouse_number": Field("\(number)-2"),
            "warehouse_id": Field(Int(number)!), "generation": 1, "state": Field(state),
            "sending": sending.map { Field($0) } ?? .null, "is_held": Field(held != nil),
            "held": held.map { Field($0) } ?? .null, "cancel_requested": Field(cancelRequested),
            "since": since.map { Field($0) } ?? .null, "delivery_date": "2026-03-04", "is_done": Field(isDone),
        ]
    }

    private enum Kind: String {
        case order, product
        case purchaseOrder = "purchase-order"
    }

    private static func parked(
        _ id: Int, _ job: String, _ subject: String, _ kind: Kind, number: String? = nil, waitsFor: (String, String)? = nil,
        retryAt: Int? = nil, failingSince: Int? = nil, gaveUpAt: Int? = nil, wellSince: Int? = nil, dismissedAt: Int? = nil
    ) -> [String: Field] {
        [
            "id": Field(id), "connection": "main", "job": Field(job), "subject": Field(subject),
            "record_kind": Field(kind.rawValue), "record_number": Field(number ?? subject), "fingerprint": "f",
            "waits_for_kind": waitsFor.map { Field($0.0) } ?? .null, "waits_for_number": waitsFor.map { Field($0.1) } ?? .null,
            "reason": "r", "effect": "e", "remedy": "m", "since": 71, "attempts": 3,
            "retry_at": retryAt.map { Field($0) } ?? .null,
            "dismissed_at": dismissedAt.map { Field($0) } ?? .null,
            "dismissed_why": dismissedAt == nil ? .null : "seen", "failing_since": failingSince.map { Field($0) } ?? .null,
            "gave_up_at": gaveUpAt.map { Field($0) } ?? .null, "well_since": wellSince.map { Field($0) } ?? .null,
        ]
    }

    // MARK: Older ones

    /// What a Tandem whose newest migration has that number would have written.
    ///
    /// Columns and tables that it had not are left out when the rows are written; see ``JournalVersion``.
    static func rows(_ rows: JournalRows, asOf version: Int) -> JournalRows {
        var rows = rows
        var step = newestVersion
        while step > version {
            rows = earlier(rows, at: step)
            step -= 1
        }
        return rows
    }

    static var newestVersion: Int { JournalSchema.migrator.migrations.count }

    /// Takes back what a migration did to rows that were there.
    private static func earlier(_ rows: JournalRows, at migration: Int) -> JournalRows {
        var rows = rows
        switch migration {
        case 9:
            // There was no nightly comparison, and a cancellation by the warehouse was like any.
            for (table, kept) in rows { rows[table] = kept.filter { $0["job"] != Field("reconcile") } }
            rows.edit("pushed") { row in
                if row["state"] == Field("cancelled-by-warehouse") || row["state"] == Field("resend-requested") {
                    row["state"] = "cancelled"
                }
            }
        case 6:
            rows.edit("pushed_articles") { row in if row["fingerprint"] == .null { row["fingerprint"] = "unknown" } }
            rows.edit("pushed") { row in
                let held = row["held"] == .null ? "unknown" : row["held"]!.text!
                let mark = row["cancel_requested"] == Field(true) ? "called off: " : ""
                row["fingerprint"] = .null
                if row["is_held"] == Field(true) { row["fingerprint"] = Field(mark + held) }
                if row["state"] == Field("cancel-unseen") { row["fingerprint"] = "called off: unknown" }
                row["pending"] = row["sending"]
                row["sent_at"] = row["since"] == .null ? 5 : row["since"]
            }
            rows.edit("unknown_writes") { row in
                row["fingerprint"] = row["content"] == .null ? "cancelled" : row["content"]
            }
        case 5:
            rows.edit("parked") { row in
                let words = ["product": "item", "order": "order", "purchase-order": "purchase order"]
                row["waits_for"] = .null
                if let kind = row["waits_for_kind"]!.text,
                    let number = row["waits_for_number"]!.text
                {
                    row["waits_for"] = Field("\(words[kind]!) \(number)")
                }
            }
            rows.edit("unknown_writes") { row in row["tell_again_at"] = row["resend_at"] }
            rows["doubts"] = rows["unknown_writes"]
            rows.edit("intents") { row in row["was_in_doubt"] = row["outcome_unknown"] }
        default: break
        }
        return rows
    }

    /// Members of ``newest`` that a version had under another name or in another form.
    static func wasKept(_ table: String, _ column: String, since version: Int) -> Bool {
        switch (table, column) {
        case ("pushed", "sending"), ("pushed", "is_held"), ("pushed", "held"), ("pushed", "cancel_requested"),
            ("pushed", "since"):
            true
        case ("pushed_articles", "article"): true
        case ("parked", "record_kind"), ("parked", "record_number"), ("parked", "waits_for_kind"), ("parked", "waits_for_number"):
            true
        case ("intents", "outcome_unknown"): true
        case ("unknown_writes", "content"), ("unknown_writes", "resend_at"): version >= 3
        default: false
        }
    }
}

extension JournalRows {
    fileprivate mutating func edit(_ table: String, _ change: (inout [String: Field]) -> Void) {
        self[table] = self[table]?.map { row in
            var row = row
            change(&row)
            return row
        }
    }
}

/// Reads and writes the rows of a journal whatever its version.
enum JournalVersion {
    /// A journal as a Tandem with that many migrations made it, with these rows.
    static func journal(_ version: Int, _ rows: JournalRows) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(configuration: configuration)
        let migrator = JournalSchema.migrator
        try migrator.migrate(database, upTo: migrator.migrations[version - 1])
        try database.write { database in
            let schema = try columns(database)
            for (table, rows) in rows {
                guard let known = schema[table] else { continue }
                for row in rows {
                    let row = row.filter { known.contains($0.key) }
                    let names = row.keys.sorted()
                    try database.execute(
                        sql: "INSERT INTO \(table) (\(names.map { "\"\($0)\"" }.joined(separator: ", "))) VALUES "
                            + "(\(names.map { _ in "?" }.joined(separator: ", ")))",
                        arguments: StatementArguments(names.map { row[$0]!.value }))
                }
            }
        }
        return database
    }

    /// The columns of every table.
    static func columns(_ database: Database) throws -> [String: Set<String>] {
        let tables = try String.fetchAll(
            database,
            sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'")
        return try Dictionary(
            uniqueKeysWithValues: tables.map { ($0, Set(try database.columns(in: $0).map(\.name))) })
    }

    static func rows(_ database: Database) throws -> JournalRows {
        try columns(database).mapValues { _ in [] }.merging(
            try Dictionary(
                uniqueKeysWithValues: columns(database).keys.map { table in
                    (
                        table,
                        try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { row in
                            Dictionary(uniqueKeysWithValues: row.map { ($0.0, Field($0.1)) })
                        }
                    )
                }), uniquingKeysWith: { $1 })
    }
}
