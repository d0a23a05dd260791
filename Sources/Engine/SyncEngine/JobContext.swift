import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// What the drivers of one connection share: where they read and write, what they tell, and the summary of the current run.
final class JobContext {
    let connection: Connection
    let journal: ConnectionJournal
    let clock: any Clock
    let listener: (EngineEvent) -> Void
    /// With the locations of the current run.
    var mapping: MappingContext
    let writeMode: WriteMode
    /// What the current run did.
    var tally = Tally()

    init(
        connection: Connection, journal: Journal, clock: any Clock, writeMode: WriteMode,
        listener: @escaping (EngineEvent) -> Void
    ) {
        self.connection = connection
        self.journal = journal.of(connection.name)
        self.clock = clock
        self.listener = listener
        self.writeMode = writeMode
        mapping = connection.mapping
    }

    /// How often each job was asked to read everything again.
    private(set) var sweepRequests: [Job: Int] = [:]

    /// Has the documents of a job read as they are read once a day, by its next run.
    func wantsSweep(_ job: Job) throws {
        sweepRequests[job, default: 0] += 1
        try journal.wantsSweep(job)
    }

    /// How long after an unknown outcome a request may still be carried out by the other system.
    static let settlingTime = Duration.seconds(120)
    /// The pauses between looks at what must have changed.
    static let lookupPauses: [Duration] = [.seconds(2), .seconds(4), .seconds(8)]
}

/// A part of what one connection does, with the state that belongs to it.
protocol Driver {
    var context: JobContext { get }
}

extension Driver {
    var name: String { context.connection.name }
    var settings: ConnectionSettings { context.connection.settings }
    var rackbeat: RackbeatClient { context.connection.rackbeat }
    var ongoing: OngoingClient { context.connection.ongoing }
    var journal: ConnectionJournal { context.journal }
    var clock: any Clock { context.clock }
    var mapping: MappingContext { context.mapping }
    var tally: Tally {
        get { context.tally }
        nonmutating set { context.tally = newValue }
    }

    func listener(_ event: EngineEvent) { context.listener(event) }

    /// How far back a sweep reads: a week of changes, whatever the cursors say.
    var farReach: Duration { settings.schedule.overlap + .seconds(7 * 86_400) }

    /// Whether a sweep is due.
    func isSweepDue(_ cursor: Cursor, at now: Moment) -> Bool {
        cursor.sweptAt.map { now - $0 >= settings.schedule.sweep } ?? true
    }

    /// - Parameter ahead: How far the other system's clock is ahead of ours by its latest responses.
    func clockWatch(_ cursor: Cursor, _ ahead: Duration?) -> ClockWatch {
        ClockWatch(known: cursor.clockAhead, seen: ahead, tolerance: .milliseconds(settings.schedule.overlap.milliseconds / 2))
    }
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
    var discrepancies = 0
    var parked = 0
    var deferred = 0
    var failure: String?

    var description: String {
        let parts: [(Int, String)] = [
            (read, "read"), (sent, "sent"), (cancelled, "cancelled"), (booked, "booked"), (reported, "reported"),
            (unchanged, "unchanged"), (foreign, "not ours"), (skippedLines, "lines skipped"),
            (discrepancies, discrepancies == 1 ? "discrepancy" : "discrepancies"), (parked, "parked"),
            (deferred, "retry scheduled"),
        ]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        guard let failure else { return text.isEmpty ? "nothing to do" : text }
        return text.isEmpty ? failure : "\(text); then \(failure)"
    }
}
