import Exchange
import SyncCore
import Trade
import Units

/// Deals with records one by one, so that the failure of one stops no other: what fails is parked, or tried again later and later.
///
/// It remembers for which records the journal holds something, as far as it was asked. Most have nothing parked and no findings, and
/// asking for each costs more than all else that is done with an unchanged record. Nobody but this object adds any: what another
/// process retries or dismisses is there before and after.
final class RecordKeeper: Driver {
    let context: JobContext
    /// Failures in a row that may pass: after a few of them the other system is down, not the record bad.
    private var failuresInARow = 0
    /// The records that are parked, dismissed or not; a job that is missing has not been looked up.
    private var parked: [Job: Set<String>] = [:]
    /// Those with findings.
    private var found: [Job: Set<String>] = [:]
    /// What was found of rows that are dated in the future, by subject.
    private var datedInTheFuture: [Job: [String: MappingFinding]] = [:]
    /// When each document of Rackbeat had last changed as this process saw it, and when it looked, to tell a change from a second
    /// reading.
    private var lastChanges: [RecordRef: LastChange] = [:]

    private struct LastChange {
        var changedAt: Moment
        var seenAt: Moment
        /// Whether the engine made it, so that nothing is to be tried again because of it.
        var isOwn = false
    }

    /// The records that a dry run has ended: what their next write would bring is not known.
    private var planned: [Job: Set<String>] = [:]

    private static let mostFailuresInARow = 3
    /// How often in a row an answer of a form that we do not know is taken for an accident.
    private static let mostMisshapen = 3
    /// The pauses before a record is tried again, the last one for every further attempt.
    static let pauses: [Duration] = [1, 2, 5, 10, 20, 40, 60].map { .seconds(60 * $0) }

    init(_ context: JobContext) { self.context = context }

    func beginRun() {
        failuresInARow = 0
        context.connection.budget.beginRound()
    }

    /// Deals with one record so that its failure stops no other.
    ///
    /// - Parameters:
    ///   - fingerprint: The record's content, so that the same content is not tried without end. Asked for when the record is parked.
    ///   - record: What it is in Rackbeat; `nil`: the job's kind of record, of which `subject` is the number.
    ///   - waitsFor: What would let it be tried again.
    ///   - effect: What Rackbeat holds when an exchange fails, where earlier ones decide that; `nil`: by that exchange.
    ///   - settles: Whether all is well with the record when nothing is thrown, so that it need not be parked any more. Asked
    ///     afterwards, of a record that is parked.
    /// - Throws: What concerns every record: refused credentials, a limit, a system that is down, the end of the world.
    func attempt(
        _ job: Job, _ subject: String, record: RecordRef? = nil,
        fingerprint: @autoclosure () -> Fingerprint? = nil, waitsFor: @autoclosure () -> RecordRef? = nil,
        settles: @autoclosure () throws -> Bool = true, effect: @autoclosure () -> String? = nil,
        _ body: () throws -> Void
    ) throws {
        guard !isPlanned(job, subject) else { return }
        listener(.turnedTo(connection: name, job, subject: subject))
        do {
            try context.connection.budget.spend(on: "\(job.rawValue) \(subject)", body)
            failuresInARow = 0
            if try parkedRecord(job, subject) != nil, try settles() {
                try journal.unpark(job, subject: subject)
                parked[job]?.remove(subject)
                listener(.unparked(connection: name, job, subject: subject))
            }
        } catch is EndOfPlan {
            planned[job, default: []].insert(subject)
        } catch let failure as DependencyFailure {
            try park(failure.failure, job, subject, record, fingerprint: fingerprint(), waitsFor: failure.waitsFor)
        } catch let exceeded as CallBudget.Exceeded {
            // Going in circles is a fault of ours or of the other system; either way it must not hold up the others.
            listener(.reached(connection: name, .roundEndedByBudget))
            try retryLater(
                RecordFailure(
                    reason: "The round made \(CallBudget.mostRepetitions) repeated calls about it and got nowhere; the next was "
                        + "\(exceeded.place).",
                    effect: effect() ?? "What was begun is in the journal, and is looked up before it is repeated.",
                    remedy: "It is tried again automatically."),
                job, subject, record, fingerprint: fingerprint())
        } catch let failure as ContradictoryFailure {
            // Only a person can say what it is: no change of the order in Rackbeat lets it be tried again.
            try park(failure.failure, job, subject, record, fingerprint: fingerprint(), waitsFor: nil)
        } catch let failure as TransientFailure {
            try retryLater(failure.failure, job, subject, record, fingerprint: fingerprint(), ended: failure.ended)
        } catch let failure as PermanentFailure {
            try park(
                failure.failure, job, subject, record, fingerprint: fingerprint(), waitsFor: waitsFor(), ended: failure.ended)
        } catch let failure as PushFailure {
            if failure.isTransient {
                try retryLater(failure.text, job, subject, record, fingerprint: fingerprint())
            } else {
                try park(failure.text, job, subject, record, fingerprint: fingerprint(), waitsFor: waitsFor())
            }
        } catch let failure as RecordFailure {
            try park(failure, job, subject, record, fingerprint: fingerprint(), waitsFor: waitsFor())
        } catch let error as ExchangeError {
            switch error.reason {
            case .unauthorised, .rateLimited: throw error
            case .refused:
                try park(
                    RecordFailure(
                        reason: "\(error.place): \(error.reasonText).", effect: effect() ?? error.effectText,
                        remedy: "Fix the record or the setting that it refuses, then retry."),
                    job, subject, record, fingerprint: fingerprint(), waitsFor: waitsFor())
            case .serverFault, .noResponse, .unreadable:
                try retryLater(
                    RecordFailure(
                        reason: "\(error.place): \(error.reasonText).", effect: effect() ?? error.effectText,
                        remedy: "It is tried again automatically."),
                    job, subject, record, fingerprint: fingerprint(), isMisshapen: error.isMisshapen)
                failuresInARow += 1
                if failuresInARow >= Self.mostFailuresInARow { throw error }
            }
        }
    }

    /// Whether a dry run has noted a write of the record, and ended it there.
    func isPlanned(_ job: Job, _ subject: String) -> Bool { planned[job]?.contains(subject) ?? false }

    func park(
        _ failure: RecordFailure, _ job: Job, _ subject: String, _ record: RecordRef? = nil, fingerprint: Fingerprint?,
        waitsFor: RecordRef?, ended: EndedIntent? = nil
    ) throws {
        tally.parked += 1
        try journal.park(
            failure, job, subject: subject, record: record ?? RecordRef(job.recordKind, subject), fingerprint: fingerprint,
            waitsFor: waitsFor, at: clock.now(), retryAt: nil, ended: ended)
        parked[job]?.insert(subject)
        listener(.parked(connection: name, job, subject: subject, reason: failure.reason, again: false))
    }

    /// Parks a record until it is tried again, later and later. When time does not help, it needs a person as well: it goes on being
    /// retried, as its cause may go away whoever removes it, but it no longer counts as fine.
    ///
    /// - Parameter isMisshapen: Whether the answer will be as unreadable the next time.
    private func retryLater(
        _ failure: RecordFailure, _ job: Job, _ subject: String, _ record: RecordRef?, fingerprint: Fingerprint?,
        isMisshapen: Bool = false, ended: EndedIntent? = nil
    ) throws {
        let now = clock.now()
        let known = try parkedRecord(job, subject)
        if let known, known.retryAt == nil, !known.documents.isEmpty {
            // A question about documents of Rackbeat stands until a person answers it: what fails meanwhile does not take its place.
            tally.parked += 1
            return
        }
        let attempts = known?.attempts ?? 0
        let failingSince = known?.failingSince ?? now
        let isHopeless = now - failingSince >= settings.giveUpAfter || isMisshapen && attempts + 1 >= Self.mostMisshapen
        let gaveUpAt = known?.gaveUpAt ?? (isHopeless ? now : nil)
        let pause = Self.pauses[min(attempts, Self.pauses.count - 1)]
        var failure = failure
        if gaveUpAt != nil {
            failure.remedy =
                (failure.remedyIfItStays ?? "Find out why it fails and fix that, then retry.")
                + " It has failed \(attempts + 1) times and is tried again every \(Self.pauses.last!.forPeople)."
            tally.parked += 1
        } else {
            tally.deferred += 1
        }
        try journal.park(
            failure, job, subject: subject, record: record ?? RecordRef(job.recordKind, subject), fingerprint: fingerprint,
            waitsFor: nil, at: now, retryAt: now + pause, failingSince: failingSince, gaveUpAt: gaveUpAt, ended: ended)
        parked[job]?.insert(subject)
        // Told as parked once, when it begins to need somebody.
        listener(
            .parked(
                connection: name, job, subject: subject, reason: failure.reason, again: gaveUpAt == nil || known?.gaveUpAt != nil)
        )
        listener(.reached(connection: name, .recordDeferred))
        if gaveUpAt != nil, known?.gaveUpAt == nil { listener(.reached(connection: name, .gaveUpWaiting)) }
    }

    /// Whether the same content is already parked: trying it again would get the same answer.
    func isSettled(_ job: Job, _ subject: String, _ fingerprint: Fingerprint) throws -> Bool {
        guard let record = try parkedRecord(job, subject) else { return false }
        guard record.fingerprint == fingerprint else { return false }
        return record.retryAt.map { $0 > clock.now() } ?? true
    }

    /// Lets what waits for a document of Rackbeat be tried again once for each change of it: what was refused before may be taken
    /// now, also when nothing of the change concerns the warehouse.
    func wake(waitingFor what: RecordRef, changedAt moment: Moment) throws {
        let last = lastChanges[what]
        if let last, last.isOwn, last.changedAt == moment { return }
        lastChanges[what] = LastChange(changedAt: moment, seenAt: clock.now())
        // Rackbeat tells whole seconds: what was looked at within one may have changed again in it.
        let isSeen = last.map { $0.changedAt == moment && abs(($0.seenAt - moment).milliseconds) >= 2000 } ?? false
        guard !isSeen else { return }
        if try journal.wake(waitingFor: what, at: clock.now()) { listener(.reached(connection: name, .recordWoken)) }
    }

    /// The engine has changed a document of Rackbeat's, which lets nothing be tried again.
    func noteOwnChange(of what: RecordRef, at moment: Moment) {
        lastChanges[what] = LastChange(changedAt: moment, seenAt: clock.now(), isOwn: true)
    }

    /// What is parked of a record, if anything.
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
        if let known = parked[job] { return known }
        let subjects = try journal.parkedSubjects(job)
        parked[job] = subjects
        return subjects
    }

    func hasFindings(_ job: Job, _ subject: String) throws -> Bool {
        if found[job] == nil { found[job] = try journal.subjectsWithFindings(job) }
        return found[job]!.contains(subject)
    }

    /// Whether what Rackbeat does not find may be dealt with as deleted; otherwise all of it is parked as one record. A person confirms
    /// that record with a retry.
    func mayBeTakenForDeleted(_ missing: MissingRecords) throws -> Bool {
        guard let first = missing.first else { return true }
        let parked = try parkedRecord(.reconcile, missing.subject)
        let isConfirmed = parked.map { $0.retryAt != nil && $0.fingerprint == missing.fingerprint } ?? false
        guard let failure = missing.failure(isConfirmed: isConfirmed) else { return true }
        try attempt(.reconcile, missing.subject, record: first, fingerprint: missing.fingerprint) { throw failure }
        return false
    }

    /// What was missing is dealt with, or nothing is missing any more.
    func wereDealtWith(_ missing: MissingRecords) throws {
        if try parkedRecord(.reconcile, missing.subject) != nil { try attempt(.reconcile, missing.subject) {} }
    }

    /// Replaces what was found in a record.
    func set(_ findings: [MappingFinding], _ job: Job, _ subject: String) throws {
        if found[job] == nil { found[job] = try journal.subjectsWithFindings(job) }
        guard !findings.isEmpty || found[job]!.contains(subject) else { return }
        for finding in try journal.set(findings, job, subject: subject) {
            listener(.found(connection: name, job, subject: subject, finding.withoutQuotes))
        }
        if findings.isEmpty { found[job]!.remove(subject) } else { found[job]!.insert(subject) }
    }
}

extension RecordKeeper {
    /// Replaces which rows of a job's list are dated in the future. Each is dealt with like any other, and no cursor follows it.
    func setDatedInTheFuture(_ rows: [(subject: String, date: Moment)], _ job: Job, by system: System) throws {
        let known = try datedInTheFuture[job] ?? journal.datedInTheFuture(job)
        let findings = Dictionary(
            rows.map { subject, date in
                (
                    subject,
                    MappingFinding(
                        field: ConnectionJournal.timeOfChange,
                        problem: "\(date.date(in: .utc)) lies in the future by \(system.title)'s clock; correct the record there")
                )
            }, uniquingKeysWith: { first, _ in first })
        datedInTheFuture[job] = findings
        guard findings != known else { return }
        try journal.setDatedInTheFuture(findings, job)
        for (subject, finding) in findings.sorted(by: { $0.key < $1.key }) where known[subject] != finding {
            listener(.found(connection: name, job, subject: subject, finding))
        }
    }
}

/// A failure that the success of another record would lift.
struct DependencyFailure: Error {
    var failure: RecordFailure
    var waitsFor: RecordRef
}

/// The journal and both systems say different things of what is booked.
struct ContradictoryFailure: Error {
    var failure: RecordFailure
}

/// A failure that may pass by itself: the record is tried again later.
struct TransientFailure: Error {
    var failure: RecordFailure
    /// What was begun and is given up for now.
    var ended: EndedIntent?
}

/// A failure that ends something begun in Rackbeat.
struct PermanentFailure: Error {
    var failure: RecordFailure
    var ended: EndedIntent
}
