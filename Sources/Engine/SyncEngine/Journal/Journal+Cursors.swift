import GRDB
package import SyncCore
package import Units

/// How far a job has read.
struct Cursor: Equatable {
    /// The newest change that was dealt with, by the other system's clock.
    var moment: Moment?
    /// When a sweep last read a week of changes again; of `reconcile`, when the latest comparison began.
    var sweptAt: Moment?
    /// When the run that moved it had begun, by our own clock; `nil` for a job that need not know.
    var begunAt: Moment?
    /// How far the other system's clock was ahead of our own; `nil` for a job that does not watch it.
    var clockAhead: Duration?
}

/// How far a job of a connection has read, for people.
package struct CursorRecord: Sendable, Equatable {
    package var connection: String
    package var job: Job
    /// The newest change that was dealt with, by the other system's clock; `nil` before the first.
    package var moment: Moment?
    /// When a sweep last read a week of changes again; `nil` for a job that needs none.
    package var sweptAt: Moment?
}

/// How a job's latest run went.
package struct RunRecord: Sendable, Equatable {
    package var connection: String
    package var job: Job
    package var startedAt: Moment
    package var endedAt: Moment
    package var succeeded: Bool
    package var summary: String
    /// When the first of the failed runs in a row began; `nil` after a successful one.
    package var failingSince: Moment?
    /// Until when nothing is tried again, because a server asked for a pause or refused the credentials.
    package var pausedUntil: Moment?
}

extension ConnectionJournal {
    func cursor(_ job: Job) throws -> Cursor {
        try read { database in
            guard
                let row = try database.row(
                    "SELECT moment, swept_at, begun_at, clock_ahead FROM cursors WHERE connection = ? AND job = ?",
                    [connection, job.rawValue])
            else { return Cursor() }
            return try Cursor(
                moment: row[0], sweptAt: row[1], begunAt: row[2],
                clockAhead: (row[3] as Offset?)?.duration)
        }
    }

    func set(_ cursor: Cursor, _ job: Job) throws {
        guard try self.cursor(job) != cursor else { return }
        try commit { database in
            try database.run(
                """
                INSERT OR REPLACE INTO cursors (connection, job, moment, swept_at, begun_at, clock_ahead)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    connection, job.rawValue, cursor.moment, cursor.sweptAt, cursor.begunAt, cursor.clockAhead?.milliseconds,
                ])
        }
    }

    /// The first run of all is also from when on nights count that no comparison has seen.
    func save(_ run: RunRecord) throws {
        try commit { database in
            try database.run(
                "INSERT OR IGNORE INTO cursors (connection, job, begun_at) VALUES (?, ?, ?)",
                [connection, Job.reconcile.rawValue, run.startedAt])
            try database.run(
                """
                INSERT INTO runs (connection, job, started_at, ended_at, outcome, summary, failing_since, paused_until)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (connection, job) DO UPDATE SET
                    started_at = excluded.started_at, ended_at = excluded.ended_at, outcome = excluded.outcome,
                    summary = excluded.summary, paused_until = excluded.paused_until,
                    failing_since = CASE WHEN excluded.failing_since IS NOT NULL
                        THEN coalesce(failing_since, excluded.failing_since) END
                """,
                [
                    run.connection, run.job.rawValue, run.startedAt, run.endedAt, run.succeeded ? "done" : "failed", run.summary,
                    run.succeeded ? nil : run.startedAt, run.pausedUntil,
                ])
        }
    }
}

extension Journal {
    /// The latest run of each job, by connection and in the order of the jobs.
    package func runs() throws -> [RunRecord] {
        try read { database in
            try database.rows("SELECT * FROM runs ORDER BY connection", []).map { row in
                try RunRecord(
                    connection: row["connection"], job: row["job"], startedAt: row["started_at"], endedAt: row["ended_at"],
                    succeeded: (row["outcome"] as String) == "done", summary: row["summary"],
                    failingSince: row["failing_since"], pausedUntil: row["paused_until"])
            }
        }.sorted { ($0.connection, $0.job.place) < ($1.connection, $1.job.place) }
    }

    /// How far each job has read, by connection and in the order of the jobs.
    package func cursors() throws -> [CursorRecord] {
        try read { database in
            try database.rows("SELECT * FROM cursors ORDER BY connection", []).map { row in
                try CursorRecord(
                    connection: row["connection"], job: row["job"], moment: row["moment"], sweptAt: row["swept_at"])
            }
        }.sorted { ($0.connection, $0.job.place) < ($1.connection, $1.job.place) }
    }
}

extension Job {
    fileprivate var place: Int { Job.allCases.firstIndex(of: self)! }
}
