import Testing

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
        let moved = ConnectionJournal.ownTimes.flatMap { table, columns in columns.map { "\(table).\($0)" } }
        #expect(Set(moved) == times.subtracting(Self.others))
    }
}
