import Exchange
import OngoingFake
import ScenarioKit
import StrictYAML
import Units

/// Every command that came to a world from outside, in order. Replayed on a new world with the same start, they lead to the same
/// state, byte by byte, because nothing in a world depends on anything else.
struct CommandLog {
    enum Command {
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
        /// By the clock of the world.
        let time: Moment
        let command: Command
    }

    /// How much a log may hold before it is given up: it is kept in memory, and replaying takes time.
    struct Limit: Sendable {
        var entries = 200_000
        var bytes = 256 << 20
    }

    private(set) var entries: [Entry] = []
    private(set) var bytes = 0
    private let limit: Limit
    /// Whether the log is complete, so that it can be replayed.
    private(set) var isWhole = true

    init(limit: Limit) { self.limit = limit }

    mutating func append(_ command: Command, at time: Moment) {
        guard isWhole else { return }
        if case .request(let request, _) = command { bytes += request.body.count + request.target.utf8.count + 400 }
        guard entries.count < limit.entries, bytes <= limit.bytes else {
            isWhole = false
            entries = []
            return
        }
        entries.append(Entry(time: time, command: command))
    }
}

/// A state to restore: the start of the world, its commands, and the time of its clock.
struct Snapshot {
    let startedAt: Moment
    let log: CommandLog
    let time: Moment
}
