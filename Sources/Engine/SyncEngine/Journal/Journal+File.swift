import Foundation
import GRDB

/// A journal that cannot be opened. It is never overwritten.
package struct JournalError: Error, Equatable, CustomStringConvertible {
    package let path: String
    package let problem: String
    package let remedy: String

    package var description: String { "the journal \(path) \(problem). \(remedy)" }
}

extension JournalError {
    /// - Parameter what: Such as a table and a row.
    static func damaged(path: String, _ what: String) -> JournalError {
        JournalError(
            path: path, problem: "is damaged (\(what))",
            remedy:
                "It was left as it is; 'tandem journal check' names every damaged row. Put a backup in its place: on an older journal "
                + "the engine compares with both systems before it books anything, takes over what is booked already, and parks what "
                + "stays contradictory.")
    }
}

extension Journal {
    package enum Access: Sendable {
        /// The engine's: one process at a time.
        case owner
        /// Beside a running engine: reads, and marks records for a retry.
        case companion
        /// Looks and leaves every byte of the file and of those beside it as it is, also what a killed engine left behind.
        case reader
    }

    /// Opens the journal file, making it when there is none (owner only), and brings its tables up to date.
    ///
    /// The file and its companions are readable by their owner alone (mode 0600).
    package static func open(path: String, access: Access = .owner) throws -> Journal {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        let exists = manager.fileExists(atPath: path, isDirectory: &isFolder)
        guard !isFolder.boolValue else {
            throw JournalError(path: path, problem: "is a folder", remedy: "Name a file.")
        }
        if !exists, access != .owner {
            throw JournalError(path: path, problem: "does not exist", remedy: "Run 'tandem sync' first, or name another file.")
        }
        if exists { try checkSize(path: path) }
        if exists, access != .reader, !manager.isWritableFile(atPath: path) {
            throw JournalError(
                path: path, problem: "may not be written to", remedy: "Give this user the right to write it; nothing was changed."
            )
        }
        var lock: JournalLock?
        if access == .owner {
            let nameLock = try JournalNameLock(path: path)
            if !exists { try make(path: path) }
            lock = try JournalLock(path: path, nameLock)
        }
        do {
            return Journal(database: try openDatabase(path: path, access), path: path, lock: lock)
        } catch let error as DatabaseError {
            throw damage(path: path, error)
        }
    }

    /// What is shorter than any database was cut off: taken for a new one, the engine would forget what it booked.
    private static func checkSize(path: String) throws(JournalError) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size < 512 else { return }
        throw JournalError(
            path: path, problem: "is cut off: it has \(status.st_size) bytes, too few for any journal",
            remedy:
                "It was left as it is. Put a backup in its place. Delete it only if no engine ever used it: without its journal "
                + "the engine does not know what was sent and booked.")
    }

    /// Makes a new journal under another name first: a process that is killed meanwhile leaves nothing that looks like a journal.
    private static func make(path: String) throws {
        let new = path + ".new"
        func cannotBeMade(_ code: Int32) -> JournalError {
            JournalError(
                path: path, problem: "cannot be made: \(String(cString: strerror(code)))",
                remedy: "Check that its folder exists and may be written to.")
        }
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(new + suffix) }
        let descriptor = Foundation.open(new, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw cannotBeMade(errno) }
        close(descriptor)
        do {
            let database = try DatabaseQueue(path: new, configuration: configuration(readonly: false))
            try JournalSchema.migrator.migrate(database)
            try database.close()
        } catch let error as DatabaseError {
            unlink(new)
            throw damage(path: path, error)
        }
        defer { unlink(new) }
        // Unlike a renaming, this replaces nothing that has come to be there.
        guard link(new, path) == 0 || errno == EEXIST else { throw cannotBeMade(errno) }
    }

    private static func openDatabase(path: String, _ access: Access) throws -> DatabaseQueue {
        let database = try DatabaseQueue(path: path, configuration: configuration(readonly: access == .reader))
        try database.read { database in
            let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? ""
            guard verdict == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: verdict) }
        }
        let migrator = JournalSchema.migrator
        let (isNewer, isForeign) = try database.read { database in
            let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
            return (try migrator.hasBeenSuperseded(database), !tables.isEmpty && !tables.contains("grdb_migrations"))
        }
        guard !isNewer else {
            throw JournalError(
                path: path, problem: "was written by a newer Tandem",
                remedy: "Use that version, or name another file; nothing was changed.")
        }
        guard !isForeign else {
            throw JournalError(
                path: path, problem: "is a database of something else", remedy: "Name another file; nothing was changed.")
        }
        if access == .companion {
            // Checkpoints are the engine's: two processes that make them at once are what damaged files under some versions of SQLite.
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
        }
        if access == .owner {
            try database.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA journal_mode = WAL")
                // A commit must survive a power cut: what was sent and not written down could be sent twice.
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
            try migrator.migrate(database)
        }
        return database
    }

    private static func damage(path: String, _ error: DatabaseError) -> JournalError {
        switch error.resultCode.primaryResultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            .damaged(path: path, error.message ?? "no SQLite database")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            JournalError(
                path: path, problem: "may not be written to",
                remedy: "Give this user the right to write it and its folder; nothing was changed.")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            JournalError(path: path, problem: "is locked by another process", remedy: "Stop that process first.")
        default:
            JournalError(
                path: path, problem: "cannot be used: \(error.explanation)",
                remedy: "It was left as it is.")
        }
    }
}
