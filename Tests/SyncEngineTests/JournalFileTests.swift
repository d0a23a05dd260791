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
                the journal tandem.sqlite is damaged (file is not a database). Put a backup in its place. \
                It was left as it is: without it the engine cannot know what was booked.
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
}
