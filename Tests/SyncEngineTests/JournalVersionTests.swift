import GRDB
import SyncCore
import Testing
import Trade
import Units

@testable import ScenarioKit
@testable import SyncEngine

/// An engine that is updated goes on where any older one stopped.
struct JournalVersionTests {
    private static let versions = Array(1...JournalSample.newestVersion)

    /// A migration that nobody wrote a sample for is tested by nothing.
    @Test func theSampleHasEveryColumnOfTheNewestJournal() throws {
        let database = try JournalVersion.journal(JournalSample.newestVersion, [:])
        let schema = try database.read { try JournalVersion.columns($0) }
        for (table, columns) in schema {
            let rows = JournalSample.newest[table] ?? []
            let filled = Set(rows.flatMap { row in row.filter { $0.value != .null }.keys })
            #expect(
                columns.subtracting(filled).isEmpty,
                "The sample has nothing in \(columns.subtracting(filled).sorted()) of \(table): add it to JournalSample.newest")
        }
        #expect(Set(JournalSample.newest.keys).subtracting(schema.keys).isEmpty)
        #expect(Set(JournalSchema.tables) == Set(schema.keys), "a journal that is emptied must be empty")
    }

    /// Of every table and column that a version had, the migrated journal says the same.
    @Test(arguments: versions) func aMigratedJournalSaysTheSame(version: Int) throws {
        let sample = JournalSample.newest
        let older = try JournalVersion.journal(version, JournalSample.rows(sample, asOf: version))
        let had = try older.read { try JournalVersion.columns($0) }
        try JournalSchema.migrator.migrate(older)
        let migrated = try older.read { try JournalVersion.rows($0) }
        #expect(Set(migrated.keys) == Set(sample.keys))
        for (table, rows) in sample {
            let hadTable = had[table] != nil || table == "unknown_writes" && version >= 3
            guard hadTable else {
                #expect(migrated[table] == [], "\(table)")
                continue
            }
            let kept = Set(rows[0].keys).filter {
                had[table]?.contains($0) ?? true || JournalSample.wasKept(table, $0, since: version)
            }
            func facts(_ rows: [[String: Field]]) -> Set<[String: Field]> {
                Set(rows.map { $0.filter { kept.contains($0.key) } })
            }
            #expect(facts(migrated[table]!) == facts(rows), "\(table)")
        }
    }

    /// Every state that the journal can hold is read, whatever version it came from.
    @Test(arguments: versions) func aMigratedJournalIsRead(version: Int) throws {
        let database = try JournalVersion.journal(version, JournalSample.rows(JournalSample.newest, asOf: version))
        try JournalSchema.migrator.migrate(database)
        let journal = Journal(database: database, lock: nil)
        // What is cancelled and seen, pending, or repeated, is no outcome that is unknown.
        let unknown = try journal.unknownOutcomes().map(\.subject)
        for number in ["1042", "1043", "1044", "1045", "1046"] { #expect(unknown.contains("order \(number)"), "\(unknown)") }
        #expect(unknown.contains("purchase order 3001"))
        #expect(unknown.contains("WMS adj 51/52 #1"))
        #expect(try journal.of("main").openIntents(.order).map(\.outcomeWasUnknown) == [true])
        #expect(try journal.of("main").openAdjustments().map(\.item) == [ItemNumber("CHAIR-01"), ItemNumber("CHAIR-01")])
        let parked = try journal.parked()
        #expect(Set(parked.map(\.record.number)) == ["1050", "1051", "CHAIR-01"])
        #expect(try journal.runs().map(\.summary) == ["1 read"])
    }

    // MARK: The engine

    /// Partial picks, a back order, changes, cancellations, receipts and adjustments. Something is sent and booked before each update
    /// and after it.
    private static let day = """
        # Work that goes on while the engine is updated.
        world:
          products: [ { number: CHAIR-01, stock: 40 }, { number: TABLE-01, stock: 10 }, { number: LAMP-01, stock: 5 } ]
          engine: { stock-sync: on, receipt-trigger: immediate }
        steps:
          - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 }, { id: 2, item: TABLE-01, quantity: 2 } ] }
          - rackbeat.book-order: { number: 1043, lines: [ { id: 11, item: CHAIR-01, quantity: 3 } ] }
          - rackbeat.book-order: { number: 1044, lines: [ { id: 21, item: LAMP-01, quantity: 1 } ] }
          - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 101, item: CHAIR-01, quantity: 10 } ] }
          - rackbeat.book-purchase-order: { number: 3002, lines: [ { id: 111, item: TABLE-01, quantity: 4 } ] }
          - run-until: 30m
          - ongoing.pick: { order: 1042, lines: { 1: 3 } }
          - ongoing.send: { order: 1042 }
          - ongoing.back-order: { order: 1042 }
          - ongoing.receive: { purchase-order: 3001, lines: { 101: 6 } }
          - ongoing.adjust: { item: CHAIR-01, change: -2 }
          - run-until: 1h
          - rackbeat.cancel-order: { order: 1044 }
          - rackbeat.cancel-purchase-order: { purchase-order: 3002 }
          - ongoing.adjust: { item: TABLE-01, change: 1 }
          - run-until: 2h
          - ongoing.pick: { order: 1042-B }
          - ongoing.send: { order: 1042-B }
          - ongoing.pick: { order: 1043 }
          - ongoing.send: { order: 1043 }
          - ongoing.receive: { purchase-order: 3001 }
          - ongoing.finish: { purchase-order: 3001 }
          - ongoing.adjust: { item: LAMP-01, change: -1 }
          - run-until: 3h
          - engine.reconcile
          - run-until: 4h
        expect:
          rackbeat.shipments:
            - { order: 1042, lines: { 1: 3 } }
            - { order: 1043, lines: { 11: 3 } }
            - { order: 1042, lines: { 1: 2, 2: 2 } }
        """

    @Test(arguments: versions) func anUpdatedEngineGoesOn(version: Int) throws {
        let scenario = try ScenarioReader.read(Self.day, path: "an-update.yaml")
        let world = try World(scenario, .plain)
        try world.run(afterEachStep: {
            // Updating ends the process. While none ran there is nothing to take over.
            guard world.host.hasRun else { return }
            try world.restartEngine()
            try Self.update(world.journal, from: version)
        })
        var result = ScenarioResult(name: "an update", path: "an-update.yaml", outcome: .passed, seed: 1)
        _ = try Judge(scenario: scenario, world: world).judge(&result)
        #expect(result.outcome == .passed, "\(result.invariantResults) \(result.failedExpectations) \(result.problem ?? "")")
    }

    /// Replaces what the journal holds by what an engine of that version would have written, and migrates it.
    private static func update(_ journal: Journal, from version: Int) throws {
        let rows = try journal.database.read { try JournalVersion.rows($0) }
        let older = try JournalVersion.journal(version, JournalSample.rows(rows, asOf: version))
        try JournalSchema.migrator.migrate(older)
        let migrated = try older.read { try JournalVersion.rows($0) }
        try journal.forgetAll()
        try journal.database.write { database in
            for table in JournalSchema.tables.reversed() {
                for row in migrated[table] ?? [] {
                    let names = row.keys.sorted()
                    try database.execute(
                        sql: "INSERT INTO \(table) (\(names.map { "\"\($0)\"" }.joined(separator: ", "))) VALUES "
                            + "(\(names.map { _ in "?" }.joined(separator: ", ")))",
                        arguments: StatementArguments(names.map { row[$0]!.value }))
                }
            }
        }
    }
}
