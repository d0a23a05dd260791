import Foundation
import GRDB
import SyncCore
import SyncEngine
import Testing
import Units

/// What an operator meets when the journal's file is not what it should be. It is never overwritten.
struct JournalFileTests {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    var path: String { folder.appendingPathComponent("tandem.sqlite").path }

    func problem(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch let error as JournalError {
            return error.description.replacing(folder.path + "/", with: "")
        } catch {
            return "\(error)"
        }
    }

    @Test func aNewJournalIsReadableByItsOwnerAlone() throws {
        let journal = try Journal.open(path: path)
        _ = try journal.parked()
        for suffix in ["", "-wal", ".lock"] {
            let mode = try FileManager.default.attributesOfItem(atPath: path + suffix)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(suffix)")
        }
    }

    /// A disk that fills up, a file that somebody else writes to: the engine ends, and says what it means.
    @Test func aJournalThatFailsUnderTheEngineIsToldWithWhatToDo() throws {
        let journal = try Journal.open(path: path)
        try DatabaseQueue(path: path).write { try $0.execute(sql: "DROP TABLE parked") }
        let reading = problem { _ = try journal.parked() }
        #expect(reading.hasPrefix("the journal tandem.sqlite can no longer be used: no such table: parked"), "\(reading)")
        #expect(reading.hasSuffix("what was sent and not written down is looked for before anything is repeated."))
        #expect(problem { _ = try journal.retry(nil, at: Moment(milliseconds: 0)) } == reading)
    }

    @Test func aDamagedJournalIsSaidToBeDamagedAndLeftAsItIs() throws {
        let bytes = Data(repeating: 0x2A, count: 8192)
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(
            problem { _ = try Journal.open(path: path) } == """
                the journal tandem.sqlite is damaged (file is not a database). It was left as it is; 'tandem journal check' names \
                every damaged row. Put a backup in its place: on an older journal the engine compares with both systems before it \
                books anything, takes over what is booked already, and parks what stays contradictory.
                """)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test func aJournalOfANewerTandemIsRefused() throws {
        _ = try Journal.open(path: path)
        let database = try DatabaseQueue(path: path)
        try database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99: something from the future')") }
        try database.close()
        #expect(
            problem { _ = try Journal.open(path: path) } == """
                the journal tandem.sqlite was written by a newer Tandem. \
                Use that version, or name another file; nothing was changed.
                """)
    }

    @Test func aDatabaseOfSomethingElseIsRefused() throws {
        let database = try DatabaseQueue(path: path)
        try database.write { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
        try database.close()
        #expect(
            problem { _ = try Journal.open(path: path) } == """
                the journal tandem.sqlite is a database of something else. Name another file; nothing was changed.
                """)
    }

    /// Two engines on one journal would book everything twice.
    @Test func aSecondOwnerIsToldWhoHoldsIt() throws {
        let first = try Journal.open(path: path)
        let host = ProcessInfo.processInfo.hostName
        #expect(
            problem { _ = try Journal.open(path: path) } == """
                the journal tandem.sqlite is held by process \(ProcessInfo.processInfo.processIdentifier) on \(host). \
                Stop that process first: two engines on one journal would book twice.
                """)
        // An operator may look all the same.
        #expect(problem { _ = try Journal.open(path: path, access: .companion) } == "none")
        withExtendedLifetime(first) {}
    }

    @Test func theLockGoesWithItsHolder() throws {
        do { _ = try Journal.open(path: path) }
        #expect(problem { _ = try Journal.open(path: path) } == "none")
    }

    @Test func aCompanionDoesNotMakeAJournal() {
        #expect(
            problem { _ = try Journal.open(path: path, access: .companion) } == """
                the journal tandem.sqlite does not exist. Run 'tandem sync' first, or name another file.
                """)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aFolderThatIsNotThereIsNamed() {
        let missing = folder.appendingPathComponent("nowhere/tandem.sqlite").path
        #expect(
            problem { _ = try Journal.open(path: missing) } == """
                the journal nowhere/tandem.sqlite cannot be locked: No such file or directory. \
                Check that its folder exists and may be written to.
                """)
    }

    // MARK: Names, deletion, backup

    @Test(arguments: ["symbolic", "hard"]) func anotherNameOfItIsTheSameJournal(kind: String) throws {
        let first = try Journal.open(path: path)
        let other = folder.appendingPathComponent("other.sqlite").path
        if kind == "hard" {
            try FileManager.default.linkItem(atPath: path, toPath: other)
        } else {
            try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: path)
        }
        let host = ProcessInfo.processInfo.hostName
        let refusal = problem { _ = try Journal.open(path: other) }
        #expect(refusal.hasPrefix("the journal other.sqlite is held by "), "\(refusal)")
        #expect(kind == "hard" || refusal.contains("process \(ProcessInfo.processInfo.processIdentifier) on \(host)"))
        // The first one still writes, and SQLite's own locks still stand.
        #expect(problem { try first.claim([Self.place]) } == "none")
    }

    @Test func aDeletedLockFileLetsNobodyIn() throws {
        let first = try Journal.open(path: path)
        try FileManager.default.removeItem(atPath: path + ".lock")
        #expect(problem { _ = try Journal.open(path: path) }.hasPrefix("the journal tandem.sqlite is held by "))
        withExtendedLifetime(first) {}
    }

    @Test func aJournalWithTwoNamesIsRefused() throws {
        do { _ = try Journal.open(path: path) }
        try FileManager.default.linkItem(atPath: path, toPath: folder.appendingPathComponent("other.sqlite").path)
        #expect(
            problem { _ = try Journal.open(path: path) }.hasPrefix("the journal tandem.sqlite has 2 names in the file system. "))
        // And it is not held afterwards.
        try FileManager.default.removeItem(atPath: folder.appendingPathComponent("other.sqlite").path)
        #expect(problem { _ = try Journal.open(path: path) } == "none")
    }

    @Test(arguments: ["deleted", "replaced", "log deleted"]) func aJournalThatGoesAwayIsNoticedBeforeTheNextWrite(how: String)
        throws
    {
        let journal = try Journal.open(path: path)
        try journal.claim([Self.place])
        try journal.adopt([Self.place])
        let copy = folder.appendingPathComponent("copy.sqlite").path
        try journal.backUp(to: copy)
        switch how {
        case "deleted": try FileManager.default.removeItem(atPath: path)
        case "replaced":
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: copy, toPath: path)
        default: try FileManager.default.removeItem(atPath: path + "-wal")
        }
        let refusal = problem { try journal.adopt([]) }
        #expect(
            refusal.hasPrefix("the journal tandem.sqlite was deleted, moved or replaced while the engine was running. "),
            "\(refusal)")
        #expect(try journal.places() == [Self.place])
    }

    @Test(arguments: [0, 1, 511]) func aFileThatWasCutOffIsNotNew(size: Int) throws {
        try Data(repeating: 0x53, count: size).write(to: URL(fileURLWithPath: path))
        for access in [Journal.Access.owner, .companion, .reader] {
            let refusal = problem { _ = try Journal.open(path: path, access: access) }
            #expect(
                refusal.hasPrefix("the journal tandem.sqlite is cut off: it has \(size) bytes, too few for any journal. "),
                "\(refusal)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == size)
    }

    /// What a process left that was killed while it made the journal.
    @Test func whatAKilledProcessLeftIsNoJournal() throws {
        try Data(repeating: 0x53, count: 8192).write(to: URL(fileURLWithPath: path + ".new"))
        #expect(problem { try Journal.open(path: path).claim([Self.place]) } == "none")
        #expect(!FileManager.default.fileExists(atPath: path + ".new"))
    }

    @Test func aBackupIsMadeWhileTheEngineRuns() throws {
        let journal = try Journal.open(path: path)
        try journal.claim([Self.place])
        let copy = folder.appendingPathComponent("copy.sqlite").path
        try Journal.open(path: path, access: .reader).backUp(to: copy)
        #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
        #expect(
            problem { try journal.backUp(to: copy) } == """
                the journal tandem.sqlite cannot be copied to copy.sqlite: the file exists. \
                Name a file that does not exist: a backup replaces nothing.
                """)
        try journal.adopt([])
        // The copy stands alone, and is a journal.
        #expect(try Journal.open(path: copy).places() == [Self.place])
    }

    static let place = JournalPlace(
        connection: "main", rackbeat: "https://app.example/api", ongoing: "https://wms.example/demo/api/v1", location: "1",
        goodsOwner: 7)

    // MARK: Places

    @Test func aJournalMadeForAnotherPlaceIsRefusedUntilItIsAdopted() throws {
        let journal = try Journal.open(path: path)
        try journal.claim([Self.place])
        var other = Self.place
        other.rackbeat = "https://test.example/api"
        let refusal = problem { try journal.claim([other]) }
        #expect(
            refusal.hasPrefix(
                "the journal tandem.sqlite was made for another place (connection 'main': Rackbeat https://app.example/api, now "
                    + "https://test.example/api). "), "\(refusal)")
        #expect(refusal.hasSuffix("run 'tandem journal adopt'."))
        try journal.adopt([other])
        #expect(problem { try journal.claim([other]) } == "none")
        #expect(problem { try journal.claim([Self.place]) } != "none")
    }
}
