import GRDB
import SyncCore
package import Trade
package import Units

/// One change of stock that the warehouse made, on its way into Rackbeat's stock.
struct AdjustmentIntent: Equatable {
    var id: Int64
    var inventory: WarehouseID
    var articleID: WarehouseID
    var item: ItemNumber
    var change: Quantity
    /// What the adjustment in Rackbeat says, and is found by.
    var reason: String
    var state: AdjustmentBooking.State
    /// Nothing of it was begun.
    var isPending: Bool

    var record: RecordRef { RecordRef(.product, item.text) }
}

extension AdjustmentBooking.State {
    fileprivate var columns: (name: String, document: Int?, since: Moment?, base: String?) {
        switch self {
        // Nothing of it is begun: it waits its turn.
        case .intended: ("pending", nil, nil, nil)
        case .creating(let since, let base): ("creating", nil, since, base?.description)
        case .drafted(let id, let base): ("drafted", id.value, nil, base?.description)
        case .booking(let id, let base, let since): ("booking", id.value, since, base?.description)
        case .verifying(let id, let base, let since): ("verifying", id.value, since, base?.description)
        case .booked(let id): ("booked", id.value, nil, nil)
        case .abandoned: ("abandoned", nil, nil, nil)
        }
    }

    init(name: String, document: Int?, since: Moment?, base: Quantity?) throws {
        switch (name, document, since) {
        case ("creating", _, let since?): self = .creating(since: since, base: base)
        case ("drafted", let id?, _): self = .drafted(DocumentID(id), base: base)
        // Earlier versions did not write down when it was sent, which is long ago.
        case ("booking", let id?, _): self = .booking(DocumentID(id), base: base, since: since ?? Moment(milliseconds: 0))
        case ("verifying", let id?, _): self = .verifying(DocumentID(id), base: base, since: since ?? Moment(milliseconds: 0))
        case ("booked", let id?, _): self = .booked(DocumentID(id))
        case ("abandoned", _, _): self = .abandoned
        case ("pending", _, _), ("intended", _, _): self = .intended
        default: throw DamagedValue(column: "state")
        }
    }
}

extension ConnectionJournal {
    /// Writes down the rows that were not known, as pending or as part of what the two sides agreed on at the start.
    ///
    /// Rows carry no id. Two rows that are equal in everything are two rows: the second has occurrence 2.
    /// - Returns: How many were new.
    func record(_ rows: [WarehouseAdjustment], asBaseline: Bool, at now: Moment) throws -> Int {
        let fresh = try read { database in
            try Self.keyed(rows).filter { entry in
                try database.row(
                    "SELECT 1 FROM adjustments WHERE connection = ? AND row_key = ? AND occurrence = ?",
                    [connection, entry.key, entry.occurrence]) == nil
            }
        }
        guard !fresh.isEmpty else { return 0 }
        try commit { database in
            for (row, key, occurrence) in fresh {
                try database.run(
                    """
                    INSERT INTO adjustments (connection, inventory, article_id, item, change, time, row_key, occurrence, reason,
                    state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        connection, row.inventory.value, row.articleID.value, row.article.text, row.change.description, row.time,
                        key, occurrence,
                        AdjustmentReason.text(inventory: row.inventory, article: row.articleID, row: key, occurrence: occurrence),
                        asBaseline ? "baseline" : "pending", now,
                    ])
            }
        }
        return fresh.count
    }

    func openAdjustments() throws -> [AdjustmentIntent] {
        try read { database in
            try database.rows(
                """
                SELECT * FROM adjustments WHERE connection = ? AND state NOT IN ('booked', 'baseline', 'dismissed', 'abandoned')
                ORDER BY id
                """, [connection]
            ).map(Self.intent)
        }
    }

    private static func intent(_ row: JournalRow) throws -> AdjustmentIntent {
        let name: String = try row["state"]
        return try AdjustmentIntent(
            id: row["id"], inventory: WarehouseID(row["inventory"]), articleID: WarehouseID(row["article_id"]),
            item: ItemNumber(row["item"]), change: row["change"], reason: row["reason"],
            state: AdjustmentBooking.State(name: name, document: row["document"], since: row["since"], base: row["base"]),
            isPending: name == "pending")
    }

    /// What was booked until then and is to be looked at once more, oldest first.
    func adjustmentsToLookAt(until moment: Moment) throws -> [AdjustmentIntent] {
        try read { database in
            try database.rows(
                """
                SELECT * FROM adjustments INDEXED BY adjustments_to_look_at
                WHERE connection = ? AND booked_at <= ? AND state = 'booked' ORDER BY id
                """, [connection, moment]
            ).map(Self.intent)
        }
    }

    /// It was looked at.
    func wasLookedAt(_ intent: AdjustmentIntent) throws {
        try commit { try $0.run("UPDATE adjustments SET booked_at = NULL WHERE id = ?", [intent.id]) }
    }

    /// The adjustment is booked; what fell between reading and booking becomes an adjustment of its own, in one transaction.
    func complete(_ intent: AdjustmentIntent, document: DocumentID, shortfall: Quantity, at now: Moment)
        throws
    {
        try commit { database in
            try database.run(
                "UPDATE adjustments SET state = 'booked', document = ?, booked_at = ? WHERE id = ?",
                [document.value, now, intent.id])
            guard !shortfall.isZero else { return }
            try database.run(
                """
                INSERT INTO adjustments (connection, inventory, article_id, item, change, time, row_key, occurrence, parent,
                reason, state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, 'pending', ?)
                """,
                [
                    connection, intent.inventory.value, intent.articleID.value, intent.item.text, shortfall.description, now,
                    "makes good \(intent.id)", intent.id, "\(intent.reason) made good", now,
                ])
        }
    }

    /// Whether every known row of one article in one inventory document is booked.
    func isReplayed(inventory: WarehouseID, articleID: WarehouseID) throws -> Bool {
        try read { database in
            try database.row(
                """
                SELECT 1 FROM adjustments INDEXED BY adjustments_by_article
                WHERE connection = ? AND inventory = ? AND article_id = ? AND state NOT IN ('booked', 'baseline', 'dismissed')
                """, [connection, inventory.value, articleID.value]) == nil
        }
    }

    // MARK: The start of stock sync

    /// When the two sides were found equal, or their differences accepted; `nil` while stock sync is off or refused.
    package func stockSyncStarted() throws -> Moment? {
        try read { try $0.row("SELECT started_at FROM stock_sync WHERE connection = ?", [connection]).flatMap { try $0[0] } }
    }

    func startStockSync(offsets: [(item: ItemNumber, offset: Quantity)], at now: Moment) throws {
        try commit { database in
            try database.run("INSERT OR REPLACE INTO stock_sync (connection, started_at) VALUES (?, ?)", [connection, now])
            try database.run("DELETE FROM stock_offsets WHERE connection = ?", [connection])
            // What is not begun is part of what the two sides were just found to hold.
            try database.run(
                "UPDATE adjustments SET state = 'baseline' WHERE connection = ? AND state = 'pending'", [connection])
            for (item, offset) in offsets {
                try database.run(
                    "INSERT INTO stock_offsets (connection, item, offset) VALUES (?, ?, ?)",
                    [connection, item.text, offset.description])
            }
        }
    }

    /// Switched off: the next switching on compares anew.
    func stopStockSync() throws {
        guard try stockSyncStarted() != nil else { return }
        try commit { try $0.run("DELETE FROM stock_sync WHERE connection = ?", [connection]) }
    }

    /// What the two sides were allowed to differ by when stock sync began: Ongoing minus Rackbeat.
    package func stockOffsets() throws -> [(item: String, offset: String)] {
        try read { database in
            try database.rows("SELECT item, offset FROM stock_offsets WHERE connection = ? ORDER BY item", [connection])
                .map { (try $0[0], try $0[1]) }
        }
    }

    private static func keyed(
        _ rows: [WarehouseAdjustment]
    ) -> [(row: WarehouseAdjustment, key: String, occurrence: Int)] {
        var occurrences: [String: Int] = [:]
        return rows.filter { !$0.change.isZero }.map { row in
            let key = Self.key(row)
            occurrences[key, default: 0] += 1
            return (row, key, occurrences[key]!)
        }
    }

    /// What a journal that knows none of the rows would book of them.
    package static func planned(_ rows: [WarehouseAdjustment], at location: LocationNumber) -> [PlannedDirective] {
        keyed(rows).map { row, key, occurrence in
            .adjustStock(
                row.article, location, change: row.change,
                reason: AdjustmentReason.text(
                    inventory: row.inventory, article: row.articleID, row: key, occurrence: occurrence), draft: nil)
        }
    }

    private static func key(_ row: WarehouseAdjustment) -> String {
        [
            row.inventory.description, row.articleID.description, String(row.time.milliseconds), row.change.description,
            row.batch ?? "", row.serial ?? "", row.location ?? "", row.cause ?? "", row.comment ?? "",
        ].joined(separator: "\u{1F}")
    }

    func save(_ state: AdjustmentBooking.State, of adjustment: Int64) throws {
        try commit { try $0.set(state, of: adjustment) }
    }
}

extension Database {
    func set(_ state: AdjustmentBooking.State, of adjustment: Int64) throws {
        let columns = state.columns
        try run(
            "UPDATE adjustments SET state = ?, document = ?, since = ?, base = ? WHERE id = ?",
            [columns.name, columns.document, columns.since, columns.base, adjustment])
    }
}
