import Exchange
import HTTPTypes
import JSON
import OngoingFake
import RackbeatFake
import ScenarioKit
import Simulation
import StrictYAML
import Synchronization
import Units

/// One served world with its credentials, its clock, the log of its commands and the deliveries of its webhooks.
///
/// The fakes know nothing of threads, and worlds share nothing that changes, so that one lock for each world is enough. Only `id`,
/// `credentials` and `setup`, which never change, are read outside ``enter(_:)``.
final class ServedWorld: @unchecked Sendable {
    /// What stays the same when the world restarts.
    struct Setup {
        let scenario: Scenario
        let runsSteps: Bool
        let credentials: Credentials
        let goodsOwner: Int?
        let isTimeVirtual: Bool
        let deliversAnywhere: Bool
        var memory: World.Memory
        var logLimit = CommandLog.Limit()
    }

    /// `main`, `w2`, `w3`, …
    let id: String
    let credentials: ServedCredentials
    let setup: Setup
    private let lock = Mutex<Void>(())
    private(set) var world: World
    private(set) var log: CommandLog
    private(set) var deliveries: DeliveryBook
    /// Steps with a time that failed when their time came.
    private(set) var failedSteps: [Problem] = []
    private(set) var snapshots: [String: Snapshot] = [:]
    /// How far the world's clock is behind the wall clock, in real time: zero until a snapshot is restored.
    private var lag = Duration.zero
    private var seenOfRackbeat = 0
    /// Counts the restarts, so that the outcome of a delivery from before a restart is ignored.
    private(set) var generation = 1

    init(id: String, _ setup: Setup, now: Moment) throws {
        self.id = id
        self.setup = setup
        world = try Self.begin(setup, at: setup.isTimeVirtual ? nil : now)
        log = CommandLog(limit: setup.logLimit)
        deliveries = DeliveryBook(deliversAnywhere: setup.deliversAnywhere)
        credentials = ServedCredentials(
            rackbeatToken: setup.credentials.token, ongoingUser: setup.credentials.user,
            ongoingPassword: setup.credentials.password, goodsOwner: world.goodsOwners[0])
        try playFirstSteps()
    }

    /// Runs `body` while no other thread is inside.
    func enter<Result: Sendable, Failure: Error>(_ body: (ServedWorld) throws(Failure) -> Result) throws(Failure) -> Result {
        try lock.withLock { (_: inout Void) throws(Failure) -> Result in try body(self) }
    }

    private static func begin(_ setup: Setup, at moment: Moment?) throws -> World {
        var options = RunOptions()
        options.credentials = setup.credentials
        options.startedAt = moment
        options.goodsOwner = setup.goodsOwner
        return try World(serving: setup.scenario, options, memory: setup.memory)
    }

    private func playFirstSteps() throws {
        guard setup.runsSteps else { return }
        for step in setup.scenario.steps { try world.take(step) }
    }

    // MARK: Time

    /// Runs everything that is due by the time of the wall clock. Virtual time stands still.
    func catchUp(with wall: Moment) {
        guard !setup.isTimeVirtual else { return }
        pass(until: wall - lag)
    }

    private func pass(until moment: Moment) {
        // Only an engine inside the world could throw here, and none runs by itself.
        try? world.pass(until: max(moment, world.now))
        settle()
    }

    // MARK: Commands

    func serve(_ request: Request, to system: System) -> Served {
        log.append(.request(request, system), at: world.now)
        defer { settle() }
        return world.serve(request, to: system)
    }

    /// - Throws: ``Problem`` when the step cannot be taken as things stand; anything else that ended an engine of the world's own.
    func take(_ step: Step) throws {
        log.append(.step(step), at: world.now)
        defer { settle() }
        try world.take(step)
    }

    func begin(fault: Value) throws {
        log.append(.fault(fault), at: world.now)
        try world.begin(fault: fault)
    }

    func endFaults() {
        log.append(.faultsEnd, at: world.now)
        world.endAllFaults()
    }

    func advance(to moment: Moment) { pass(until: moment) }

    // MARK: Webhooks

    func configure(_ settings: OngoingFake.WebhookSettings) {
        log.append(.ongoingWebhook(settings), at: world.now)
        world.ongoing.configureWebhook(settings)
        deliveries.configured.append(settings)
    }

    /// Takes the deliveries that are due. The caller posts them and reports each outcome.
    func handOut() -> [Delivery] {
        guard deliveries.hasDue(at: world.now) else { return [] }
        log.append(.handOut, at: world.now)
        return deliveries.handOut(at: world.now)
    }

    /// - Parameter generation: That of the world when the delivery was handed out.
    func finishDelivery(_ id: Int, of generation: Int, with outcome: DeliveryOutcome) {
        guard generation == self.generation else { return }
        log.append(.delivery(id, outcome), at: world.now)
        deliveries.came(outcome, of: id, at: world.now)
    }

    /// Queues the webhook messages that a command or the passing of time has produced.
    private func settle() {
        if let problem = world.takeFailedStep(), failedSteps.count < 100 { failedSteps.append(problem) }
        let outbox = world.rackbeat.outbox
        for message in outbox[seenOfRackbeat...] {
            var headers: HTTPFields = [.contentType: "application/json"]
            for header in message.headers {
                if let name = HTTPField.Name(header.name) { headers[name] = header.value }
            }
            deliveries.enter(
                message.event, to: message.url, headers, message.body.serialized,
                at: world.moment(of: message.createdAt, at: .rackbeat))
        }
        seenOfRackbeat = outbox.count
        guard !world.ongoing.outbox.isEmpty else { return }
        for message in world.ongoing.takeDeliveries() {
            deliveries.enter(message, at: world.moment(of: message.createdAt, at: .ongoing))
        }
    }

    // MARK: Restarting

    func reset(now: Moment) throws {
        try restart(at: setup.isTimeVirtual ? nil : now)
        lag = .zero
    }

    /// - Returns: whether the state could be kept.
    func takeSnapshot(_ name: String) -> Bool {
        guard log.isWhole else { return false }
        snapshots[name] = Snapshot(startedAt: world.startedAt, log: log, time: world.now)
        return true
    }

    /// - Returns: whether there is such a snapshot.
    func restore(_ name: String, wall: Moment) throws -> Bool {
        guard let snapshot = snapshots[name] else { return false }
        try restart(at: snapshot.startedAt)
        for entry in snapshot.log.entries {
            pass(until: entry.time)
            replay(entry.command)
        }
        pass(until: snapshot.time)
        log = snapshot.log
        // Whoever took a delivery to post it belongs to the previous generation.
        deliveries.takeBackWhatIsUnderWay(at: world.now)
        lag = wall - snapshot.time
        return true
    }

    private func restart(at moment: Moment?) throws {
        world = try Self.begin(setup, at: moment)
        generation += 1
        log = CommandLog(limit: setup.logLimit)
        deliveries = DeliveryBook(deliversAnywhere: setup.deliversAnywhere)
        failedSteps = []
        seenOfRackbeat = 0
        try playFirstSteps()
        settle()
    }

    /// A command that failed the first time fails again in the same way; its caller was told then.
    private func replay(_ command: CommandLog.Command) {
        switch command {
        case .request(let request, let system): _ = world.serve(request, to: system)
        case .step(let step): try? world.take(step)
        case .fault(let fault): try? world.begin(fault: fault)
        case .faultsEnd: world.endAllFaults()
        case .ongoingWebhook(let settings):
            world.ongoing.configureWebhook(settings)
            deliveries.configured.append(settings)
        case .handOut: _ = deliveries.handOut(at: world.now)
        case .delivery(let id, let outcome): deliveries.came(outcome, of: id, at: world.now)
        }
        settle()
    }
}

/// What callers of one world's fakes need to know.
struct ServedCredentials: Sendable, Equatable {
    let rackbeatToken: String
    let ongoingUser: String
    let ongoingPassword: String
    let goodsOwner: Int
}
