import FakeKit
import JSON
import Units

/// Everything one installation holds: its goods owners and what they share.
final class Store {
    let behaviour: Behaviour
    let clock: () -> Moment
    let ledger = StockLedger()
    let outbox = WebhookOutbox()
    /// Internal ids come from counters of the whole installation. They start far apart, so that a mix-up stands out.
    var ids = Counters()
    var goodsOwners: [Int: GoodsOwner] = [:]

    /// The standard statuses; a warehouse may have its own.
    var orderStatuses: [(number: Int, text: String)] = [
        (150, "Error"), (200, "Open"), (300, "Released"), (320, "Allocated"), (400, "Picked"), (450, "Sent"),
        (500, "Collected"), (800, "Returned"), (1000, "Cancelled"),
    ]
    var purchaseOrderStatuses: [(number: Int, text: String)] = [
        (100, "Notified"), (200, "Arrival space"), (300, "Inbound"), (400, "Deflection"), (500, "Received"),
        (900, "Cancelled"),
    ]
    let returnOrderStatuses: [(number: Int, text: String)] = [(100, "Open"), (500, "Returned"), (900, "Cancelled")]
    let warehouse = Warehouse(id: 1, code: "MAIN", name: "Main warehouse")

    init(behaviour: Behaviour, clock: @escaping () -> Moment) {
        self.behaviour = behaviour
        self.clock = clock
        // A warehouse whose documents start at a status of its own has it in its catalogue.
        Self.add(behaviour.initialOrderStatus, to: &orderStatuses)
        Self.add(behaviour.initialPurchaseOrderStatus, to: &purchaseOrderStatuses)
    }

    private static func add(_ status: Int, to statuses: inout [(number: Int, text: String)]) {
        guard !statuses.contains(where: { $0.number == status }) else { return }
        statuses.insert((status, "New"), at: statuses.firstIndex { $0.number > status } ?? statuses.endIndex)
    }

    /// In ascending order of their ids.
    var goodsOwnersByID: [GoodsOwner] { goodsOwners.keys.sorted().map { goodsOwners[$0]! } }

    func text(ofOrderStatus number: Int) -> String? { orderStatuses.first { $0.number == number }?.text }

    func text(ofPurchaseOrderStatus number: Int) -> String? { purchaseOrderStatuses.first { $0.number == number }?.text }
}

struct Warehouse {
    let id: Int
    let code: String
    let name: String

    var json: JSON { Wire.idCodeName(id, code, name) }
}

struct Counters {
    var article = 18_000
    var articleItem = 30
    var order = 70_000
    var orderLine = 88_000
    var purchaseOrder = 500
    var purchaseOrderLine = 3000
    var inventory = 200
    var inventoryRow = 900
    var customer = 400
    var returnOrder = 600
    var returnOrderLine = 6000
    /// Groups, classes, files, parcels and all else that is only listed.
    var other = 10

    mutating func next(_ counter: WritableKeyPath<Counters, Int>) -> Int {
        self[keyPath: counter] += 1
        return self[keyPath: counter]
    }
}
