import Foundation
import GRDB

/// A journal that cannot be opened. It is never overwritten.
package struct JournalError: Error, Equatable, CustomStringConvertible {
    package let path: String
    package let problem: String
    package let remedy: String

    package var description: String { "the journal \(path) \(problem). \(remedy)" }
}

/// The one writer of a journal file: an advisory lock on a file beside it that names the holder.
final class JournalLock {
    private let descriptor: Int32

    init(path: String) throws(JournalError) {
        let lockPath = path + ".lock"
        descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw JournalError(
                path: path, problem: "cannot be locked: \(String(cString: strerror(errno)))",
                remedy: "Check that its folder exists and may be written to.")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? String(contentsOfFile: lockPath, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
            close(descriptor)
            throw JournalError(
                path: path, problem: "is held by \(holder.flatMap { $0.isEmpty ? nil : $0 } ?? "another process")",
                remedy: "Stop that process first: two engines on one journal would book twice.")
        }
        let text = Array("process \(getpid()) on \(ProcessInfo.processInfo.hostName)\n".utf8)
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    deinit { close(descriptor) }
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
        if exists, access != .reader, !manager.isWritableFile(atPath: path) {
            throw JournalError(
                path: path, problem: "may not be written to", remedy: "Give this user the right to write it; nothing was changed."
            )
        }
        let lock = access == .owner ? try JournalLock(path: path) : nil
        if !exists {
            let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw JournalError(
                    path: path, problem: "cannot be made: \(String(cString: strerror(errno)))",
                    remedy: "Check that its folder exists and may be written to.")
            }
            close(descriptor)
        }
        do {
            return Journal(database: try openDatabase(path: path, access), path: path, lock: lock)
        } catch let error as DatabaseError {
            throw damage(path: path, error)
        }
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
            JournalError(
                path: path, problem: "is damaged (\(error.message ?? "no SQLite database"))",
                remedy: "Put a backup in its place. It was left as it is: without it the engine cannot know what was booked.")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            JournalError(
                path: path, problem: "may not be written to",
                remedy: "Give this user the right to write it and its folder; nothing was changed.")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            JournalError(path: path, problem: "is locked by another process", remedy: "Stop that process first.")
        default:
            JournalError(
                path: path, problem: "cannot be used: \(error.message ?? "SQLite error \(error.resultCode.rawValue)")",
                remedy: "It was left as it is.")
        }
    }
}
