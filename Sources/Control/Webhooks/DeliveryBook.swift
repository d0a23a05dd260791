import Exchange
import HTTPTypes
import OngoingFake
import Units

/// The webhook deliveries of one world, in the order in which they were made.
struct DeliveryBook {
    /// How many finished deliveries are kept.
    private static let remembered = 1000

    let deliversAnywhere: Bool
    /// The webhooks of Ongoing, as set up.
    var configured: [OngoingFake.WebhookSettings] = []
    private(set) var all: [Delivery] = []
    private var made = 0

    init(deliversAnywhere: Bool) { self.deliversAnywhere = deliversAnywhere }

    /// A message of Rackbeat.
    ///
    /// - Parameter createdAt: By the clock of the world.
    mutating func enter(_ event: String, to url: String, _ headers: HTTPFields, _ body: [UInt8], at createdAt: Moment) {
        made += 1
        enter(
            Delivery(
                id: made, system: .rackbeat, event: event, url: url, headers: headers, body: body, createdAt: createdAt))
    }

    mutating func enter(_ message: OngoingFake.WebhookDelivery, at createdAt: Moment) {
        made += 1
        enter(
            Delivery(
                id: made, system: .ongoing, event: message.subject.rawValue, url: message.target, headers: message.headers,
                body: message.body, createdAt: createdAt))
    }

    private mutating func enter(_ delivery: Delivery) {
        var delivery = delivery
        switch WebhookTarget(delivery.url) {
        case nil: delivery.giveUp(at: delivery.createdAt, why: "the address is not an http or https URL")
        case let target? where !target.isLoopback && !deliversAnywhere:
            delivery.giveUp(
                at: delivery.createdAt,
                why: "\(target.host) is another machine; serve delivers there only with --webhooks-anywhere")
        case _?: break
        }
        all.append(delivery)
        forget()
    }

    func hasDue(at now: Moment) -> Bool { all.contains { $0.isDue(at: now) } }

    mutating func handOut(at now: Moment) -> [Delivery] {
        var due: [Delivery] = []
        for index in all.indices where all[index].isDue(at: now) {
            all[index].handOut(at: now)
            due.append(all[index])
        }
        return due
    }

    mutating func came(_ outcome: DeliveryOutcome, of id: Int, at now: Moment) {
        guard let index = all.firstIndex(where: { $0.id == id }) else { return }
        all[index].came(outcome, at: now)
        forget()
    }

    mutating func takeBackWhatIsUnderWay(at now: Moment) {
        for index in all.indices { all[index].takeBack(at: now) }
    }

    private mutating func forget() {
        guard all.count > Self.remembered * 2 else { return }
        var surplus = all.count(where: \.isFinished) - Self.remembered
        all.removeAll { delivery in
            guard surplus > 0, delivery.isFinished else { return false }
            surplus -= 1
            return true
        }
    }
}
