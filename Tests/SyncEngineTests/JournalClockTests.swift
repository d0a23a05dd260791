import GRDB
import Testing
import Units

@testable import SyncEngine

/// What our own clock has written is moved back with it: what is left behind would not be due for as long as the clock was set back.
struct JournalClockTests {
    /// Times by the clock of Rackbeat or of the warehouse.
    private static let others: Set = ["cursors.moment", "adjustments.time", "stock_sync.started_at"]

    @Test func everyTimeOfOurOwnClockIsMovedBackWithIt() {
        var times: Set<String> = []
        for table in JournalTable.all {
            for (column, holds) in table.columns {
                switch holds {
                case .moment, .optionalMoment: times.insert("\(table.name).\(column)")
                default: break
                }
            }
        }
        let moved = ConnectionJournal.ownTimes.flatMap { times in (times.past + times.due).map { "\(times.table).\($0)" } }
        #expect(Set(moved) == times.subtracting(Self.others))
    }

    private static let past = ConnectionJournal.ownTimes.flatMap { times in times.past.map { (times.table, $0) } }

    /// A process that was killed may have left any of them, and no end of its run.
    @Test(arguments: past) func whateverWasNotedLastShowsThatTheClockWasSetBack(table: String, column: String) throws {
        let database = try JournalVersion.journal(JournalSample.newestVersion, JournalSample.newest)
        try database.write {
            try $0.execute(sql: "UPDATE \(table) SET \(column) = 1000000 WHERE \(column) IS NOT NULL AND connection = 'main'")
        }
        try Journal(database: database, lock: nil).of("main").clockStands(at: Moment(milliseconds: 5000))
        let latest = try database.read { try Int64.fetchOne($0, sql: "SELECT max(\(column)) FROM \(table)") }
        #expect(latest == 5000)
    }
}
