package import Exchange
package import SyncCore
package import Units

/// Runs the jobs of one or more connections, one exchange at a time.
///
/// Nothing the engine must not forget lives in this object: it may be dropped at any moment, and another one on the same journal
/// goes on. Errors of the other systems end up in the journal, as runs that failed and records that wait. What comes out of the
/// calls here is the end of the caller's world (a journal that cannot be written, a simulated crash).
package final class Engine {
    private let workers: [Worker]
    private let journal: Journal
    private let clock: any Clock
    /// When each job of each worker is due; `workers` × `Job.allCases`.
    private var due: [[Moment]]
    /// How soon each may follow a nudge.
    private var paces: [[NudgePace]]
    private var isNudged = false

    package init(
        connections: [Connection], journal: Journal, clock: any Clock, writeMode: WriteMode = .carryOut,
        listener: @escaping (EngineEvent) -> Void = { _ in }
    ) throws {
        self.journal = journal
        self.clock = clock
        workers = connections.map {
            Worker(connection: $0, journal: journal, clock: clock, writeMode: writeMode, listener: listener)
        }
        paces = workers.map { _ in Job.allCases.map { _ in NudgePace() } }
        let now = clock.now()
        for connection in connections { try journal.of(connection.name).clockStands(at: now) }
        due = try workers.map { worker in
            try Job.allCases.map { $0 == .reconcile ? try worker.reconcileDue(at: now) ?? Self.never : now }
        }
    }

    /// Later than any clock will show.
    private static let never = Moment(milliseconds: .max)

    /// The longest pause the engine makes by itself before it tries something again.
    package static let longestBackOff = max(RecordKeeper.pauses.last!, Worker.longestCircuitPause)

    /// How often at most the engine by itself tries a record that keeps failing for so long: at once, and after each of its pauses.
    package static func attempts(within duration: Duration) -> Int {
        var (attempts, elapsed) = (1, Duration.zero)
        while true {
            elapsed += RecordKeeper.pauses[min(attempts - 1, RecordKeeper.pauses.count - 1)]
            guard elapsed < duration else { return attempts }
            attempts += 1
        }
    }

    /// Every job of a round once, connection by connection.
    ///
    /// - Parameter reconciles: Whether everything open in both systems is compared afterwards.
    package func syncOnce(reconciles: Bool = false) throws {
        for index in workers.indices {
            for job in Job.ofRound { try run(index, job) }
            if reconciles { try run(index, .reconcile) }
        }
    }

    /// Compares everything open in both systems, connection by connection.
    package func reconcile() throws {
        for index in workers.indices { try run(index, .reconcile) }
    }

    /// One job now, whatever the schedule says. An unknown connection is the caller's mistake.
    package func run(_ job: Job, of connection: String) throws {
        try run(index(of: connection), job)
    }

    /// The schedule, until the clock shows `end`.
    package func run(until end: Moment) throws {
        while true {
            let (index, job, moment) = next()
            guard moment <= end else {
                try wait(until: end)
                if isNudged { continue }
                return
            }
            let now = clock.now()
            if moment > now {
                try wait(until: moment)
                // A nudge may have made another job due earlier.
                continue
            }
            guard now <= end else { return }
            try run(index, job)
        }
    }

    /// Something may have changed for a job: it is due at once, or as soon as ``NudgePace`` lets it. A message says *look*, never *this is
    /// so*.
    package func nudge(_ job: Job, of connection: String) {
        let (index, place) = (index(of: connection), Self.place(of: job))
        due[index][place] = paces[index][place].nudged(
            at: clock.now(), due: due[index][place], distance: workers[index].settings.schedule.nudgeDistance)
        isNudged = true
    }

    /// What was begun and is not done.
    package func unknownOutcomes() throws -> [IntentSummary] { try journal.unknownOutcomes() }

    package func parked() throws -> [ParkedRecord] { try journal.parked() }

    /// Lets parked records be tried again in their jobs' next runs.
    ///
    /// - Parameter ids: `nil`: all of them.
    package func retry(_ ids: [Int64]? = nil) throws { try journal.retry(ids, at: clock.now()) }

    /// A person has settled a parked record by hand.
    package func dismiss(_ id: Int64, why: String) throws { _ = try journal.dismiss(id, why: why, at: clock.now()) }

    private func run(_ index: Int, _ job: Job) throws {
        let worker = workers[index]
        let started = clock.now()
        paces[index][Self.place(of: job)].began(at: started)
        let pause = try worker.run(job)
        paces[index][Self.place(of: job)].ended(at: clock.now(), pause: pause)
        guard job != .reconcile else {
            // Of a comparison that did not come to its end, the night is not over.
            due[index][Self.place(of: job)] =
                worker.hasSucceeded
                ? try worker.reconcileDue(at: started) ?? Self.never : clock.now() + max(pause ?? .zero, Self.reconcilePause)
            return
        }
        let interval = worker.settings.schedule[job]
        // Not before the interval, and not before a server that asked for silence or refused our credentials may be asked again.
        due[index][Self.place(of: job)] = max(started + interval, clock.now() + (pause ?? .zero))
    }

    /// Before a comparison that failed begins again.
    private static let reconcilePause = Duration.seconds(15 * 60)

    private func next() -> (worker: Int, job: Job, moment: Moment) {
        var best = (worker: 0, job: Job.products, moment: due[0][0])
        for index in due.indices {
            for (place, job) in Job.allCases.enumerated() where due[index][place] < best.moment {
                best = (index, job, due[index][place])
            }
        }
        return best
    }

    private func wait(until moment: Moment) throws {
        isNudged = false
        let pause = moment - clock.now()
        if pause > .zero { try clock.wait(for: pause, unless: { self.isNudged }) }
    }

    private func index(of connection: String) -> Int {
        guard let index = workers.firstIndex(where: { $0.name == connection }) else {
            preconditionFailure("there is no connection '\(connection)'")
        }
        return index
    }

    private static func place(of job: Job) -> Int { Job.allCases.firstIndex(of: job)! }
}
