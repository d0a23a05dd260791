import GRDB
package import SyncCore
import Trade
package import Units

/// A record that is parked so that its neighbours can go on.
package struct ParkedRecord: Sendable, Equatable {
    package var id: Int64
    package var connection: String
    package var job: Job
    package var subject: String
    /// What it is in Rackbeat.
    package var record: RecordRef
    /// What Rackbeat holds that it is about, such as a draft that was left.
    package var documents: [RecordRef]
    /// The content for which it was parked; the same content is not tried again by itself.
    package var fingerprint: Fingerprint?
    package var reason: String
    package var effect: String
    package var remedy: String
    package var since: Moment
    package var attempts: Int
    /// When it is tried again automatically; `nil`: it waits for a change of its source, or for a person.
    package var retryAt: Moment?
    /// The first of the failures in a row that may pass by themselves; `nil` when the latest is of another kind.
    package var failingSince: Moment?
    /// Since when it needs a person although it is still retried, because time did not help.
    package var gaveUpAt: Moment?
    /// Since when it has seemed to need nobody any more; it is taken off the list when it is seen so a second time.
    package var wellSince: Moment?
    /// Whether a person settled it by hand.
    package var isDismissed: Bool

    /// Whether somebody has to act; otherwise it is enough to wait for the next retry.
    package var needsPerson: Bool { retryAt == nil || gaveUpAt != nil }
}

/// Something that was begun in Rackbeat, and how it ends.
enum EndedIntent {
    case document(Int64, DocumentBooking.State, outcomeWasUnknown: Bool)
    case adjustment(Int64, AdjustmentBooking.State)
}

extension ConnectionJournal {
    /// - Parameters:
    ///   - record: What it is in Rackbeat.
    ///   - waitsFor: Another record whose success lets this one be tried again.
    ///   - retryAt: `nil`: not before its source changes or a person asks.
    ///   - ended: What ends with it, in the same transaction: once it is no longer open, nothing but this note tells of it.
    func park(
        _ failure: RecordFailure, _ job: Job, subject: String, record: RecordRef, fingerprint: Fingerprint?, waitsFor: RecordRef?,
        at now: Moment, retryAt: Moment?, failingSince: Moment? = nil, gaveUpAt: Moment? = nil, ended: EndedIntent? = nil
    ) throws {
        try commit { database in
            switch ended {
            case .document(let id, let state, let outcomeWasUnknown):
                try database.set(state, outcomeWasUnknown: outcomeWasUnknown, of: id)
            case .adjustment(let id, let state): try database.set(state, of: id)
            case nil: break
            }
            // A dismissed record stays dismissed for the content that the person saw.
            try database.run(
                """
                INSERT INTO parked (connection, job, subject, record_kind, record_number, fingerprint, waits_for_kind,
                waits_for_number, reason, effect, remedy, since, attempts, retry_at, failing_since, gave_up_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
                ON CONFLICT (connection, job, subject) DO UPDATE SET
                    dismissed_at = CASE WHEN fingerprint IS excluded.fingerprint THEN dismissed_at END,
                    record_kind = excluded.record_kind, record_number = excluded.record_number,
                    fingerprint = excluded.fingerprint, waits_for_kind = excluded.waits_for_kind,
                    waits_for_number = excluded.waits_for_number, reason = excluded.reason,
                    effect = excluded.effect, remedy = excluded.remedy, attempts = attempts + 1, retry_at = excluded.retry_at,
                    failing_since = excluded.failing_since, gave_up_at = excluded.gave_up_at, well_since = NULL
                """,
                [
                    connection, job.rawValue, subject, record.kind.rawValue, record.number, fingerprint?.text,
                    waitsFor?.kind.rawValue, waitsFor?.number, failure.reason, failure.effect, failure.remedy, now, retryAt,
                    failingSince, gaveUpAt,
                ])
            try database.setDocuments(
                failure.documents.compactMap { id in job.documentKind.map { RecordRef($0, id.description) } }, ofParked: subject,
                job, connection)
        }
    }

    /// - Parameter moment: Since when the record has seemed to need nobody any more; `nil`: it does need somebody.
    func seemsWell(since moment: Moment?, _ job: Job, subject: String) throws {
        try commit { database in
            try database.run(
                "UPDATE parked SET well_since = ? WHERE connection = ? AND job = ? AND subject = ?",
                [moment, connection, job.rawValue, subject])
        }
    }

    /// The record went through, or no longer concerns anybody.
    func unpark(_ job: Job, subject: String) throws {
        try commit { database in
            try database.run(
                "DELETE FROM parked WHERE connection = ? AND job = ? AND subject = ?", [connection, job.rawValue, subject])
        }
    }

    func parkedRecord(_ job: Job, subject: String) throws -> ParkedRecord? {
        try read { database in
            try database.row(
                "SELECT * FROM parked WHERE connection = ? AND job = ? AND subject = ?", [connection, job.rawValue, subject]
            ).flatMap { try database.parkedRecord($0) }
        }
    }

    /// Every subject of a job that is parked, dismissed or not.
    func parkedSubjects(_ job: Job) throws -> Set<String> {
        try read { database in
            Set(
                try database.texts(
                    "SELECT subject FROM parked WHERE connection = ? AND job = ?", [connection, job.rawValue]))
        }
    }

    /// The subjects of a job that are due to be tried again.
    func dueSubjects(_ job: Job, at now: Moment) throws -> [String] {
        try read { database in
            try database.texts(
                "SELECT subject FROM parked WHERE connection = ? AND job = ? AND retry_at <= ? ORDER BY retry_at, id",
                [connection, job.rawValue, now])
        }
    }

    /// The subjects of a job that are parked until somebody or a change, the dismissed ones aside.
    func waitingSubjects(_ job: Job) throws -> [String] {
        try read { database in
            try database.rows(
                """
                SELECT subject FROM parked WHERE connection = ? AND job = ? AND retry_at IS NULL AND dismissed_at IS NULL
                ORDER BY id
                """, [connection, job.rawValue]
            ).map { try $0[0] }
        }
    }

    /// The subjects of a job that are parked until a record of that kind changes, the dismissed ones aside.
    func subjects(of job: Job, waitingFor kind: RecordRef.Kind) throws -> [String] {
        try read { database in
            try database.rows(
                """
                SELECT subject FROM parked WHERE connection = ? AND job = ? AND waits_for_kind = ? AND dismissed_at IS NULL
                ORDER BY id
                """, [connection, job.rawValue, kind.rawValue]
            ).map { try $0[0] }
        }
    }

    /// Lets the records that wait for something be tried again at once.
    ///
    /// - Returns: Whether there were any.
    func wake(waitingFor record: RecordRef, at now: Moment) throws -> Bool {
        let waits = try read { database in
            try database.row(
                """
                SELECT 1 FROM parked
                WHERE connection = ? AND waits_for_kind = ? AND waits_for_number = ? AND dismissed_at IS NULL
                """, [connection, record.kind.rawValue, record.number]) != nil
        }
        guard waits else { return false }
        return try commit { try $0.wake(waitingFor: record, at: now, connection) }
    }

    // MARK: Findings

    /// Replaces what was found in a record, but for the date of its change.
    ///
    /// - Returns: What is new in it.
    @discardableResult
    func set(_ findings: [MappingFinding], _ job: Job, subject: String) throws -> [MappingFinding] {
        let old = try read { database in
            try database.rows(
                """
                SELECT field, problem FROM findings WHERE connection = ? AND job = ? AND subject = ? AND field <> ? ORDER BY field
                """, [connection, job.rawValue, subject, Self.timeOfChange]
            ).map { try MappingFinding(field: $0[0], problem: $0[1]) }
        }
        guard old != findings.sorted(by: { $0.field < $1.field }) else { return [] }
        try commit { database in
            try database.run(
                "DELETE FROM findings WHERE connection = ? AND job = ? AND subject = ? AND field <> ?",
                [connection, job.rawValue, subject, Self.timeOfChange])
            for finding in findings {
                try database.run(
                    "INSERT OR REPLACE INTO findings (connection, job, subject, field, problem) VALUES (?, ?, ?, ?, ?)",
                    [connection, job.rawValue, subject, finding.field, finding.problem])
            }
        }
        return findings.filter { !old.contains($0) }
    }

    /// The field of a finding about the date of a change. It is no field of a record: the reading finds it, not the mapping.
    static let timeOfChange = "time of change"

    /// The rows that are on record as dated in the future: what was found, by subject.
    func datedInTheFuture(_ job: Job) throws -> [String: MappingFinding] {
        try read { database in
            let rows = try database.rows(
                "SELECT subject, problem FROM findings WHERE connection = ? AND job = ? AND field = ?",
                [connection, job.rawValue, Self.timeOfChange])
            return Dictionary(
                uniqueKeysWithValues: try rows.map {
                    (try $0[0], MappingFinding(field: Self.timeOfChange, problem: try $0[1]))
                })
        }
    }

    func setDatedInTheFuture(_ findings: [String: MappingFinding], _ job: Job) throws {
        try commit { database in
            try database.run(
                "DELETE FROM findings WHERE connection = ? AND job = ? AND field = ?",
                [connection, job.rawValue, Self.timeOfChange])
            for (subject, finding) in findings.sorted(by: { $0.key < $1.key }) {
                try database.run(
                    "INSERT INTO findings (connection, job, subject, field, problem) VALUES (?, ?, ?, ?, ?)",
                    [connection, job.rawValue, subject, finding.field, finding.problem])
            }
        }
    }

    func subjectsWithFindings(_ job: Job) throws -> Set<String> {
        try read { database in
            Set(
                try database.texts(
                    "SELECT DISTINCT subject FROM findings WHERE connection = ? AND job = ?", [connection, job.rawValue]))
        }
    }
}

extension Journal {
    /// Every record that is parked and was not dismissed, oldest first.
    package func parked() throws -> [ParkedRecord] {
        try read { database in
            try database.rows("SELECT * FROM parked WHERE dismissed_at IS NULL ORDER BY id", []).map {
                try database.parkedRecord($0)
            }
        }
    }

    /// Every record that a person settled by hand and that has not changed since, oldest first.
    package func dismissed() throws -> [ParkedRecord] {
        try read { database in
            try database.rows("SELECT * FROM parked WHERE dismissed_at IS NOT NULL ORDER BY id", []).map {
                try database.parkedRecord($0)
            }
        }
    }

    /// Asks for parked records to be tried again in the next run.
    ///
    /// - Parameter ids: `nil`: all of them.
    /// - Returns: How many there were.
    @discardableResult
    package func retry(_ ids: [Int64]?, at now: Moment) throws -> Int {
        try commit { database in
            if let ids {
                var count = 0
                for id in ids {
                    try database.run(
                        "UPDATE parked SET retry_at = ?, dismissed_at = NULL, failing_since = NULL, gave_up_at = NULL WHERE id = ?",
                        [now, id])
                    count += database.changesCount
                    try database.requestResending("id = ?", [id])
                }
                return count
            }
            try database.run(
                "UPDATE parked SET retry_at = ?, failing_since = NULL, gave_up_at = NULL WHERE dismissed_at IS NULL", [now])
            let count = database.changesCount
            try database.requestResending("dismissed_at IS NULL", [])
            return count
        }
    }

    /// A person settled the record by hand: it is not shown or tried again unless its source changes.
    ///
    /// - Returns: Whether there was such a record.
    package func dismiss(_ id: Int64, why: String, at now: Moment) throws -> Bool {
        try commit { database in
            try database.run(
                "UPDATE parked SET dismissed_at = ?, dismissed_why = ?, retry_at = NULL WHERE id = ?", [now, why, id])
            return database.changesCount > 0
        }
    }

    // MARK: Findings

    /// What could not be mapped as it stood, in records that went through all the same.
    package func findings() throws -> [(connection: String, job: Job, subject: String, finding: MappingFinding)] {
        try read { database in
            try database.rows("SELECT * FROM findings ORDER BY connection, job, subject, field", []).map { row in
                (
                    try row["connection"], try row["job"], try row["subject"],
                    MappingFinding(field: try row["field"], problem: try row["problem"])
                )
            }
        }
    }
}

extension Database {
    /// The same within a transaction: whoever writes down that a record came through must not crash before those that wait for it
    /// are told, or nobody tells them any more.
    func wake(waitingFor record: RecordRef, at now: Moment, _ connection: String) throws -> Bool {
        try run(
            """
            UPDATE parked SET retry_at = ?
            WHERE connection = ? AND waits_for_kind = ? AND waits_for_number = ? AND dismissed_at IS NULL
            """, [now, connection, record.kind.rawValue, record.number])
        return changesCount > 0
    }

    /// A person asks for what the warehouse cancelled by itself: only that sends it again, no retry of the engine's own.
    fileprivate func requestResending(_ condition: String, _ arguments: StatementArguments) throws {
        try run(
            """
            UPDATE pushed SET state = 'resend-requested'
            WHERE state = 'cancelled-by-warehouse' AND (connection, kind, number) IN (
                SELECT connection, record_kind, record_number FROM parked
                WHERE job IN ('orders', 'purchase-orders') AND \(condition))
            """, arguments)
    }

    /// Replaces what Rackbeat holds that a parked record is about.
    fileprivate func setDocuments(_ documents: [RecordRef], ofParked subject: String, _ job: Job, _ connection: String) throws {
        guard
            let id: Int64 = try row(
                "SELECT id FROM parked WHERE connection = ? AND job = ? AND subject = ?", [connection, job.rawValue, subject]
            ).flatMap({ try $0[0] })
        else { return }
        try run("DELETE FROM parked_documents WHERE parked = ?", [id])
        for document in documents {
            try run(
                "INSERT OR IGNORE INTO parked_documents (parked, kind, number) VALUES (?, ?, ?)",
                [id, document.kind.rawValue, document.number])
        }
    }

    fileprivate func parkedRecord(_ row: JournalRow) throws -> ParkedRecord {
        let id: Int64 = try row["id"]
        let fingerprint: String? = try row["fingerprint"]
        let documents = try rows("SELECT kind, number FROM parked_documents WHERE parked = ? ORDER BY kind, number", [id])
        return try ParkedRecord(
            id: id, connection: row["connection"], job: row["job"], subject: row["subject"],
            record: RecordRef(row["record_kind"], row["record_number"]),
            documents: documents.map { try RecordRef($0[0], $0[1]) },
            fingerprint: fingerprint.map(Fingerprint.init(text:)), reason: row["reason"], effect: row["effect"],
            remedy: row["remedy"], since: row["since"], attempts: (row["attempts"] as Count).value, retryAt: row["retry_at"],
            failingSince: row["failing_since"], gaveUpAt: row["gave_up_at"], wellSince: row["well_since"],
            isDismissed: (row["dismissed_at"] as Moment?) != nil)
    }
}
