import GRDB
import Units

extension ConnectionJournal {
    /// A process begins, and our clock shows `now`. When the process before wrote later times, the clock was set back in between: what
    /// is due would not be due for as long. Everything that was noted by our own clock is moved back by as much, as if no time had passed.
    ///
    /// What stands by another system's clock stays, and so does the start of stock sync: it is compared with the warehouse's times.
    func clockStands(at now: Moment) throws {
        let latest: Moment? = try read { database in
            try database.row("SELECT max(ended_at) FROM runs WHERE connection = ?", [connection]).flatMap { try $0[0] }
        }
        guard let latest, latest > now else { return }
        let back = (latest - now).milliseconds
        try commit { database in
            for (table, columns) in Self.ownTimes {
                let changes = columns.map { "\($0) = \($0) - \(back)" }.joined(separator: ", ")
                try database.run("UPDATE \(table) SET \(changes) WHERE connection = ?", [connection])
            }
        }
    }

    /// The columns that hold times of our own clock.
    static let ownTimes = [
        ("cursors", ["swept_at", "begun_at"]), ("runs", ["started_at", "ended_at", "failing_since", "paused_until"]),
        ("pushed", ["since"]), ("intents", ["created_at", "since", "booked_at"]),
        ("adjustments", ["since", "created_at", "booked_at"]),
        ("parked", ["since", "retry_at", "failing_since", "gave_up_at", "well_since", "dismissed_at"]),
        ("unknown_writes", ["at", "resend_at"]),
    ]
}
