import Units

/// What the open documents want of each item, kept up with every change of a document.
///
/// Reading a product must not add up every open order.
struct Demand {
    /// Booked to be shipped, by item and location. Lines without a location stand under 0.
    private var reserved: [String: [Int: ExactDecimal]] = [:]
    /// Booked to be received, by item.
    private var purchased: [String: ExactDecimal] = [:]
    /// How many lines of documents name the item.
    private var uses: [String: Int] = [:]

    func reserved(_ item: String) -> ExactDecimal { (reserved[item] ?? [:]).values.reduce(.zero, +) }
    func reserved(_ item: String, at location: Int) -> ExactDecimal { reserved[item]?[location] ?? .zero }
    func purchased(_ item: String) -> ExactDecimal { purchased[item] ?? .zero }
    func isUsed(_ item: String) -> Bool { uses[item, default: 0] > 0 }

    mutating func count(_ order: OrderRecord) { weigh(order, 1) }
    mutating func discount(_ order: OrderRecord) { weigh(order, -1) }
    mutating func count(_ order: PurchaseOrderRecord) { weigh(order, 1) }
    mutating func discount(_ order: PurchaseOrderRecord) { weigh(order, -1) }

    private mutating func weigh(_ order: OrderRecord, _ sign: Int) {
        guard order.state != .deleted else { return }
        let isOpen = order.state == .booked || order.state == .partlyShipped
        for line in order.lines {
            guard let item = line.item else { continue }
            uses[item, default: 0] += sign
            guard isOpen, line.isStock else { continue }
            reserved[item, default: [:]][line.location ?? 0, default: .zero] += sign > 0 ? line.open : -line.open
        }
    }

    private mutating func weigh(_ order: PurchaseOrderRecord, _ sign: Int) {
        guard order.state != .deleted else { return }
        let isOpen = order.state == .booked || order.state == .partlyReceived
        for line in order.lines {
            guard let item = line.item else { continue }
            uses[item, default: 0] += sign
            if isOpen, line.isStock { purchased[item, default: .zero] += sign > 0 ? line.open : -line.open }
        }
    }
}
