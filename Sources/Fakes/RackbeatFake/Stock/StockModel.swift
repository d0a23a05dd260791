import FakeKit
import JSON
import Units

/// What the open documents reserve and expect of each item, updated with every change of a document.
///
/// Without it, reading a product would add up every open order.
struct Demand {
    /// Booked to be shipped, by item and location. Lines without a location are under `nil`.
    private var reserved: [String: [Int?: ExactDecimal]] = [:]
    /// Booked to be received, by item.
    private var purchased: [String: ExactDecimal] = [:]
    /// How many lines of documents name each item.
    private var uses: [String: Int] = [:]

    func reserved(_ item: String) -> ExactDecimal { (reserved[item] ?? [:]).values.reduce(.zero, +) }
    /// What lines that name this location reserve.
    func reserved(_ item: String, at location: Int) -> ExactDecimal { reserved[item]?[location] ?? .zero }
    /// What lines that name no location reserve.
    func reservedAnywhere(_ item: String) -> ExactDecimal { reserved[item]?[nil] ?? .zero }
    func purchased(_ item: String) -> ExactDecimal { purchased[item] ?? .zero }
    func isUsed(_ item: String) -> Bool { uses[item, default: 0] > 0 }

    mutating func count(_ order: some OrderDocument) { weigh(order, 1) }
    mutating func discount(_ order: some OrderDocument) { weigh(order, -1) }

    private mutating func weigh<Order: OrderDocument>(_ order: Order, _ sign: Int) {
        guard order.state != .deleted else { return }
        for line in order.lines {
            guard let item = line.item else { continue }
            uses[item, default: 0] += sign
            guard order.isOpen, line.isStock else { continue }
            let open = sign > 0 ? line.open : -line.open
            if Order.isSale {
                reserved[item, default: [:]][line.location, default: .zero] += open
            } else {
                purchased[item, default: .zero] += open
            }
        }
    }
}

/// One movement of stock as a row of the ledger report.
struct LedgerRow: Document {
    let entry: StockLedger.Entry

    var key: Int { entry.number }
    var createdAt: Moment { entry.time.truncatedToSecond }
    var updatedAt: Moment { createdAt }
    var isListed: Bool { true }

    /// The kind of document, as the report names it.
    var type: String {
        switch entry.document.split(separator: " ").first {
        case "shipment": "order_shipment"
        case "receipt": "purchase_order_receipt"
        case "adjustment", "check": "inventory_adjustment"
        case "movement": "movement"
        default: "opening"
        }
    }

    /// The number of the document; opening stock has none.
    var document: Int? { entry.document.split(separator: " ").last.flatMap { Int($0) } }
}

/// Why stock moved, as the ledger names it.
enum StockCause: Equatable {
    case opening
    case shipment(Int)
    case receipt(Int)
    case adjustment(Int)
    /// Somebody counted by hand and gave a reason.
    case count(Int, reason: String)
    /// Goods that left one location of the account for another, or arrived there.
    case movement(Int)
    /// A difference found by a stock check.
    case checking(Int)
    /// The product got another number.
    case renumbering

    var name: String {
        switch self {
        case .opening: "opening"
        case .shipment: "shipment"
        case .receipt: "receipt"
        case .adjustment: "adjustment"
        case .count(_, let reason): reason
        case .movement: "movement"
        case .checking: "stock check"
        case .renumbering: "renumbering"
        }
    }

    var document: String {
        switch self {
        case .opening, .renumbering: ""
        case .shipment(let id): "shipment \(id)"
        case .receipt(let number): "receipt \(number)"
        case .adjustment(let id), .count(let id, _): "adjustment \(id)"
        case .movement(let id): "movement \(id)"
        case .checking(let id): "check \(id)"
        }
    }
}

/// All stock moves through one function, so that nothing changes without its ledger entry and its webhook.
extension RackbeatFake {
    func stock(of item: String, at location: Int) -> ExactDecimal { ledger.stock(of: item, at: String(location)) }

    /// The stock at all locations together.
    func stock(of item: String) -> ExactDecimal {
        var sum = ExactDecimal.zero
        store.locations.byKey.visit(0..<store.locations.byKey.count) { sum += stock(of: item, at: $0) }
        return sum
    }

    func moveStock(_ item: String, at location: Int, by change: ExactDecimal, _ cause: StockCause) {
        ledger.move(
            item, at: String(location), by: change, cause: cause.name, document: cause.document, time: clock())
        raise("inventory.changed", key: .string(item), keyName: "number") { ["number": .string(item)] }
    }

    /// The location of a line that names none: the product's default location, else the account's.
    func place(of item: String, location: Int?) -> Int? {
        location ?? store.products[any: item]?.defaultLocation ?? defaultLocation
    }

    /// What is on order of an item at a location, lines that name none at the place that they will be taken from included.
    func reserved(_ item: String, at location: Int) -> ExactDecimal {
        let named = store.demand.reserved(item, at: location)
        return place(of: item, location: nil) == location ? named + store.demand.reservedAnywhere(item) : named
    }

    /// The location marked as default; when none is, the only one there is.
    var defaultLocation: Int? {
        var marked: Int?
        store.locations.byKey.visit(0..<store.locations.byKey.count) { number in
            if marked == nil, store.locations[number]?.isDefault == true { marked = number }
        }
        return marked ?? (store.locations.byKey.count == 1 ? store.locations.byKey.elements(0..<1).first : nil)
    }

    /// Why stock may not fall to `level`; `nil` when it may.
    func objection(to level: ExactDecimal, of item: String, at location: Int) -> String? {
        guard level.isNegative else { return nil }
        let isTracked = store.products[any: item]?.isTracked ?? false
        guard isTracked || !behaviour.plainStockMayBeNegative else { return nil }
        return "The stock of \(item) at location \(location) would be \(level)."
    }
}
