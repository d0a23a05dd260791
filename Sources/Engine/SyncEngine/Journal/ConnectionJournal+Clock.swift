import GRDB
import Units

extension ConnectionJournal {
    /// A process begins, and our clock shows `now`. When an earlier process noted a later time, the clock was set back in between: what
    /// is due would not be due for as long. Everything that was noted by our own clock is moved back by as much, as if no time had passed.
    ///
    /// A process that is killed leaves no end of its run, so every time counts that was past when it was noted.
    ///
    /// What stands by another system's clock stays, and so does the start of stock sync: it is compared with the warehouse's times.
    func clockStands(at now: Moment) throws {
        let latest = try read { database in
            try Self.ownTimes.flatMap { times in
                try times.past.compactMap { column -> Moment? in
                    try database.row("SELECT max(\(column)) FROM \(times.table) WHERE connection = ?", [connection])
                        .flatMap { try $0[0] }
                }
            }.max()
        }
        guard let latest, latest > now else { return }
        let back = (latest - now).milliseconds
        try commit { database in
            for times in Self.ownTimes {
                let changes = (times.past + times.due).map { "\($0) = \($0) - \(back)" }.joined(separator: ", ")
                try database.run("UPDATE \(times.table) SET \(changes) WHERE connection = ?", [connection])
            }
        }
    }

    /// The columns of a table that hold times of our own clock.
    struct OwnTimes {
        let table: String
        /// What had happened when it was noted.
        let past: [String]
        /// What was still to come.
        var due: [String] = []
    }

    static let ownTimes = [
        OwnTimes(table: "cursors", past: ["swept_at", "begun_at"]),
        OwnTimes(table: "runs", past: ["started_at", "ended_at", "failing_since"], due: ["paused_until"]),
        OwnTimes(table: "pushed", past: ["since"]), OwnTimes(table: "intents", past: ["created_at", "since", "booked_at"]),
        OwnTimes(table: "adjustments", past: ["since", "created_at", "booked_at"]),
        OwnTimes(
            table: "parked", past: ["since", "failing_since", "gave_up_at", "well_since", "dismissed_at"], due: ["retry_at"]),
        OwnTimes(table: "unknown_writes", past: ["at"], due: ["resend_at"]),
    ]
}
