import GRDB
import SyncCore
import Units

extension ConnectionJournal {
    func unknownWrite(_ job: Job, subject: String) throws -> UnknownWrite? {
        try read { database in
            try database.row(
                "SELECT content, at FROM unknown_writes WHERE connection = ? AND job = ? AND subject = ?",
                [connection, job.rawValue, subject]
            ).map { row in
                let content: String? = try row[0]
                return try UnknownWrite(
                    content: content.map { .content(Fingerprint(text: $0)) } ?? .cancellation, at: row[1])
            }
        }
    }

    /// The subjects of a job that something was sent for since a moment, and may not have arrived yet.
    func unknownWrites(_ job: Job, since moment: Moment) throws -> [String] {
        try read { database in
            try database.texts(
                "SELECT subject FROM unknown_writes WHERE connection = ? AND job = ? AND at > ? ORDER BY subject",
                [connection, job.rawValue, moment])
        }
    }

    func note(_ unknownWrite: UnknownWrite, _ job: Job, subject: String) throws {
        let content: String? = if case .content(let fingerprint) = unknownWrite.content { fingerprint.text } else { nil }
        try commit { database in
            try database.run(
                """
                INSERT INTO unknown_writes (connection, job, subject, content, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (connection, job, subject) DO UPDATE SET content = excluded.content, at = excluded.at
                """, [connection, job.rawValue, subject, content, unknownWrite.at])
        }
    }

    /// Something else was written since: when the first can no longer arrive, the other system is to be sent once more.
    func resend(_ job: Job, subject: String, at moment: Moment) throws {
        try commit { database in
            try database.run(
                "UPDATE unknown_writes SET resend_at = ? WHERE connection = ? AND job = ? AND subject = ?",
                [moment, connection, job.rawValue, subject])
        }
    }

    /// The subjects of a job that are to be sent once more by now.
    func dueForResending(_ job: Job, at now: Moment) throws -> [String] {
        try read { database in
            try database.rows(
                "SELECT subject FROM unknown_writes WHERE connection = ? AND job = ? AND resend_at <= ? ORDER BY resend_at, subject",
                [connection, job.rawValue, now]
            ).map { try $0[0] }
        }
    }

    /// What was due to be sent once more has been told; what became due in the telling has not.
    ///
    /// - Parameter limit: What has been unknown since then or longer can no longer arrive.
    func wasResent(_ job: Job, subject: String, dueAt moment: Moment, forgettingUpTo limit: Moment) throws {
        try commit { database in
            let arguments: StatementArguments = [connection, job.rawValue, subject, moment]
            let isIt = "WHERE connection = ? AND job = ? AND subject = ? AND resend_at <= ?"
            try database.run("DELETE FROM unknown_writes \(isIt) AND at <= ?", arguments + [limit])
            try database.run("UPDATE unknown_writes SET resend_at = NULL \(isIt)", arguments)
        }
    }

    func forgetUnknownWrite(_ job: Job, subject: String) throws {
        try commit { database in
            try database.run(
                "DELETE FROM unknown_writes WHERE connection = ? AND job = ? AND subject = ?",
                [connection, job.rawValue, subject])
        }
    }
}
