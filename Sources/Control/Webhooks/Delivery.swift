import Exchange
import HTTPTypes
import Units

/// The outcome of one attempt to deliver a webhook.
package enum DeliveryOutcome: Sendable, Equatable {
    case answered(status: Int)
    /// No response in time, or no connection.
    case noResponse(String)

    /// Any 2xx counts (assumption ON-37, taken for Rackbeat too).
    var isSuccess: Bool {
        if case .answered(let status) = self { (200..<300).contains(status) } else { false }
    }

    var words: String {
        switch self {
        case .answered(let status): "status \(status)"
        case .noResponse(let why): why
        }
    }
}

/// When a failed delivery is retried.
struct RetrySchedule: Sendable, Equatable {
    /// Counted from the first attempt, ascending.
    let attemptsAt: [Duration]

    /// After 1, 5, 15 and 30 minutes, then every 2 hours until 24 hours have passed: the vendor's policy «One day» (ON-51 says how
    /// it is read).
    static let ongoing = RetrySchedule(
        attemptsAt: [.seconds(60), .seconds(300), .seconds(900), .seconds(1800)]
            + (1...11).map { .seconds(1800 + $0 * 7200) })

    /// With growing pauses for about a day (RB-82 says which).
    static let rackbeat = RetrySchedule(
        attemptsAt: [1, 5, 15, 45, 120, 240, 480, 960, 1440].map { .seconds($0 * 60) })

    /// - Parameter failures: How many attempts have failed so far, at least one.
    /// - Returns: `nil` when there is no further attempt.
    func next(after failures: Int, firstAttempt: Moment) -> Moment? {
        failures <= attemptsAt.count ? firstAttempt + attemptsAt[failures - 1] : nil
    }
}

/// One message of a webhook: it waits, is posted, waits again, and in the end is delivered or given up.
struct Delivery: Sendable, Equatable {
    enum State: Sendable, Equatable {
        case waiting(until: Moment)
        /// Somebody is posting it.
        case underWay(since: Moment)
        case delivered(at: Moment)
        case givenUp(at: Moment, why: String)
    }

    struct Attempt: Sendable, Equatable {
        let time: Moment
        let outcome: DeliveryOutcome
    }

    /// From 1, in the order in which the messages were made.
    let id: Int
    let system: System
    /// Such as `order.created`, or what an event of Ongoing's is about.
    let event: String
    let url: String
    let headers: HTTPFields
    let body: [UInt8]
    let createdAt: Moment
    private(set) var state: State
    private(set) var attempts: [Attempt] = []
    private var firstAttempt: Moment?

    init(
        id: Int, system: System, event: String, url: String, headers: HTTPFields, body: [UInt8], createdAt: Moment
    ) {
        self.id = id
        self.system = system
        self.event = event
        self.url = url
        self.headers = headers
        self.body = body
        self.createdAt = createdAt
        state = .waiting(until: createdAt)
    }

    private var schedule: RetrySchedule { system == .rackbeat ? .rackbeat : .ongoing }

    /// How long the receiver may take: 15 s at Rackbeat by its documentation, 30 s at Ongoing (ON-38).
    var timeout: Duration { system == .rackbeat ? .seconds(15) : .seconds(30) }

    func isDue(at now: Moment) -> Bool {
        if case .waiting(let until) = state { until <= now } else { false }
    }

    /// Its state, for people.
    var words: String {
        switch state {
        case .waiting(let until): attempts.isEmpty ? "waits" : "waits until \(until.iso(in: .utc))"
        case .underWay: "is being posted"
        case .delivered: "delivered"
        case .givenUp(_, let why): "given up: \(why)"
        }
    }

    var isFinished: Bool {
        switch state {
        case .delivered, .givenUp: true
        case .waiting, .underWay: false
        }
    }

    /// The caller takes it to post it.
    mutating func handOut(at now: Moment) {
        guard isDue(at: now) else { preconditionFailure("delivery \(id) is not due") }
        firstAttempt = firstAttempt ?? now
        state = .underWay(since: now)
    }

    /// Takes the outcome of posting it.
    mutating func came(_ outcome: DeliveryOutcome, at now: Moment) {
        guard case .underWay(let since) = state, let firstAttempt else { return }
        attempts.append(Attempt(time: since, outcome: outcome))
        if outcome.isSuccess {
            state = .delivered(at: now)
        } else if let next = schedule.next(after: attempts.count, firstAttempt: firstAttempt) {
            state = .waiting(until: max(next, now))
        } else {
            state = .givenUp(at: now, why: "after \(attempts.count) attempts: \(outcome.words)")
        }
    }

    /// Its outcome will not be reported, so it is due again: both vendors deliver at least once.
    mutating func takeBack(at now: Moment) {
        if case .underWay = state { state = .waiting(until: now) }
    }

    mutating func giveUp(at now: Moment, why: String) { state = .givenUp(at: now, why: why) }
}
