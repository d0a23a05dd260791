import Foundation
import GRDB

extension Journal {
    /// Copies the journal into a new file, also while an engine writes it, and reads every row of the copy.
    ///
    /// - Throws: ``JournalError``; nothing is left of the copy then.
    package func backUp(to path: String) throws {
        func cannot(_ problem: String, _ remedy: String = "Nothing was written.") -> JournalError {
            JournalError(path: self.path ?? "in memory", problem: "cannot be copied to \(path): \(problem)", remedy: remedy)
        }
        guard FileIdentity(path: path) == nil else {
            throw cannot("the file exists", "Name a file that does not exist: a backup replaces nothing.")
        }
        let part = path + ".part"
        let descriptor = Foundation.open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw cannot(
                "\(part): \(String(cString: strerror(errno)))",
                errno == EEXIST ? "Another backup is running, or was cut short; delete that file then." : "Nothing was written.")
        }
        close(descriptor)
        defer { for suffix in ["", "-journal", "-wal", "-shm"] { unlink(part + suffix) } }
        do {
            let copy = try DatabaseQueue(path: part, configuration: Self.configuration(readonly: false))
            try sayingWhatItMeans { try database.backup(to: copy) }
            // One file, which can be moved without any beside it.
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            let check = try Journal(database: copy, path: path, lock: nil).checkMigrated()
            try copy.close()
            guard check.isSound else {
                let what = check.file.first ?? check.damaged.first?.description ?? ""
                throw JournalError.damaged(path: self.path ?? "in memory", what)
            }
        } catch let error as DatabaseError {
            throw cannot(error.explanation)
        }
        let file = Foundation.open(part, O_RDONLY | O_CLOEXEC)
        if file >= 0 {
            fsync(file)
            close(file)
        }
        guard link(part, path) == 0 else {
            throw cannot(String(cString: strerror(errno)))
        }
    }

    /// The check of a journal that may be of an older version: its tables are brought up to date in a copy first.
    package func checkMigrated() throws -> JournalCheck {
        let isCurrent = try sayingWhatItMeans {
            try database.unsafeRead { try JournalSchema.migrator.hasCompletedMigrations($0) }
        }
        return isCurrent ? try check() : try copyInMemory().check()
    }
}
