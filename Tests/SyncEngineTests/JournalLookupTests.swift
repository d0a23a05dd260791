import GRDB
import SyncCore
import Testing
import Trade
import Units

@testable import SyncEngine

/// A lookup that reads a whole table is quick in every other test, and takes the engine's time once years of orders lie behind it.
struct JournalLookupTests {
    @Test func everyLookupUsesAllThatItKnows() throws {
        let file = try Journal.inMemory()
        let journal = file.of("main")
        let statements = try statements(of: file) {
            for kind in [RecordRef.Kind.order, .purchaseOrder] {
                _ = try journal.pushed(RecordRef(kind, "1042"))
                _ = try journal.pushed(kind, warehouseID: WarehouseID(7))
                _ = try journal.pushed(kind, warehouseNumber: "1042")
                _ = try journal.pushedLines(RecordRef(kind, "1042"))
                _ = try journal.booked(kind, warehouseID: WarehouseID(7))
                _ = try journal.bookedInAll(kind, number: "1042")
            }
            _ = try journal.isReplayed(inventory: WarehouseID(7), articleID: WarehouseID(8))
            _ = try journal.parkedRecord(.orders, subject: "1042")
            _ = try journal.heldArticle(ItemNumber("CHAIR-01"))
            _ = try journal.products(ofArticle: ArticleNumber(of: ItemNumber("CHAIR-01")))
            _ = try journal.unknownWrites(.products, since: Moment(milliseconds: 0))
        }
        #expect(statements.count == 11)
        for sql in statements {
            let plan = try plan(of: sql, in: file)
            #expect(occurrences(of: "=?", in: plan) == occurrences(of: " = ?", in: sql), "\(sql): \(plan)")
        }
    }

    /// It is asked at each run: what was ever sent is not to be read for it.
    @Test func whatIsBeingSentIsFoundWithoutReadingWhatWasSent() throws {
        let journal = try Journal.inMemory()
        let statements = try statements(of: journal) { _ = try journal.of("main").pushesOfUnknownOutcome(.order) }
        let plan = try plan(of: #require(statements.first), in: journal)
        #expect(plan.contains("USING INDEX pushed_underway") || plan.contains("USING COVERING INDEX pushed_underway"), "\(plan)")
    }

    private func statements(of journal: Journal, _ body: () throws -> Void) throws -> [String] {
        let log = Log()
        try journal.read { $0.trace { event in if case .statement(let statement) = event { log.note(statement.sql) } } }
        try body()
        try journal.read { $0.trace() }
        return log.statements
    }

    private func plan(of sql: String, in journal: Journal) throws -> String {
        try journal.read { database in
            let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
            statement.setUncheckedArguments(StatementArguments(Array(repeating: "x", count: occurrences(of: "?", in: sql))))
            return try Row.fetchAll(statement).map { $0["detail"] as String }.joined(separator: "; ")
        }
    }

    private func occurrences(of part: String, in text: String) -> Int {
        text.split(separator: part, omittingEmptySubsequences: false).count - 1
    }

    private final class Log: @unchecked Sendable {
        private(set) var statements: [String] = []

        func note(_ sql: String) { if !statements.contains(sql) { statements.append(sql) } }
    }
}
