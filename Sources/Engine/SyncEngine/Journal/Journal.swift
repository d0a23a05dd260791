import GRDB

/// What the engine must not forget: cursors, what was sent, what was booked, what it is in the middle of, what is parked.
///
/// One SQLite file with one writer. All calls block: an `await` would hop threads and break a simulation's repeatability.
///
/// Several engines, each on a thread of its own with a connection of its own, may share a journal: the database queue runs one
/// transaction at a time, and every row that an engine reads or writes bears its connection's name. What the compiler cannot see
/// is safe for two reasons: `commits` and `scratchTables` are touched inside the queue alone, and `commitWatch` is set before the
/// journal is shared.
package final class Journal: @unchecked Sendable {
    let database: DatabaseQueue
    /// Where it is, for messages; `nil` in memory.
    let path: String?
    /// Held until the database is closed; `nil` in memory.
    private let lock: JournalLock?
    /// Told before and after each commit. What it throws before the commit rolls the commit back. For a journal that one thread
    /// uses; to be set before anything is written.
    package var commitWatch: ((CommitPoint) throws -> Void)?
    private var commits = 0
    /// The statements that made this connection's temporary tables.
    var scratchTables: Set<String> = []

    package enum CommitPoint: Hashable, Sendable {
        /// The transaction's number, from 1.
        case before(Int)
        case after(Int)
    }

    init(database: DatabaseQueue, path: String? = nil, lock: JournalLock?) {
        self.database = database
        self.path = path
        self.lock = lock
    }

    /// SQLite's own locks go when a process closes any other descriptor of the file: the database is closed before the lock.
    deinit { if lock != nil { try? database.close() } }

    /// A journal that lives as long as this object, for simulations and tests.
    package static func inMemory() throws -> Journal {
        let database = try DatabaseQueue(configuration: configuration(readonly: false))
        try template.database.backup(to: database)
        return Journal(database: database, lock: nil)
    }

    /// Empties a journal in memory, so that another run may use it as if it were new: opening one and compiling its statements
    /// costs more than many a run's whole work with it.
    package func clear() throws {
        commitWatch = nil
        try forgetAll()
        try database.write { database in
            commits = 0
            // The schema has none: these are somebody's who spoilt the journal for one run.
            for trigger in try database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'", []) {
                try database.execute(sql: "DROP TRIGGER \(try trigger[0] as String)")
            }
        }
    }

    /// Empties a journal in memory, as if its file had been lost.
    package func forgetAll() throws {
        precondition(database.path == ":memory:", "a journal on disk is never emptied")
        try database.write { database in
            for table in JournalSchema.tables { try database.run("DELETE FROM \(table)", []) }
            // What a comparison has noted lasts no longer than the process; here the connection outlives it.
            for table in try database.texts("SELECT name FROM sqlite_temp_master WHERE type = 'table'", []) {
                try database.run("DELETE FROM temp.\(table)", [])
            }
        }
    }

    /// Puts a copy in the place of a journal in memory, as somebody puts back the backup of a file.
    package func restore(_ copy: Journal) throws {
        precondition(database.path == ":memory:", "a journal on disk is never replaced")
        // Row by row: what somebody spoilt the journal with for this run stays, and so do its compiled statements.
        try forgetAll()
        for table in JournalSchema.tables.reversed() {
            let rows = try copy.read { try $0.rows("SELECT * FROM \(table)", []) }
            try database.write { database in
                for row in rows {
                    let columns = Array(row.row)
                    let names = columns.map(\.0).joined(separator: ", ")
                    let places = columns.map { _ in "?" }.joined(separator: ", ")
                    try database.execute(
                        sql: "INSERT INTO \(table) (\(names)) VALUES (\(places))",
                        arguments: StatementArguments(columns.map(\.1)))
                }
            }
        }
    }

    /// A copy that lives as long as its object and shares nothing with this one: what a run would do can be tried on it.
    package func copyInMemory() throws -> Journal {
        let copy = try DatabaseQueue(configuration: Self.configuration(readonly: false))
        try database.backup(to: copy)
        // A companion opens a journal without bringing its tables up to date.
        try JournalSchema.migrator.migrate(copy)
        return Journal(database: copy, path: path, lock: nil)
    }

    /// Migrating costs ten times what copying does, and a process may open thousands of journals in memory.
    private static let template: Template = {
        do {
            let database = try DatabaseQueue(configuration: configuration(readonly: false))
            try JournalSchema.migrator.migrate(database)
            return Template(database: database)
        } catch {
            preconditionFailure("the journal's schema cannot be made: \(error)")
        }
    }()

    private struct Template: Sendable { let database: DatabaseQueue }

    static func configuration(readonly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        return configuration
    }

    /// Runs one transaction: all of it is on disk afterwards, or nothing.
    ///
    /// - Throws: ``JournalError`` when the file can no longer be used, and what the body throws.
    func commit<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let (number, value) = try sayingWhatItMeans {
            try lock?.stillHolds()
            return try database.writeWithoutTransaction { database in
                commits += 1
                let number = commits
                let value = try database.transaction {
                    let value = try body(database)
                    try commitWatch?(.before(number))
                    return value
                }
                return (number, value)
            }
        }
        try commitWatch?(.after(number))
        return value
    }

    /// Without a transaction of its own: each read is one statement or sees what no other writer in this process can change
    /// meanwhile, and GRDB's opening and closing of one costs more than the read.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try sayingWhatItMeans { try database.unsafeRead(body) }
    }

    /// A disk that is full or a file that was taken away is for the operator to fix, not a defect.
    func sayingWhatItMeans<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            guard let path else { throw error }
            if error.isDamage { throw JournalError.damaged(path: path, error.explanation) }
            throw JournalError(
                path: path, problem: "can no longer be used: \(error.explanation)",
                remedy: "Fix that and start again: what was sent and not written down is looked for before anything is repeated."
            )
        } catch  where error is RowDecodingError || error is DamagedValue {
            // What was read may be a part of a row, or of several: the tables tell which it is.
            throw JournalError.damaged(
                path: path ?? "in memory", try firstDamage()?.description ?? "a row cannot be read: \(error)")
        }
    }

    /// Writes one number as it stands, to see whether the disk and the file take it.
    package func checkWritable() throws {
        try sayingWhatItMeans {
            try database.writeWithoutTransaction { database in
                let version = try database.row("PRAGMA user_version", [])?[0] as Int? ?? 0
                try database.execute(sql: "PRAGMA user_version = \(version)")
            }
        }
    }

    /// Runs statements that are no part of the engine's work, outside its transactions: a way in for whoever breaks or repairs a
    /// journal from outside.
    package func execute(_ sql: String) throws { try database.writeWithoutTransaction { try $0.execute(sql: sql) } }

    /// Every text and number in the journal, table by table: for checks that no secret got into it.
    package func dump() throws -> String {
        try read { database in
            var text = ""
            let tables = try database.texts(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", [])
            for table in tables {
                for row in try database.rows("SELECT * FROM \"\(table)\"", []) {
                    text += table + ": " + row.row.map { "\($0.0)=\($0.1)" }.joined(separator: " ") + "\n"
                }
            }
            return text
        }
    }
}

extension Database {
    /// All of it or nothing. GRDB's own way compiles the two statements anew each time, which takes half of what a small
    /// transaction takes in all.
    fileprivate func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try run("BEGIN IMMEDIATE", [])
        do {
            let value = try body()
            try run("COMMIT", [])
            return value
        } catch {
            // SQLite has rolled some failures back by itself, such as a disk that is full.
            if isInsideTransaction { try rollback() }
            throw error
        }
    }

    /// Runs a statement that is compiled once per journal.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func row(_ sql: String, _ arguments: StatementArguments) throws -> JournalRow? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments).map(JournalRow.init)
    }

    /// The first column of each row, without a row around it.
    func texts(_ sql: String, _ arguments: StatementArguments) throws -> [String] {
        try String.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    func rows(_ sql: String, _ arguments: StatementArguments) throws -> [JournalRow] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments).map(JournalRow.init)
    }
}
