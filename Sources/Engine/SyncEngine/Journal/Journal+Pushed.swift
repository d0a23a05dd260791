import GRDB
import SyncCore
import Trade
import Units

extension DocumentPush.State {
    /// - Returns: The state's name, the content whose sending has an unknown outcome, what the warehouse holds or held, and since when
    ///   the outcome is unknown.
    fileprivate var columns: (name: String, sending: Fingerprint?, held: HeldContent?, since: Moment?) {
        switch self {
        case .nothing: preconditionFailure("nothing is recorded of a document that was never sent")
        case .sending(let content, let over, let since): ("sending", content, over, since)
        case .held(let held): ("held", nil, held, nil)
        case .cancelling(.held(let held), let since): ("cancelling", nil, held, since)
        case .cancelling(.sending(let content, let over), let since): ("cancelling", content, over, since)
        case .cancelUnseen(let content, let since): ("cancel-unseen", content, nil, since)
        case .cancelled: ("cancelled", nil, nil, nil)
        case .cancelledByWarehouse(isToBeResent: false): ("cancelled-by-warehouse", nil, nil, nil)
        case .cancelledByWarehouse(isToBeResent: true): ("resend-requested", nil, nil, nil)
        }
    }

    init(name: String, sending: Fingerprint?, held: HeldContent?, since: Moment?) throws {
        switch (name, sending, held, since) {
        case ("sending", let content?, _, let since?): self = .sending(content, over: held, since: since)
        case ("held", nil, let held?, nil): self = .held(held)
        case ("cancelling", let content?, _, let since?): self = .cancelling(.sending(content, over: held), since: since)
        case ("cancelling", nil, let held?, let since?): self = .cancelling(.held(held), since: since)
        case ("cancel-unseen", _, _, let since?): self = .cancelUnseen(sending: sending, since: since)
        case ("cancelled", _, _, _): self = .cancelled
        case ("cancelled-by-warehouse", _, _, _): self = .cancelledByWarehouse(isToBeResent: false)
        case ("resend-requested", _, _, _): self = .cancelledByWarehouse(isToBeResent: true)
        default: throw DamagedValue(column: "state")
        }
    }
}

extension DocumentPush.State {
    /// The state that a whole row holds.
    init(_ row: JournalRow) throws {
        let sending: String? = try row["sending"]
        let held: String? = try row["held"]
        try self.init(
            name: row["state"], sending: sending.map(Fingerprint.init(text:)),
            held: row["is_held"]
                ? HeldContent(held.map(Fingerprint.init(text:)), cancelRequested: row["cancel_requested"]) : nil,
            since: row["since"])
    }
}

extension ConnectionJournal {
    func pushed(_ document: RecordRef) throws -> PushRecord? {
        try pushed("pushed", document.kind, "number = ?", document.number)
    }

    func pushed(_ kind: RecordRef.Kind, warehouseID: WarehouseID) throws -> PushRecord? {
        try pushed("pushed INDEXED BY pushed_by_warehouse_id", kind, "warehouse_id = ?", warehouseID.value)
    }

    func pushed(_ kind: RecordRef.Kind, warehouseNumber: String) throws -> PushRecord? {
        try pushed("pushed INDEXED BY pushed_by_warehouse_number", kind, "warehouse_number = ?", warehouseNumber)
    }

    /// The numbers in Rackbeat of what was being sent or cancelled, and may or may not have been.
    func pushesOfUnknownOutcome(_ kind: RecordRef.Kind) throws -> [String] {
        try read { database in
            try database.texts(
                """
                SELECT number FROM pushed INDEXED BY pushed_underway
                WHERE connection = ? AND kind = ? AND state IN ('sending', 'cancelling')
                ORDER BY since, number
                """, [connection, kind.rawValue])
        }
    }

    /// - Parameter table: With its index where one is to be used: left to itself, SQLite takes the primary key's first two columns,
    ///   and reads everything that was ever sent.
    private func pushed(
        _ table: String, _ kind: RecordRef.Kind, _ condition: String, _ key: any DatabaseValueConvertible
    ) throws -> PushRecord? {
        try read { database in
            guard
                let row = try database.row(
                    """
                    SELECT number, warehouse_number, warehouse_id, generation, state, sending, is_held, held, cancel_requested, since,
                    delivery_date FROM \(table) WHERE connection = ? AND kind = ? AND \(condition)
                    """, [connection, kind.rawValue, key])
            else { return nil }
            // By place: looking up a column by its name costs more than reading it.
            let id: Int? = try row[2]
            let sending: String? = try row[5]
            let isHeld: Bool = try row[6]
            let held: String? = try row[7]
            let date: CivilDate? = try row[10]
            return try PushRecord(
                document: RecordRef(kind, row[0]), warehouseNumber: row[1], warehouseID: id.map(WarehouseID.init),
                generation: (row[3] as Count).value,
                state: DocumentPush.State(
                    name: row[4], sending: sending.map(Fingerprint.init(text:)),
                    held: isHeld ? HeldContent(held.map(Fingerprint.init(text:)), cancelRequested: row[8]) : nil,
                    since: row[9]),
                deliveryDate: date)
        }
    }

    /// - Parameters:
    ///   - record: In state `nothing`, the document is forgotten.
    ///   - lines: What the warehouse now holds; `nil` when that did not change.
    ///   - moment: From when on what waits for the document may be tried again; `nil`: it goes on waiting.
    /// - Returns: Whether something waited.
    @discardableResult
    func save(_ record: PushRecord, lines: [PushedLine]?, waking moment: Moment? = nil) throws -> Bool {
        let (kind, number) = (record.document.kind.rawValue, record.document.number)
        return try commit { database in
            guard record.state != .nothing else {
                try database.run(
                    "DELETE FROM pushed WHERE connection = ? AND kind = ? AND number = ?", [connection, kind, number])
                return false
            }
            let columns = record.state.columns
            try database.run(
                """
                INSERT OR REPLACE INTO pushed (connection, kind, number, warehouse_number, warehouse_id, generation, state, sending,
                is_held, held, cancel_requested, since, delivery_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    connection, kind, number, record.warehouseNumber, record.warehouseID?.value, record.generation, columns.name,
                    columns.sending?.text, columns.held != nil, columns.held?.fingerprint?.text,
                    columns.held?.cancelRequested ?? false, columns.since, record.deliveryDate?.description,
                ])
            let wakes = try moment.map { try database.wake(waitingFor: record.document, at: $0, connection) } ?? false
            guard let lines else { return wakes }
            try database.run(
                "DELETE FROM pushed_lines WHERE connection = ? AND kind = ? AND number = ?", [connection, kind, number])
            for line in lines {
                try database.run(
                    "INSERT INTO pushed_lines (connection, kind, number, row, item, quantity) VALUES (?, ?, ?, ?, ?, ?)",
                    [connection, kind, number, line.row.text, line.item.text, line.quantity.description])
            }
            return wakes
        }
    }

    func pushedLines(_ document: RecordRef) throws -> [PushedLine] {
        try read { database in
            try database.rows(
                "SELECT row, item, quantity FROM pushed_lines WHERE connection = ? AND kind = ? AND number = ?",
                [connection, document.kind.rawValue, document.number]
            ).map { try PushedLine(row: LineID($0[0]), item: ItemNumber($0[1]), quantity: $0[2]) }
                .sorted { $0.row < $1.row }
        }
    }

    // MARK: What was booked

    /// Booked so far for one document of the warehouse, by line in Rackbeat.
    func booked(_ kind: RecordRef.Kind, warehouseID: WarehouseID) throws -> [LineID: Quantity] {
        try read { database in
            Dictionary(
                uniqueKeysWithValues: try database.rows(
                    "SELECT row, quantity FROM booked WHERE connection = ? AND kind = ? AND warehouse_id = ?",
                    [connection, kind.rawValue, warehouseID.value]
                ).map { (LineID(try $0[0]), try $0[1]) })
        }
    }

    /// Booked so far for one document of Rackbeat, over every document of the warehouse that serves it.
    func bookedInAll(_ kind: RecordRef.Kind, number: String) throws -> [LineID: Quantity] {
        try read { database in
            var sums: [LineID: Quantity] = [:]
            let rows = try database.rows(
                """
                SELECT row, quantity FROM booked INDEXED BY booked_by_number
                WHERE connection = ? AND kind = ? AND number = ?
                """, [connection, kind.rawValue, number])
            for row in rows { sums[LineID(try row[0]), default: .zero] += try row[1] }
            return sums
        }
    }
}
