import Foundation
import GRDB
import SyncCore
import Testing
import Trade
import Units

@testable import SyncEngine

/// What the journal offers beside a running engine.
struct JournalForPeopleTests {
    /// What a run would do is tried on a copy; the file must not learn of it.
    @Test func aCopyInMemoryLeavesTheFileAlone() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("tandem.sqlite").path
        let journal = try Journal.open(path: path)
        let run = RunRecord(
            connection: "main", job: .orders, startedAt: Moment(milliseconds: 1), endedAt: Moment(milliseconds: 2),
            succeeded: true, summary: "1 read")
        try journal.save(run)
        let copy = try Journal.open(path: path, access: .companion).copyInMemory()
        #expect(try copy.runs() == [run])
        var other = run
        other.connection = "other"
        try copy.save(other)
        #expect(try copy.runs().count == 2)
        #expect(try journal.runs() == [run])
    }

    /// What is given up is no longer open: nothing but the note tells a person of it, so neither may be written without the other.
    @Test func aBookingIsGivenUpTogetherWithItsNote() throws {
        let journal = try Journal.inMemory()
        let intent = DocumentIntent(
            id: 0, kind: .order, number: "1042", warehouseNumber: "1042", warehouseID: WarehouseID(7),
            fingerprint: Fingerprint(text: "picked 3"), wanted: [], before: [], createdAt: Moment(milliseconds: 1),
            state: .intended, wasInDoubt: false)
        let id = try journal.begin(intent, "main")
        func giveUp() throws {
            try journal.park(
                RecordFailure(reason: "Refused.", effect: "Nothing was booked.", remedy: "Look at the order."), .shipments,
                subject: "1042", fingerprint: nil, waitsFor: nil, at: Moment(milliseconds: 2), retryAt: nil,
                ended: .document(id, .abandoned, wasInDoubt: false), "main")
        }
        journal.commitWatch = { _ in throw PowerCut() }
        #expect(throws: PowerCut.self) { try giveUp() }
        #expect(try journal.inDoubt().map(\.subject) == ["order 1042"])
        #expect(try journal.parked().isEmpty)
        journal.commitWatch = nil
        try giveUp()
        #expect(try journal.inDoubt().isEmpty)
        #expect(try journal.parked().map(\.subject) == ["1042"])
    }

    private struct PowerCut: Error {}

    /// A table that was forgotten would let one simulated run see what another left.
    @Test func everyTableIsEmptied() throws {
        let journal = try Journal.inMemory()
        let tables = try journal.read { database in
            try String.fetchAll(
                database,
                sql:
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'"
            )
        }
        #expect(Set(tables) == Set(JournalSchema.tables))
        let fresh = try journal.dump()
        try journal.save(
            RunRecord(
                connection: "main", job: .orders, startedAt: Moment(milliseconds: 1), endedAt: Moment(milliseconds: 2),
                succeeded: true, summary: "1 read"))
        #expect(try journal.dump() != fresh)
        try journal.clear()
        #expect(try journal.dump() == fresh)
    }

    /// A cursor is by the other system's clock; when the run that moved it had begun, by ours.
    @Test func aCursorKeepsBothClocks() throws {
        let journal = try Journal.inMemory()
        let cursor = Cursor(
            moment: Moment(milliseconds: 5), sweptAt: Moment(milliseconds: 6), begunAt: Moment(milliseconds: 7))
        try journal.set(cursor, of: "main", .receipts)
        #expect(try journal.cursor(of: "main", .receipts) == cursor)
    }

    /// The note that a product was on its way goes when it is there, unless the warehouse is still to be told once more.
    @Test func theNoteOfAnArticleOnItsWayGoesWithItsArrival() throws {
        let journal = try Journal.inMemory()
        let chair = ItemNumber("CHAIR-01")
        let sent = UnknownWrite(fingerprint: Fingerprint(text: "old"), at: Moment(milliseconds: 5))
        func arrive(withoutDoubt: Bool) throws {
            _ = try journal.articleIsHeld(
                chair, Fingerprint(text: "new"), at: Moment(milliseconds: 6), withoutDoubt: withoutDoubt, "main")
        }
        try journal.note(sent, .products, subject: "CHAIR-01", "main")
        try arrive(withoutDoubt: false)
        #expect(try journal.doubt(.products, subject: "CHAIR-01", "main") == sent)
        try journal.tellAgain(.products, subject: "CHAIR-01", at: Moment(milliseconds: 9), "main")
        try arrive(withoutDoubt: true)
        #expect(try journal.doubt(.products, subject: "CHAIR-01", "main") == sent)
        try journal.forgetDoubt(.products, subject: "CHAIR-01", "main")
        try journal.note(sent, .products, subject: "CHAIR-01", "main")
        try arrive(withoutDoubt: true)
        #expect(try journal.doubt(.products, subject: "CHAIR-01", "main") == nil)
    }

    @Test func cursorsAreShownByConnectionAndInTheOrderOfTheJobs() throws {
        let journal = try Journal.inMemory()
        for job in [Job.stock, .orders] {
            try journal.set(Cursor(moment: Moment(milliseconds: 5), sweptAt: nil), of: "main", job)
        }
        #expect(
            try journal.cursors()
                == [Job.orders, .stock].map {
                    CursorRecord(connection: "main", job: $0, moment: Moment(milliseconds: 5), sweptAt: nil)
                })
    }
}
