import GRDB
import SyncCore
import Testing
import Trade
import Units

@testable import SyncEngine

/// An engine that is updated goes on where the older one stopped.
struct JournalMigrationTests {
    private static let (a, b) = (Fingerprint(text: "a"), Fingerprint(text: "b"))
    private static let sentAt = Moment(milliseconds: 5)

    private static let older: [(name: String, fingerprint: String?, pending: String?, state: DocumentPush.State)] = [
        ("sending", nil, "a", .sending(a, over: nil, since: sentAt)),
        ("sending", "a", "b", .sending(b, over: HeldContent(a), since: sentAt)),
        ("sending", "called off: unknown", "b", .sending(b, over: HeldContent(nil, cancelRequested: true), since: sentAt)),
        ("held", "a", nil, .held(HeldContent(a))),
        ("held", "unknown", nil, .held(HeldContent(nil))),
        ("held", "called off: a", nil, .held(HeldContent(a, cancelRequested: true))),
        ("held", "called off: unknown", nil, .held(HeldContent(nil, cancelRequested: true))),
        ("cancelling", "a", nil, .cancelling(.held(HeldContent(a)), since: sentAt)),
        ("cancelling", "a", "b", .cancelling(.sending(b, over: HeldContent(a)), since: sentAt)),
        ("cancelling", nil, "b", .cancelling(.sending(b, over: nil), since: sentAt)),
        ("cancel-unseen", "called off: unknown", nil, .cancelUnseen(sending: nil, since: sentAt)),
        ("cancel-unseen", "called off: unknown", "b", .cancelUnseen(sending: b, since: sentAt)),
        ("cancelled", "a", nil, .cancelled), ("cancelled", nil, nil, .cancelled),
    ]

    /// The states of documents were spread over four columns, with marks in the fingerprints.
    @Test(arguments: older)
    func aDocumentOfAnOlderJournalKeepsItsState(
        name: String, fingerprint: String?, pending: String?, expected: DocumentPush.State
    ) throws {
        let database = try Self.olderJournal()
        try database.write {
            try $0.execute(
                sql: """
                    INSERT INTO pushed (connection, kind, number, warehouse_number, warehouse_id, generation, state, fingerprint,
                    pending, delivery_date, sent_at) VALUES ('main', 'order', '1042', '1042-2', 7, 1, ?, ?, ?, '2026-03-04', 5)
                    """, arguments: [name, fingerprint, pending])
        }
        let journal = try Self.updated(database)
        let document = RecordRef(.order, "1042")
        let record = PushRecord(
            document: document, warehouseNumber: "1042-2", warehouseID: WarehouseID(7), generation: 1, state: expected,
            deliveryDate: CivilDate("2026-03-04"))
        #expect(try journal.pushed(document) == record)
        try journal.save(record, lines: nil)
        #expect(try journal.pushed(.order, warehouseID: WarehouseID(7)) == record)
    }

    @Test func articlesAndUnknownWritesOfAnOlderJournalAreKept() throws {
        let database = try Self.olderJournal()
        try database.write {
            try $0.execute(
                sql: """
                    INSERT INTO pushed_articles VALUES ('main', 'CHAIR', 'a'), ('main', 'TABLE', 'unknown');
                    INSERT INTO unknown_writes (connection, job, subject, fingerprint, at, resend_at)
                        VALUES ('main', 'orders', '1042', 'cancelled', 5, 9), ('main', 'orders', '1043', 'a', 6, NULL);
                    """)
        }
        let journal = try Self.updated(database)
        #expect(try journal.heldArticle(ItemNumber("CHAIR")) == HeldContent(Self.a))
        #expect(try journal.heldArticle(ItemNumber("TABLE")) == HeldContent(nil))
        #expect(try journal.heldArticle(ItemNumber("LAMP")) == nil)
        #expect(
            try journal.unknownWrite(.orders, subject: "1042")
                == UnknownWrite(content: .cancellation, at: Moment(milliseconds: 5)))
        #expect(
            try journal.unknownWrite(.orders, subject: "1043")
                == UnknownWrite(content: .content(Self.a), at: Moment(milliseconds: 6)))
        #expect(try journal.dueForResending(.orders, at: Moment(milliseconds: 9)) == ["1042"])
    }

    /// Articles of an older journal are known by their products' numbers, in any case.
    @Test func articlesOfAnOlderJournalAreFoundInAnyCase() throws {
        let database = try Self.olderJournal()
        try database.write {
            try $0.execute(sql: "INSERT INTO pushed_articles VALUES ('main', 'Æble-1', 'a'), ('main', 'TABLE', 'b')")
        }
        let journal = try Self.updated(database)
        #expect(try journal.products(ofArticle: ArticleNumber(of: ItemNumber("æBLE-1 "))) == [ItemNumber("Æble-1")])
        #expect(try journal.product(ofArticle: ItemNumber("TABLE")) == ItemNumber("TABLE"))
        #expect(try journal.product(ofArticle: ItemNumber("LAMP")) == ItemNumber("LAMP"))
        #expect(try journal.productsWithoutInventory().isEmpty)
    }

    /// A journal as it was before migration 6.
    private static func olderJournal() throws -> DatabaseQueue {
        let database = try DatabaseQueue()
        try JournalSchema.migrator.migrate(
            database, upTo: "5: records by kind and number, and writes whose outcome is unknown")
        return database
    }

    private static func updated(_ database: DatabaseQueue) throws -> ConnectionJournal {
        try JournalSchema.migrator.migrate(database)
        return Journal(database: database, lock: nil).of("main")
    }
}
