import Foundation

/// A file as the file system knows it, whatever it is called.
struct FileIdentity: Hashable {
    let device: UInt64
    let inode: UInt64

    /// - Returns: `nil` where there is no such file.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
    }
}

/// An advisory lock on a file beside the journal, which names the holder. It stands for the journal's name: while there is no file
/// of that name yet, two engines must not both make one.
final class JournalNameLock {
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
            close(descriptor)
            throw Self.isHeld(path: path)
        }
        let text = Array("process \(getpid()) on \(ProcessInfo.processInfo.hostName)\n".utf8)
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    static func isHeld(path: String) -> JournalError {
        // Under another name of the file, the holder's note lies beside the file itself.
        let beside = [path, URL(fileURLWithPath: path).resolvingSymlinksInPath().path].lazy
        let notes = beside.compactMap { try? String(contentsOfFile: $0 + ".lock", encoding: .utf8) }
        let own = "process \(getpid()) on "
        let holder =
            notes.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.first { !$0.isEmpty && !$0.hasPrefix(own) }
            ?? (notes.contains { $0.hasPrefix(own) } ? own + ProcessInfo.processInfo.hostName : nil)
        return JournalError(
            path: path, problem: "is held by \(holder ?? "another process")",
            remedy: "Stop that process first: two engines on one journal would book twice.")
    }

    deinit { close(descriptor) }
}

/// The one writer of a journal: a lock on the database file itself, so that no second name of it and no lock file that was deleted
/// lets another engine in.
///
/// It is an `flock`, which knows nothing of the `fcntl` locks that SQLite holds on the same file. Those have a trap: a process that
/// closes any descriptor of the file loses all of them. So this one is opened before SQLite opens the file and closed after it
/// closed it, and a file that this process holds already is not opened a second time.
final class JournalLock {
    private let path: String
    private let descriptor: Int32
    private let identity: FileIdentity
    private let nameLock: JournalNameLock
    /// The file with the latest commits; `nil` before the first look.
    private var log: FileIdentity?

    init(path: String, _ nameLock: JournalNameLock) throws(JournalError) {
        self.path = path
        self.nameLock = nameLock
        guard let named = FileIdentity(path: path), Held.files.insert(named) else { throw JournalNameLock.isHeld(path: path) }
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            Held.files.remove(named)
            throw JournalError(
                path: path, problem: "cannot be opened: \(String(cString: strerror(errno)))",
                remedy: "Give this user the right to read and write it; nothing was changed.")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, FileIdentity(status) == named, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            Held.files.remove(named)
            throw JournalNameLock.isHeld(path: path)
        }
        self.descriptor = descriptor
        identity = named
        guard status.st_nlink == 1 else {
            // deinit gives it back.
            throw JournalError(
                path: path, problem: "has \(status.st_nlink) names in the file system",
                remedy:
                    "Remove the others (hard links): SQLite keeps the latest commits beside one name, and whoever opens another "
                    + "does not see them. 'tandem journal backup' makes a copy.")
        }
    }

    deinit {
        close(descriptor)
        Held.files.remove(identity)
    }

    /// Before a commit: the file still has its name, and what is written goes where the next process looks.
    func stillHolds() throws(JournalError) {
        let log = FileIdentity(path: path + "-wal")
        defer { self.log = log }
        guard FileIdentity(path: path) == identity, self.log == nil || self.log == log else {
            throw JournalError(
                path: path, problem: "was deleted, moved or replaced while the engine was running",
                remedy:
                    "Nothing was sent for what could not be written down. Put the file back with its -wal file, or a backup, and "
                    + "start again: the engine compares with both systems before it books anything.")
        }
    }

    /// The files that this process holds.
    private final class Held: @unchecked Sendable {
        static let files = Held()
        private let lock = NSLock()
        private var identities: Set<FileIdentity> = []

        /// - Returns: Whether it was not held.
        func insert(_ file: FileIdentity) -> Bool { lock.withLock { identities.insert(file).inserted } }

        func remove(_ file: FileIdentity) { _ = lock.withLock { identities.remove(file) } }
    }
}
