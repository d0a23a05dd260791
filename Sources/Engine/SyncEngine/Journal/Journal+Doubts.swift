import GRDB
import SyncCore
import Units

/// A write that went without an answer, and may still arrive.
struct UnknownWrite: Equatable {
    /// What it said.
    var fingerprint: Fingerprint
    var at: Moment
}

extension Journal {
    func doubt(_ job: Job, subject: String, _ connection: String) throws -> UnknownWrite? {
        try read { database in
            try database.row(
                "SELECT fingerprint, at FROM doubts WHERE connection = ? AND job = ? AND subject = ?",
                [connection, job.rawValue, subject]
            ).map { UnknownWrite(fingerprint: Fingerprint(text: $0[0]), at: $0[1]) }
        }
    }

    func note(_ doubt: UnknownWrite, _ job: Job, subject: String, _ connection: String) throws {
        try commit { database in
            try database.run(
                """
                INSERT INTO doubts (connection, job, subject, fingerprint, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (connection, job, subject) DO UPDATE SET fingerprint = excluded.fingerprint, at = excluded.at
                """, [connection, job.rawValue, subject, doubt.fingerprint.text, doubt.at])
        }
    }

    /// Something else was written since: when the first can no longer arrive, the other side is to be told once more.
    func tellAgain(_ job: Job, subject: String, at moment: Moment, _ connection: String) throws {
        try commit { database in
            try database.run(
                "UPDATE doubts SET tell_again_at = ? WHERE connection = ? AND job = ? AND subject = ?",
                [moment, connection, job.rawValue, subject])
        }
    }

    /// The subjects of a job that are to be told once more by now.
    func dueToBeTold(_ job: Job, at now: Moment, _ connection: String) throws -> [String] {
        try read { database in
            try database.rows(
                "SELECT subject FROM doubts WHERE connection = ? AND job = ? AND tell_again_at <= ? ORDER BY tell_again_at, subject",
                [connection, job.rawValue, now]
            ).map { $0[0] }
        }
    }

    /// What was due to be told once more has been told; what became due in the telling has not.
    ///
    /// - Parameter limit: What is in doubt since then or longer can no longer arrive.
    func wasTold(_ job: Job, subject: String, dueAt moment: Moment, forgettingUpTo limit: Moment, _ connection: String) throws {
        try commit { database in
            let arguments: StatementArguments = [connection, job.rawValue, subject, moment]
            let isIt = "WHERE connection = ? AND job = ? AND subject = ? AND tell_again_at <= ?"
            try database.run("DELETE FROM doubts \(isIt) AND at <= ?", arguments + [limit])
            try database.run("UPDATE doubts SET tell_again_at = NULL \(isIt)", arguments)
        }
    }

    func forgetDoubt(_ job: Job, subject: String, _ connection: String) throws {
        try commit { database in
            try database.run(
                "DELETE FROM doubts WHERE connection = ? AND job = ? AND subject = ?", [connection, job.rawValue, subject])
        }
    }
}
