import Exchange
import SyncCore

/// For which records of its connection the journal holds more than what was sent and booked, as far as a worker has asked.
///
/// Most have no such notes, most of the time nothing is open, and asking for each costs more than all else that is done with an
/// unchanged record. Nobody but the worker adds any: what another process retries or dismisses is there before and after.
struct NotedRecords {
    /// Set aside, dismissed or not; a job that is missing has not been looked up.
    var parked: [Job: Set<String>] = [:]
    /// With findings.
    var found: [Job: Set<String>] = [:]
    /// Of these nothing is being booked.
    var idle: Set<DocumentKind> = []
}

extension Worker {
    /// What is set aside of a record, if anything.
    func parkedRecord(_ job: Job, _ subject: String) throws -> ParkedRecord? {
        guard try parkedSubjects(job).contains(subject) else { return nil }
        return try journal.parkedRecord(job, subject: subject)
    }

    /// The records of a job that are due to be tried again.
    func dueSubjects(_ job: Job) throws -> [String] {
        guard try !parkedSubjects(job).isEmpty else { return [] }
        return try journal.dueSubjects(job, at: clock.now())
    }

    private func parkedSubjects(_ job: Job) throws -> Set<String> {
        if let known = noted.parked[job] { return known }
        let subjects = try journal.parkedSubjects(job)
        noted.parked[job] = subjects
        return subjects
    }

    /// Replaces what was found in a record.
    func set(_ findings: [MappingFinding], _ job: Job, _ subject: String) throws {
        if noted.found[job] == nil { noted.found[job] = try journal.subjectsWithFindings(job) }
        guard !findings.isEmpty || noted.found[job]!.contains(subject) else { return }
        try journal.set(findings, job, subject: subject)
        if findings.isEmpty { noted.found[job]!.remove(subject) } else { noted.found[job]!.insert(subject) }
    }

    /// What is being booked, oldest first.
    func openIntents(_ kind: DocumentKind) throws -> [DocumentIntent] {
        guard !noted.idle.contains(kind) else { return [] }
        let open = try journal.openIntents(kind)
        if open.isEmpty { noted.idle.insert(kind) }
        return open
    }

    /// Writes down what is to be booked, before anything of it is sent.
    func begin(_ intent: DocumentIntent) throws -> Int64 {
        noted.idle.remove(intent.kind)
        return try journal.begin(intent)
    }
}
