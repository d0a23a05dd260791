import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// Does the jobs of one connection.
final class Worker {
    let connection: Connection
    let journal: ConnectionJournal
    let clock: any Clock
    let listener: (EngineEvent) -> Void
    let mapping: MappingContext

    /// What the current run did, for its summary.
    var tally = Tally()
    /// Failures in a row that may pass: after a few of them the other system is down, not the record bad.
    private var failuresInARow = 0
    private var isAcquainted = false
    /// When the credentials were refused, until when nothing is tried, and how often in a row.
    private var circuit: (until: Moment, openings: Int)?
    /// Whether this run has read the catalogue's changes.
    var catalogueIsCurrent = false
    /// When each document of the shop had last changed as this process saw it, and when it looked, to tell a change from a second
    /// reading.
    private var lastChanges: [RecordRef: (changedAt: Moment, seenAt: Moment)] = [:]
    /// In which status a document that waits for a person was last turned to again, because nothing of it was begun.
    var triedUnbegun: [String: String] = [:]
    /// The jobs that this process has run to their end.
    var jobsThatEnded: Set<Job> = []
    /// What this run learnt of products' default locations.
    var defaultLocations: [ItemNumber: LocationNumber] = [:]
    /// What the journal holds of this connection beside what was sent and booked.
    var noted = NotedRecords()

    static let mostFailuresInARow = 3
    /// The pauses before a record that was put off is tried again, the last one for every further attempt.
    static let pauses: [Duration] = [1, 2, 5, 10, 20, 40, 60].map { .seconds(60 * $0) }
    /// The longest pause while credentials are refused.
    static let longestCircuitPause = Duration.seconds(3600)
    /// How long after a lost answer a request may still be carried out by the other side.
    static let patience = Duration.seconds(120)

    init(
        connection: Connection, journal: Journal, clock: any Clock, listener: @escaping (EngineEvent) -> Void
    ) {
        self.connection = connection
        self.journal = journal.of(connection.name)
        self.clock = clock
        self.listener = listener
        mapping = connection.mapping
    }

    var name: String { connection.name }
    var settings: ConnectionSettings { connection.settings }
    var rackbeat: RackbeatClient { connection.rackbeat }
    var ongoing: OngoingClient { connection.ongoing }

    /// Runs one job.
    ///
    /// - Returns: How long at least to leave the other systems alone; `nil` when nothing asks for that.
    func run(_ job: Job) throws -> Duration? {
        let started = clock.now()
        if let circuit, circuit.until > started { return circuit.until - started }
        tally = Tally()
        failuresInARow = 0
        catalogueIsCurrent = false
        defaultLocations = [:]
        listener(.jobBegan(connection: name, job))
        var pause: Duration?
        var succeeded = false
        do {
            try acquaint()
            switch job {
            case .products: try runProducts()
            case .orders: try runOrders()
            case .purchaseOrders: try runPurchaseOrders()
            case .shipments: try runShipments()
            case .receipts: try runReceipts()
            case .stock: try runStock()
            }
            succeeded = true
            circuit = nil
        } catch let error as ExchangeError {
            tally.failure = error.description
            pause = reckon(with: error)
            listener(.jobBrokeOff(connection: name, job, error))
        } catch let trouble as RecordFailure {
            tally.failure = trouble.description
        }
        try journal.save(
            RunRecord(
                connection: name, job: job, startedAt: started, endedAt: clock.now(), succeeded: succeeded,
                summary: tally.description))
        listener(.jobEnded(connection: name, job, summary: tally.description, succeeded: succeeded))
        return pause
    }

    /// Before the first job: do the credentials work, and is there such a location?
    private func acquaint() throws {
        guard !isAcquainted else { return }
        _ = try rackbeat.account()
        guard try rackbeat.location(settings.location) != nil else {
            throw RecordFailure(
                reason: "Rackbeat has no location \(settings.location).", effect: "No job of connection '\(name)' can run.",
                remedy: "Name an existing location in the configuration.")
        }
        isAcquainted = true
    }

    /// What an error that ended a run means for the next ones.
    private func reckon(with error: ExchangeError) -> Duration? {
        switch error.reason {
        case .unauthorised:
            // Asking on and on with credentials that are refused gets accounts locked. One call now and then tells when they work.
            let openings = (circuit?.openings ?? 0) + 1
            let pause = min(.seconds(300 << min(openings - 1, 4)), Self.longestCircuitPause)
            circuit = (clock.now() + pause, openings)
            listener(.reached(connection: name, .circuitOpened))
            return pause
        case .rateLimited(let retryAfter): return retryAfter
        case .refused, .serverFault, .noResponse, .unreadable: return nil
        }
    }

    // MARK: Records

    /// Deals with one record so that its trouble stops nobody else.
    ///
    /// - Parameters:
    ///   - fingerprint: The record's content, so that the same content is not tried for ever. Asked for when the record is set aside.
    ///   - record: What it is in Rackbeat; `nil`: the job's kind of record, of which `subject` is the number.
    ///   - waitsFor: What would let it be tried again.
    ///   - settles: Whether all is well with the record when nothing is thrown, so that it need not be set aside any more. Asked
    ///     afterwards, of a record that is set aside.
    /// - Throws: What concerns every record: refused credentials, a limit, a system that is down, the end of the world.
    func attempt(
        _ job: Job, _ subject: String, record: RecordRef? = nil,
        fingerprint: @autoclosure () -> Fingerprint? = nil, waitsFor: RecordRef? = nil,
        settles: @autoclosure () throws -> Bool = true,
        _ body: () throws -> Void
    ) throws {
        listener(.turnedTo(connection: name, job, subject: subject))
        do {
            try body()
            failuresInARow = 0
            if try parkedRecord(job, subject) != nil, try settles() {
                try journal.unpark(job, subject: subject)
                noted.parked[job]?.remove(subject)
                listener(.unparked(connection: name, job, subject: subject))
            }
        } catch let trouble as DependencyFailure {
            try park(trouble.trouble, job, subject, record, fingerprint: fingerprint(), waitsFor: trouble.waitsFor)
        } catch let trouble as TransientFailure {
            try putOff(trouble.trouble, job, subject, record, fingerprint: fingerprint(), ended: trouble.ended)
        } catch let trouble as PermanentFailure {
            try park(trouble.trouble, job, subject, record, fingerprint: fingerprint(), waitsFor: waitsFor, ended: trouble.ended)
        } catch let trouble as RecordFailure {
            try park(trouble, job, subject, record, fingerprint: fingerprint(), waitsFor: waitsFor)
        } catch let error as ExchangeError {
            switch error.reason {
            case .unauthorised, .rateLimited: throw error
            case .refused:
                try park(
                    RecordFailure(
                        reason: "\(error.place): \(error.reasonText).", effect: error.effectText,
                        remedy: "Mend the record or the setting that it refuses, then retry."),
                    job, subject, record, fingerprint: fingerprint(), waitsFor: waitsFor)
            case .serverFault, .noResponse, .unreadable:
                try putOff(
                    RecordFailure(
                        reason: "\(error.place): \(error.reasonText).", effect: error.effectText,
                        remedy: "It is tried again by itself."),
                    job, subject, record, fingerprint: fingerprint())
                failuresInARow += 1
                if failuresInARow >= Self.mostFailuresInARow { throw error }
            }
        }
    }

    func park(
        _ trouble: RecordFailure, _ job: Job, _ subject: String, _ record: RecordRef? = nil, fingerprint: Fingerprint?,
        waitsFor: RecordRef?,
        ended: EndedIntent? = nil
    ) throws {
        tally.parked += 1
        try journal.park(
            trouble, job, subject: subject, record: record ?? RecordRef(job.recordKind, subject), fingerprint: fingerprint,
            waitsFor: waitsFor, at: clock.now(), retryAt: nil,
            ended: ended)
        noted.parked[job]?.insert(subject)
        listener(.parked(connection: name, job, subject: subject, reason: trouble.reason, again: false))
    }

    /// Sets a record aside that is tried again by itself, later and later.
    private func putOff(
        _ trouble: RecordFailure, _ job: Job, _ subject: String, _ record: RecordRef?, fingerprint: Fingerprint?,
        ended: EndedIntent? = nil
    ) throws {
        tally.putOff += 1
        let attempts = try parkedRecord(job, subject)?.attempts ?? 0
        let again = clock.now() + Self.pauses[min(attempts, Self.pauses.count - 1)]
        try journal.park(
            trouble, job, subject: subject, record: record ?? RecordRef(job.recordKind, subject), fingerprint: fingerprint,
            waitsFor: nil, at: clock.now(), retryAt: again,
            ended: ended)
        noted.parked[job]?.insert(subject)
        listener(.parked(connection: name, job, subject: subject, reason: trouble.reason, again: true))
        listener(.reached(connection: name, .recordDeferred))
    }

    /// Whether the same content is already before a person: trying it again would get the same answer.
    func isSettled(_ job: Job, _ subject: String, _ fingerprint: Fingerprint) throws -> Bool {
        guard let record = try parkedRecord(job, subject) else { return false }
        guard record.fingerprint == fingerprint else { return false }
        return record.retryAt.map { $0 > clock.now() } ?? true
    }

    /// Lets what waits for a document of the shop be tried again once for each change of it: what was refused before may be taken
    /// now, also when nothing of the change concerns the warehouse.
    func wake(waitingFor what: RecordRef, changedAt moment: Moment) throws {
        let last = lastChanges.updateValue((moment, clock.now()), forKey: what)
        // Rackbeat tells whole seconds: what was looked at within one may have changed again in it.
        let isSeen = last.map { $0.changedAt == moment && abs(($0.seenAt - moment).milliseconds) >= 2000 } ?? false
        guard !isSeen else { return }
        if try journal.wake(waitingFor: what, at: clock.now()) { listener(.reached(connection: name, .recordWoken)) }
    }
}

/// A trouble that another record's success would lift.
struct DependencyFailure: Error {
    var trouble: RecordFailure
    var waitsFor: RecordRef
}

/// A trouble that may pass by itself: the record is tried again, later and later.
struct TransientFailure: Error {
    var trouble: RecordFailure
    /// What was begun and is given up for now.
    var ended: EndedIntent?
}

/// A trouble that is the end of something begun in the shop.
struct PermanentFailure: Error {
    var trouble: RecordFailure
    var ended: EndedIntent
}

/// What one run of a job did.
struct Tally: CustomStringConvertible {
    var read = 0
    var sent = 0
    var cancelled = 0
    var booked = 0
    var reported = 0
    var unchanged = 0
    var foreign = 0
    var skippedLines = 0
    var parked = 0
    var putOff = 0
    var failure: String?

    var description: String {
        let parts: [(Int, String)] = [
            (read, "read"), (sent, "sent"), (cancelled, "cancelled"), (booked, "booked"), (reported, "reported"),
            (unchanged, "unchanged"), (foreign, "not ours"), (skippedLines, "lines skipped"), (parked, "parked"),
            (putOff, "put off"),
        ]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        guard let failure else { return text.isEmpty ? "nothing to do" : text }
        return text.isEmpty ? failure : "\(text); then \(failure)"
    }
}
