import Exchange
import OngoingFake
import ScenarioKit
import StrictYAML
import Units

/// Everything that was done to a world from outside, in order: done again to a new world of the same beginning, it leads to the
/// same state, byte by byte, because nothing in a world depends on anything else.
struct History {
    enum Act {
        case request(Request, System)
        case step(Step)
        case fault(Value)
        case faultsEnd
        case ongoingWebhook(OngoingFake.WebhookSettings)
        /// Deliveries that were due were handed out to be posted.
        case handOut
        case delivery(Int, DeliveryOutcome)
    }

    struct Entry {
        /// What the world's clock showed.
        let time: Moment
        let act: Act
    }

    /// What a history may hold before it is given up: it is kept in memory, and doing it again takes time.
    struct Limit: Sendable {
        var entries = 200_000
        var bytes = 256 << 20
    }

    private(set) var entries: [Entry] = []
    private(set) var bytes = 0
    private let limit: Limit
    /// Whether nothing was left out, so that it can be done again.
    private(set) var isWhole = true

    init(limit: Limit) { self.limit = limit }

    mutating func append(_ act: Act, at time: Moment) {
        guard isWhole else { return }
        if case .request(let request, _) = act { bytes += request.body.count + request.target.utf8.count + 400 }
        guard entries.count < limit.entries, bytes <= limit.bytes else {
            isWhole = false
            entries = []
            return
        }
        entries.append(Entry(time: time, act: act))
    }
}

/// A state to come back to: how the world began, what was done to it, and what its clock showed.
struct Snapshot {
    let startedAt: Moment
    let history: History
    let time: Moment
}
