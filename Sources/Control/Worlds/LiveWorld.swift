import Exchange
import HTTPTypes
import JSON
import OngoingFake
import RackbeatFake
import ScenarioKit
import Simulation
import StrictYAML
import Units

/// One served world with its clock, its history and what its webhooks have to deliver. For one thread at a time.
final class LiveWorld {
    /// What stays when the world begins again.
    struct Charter {
        let scenario: Scenario
        let playsSteps: Bool
        let credentials: Credentials
        let goodsOwner: Int?
        let isTimeVirtual: Bool
        let deliversAnywhere: Bool
        var memory: World.Memory
        var historyLimit = History.Limit()
    }

    let charter: Charter
    private(set) var world: World
    private(set) var history: History
    private(set) var deliveries: DeliveryBook
    /// Steps that had been given a time and could not be taken when it came.
    private(set) var troubles: [Problem] = []
    private(set) var snapshots: [String: Snapshot] = [:]
    /// How far the world's clock is behind the wall's, in real time: not at all until a snapshot is restored.
    private var lag = Duration.zero
    private var seenOfRackbeat = 0
    /// Counts the beginnings of this world, so that what was under way in an earlier one is not taken for one of this.
    private(set) var life = 1

    init(_ charter: Charter, now: Moment) throws {
        self.charter = charter
        world = try Self.begin(charter, at: charter.isTimeVirtual ? nil : now)
        history = History(limit: charter.historyLimit)
        deliveries = DeliveryBook(deliversAnywhere: charter.deliversAnywhere)
        try furnish()
    }

    private static func begin(_ charter: Charter, at moment: Moment?) throws -> World {
        var options = RunOptions()
        options.credentials = charter.credentials
        options.startedAt = moment
        options.goodsOwner = charter.goodsOwner
        return try World(serving: charter.scenario, options, memory: charter.memory)
    }

    private func furnish() throws {
        guard charter.playsSteps else { return }
        for step in charter.scenario.steps { try world.play(step) }
    }

    // MARK: Time

    /// Lets everything happen that is due by what the wall's clock shows. Virtual time stands still.
    func catchUp(with wall: Moment) {
        guard !charter.isTimeVirtual else { return }
        pass(until: wall - lag)
    }

    private func pass(until moment: Moment) {
        // Only an engine of the world's own could throw here, and none runs by itself.
        try? world.pass(until: max(moment, world.now))
        settle()
    }

    // MARK: Acts

    func serve(_ request: Request, to system: System) -> Served {
        history.append(.request(request, system), at: world.now)
        defer { settle() }
        return world.serve(request, to: system)
    }

    /// - Throws: ``Problem`` when the step cannot be taken as things stand; anything else that ended an engine of the world's own.
    func play(_ step: Step) throws {
        history.append(.step(step), at: world.now)
        defer { settle() }
        try world.play(step)
    }

    func begin(fault: Value) throws {
        history.append(.fault(fault), at: world.now)
        try world.begin(fault: fault)
    }

    func endFaults() {
        history.append(.faultsEnd, at: world.now)
        world.endAllFaults()
    }

    func advance(to moment: Moment) { pass(until: moment) }

    // MARK: Webhooks

    func configure(_ settings: OngoingFake.WebhookSettings) {
        history.append(.ongoingWebhook(settings), at: world.now)
        world.ongoing.configureWebhook(settings)
        deliveries.configured.append(settings)
    }

    /// The deliveries that are due; whoever takes them posts them and says what came of it.
    func handOut() -> [Delivery] {
        guard deliveries.hasDue(at: world.now) else { return [] }
        history.append(.handOut, at: world.now)
        return deliveries.handOut(at: world.now)
    }

    /// - Parameter life: The world's when the delivery was handed out.
    func delivery(_ id: Int, of life: Int, came outcome: DeliveryOutcome) {
        guard life == self.life else { return }
        history.append(.delivery(id, outcome), at: world.now)
        deliveries.came(outcome, of: id, at: world.now)
    }

    /// Takes in what an act or the passing of time has brought about.
    private func settle() {
        if let trouble = world.takeTrouble(), troubles.count < 100 { troubles.append(trouble) }
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

    // MARK: Beginning again

    func reset(now: Moment) throws {
        try beginAgain(at: charter.isTimeVirtual ? nil : now)
        lag = .zero
    }

    /// - Returns: whether the state could be kept.
    func takeSnapshot(_ name: String) -> Bool {
        guard history.isWhole else { return false }
        snapshots[name] = Snapshot(startedAt: world.startedAt, history: history, time: world.now)
        return true
    }

    /// - Returns: whether there is such a snapshot.
    func restore(_ name: String, wall: Moment) throws -> Bool {
        guard let snapshot = snapshots[name] else { return false }
        try beginAgain(at: snapshot.startedAt)
        for entry in snapshot.history.entries {
            pass(until: entry.time)
            repeatAct(entry.act)
        }
        pass(until: snapshot.time)
        history = snapshot.history
        // Who had taken a delivery to post it belongs to the life that has ended.
        deliveries.takeBackWhatIsUnderWay(at: world.now)
        lag = wall - snapshot.time
        return true
    }

    private func beginAgain(at moment: Moment?) throws {
        world = try Self.begin(charter, at: moment)
        life += 1
        history = History(limit: charter.historyLimit)
        deliveries = DeliveryBook(deliversAnywhere: charter.deliversAnywhere)
        troubles = []
        seenOfRackbeat = 0
        try furnish()
        settle()
    }

    /// What failed the first time fails again in the same way, and had been told then.
    private func repeatAct(_ act: History.Act) {
        switch act {
        case .request(let request, let system): _ = world.serve(request, to: system)
        case .step(let step): try? world.play(step)
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
