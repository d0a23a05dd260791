/// Finds the number in Rackbeat of an order of the warehouse.
struct RackbeatNumbers {
    private struct Place: Hashable {
        let goodsOwner: Int
        let id: Int
    }

    private let orders: Set<String>
    private let purchaseOrders: Set<String>
    private var parents: [Place: OngoingSnapshot.Order] = [:]

    init(_ evidence: Evidence) {
        orders = Set(evidence.rackbeat.orders.map(\.number))
        purchaseOrders = Set(evidence.rackbeat.purchaseOrders.map(\.number))
        for order in evidence.ongoing.orders { parents[Place(goodsOwner: order.goodsOwner, id: order.id)] = order }
    }

    /// By the goods owner's own id, by the number, or by the order that it is a back order of; `nil` when Rackbeat has no such
    /// order.
    func number(of order: OngoingSnapshot.Order) -> String? {
        var order = order
        // A chain of back orders is never longer than the list of orders.
        for _ in 0...parents.count {
            if let number = order.goodsOwnerOrderId, orders.contains(number) { return number }
            if let number = Self.root(of: order.number, among: orders) { return number }
            guard let parent = order.backOrderFor, let older = parents[Place(goodsOwner: order.goodsOwner, id: parent)] else {
                return nil
            }
            order = older
        }
        return nil
    }

    func number(of order: OngoingSnapshot.PurchaseOrder) -> String? {
        Self.root(of: order.number, among: purchaseOrders)
    }

    /// The number itself, or the number without the suffix that a second order gets in the warehouse.
    private static func root(of number: String, among known: Set<String>) -> String? {
        if known.contains(number) { return number }
        var stem = number[...]
        while let mark = stem.lastIndex(where: { !$0.isNumber && !$0.isLetter }) {
            stem = stem[..<mark]
            if known.contains(String(stem)) { return String(stem) }
        }
        return nil
    }
}
