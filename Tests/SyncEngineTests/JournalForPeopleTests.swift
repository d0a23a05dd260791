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
        try journal.of("main").save(run)
        let copy = try Journal.open(path: path, access: .companion).copyInMemory()
        #expect(try copy.runs() == [run])
        var other = run
        other.connection = "other"
        try copy.of("other").save(other)
        #expect(try copy.runs().count == 2)
        #expect(try journal.runs() == [run])
    }

    /// What is given up is no longer open: nothing but the note tells a person of it, so neither may be written without the other.
    @Test func aBookingIsGivenUpTogetherWithItsNote() throws {
        let journal = try Journal.inMemory()
        let intent = DocumentIntent(
            id: 0, kind: .order, number: "1042", warehouseNumber: "1042", warehouseID: WarehouseID(7),
            fingerprint: Fingerprint(text: "picked 3"), wanted: [], before: [], createdAt: Moment(milliseconds: 1),
            state: .intended, outcomeWasUnknown: false)
        let id = try journal.of("main").begin(intent)
        func giveUp() throws {
            try journal.of("main").park(
                RecordFailure(
                    reason: "Refused.", effect: "Nothing was booked.", remedy: "Look at the order.", documents: [DocumentID(700)]),
                .shipments, subject: "1042-2", record: RecordRef(.order, "1042"), fingerprint: nil,
                waitsFor: RecordRef(.order, "1042"), at: Moment(milliseconds: 2), retryAt: nil,
                ended: .document(id, .abandoned, outcomeWasUnknown: false))
        }
        journal.commitWatch = { _ in throw PowerCut() }
        #expect(throws: PowerCut.self) { try giveUp() }
        #expect(try journal.unknownOutcomes().map(\.subject) == ["order 1042"])
        #expect(try journal.parked().isEmpty)
        journal.commitWatch = nil
        try giveUp()
        #expect(try journal.unknownOutcomes().isEmpty)
        #expect(try journal.parked().map(\.record) == [RecordRef(.order, "1042")])
        #expect(try journal.parked().map(\.documents) == [[RecordRef(.shipment, "700")]])
    }

    /// Before version 5 a parked record said in words what it waits for. A journal from then must still wake it.
    @Test func whatAnOldJournalWaitsForIsStillKnown() throws {
        let database = try DatabaseQueue()
        try JournalSchema.migrator.migrate(
            database, upTo: "4: the engine's time of a cursor, and since when a record seems well")
        try database.write { database in
            for (job, subject, waitsFor) in [
                ("orders", "1042", "item CHAIR 01"), ("receipts", "2001-2", "purchase order 2001"),
                ("stock", "CHAIR 01: WMS adj 1/2 #3", "item CHAIR 01"), ("shipments", "1042", "order 1042"),
            ] {
                try database.execute(
                    sql: """
                        INSERT INTO parked (connection, job, subject, waits_for, reason, effect, remedy, since, attempts)
                        VALUES ('main', ?, ?, ?, 'a', 'b', 'c', 1, 1)
                        """, arguments: [job, subject, waitsFor])
            }
        }
        try JournalSchema.migrator.migrate(database)
        let journal = Journal(database: database, lock: nil)
        #expect(
            try journal.parked().map(\.record) == [
                RecordRef(.order, "1042"), RecordRef(.purchaseOrder, "2001-2"), RecordRef(.product, "CHAIR 01"),
                RecordRef(.order, "1042"),
            ])
        #expect(try !journal.of("main").wake(waitingFor: RecordRef(.order, "CHAIR 01"), at: Moment(milliseconds: 5)))
        for record in [RecordRef(.product, "CHAIR 01"), RecordRef(.order, "1042"), RecordRef(.purchaseOrder, "2001")] {
            #expect(try journal.of("main").wake(waitingFor: record, at: Moment(milliseconds: 5)))
        }
        #expect(try journal.parked().allSatisfy { $0.retryAt == Moment(milliseconds: 5) })
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
        try journal.of("main").save(
            RunRecord(
                connection: "main", job: .orders, startedAt: Moment(milliseconds: 1), endedAt: Moment(milliseconds: 2),
                succeeded: true, summary: "1 read"))
        #expect(try journal.dump() != fresh)
        try journal.clear()
        #expect(try journal.dump() == fresh)
    }

    /// A cursor is by the other system's clock; when the run that moved it had begun, by ours.
    @Test func aCursorKeepsBothClocks() throws {
        let journal = try Journal.inMemory().of("main")
        let cursor = Cursor(
            moment: Moment(milliseconds: 5), sweptAt: Moment(milliseconds: 6), begunAt: Moment(milliseconds: 7))
        try journal.set(cursor, .receipts)
        #expect(try journal.cursor(.receipts) == cursor)
    }

    /// The note that a product was on its way goes when it is there, unless the warehouse is still to be sent once more.
    @Test func theNoteOfAnArticleOnItsWayGoesWithItsArrival() throws {
        let journal = try Journal.inMemory().of("main")
        let chair = ItemNumber("CHAIR-01")
        let sent = UnknownWrite(content: .content(Fingerprint(text: "old")), at: Moment(milliseconds: 5))
        func arrive(nothingIsUnknown: Bool) throws {
            try journal.articleIsHeld(
                chair, as: ArticleNumber(of: chair), Fingerprint(text: "new"), at: Moment(milliseconds: 6),
                nothingIsUnknown: nothingIsUnknown)
        }
        try journal.note(sent, .products, subject: "CHAIR-01")
        try arrive(nothingIsUnknown: false)
        #expect(try journal.unknownWrite(.products, subject: "CHAIR-01") == sent)
        try journal.resend(.products, subject: "CHAIR-01", at: Moment(milliseconds: 9))
        try arrive(nothingIsUnknown: true)
        #expect(try journal.unknownWrite(.products, subject: "CHAIR-01") == sent)
        try journal.forgetUnknownWrite(.products, subject: "CHAIR-01")
        try journal.note(sent, .products, subject: "CHAIR-01")
        try arrive(nothingIsUnknown: true)
        #expect(try journal.unknownWrite(.products, subject: "CHAIR-01") == nil)
    }

    @Test func cursorsAreShownByConnectionAndInTheOrderOfTheJobs() throws {
        let journal = try Journal.inMemory()
        for job in [Job.stock, .orders] {
            try journal.of("main").set(Cursor(moment: Moment(milliseconds: 5), sweptAt: nil), job)
        }
        #expect(
            try journal.cursors()
                == [Job.orders, .stock].map {
                    CursorRecord(connection: "main", job: $0, moment: Moment(milliseconds: 5), sweptAt: nil)
                })
    }
}
