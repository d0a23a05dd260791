import JSON
import SyncCore
import Units

/// Whether a connection does its work: a judgement of what is known, without a clock or a store of its own.
///
/// `failing` when it does not work, or has not for so long that somebody must look at once: its thread has ended, the journal cannot be
/// used, the credentials are refused, one run takes hours, or a job has not succeeded within its deadline. `degraded` when it works and
/// something needs a person or will need one: a job failed the last time or is late, a server asked for a pause, records are parked,
/// outcomes stay unknown, a cursor is ahead of the clock.
struct HealthJudgement {
    enum Status: String, Comparable {
        case ok, degraded, failing

        static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
        private var rank: Int {
            switch self {
            case .ok: 0
            case .degraded: 1
            case .failing: 2
            }
        }
    }

    struct Reason {
        /// For machines; rewording the text does not change it.
        let kind: Kind
        let status: Status
        var job: Job?
        let text: String
        let since: Moment?
        var nextAttempt: Moment?
    }

    enum Kind: String {
        case threadEnded = "thread-ended"
        case journalUnusable = "journal-unusable"
        case credentialsRefused = "credentials-refused"
        case paused
        case runTakesLong = "run-takes-long"
        case jobFails = "job-fails"
        case jobLate = "job-late"
        case outcomesUnknown = "outcomes-unknown"
        case recordsParked = "records-parked"
        case cursorAhead = "cursor-ahead"
    }

    /// What is known of one connection.
    struct Evidence {
        var settings: ConnectionSettings
        var now: Moment
        /// When the service began.
        var startedAt: Moment
        var jobs: [Job: ServiceHealth.JobHealth] = [:]
        var running: (job: Job, since: Moment)?
        var pause: ServiceHealth.Pause?
        var hasEnded = false
        /// Why the journal cannot be used.
        var journalProblem: String?
        /// Since when each parked record needs a person.
        var parked: [Moment] = []
        /// Since when each outcome is unknown.
        var unknown: [Moment] = []
        var cursors: [Job: Moment] = [:]
    }

    /// The worst first.
    let reasons: [Reason]

    var status: Status { reasons.first?.status ?? .ok }

    /// No run takes longer but for the first of a whole catalogue.
    static let longestRun = Duration.seconds(2 * 3600)
    /// Refused credentials keep a connection silent for up to an hour, and a run may take its time.
    private static let grace = Duration.seconds(3900)
    private static let longestUnknown = Duration.seconds(3600)
    private static let mostAhead = Duration.seconds(3600)

    init(_ evidence: Evidence) {
        var reasons = Self.ofConnection(evidence)
        for job in Job.allCases { if let reason = Self.reason(of: job, evidence) { reasons.append(reason) } }
        reasons += Self.ofRecords(evidence)
        self.reasons = reasons.enumerated().sorted { ($1.element.status, $0.offset) < ($0.element.status, $1.offset) }.map(
            \.element)
    }

    private static func ofConnection(_ evidence: Evidence) -> [Reason] {
        var reasons: [Reason] = []
        if evidence.hasEnded {
            reasons.append(
                Reason(kind: .threadEnded, status: .failing, text: "its thread has ended; the log has the error", since: nil))
        }
        if let problem = evidence.journalProblem {
            reasons.append(
                Reason(kind: .journalUnusable, status: .failing, text: "the journal cannot be used: \(problem)", since: nil))
        }
        if let (job, since) = evidence.running, evidence.now - since > longestRun {
            reasons.append(
                Reason(
                    kind: .runTakesLong, status: .failing, job: job,
                    text: "the job '\(job.rawValue)' has been running for \((evidence.now - since).forPeople)", since: since))
        }
        if let pause = evidence.pause {
            if pause.isRefused {
                reasons.append(
                    Reason(
                        kind: .credentialsRefused, status: .failing,
                        text: "the credentials are refused; paused until \(pause.until.iso(in: .utc))", since: pause.since,
                        nextAttempt: pause.until))
            } else if pause.until > evidence.now {
                reasons.append(
                    Reason(
                        kind: .paused, status: .degraded,
                        text: "a server asked for a pause; paused until \(pause.until.iso(in: .utc))", since: pause.since,
                        nextAttempt: pause.until))
            }
        }
        return reasons
    }

    private static func reason(of job: Job, _ evidence: Evidence) -> Reason? {
        let health = evidence.jobs[job]
        let interval: Duration
        if job == .reconcile {
            guard evidence.settings.schedule.reconcile != nil else { return nil }
            interval = .seconds(86_400)
        } else {
            interval = evidence.settings.schedule[job]
        }
        var next = health?.lastEnd.map { $0 + interval }
        if let pause = evidence.pause?.until { next = max(next ?? pause, pause) }
        let giveUp = evidence.settings.giveUpAfter
        if let since = health?.failingSince {
            let time = evidence.now - since
            return Reason(
                kind: .jobFails, status: time >= giveUp ? .failing : .degraded, job: job,
                text: "the job '\(job.rawValue)' has been failing for \(wholeSeconds(time).forPeople)", since: since,
                nextAttempt: next)
        }
        // Jobs run one at a time: while one runs, the others are as late as they were when it began.
        let moment = evidence.running.map { min($0.since, evidence.now) } ?? evidence.now
        let since = max(health?.lastSuccess ?? evidence.startedAt, evidence.startedAt)
        let late = moment - since - interval - interval
        guard late > min(grace, giveUp) else { return nil }
        return Reason(
            kind: .jobLate, status: late > giveUp ? .failing : .degraded, job: job,
            text: "the job '\(job.rawValue)' has not succeeded for \(wholeSeconds(evidence.now - since).forPeople)", since: since,
            nextAttempt: next)
    }

    private static func ofRecords(_ evidence: Evidence) -> [Reason] {
        var reasons: [Reason] = []
        let stuck = evidence.unknown.filter { evidence.now - $0 > longestUnknown }
        if let first = stuck.min() {
            let outcomes = counted(stuck.count, "write has", "writes have")
            reasons.append(
                Reason(
                    kind: .outcomesUnknown, status: .degraded,
                    text: outcomes + " had an unknown outcome for more than \(longestUnknown.forPeople)", since: first))
        }
        if let first = evidence.parked.min() {
            reasons.append(
                Reason(
                    kind: .recordsParked, status: .degraded,
                    text: counted(evidence.parked.count, "record is", "records are") + " parked: see 'tandem status'",
                    since: first))
        }
        for job in Job.allCases {
            guard let cursor = evidence.cursors[job], cursor - evidence.now > mostAhead else { continue }
            reasons.append(
                Reason(
                    kind: .cursorAhead, status: .degraded, job: job,
                    text:
                        "the cursor of the job '\(job.rawValue)' is ahead of the clock by \(wholeSeconds(cursor - evidence.now).forPeople)",
                    since: nil))
        }
        return reasons
    }

    private static func wholeSeconds(_ duration: Duration) -> Duration { .seconds(max(0, duration.milliseconds / 1000)) }
}

extension HealthJudgement.Reason {
    var json: JSON {
        [
            "reason": .string(kind.rawValue), "status": .string(status.rawValue),
            "job": job.map { .string($0.rawValue) } ?? .null,
            "text": .string(text), "since": since.map { .string($0.isoUTCMilliseconds) } ?? .null,
            "nextAttempt": nextAttempt.map { .string($0.isoUTCMilliseconds) } ?? .null,
        ]
    }
}
