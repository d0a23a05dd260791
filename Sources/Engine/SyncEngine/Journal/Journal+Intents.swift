import GRDB
package import SyncCore
import Trade
package import Units

/// A shipment or receipt that is being booked.
struct DocumentIntent: Equatable {
    var id: Int64
    var kind: RecordRef.Kind
    /// The order's number in Rackbeat.
    var number: String
    /// The warehouse's document whose work is booked.
    var warehouseNumber: String
    var warehouseID: WarehouseID
    /// How far that document had come.
    var fingerprint: Fingerprint
    var wanted: [WantedLine]
    var before: Set<DocumentID>
    var createdAt: Moment
    var state: DocumentBooking.State
    var outcomeWasUnknown: Bool
}

/// Something begun that the journal cannot yet call done, for people.
package struct IntentSummary: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case shipment
        case receipt
        case adjustment
        /// An order, purchase order or article on its way to the warehouse.
        case push
    }

    package var connection: String
    package var kind: Kind
    /// What it is about in Rackbeat.
    package var record: RecordRef
    package var subject: String
    package var state: String
    package var since: Moment
}

extension DocumentBooking.State {
    fileprivate var columns: (name: String, document: Int?, since: Moment?) {
        switch self {
        case .intended: ("intended", nil, nil)
        case .creating(let since): ("creating", nil, since)
        case .drafted(let id): ("drafted", id.value, nil)
        case .confirming(let id): ("confirming", id.value, nil)
        case .booked(let id): ("booked", id.value, nil)
        case .abandoned: ("abandoned", nil, nil)
        }
    }

    init(name: String, document: Int?, since: Moment?) throws {
        switch (name, document, since) {
        case ("creating", _, let since?): self = .creating(since: since)
        case ("drafted", let id?, _): self = .drafted(DocumentID(id))
        case ("confirming", let id?, _): self = .confirming(DocumentID(id))
        case ("booked", let id?, _): self = .booked(DocumentID(id))
        case ("abandoned", _, _): self = .abandoned
        case ("intended", _, _): self = .intended
        default: throw DamagedValue(column: "state")
        }
    }
}

extension ConnectionJournal {
    /// Writes a new intent down before anything of it is sent.
    func begin(_ intent: DocumentIntent) throws -> Int64 {
        try commit { try $0.insert(intent, connection) }
    }

    /// The document is booked: the intent is done and the lines' ledgers grow, in one transaction.
    ///
    /// - Parameter documents: More than one where the request was carried out more than once.
    func complete(_ intent: DocumentIntent, documents: [DocumentID], at now: Moment) throws {
        try commit { database in
            try database.run(
                "UPDATE intents SET state = 'booked', document = ?, booked_at = ? WHERE id = ?",
                [documents[0].value, now, intent.id])
            try database.book(intent, documents, connection)
        }
    }

    /// What was booked until then and is to be looked at once more, oldest first.
    ///
    /// - Parameter number: Of one order alone.
    func bookedToLookAt(_ kind: RecordRef.Kind, number: String? = nil, until moment: Moment) throws -> [DocumentIntent] {
        try read { database in
            try database.rows(
                """
                SELECT * FROM intents INDEXED BY intents_to_look_at
                WHERE connection = ? AND kind = ? AND booked_at <= ? AND number = coalesce(?, number) ORDER BY id
                """, [connection, kind.rawValue, moment, number]
            ).map { row in try Self.intent(row, kind, database) }
        }
    }

    /// It was looked at.
    ///
    /// - Parameter copies: What more the request had made and booked.
    func wasLookedAt(_ intent: DocumentIntent, copies: [DocumentID]) throws {
        try commit { database in
            try database.run("UPDATE intents SET booked_at = NULL WHERE id = ?", [intent.id])
            try database.remember(copies, of: intent)
            try database.grow(intent, times: copies.count, connection)
        }
    }

    /// Takes over documents that are booked and were not known: they count as if this journal had booked them.
    ///
    /// - Parameter intent: What they were booked for; its lines are those of each.
    func adopt(_ documents: [LedgerComparison.Adopted], of intent: DocumentIntent) throws {
        try commit { database in
            for document in documents {
                var intent = intent
                intent.wanted = document.lines
                intent.state = .booked(document.id)
                intent.id = try database.insert(intent, connection)
                try database.book(intent, [document.id], connection)
            }
            // An order that «somebody else» shipped was shipped by us: what was parked for that is looked at again.
            try database.run(
                """
                UPDATE parked SET retry_at = ? WHERE connection = ? AND job = ? AND record_number = ? AND dismissed_at IS NULL
                """,
                [
                    intent.createdAt, connection, (intent.kind == .order ? Job.orders : .purchaseOrders).rawValue, intent.number,
                ])
        }
    }

    /// The documents of an order in Rackbeat that the journal knows: made by any connection, or judged to be something else when a
    /// booking was begun beside them.
    func documentsJudged(_ kind: RecordRef.Kind, number: String) throws -> Set<DocumentID> {
        try read { database in
            let rows = try database.rows(
                """
                SELECT document FROM intents WHERE kind = ?1 AND number = ?2 AND document IS NOT NULL
                UNION SELECT earlier.document FROM intents JOIN intent_before earlier ON earlier.intent = intents.id
                WHERE kind = ?1 AND number = ?2
                """, [kind.rawValue, number])
            return Set(try rows.map { DocumentID(try $0[0]) })
        }
    }

    /// What was begun and is neither booked nor given up, oldest first.
    func openIntents(_ kind: RecordRef.Kind) throws -> [DocumentIntent] {
        try read { database in
            try database.rows(
                """
                SELECT * FROM intents WHERE connection = ? AND kind = ? AND state NOT IN ('booked', 'abandoned') ORDER BY id
                """, [connection, kind.rawValue]
            ).map { row in try Self.intent(row, kind, database) }
        }
    }

    /// The warehouse's numbers of the documents of which something was booked since then; `nil`: ever.
    func bookedSince(_ moment: Moment?, _ kind: RecordRef.Kind) throws -> [String] {
        try read { database in
            try database.texts(
                """
                SELECT DISTINCT warehouse_number FROM intents
                WHERE connection = ? AND kind = ? AND state = 'booked' AND created_at >= ? ORDER BY warehouse_number
                """, [connection, kind.rawValue, moment ?? Moment(milliseconds: 0)])
        }
    }

    /// The documents of the same order that are known to be another's: made by other connections, or booked for what was moved
    /// before.
    func documentsOfOthers(than intent: DocumentIntent) throws -> [DocumentID] {
        try read { database in
            try database.rows(
                """
                SELECT document FROM intents
                WHERE kind = ? AND number = ? AND document IS NOT NULL AND (connection <> ? OR id <> ? AND state = 'booked')
                """, [intent.kind.rawValue, intent.number, connection, intent.id]
            ).map { DocumentID(try $0[0]) }
        }
    }

    func save(_ state: DocumentBooking.State, outcomeWasUnknown: Bool, of intent: Int64) throws {
        try commit { try $0.set(state, outcomeWasUnknown: outcomeWasUnknown, of: intent) }
    }

    private static func intent(_ row: JournalRow, _ kind: RecordRef.Kind, _ database: Database) throws -> DocumentIntent {
        let id: Int64 = try row["id"]
        let lines = try database.rows("SELECT * FROM intent_lines WHERE intent = ? ORDER BY position", [id]).map { line in
            try WantedLine(
                row: LineID(line["row"]), item: ItemNumber(line["item"]), location: LocationNumber(line["location"]),
                quantity: line["quantity"])
        }
        let before = try database.rows("SELECT document FROM intent_before WHERE intent = ?", [id]).map { DocumentID(try $0[0]) }
        return try DocumentIntent(
            id: id, kind: kind, number: row["number"], warehouseNumber: row["warehouse_number"],
            warehouseID: WarehouseID(row["warehouse_id"]), fingerprint: Fingerprint(text: row["fingerprint"]), wanted: lines,
            before: Set(before), createdAt: row["created_at"],
            state: DocumentBooking.State(name: row["state"], document: row["document"], since: row["since"]),
            outcomeWasUnknown: row["outcome_unknown"])
    }
}

extension Journal {
    /// Everything that was begun and is not done, in every connection.
    package func unknownOutcomes() throws -> [IntentSummary] {
        try read { database in
            let documents = try database.rows(
                "SELECT * FROM intents WHERE state NOT IN ('booked', 'abandoned') ORDER BY connection, id", []
            ).map { row in
                let record = try Self.record(row)
                return try IntentSummary(
                    connection: row["connection"], kind: record.kind == .order ? .shipment : .receipt, record: record,
                    subject: record.description, state: row["state"], since: row["created_at"])
            }
            let pushes = try database.rows(
                "SELECT * FROM pushed WHERE state IN ('sending', 'cancelling', 'cancel-unseen') ORDER BY connection, kind, number",
                []
            ).map { row in
                let record = try Self.record(row)
                return try IntentSummary(
                    connection: row["connection"], kind: .push, record: record, subject: record.description,
                    state: row["state"], since: row["since"])
            }
            let adjustments = try database.rows(
                """
                SELECT * FROM adjustments WHERE state NOT IN ('pending', 'booked', 'baseline', 'dismissed', 'abandoned')
                ORDER BY connection, id
                """, []
            ).map { row in
                try IntentSummary(
                    connection: row["connection"], kind: .adjustment, record: RecordRef(.product, row["item"]),
                    subject: row["reason"], state: row["state"], since: row["created_at"])
            }
            let repeated = try database.rows(
                "SELECT * FROM unknown_writes WHERE resend_at IS NOT NULL ORDER BY connection, job, subject", []
            ).map { row in
                let record = try RecordRef((row["job"] as Job).recordKind, row["subject"])
                return try IntentSummary(
                    connection: row["connection"], kind: .push, record: record, subject: record.description,
                    state: "to be sent again", since: row["at"])
            }
            return documents + pushes + adjustments + repeated
        }
    }

    private static func record(_ row: JournalRow) throws -> RecordRef {
        try RecordRef((row["kind"] as String) == RecordRef.Kind.order.rawValue ? .order : .purchaseOrder, row["number"])
    }
}

extension Database {
    fileprivate func insert(_ intent: DocumentIntent, _ connection: String) throws -> Int64 {
        let columns = intent.state.columns
        try run(
            """
            INSERT INTO intents (connection, kind, number, warehouse_number, warehouse_id, fingerprint, created_at, state,
            document, since, outcome_unknown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                connection, intent.kind.rawValue, intent.number, intent.warehouseNumber, intent.warehouseID.value,
                intent.fingerprint.text, intent.createdAt, columns.name, columns.document, columns.since,
                intent.outcomeWasUnknown,
            ])
        let id = lastInsertedRowID
        for (position, line) in intent.wanted.enumerated() {
            try run(
                "INSERT INTO intent_lines (intent, position, row, item, location, quantity) VALUES (?, ?, ?, ?, ?, ?)",
                [id, position, line.row.text, line.item.text, line.location.text, line.quantity.description])
        }
        for document in intent.before.sorted() {
            try run("INSERT INTO intent_before (intent, document) VALUES (?, ?)", [id, document.value])
        }
        return id
    }

    /// The ledgers of the lines grow by what each of the documents has.
    fileprivate func book(_ intent: DocumentIntent, _ documents: [DocumentID], _ connection: String) throws {
        try remember(Array(documents.dropFirst()), of: intent)
        try grow(intent, times: documents.count, connection)
    }

    /// What else the request of an intent made: it is judged, and no booking that the journal does not know.
    fileprivate func remember(_ twins: [DocumentID], of intent: DocumentIntent) throws {
        for twin in twins {
            try run("INSERT OR IGNORE INTO intent_before (intent, document) VALUES (?, ?)", [intent.id, twin.value])
        }
    }

    /// The ledgers of the lines grow by what one document of the intent moved, so many times.
    fileprivate func grow(_ intent: DocumentIntent, times: Int, _ connection: String) throws {
        guard times > 0 else { return }
        for line in intent.wanted {
            let before = try row(
                "SELECT quantity FROM booked WHERE connection = ? AND kind = ? AND warehouse_id = ? AND row = ?",
                [connection, intent.kind.rawValue, intent.warehouseID.value, line.row.text]
            ).map { try $0[0] as Quantity }
            try run(
                "INSERT OR REPLACE INTO booked (connection, kind, warehouse_id, row, number, quantity) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    connection, intent.kind.rawValue, intent.warehouseID.value, line.row.text, intent.number,
                    (0..<times).reduce(before ?? .zero) { sum, _ in sum + line.quantity }.description,
                ])
        }
    }

    func set(_ state: DocumentBooking.State, outcomeWasUnknown: Bool, of intent: Int64) throws {
        let columns = state.columns
        try run(
            "UPDATE intents SET state = ?, document = ?, since = ?, outcome_unknown = ? WHERE id = ?",
            [columns.name, columns.document, columns.since, outcomeWasUnknown, intent])
    }
}
