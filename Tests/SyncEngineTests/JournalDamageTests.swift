import GRDB
import SyncCore
import Testing
import Trade
import Units

@testable import SyncEngine

/// A journal whose rows hold what cannot stand there: every column of every table, with values of every wrong kind. It is named, and
/// nothing crashes.
struct JournalDamageTests {
    static let values = ["NULL", "'~~~'", "''", "x'FF00'", "1.5", "9223372036854775807", "-9223372036854775808"]

    /// One row in every table, all about one order.
    static func journal() throws -> Journal {
        let journal = try Journal.inMemory()
        try journal.execute(
            """
            INSERT INTO places VALUES ('main', 'https://a', 'https://b', '1', 7, 4711);
            INSERT INTO cursors VALUES ('main', 'orders', 5, 6, 7, 8);
            INSERT INTO runs VALUES ('main', 'orders', 5, 6, 'done', 'nothing to do', 7, 8);
            INSERT INTO pushed_articles (connection, item, fingerprint, article) VALUES ('main', 'CHAIR', 'a', 'chair');
            INSERT INTO products_without_inventory VALUES ('main', 'FREIGHT');
            INSERT INTO pushed (connection, kind, number, warehouse_number, warehouse_id, generation, state, sending, is_held, held,
                cancel_requested, since, delivery_date, is_done)
                VALUES ('main', 'order', '1042', '1042', 7, 0, 'sending', 'b', 1, 'a', 0, 5, '2026-03-04', 0);
            INSERT INTO pushed_lines VALUES ('main', 'order', '1042', '1', 'CHAIR', '5');
            INSERT INTO booked VALUES ('main', 'order', 7, '1', '1042', '2');
            INSERT INTO intents (id, connection, kind, number, warehouse_number, warehouse_id, fingerprint, created_at, state, document,
                since, outcome_unknown, booked_at)
                VALUES (1, 'main', 'order', '1042', '1042', 7, 'f', 5, 'drafted', 9, 5, 0, 6);
            INSERT INTO intent_lines VALUES (1, 0, '1', 'CHAIR', '1', '2');
            INSERT INTO intent_before VALUES (1, 8);
            INSERT INTO adjustments (id, connection, inventory, article_id, item, change, time, row_key, occurrence, parent, reason,
                state, document, since, base, created_at, booked_at)
                VALUES (1, 'main', 3, 4, 'CHAIR', '-1', 5, 'k', 1, NULL, 'WMS adj 3/4 #1', 'drafted', 5, 6, '10', 5, 6);
            INSERT INTO stock_sync VALUES ('main', 5);
            INSERT INTO stock_offsets VALUES ('main', 'CHAIR', '1');
            INSERT INTO parked (id, connection, job, subject, fingerprint, reason, effect, remedy, since, attempts, retry_at,
                well_since, record_kind, record_number, waits_for_kind, waits_for_number, failing_since, gave_up_at)
                VALUES (1, 'main', 'orders', '1042', 'f', 'r', 'e', 'm', 5, 1, 6, 7, 'order', '1042', 'product', 'CHAIR', 5, 6);
            INSERT INTO parked_documents VALUES (1, 'shipment', '9');
            INSERT INTO findings VALUES ('main', 'orders', '1042', 'countryCode', 'p');
            INSERT INTO unknown_writes VALUES ('main', 'orders', '1042', 'c', 5, 6);
            """)
        return journal
    }

    /// Everything that reads the journal.
    static func readers(_ journal: Journal) -> [() throws -> Void] {
        let main = journal.of("main")
        let order = RecordRef(.order, "1042")
        let intent = { try main.openIntents(.order) }
        return [
            { _ = try journal.places() }, { _ = try journal.runs() }, { _ = try journal.cursors() }, { _ = try journal.parked() },
            { _ = try journal.findings() }, { _ = try journal.unknownOutcomes() },
            { for job in Job.allCases { _ = try main.cursor(job) } },
            { try main.clockStands(at: Moment(milliseconds: 100)) }, { _ = try main.heldArticle(ItemNumber("CHAIR")) },
            { _ = try main.product(ofArticle: ItemNumber("CHAIR")) }, { _ = try main.productsWithoutInventory() },
            { _ = try main.pushed(order) }, { _ = try main.pushed(.order, warehouseID: WarehouseID(7)) },
            { _ = try main.pushed(.order, warehouseNumber: "1042") }, { _ = try main.pushesOfUnknownOutcome(.order) },
            { _ = try main.pushedLines(order) }, { _ = try main.booked(.order, warehouseID: WarehouseID(7)) },
            { _ = try main.bookedInAll(.order, number: "1042") }, { _ = try intent() },
            { for intent in try intent() { _ = try main.documentsOfOthers(than: intent) } },
            {
                for intent in try intent() {
                    try main.complete(intent, documents: [DocumentID(9)], at: Moment(milliseconds: 100))
                }
            },
            { _ = try main.bookedToLookAt(.order, until: Moment(milliseconds: 100)) },
            { _ = try main.adjustmentsToLookAt(until: Moment(milliseconds: 100)) },
            { _ = try main.bookedSince(nil, .order) }, { _ = try main.openAdjustments() }, { _ = try main.stockSyncStarted() },
            { _ = try main.stockOffsets() }, { _ = try main.parkedRecord(.orders, subject: "1042") },
            { _ = try main.parkedSubjects(.orders) }, { _ = try main.dueSubjects(.orders, at: Moment(milliseconds: 100)) },
            { _ = try main.waitingSubjects(.orders) }, { _ = try main.subjectsWithFindings(.orders) },
            { _ = try main.datedInTheFuture(.orders) }, { _ = try main.set([], .orders, subject: "1042") },
            { _ = try main.unknownWrite(.orders, subject: "1042") },
            { _ = try main.unknownWrites(.orders, since: Moment(milliseconds: 1)) },
            { _ = try main.dueForResending(.orders, at: Moment(milliseconds: 100)) },
            { _ = try journal.retry(nil, at: Moment(milliseconds: 100)) },
        ]
    }

    @Test func theCheckKnowsEveryColumnOfEveryTable() throws {
        let journal = try Self.journal()
        let names = try journal.read { database in
            try database.texts(
                """
                SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
                ORDER BY name
                """, [])
        }
        #expect(JournalTable.all.map(\.name).sorted() == names)
        #expect(JournalSchema.tables.sorted() == names)
        for table in JournalTable.all {
            let columns = try journal.read { try $0.columns(in: table.name).map(\.name) }
            #expect(table.columns.map(\.key).sorted() == columns.sorted(), "\(table.name)")
        }
        let check = try journal.check()
        #expect(check.isSound && check.rows == JournalTable.all.count, "\(check)")
    }

    @Test(arguments: JournalTable.all.map(\.name)) func everyDamagedColumnIsNamedAndNothingCrashes(table: String) throws {
        let table = try #require(JournalTable.all.first { $0.name == table })
        var named = 0
        for (column, _) in table.columns {
            for value in Self.values {
                let journal = try Self.journal()
                // What the schema itself refuses cannot come to stand there.
                guard
                    (try? journal.execute(
                        "PRAGMA foreign_keys = OFF; UPDATE \(table.name) SET \(column) = \(value); PRAGMA foreign_keys = ON"))
                        != nil
                else { continue }
                let what = "\(table.name).\(column) = \(value)"
                let check = try journal.check()
                var refusals: [JournalError] = []
                for read in Self.readers(journal) {
                    do { try read() } catch let error as JournalError { refusals.append(error) } catch {
                        Issue.record("\(what): \(error)")
                    }
                }
                for error in refusals {
                    #expect(error.problem.hasPrefix("is damaged (table '"), "\(what): \(error)")
                    #expect(!check.isSound, "\(what): the check names nothing, and the engine \(error)")
                }
                named += check.damaged.count { $0.table == table.name }
            }
        }
        #expect(named > 0 || table.columns.allSatisfy { $0.value == .text || $0.value == .optionalText })
    }

    /// A list that leaves out what it cannot read shows a person less than there is to do.
    @Test(
        arguments: [
            ("parked", "job"), ("parked", "record_kind"), ("parked_documents", "kind"), ("runs", "job"), ("cursors", "job"),
            ("findings", "job"), ("unknown_writes", "job"),
        ])
    func noListPassesOverARowOfUnknownKind(table: String, column: String) throws {
        let journal = try Self.journal()
        try journal.execute("UPDATE \(table) SET \(column) = 'xx'")
        let lists: [() throws -> Void] = [
            { _ = try journal.runs() }, { _ = try journal.cursors() }, { _ = try journal.parked() },
            { _ = try journal.findings() },
            { _ = try journal.unknownOutcomes() },
        ]
        let refused = lists.count { (try? $0()) == nil }
        #expect(refused == 1)
    }

    @Test func aDamagedRowIsNamedByItsKeyAndQuotesNothingElse() throws {
        let journal = try Self.journal()
        try journal.execute("UPDATE pushed SET since = 'secret'")
        #expect(
            try journal.check().damaged.map(\.description)
                == ["table 'pushed', row main/order/1042: column 'since' holds what cannot stand there"])
        #expect(throws: JournalError.self) { _ = try journal.of("main").pushed(RecordRef(.order, "1042")) }
    }

    @Test(
        arguments: [
            ("3.40.1", true), ("3.44.5", true), ("3.44.6", false), ("3.45.0", true), ("3.50.6", true), ("3.50.7", false),
            ("3.51.2", true), ("3.51.3", false), ("3.52.0", false), ("3.6.23", false), ("4.0.0", false),
        ])
    func theVersionsThatCanDamageAJournalAreKnown(version: String, isFaulty: Bool) throws {
        let fault = try #require(SQLiteVersion(version)).knownFault
        #expect((fault != nil) == isFaulty)
    }
}
