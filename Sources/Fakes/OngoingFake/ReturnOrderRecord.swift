import JSON
import Units

extension OngoingFake {
    /// One return order: goods a customer is to send back.
    public struct ReturnOrderRecord: Sendable {
        public let id: Int
        public let goodsOwner: Int
        public let number: String
        public internal(set) var status: Int
        public let orderId: Int
        public internal(set) var fields: JSONObject
        public internal(set) var lines: [ReturnOrderLineRecord]
        public let created: Moment
        public internal(set) var lastReturned: Moment?
    }

    public struct ReturnOrderLineRecord: Sendable {
        public let id: Int
        public let row: String
        public let orderLine: Int
        public internal(set) var toBeReturned: ExactDecimal
        public internal(set) var returned: ExactDecimal = .zero
        public internal(set) var cause: CodeName?
    }
}

enum ReturnOrderStatus {
    static let open = 100
    static let returned = 500
    static let cancelled = 900
}

extension GoodsOwner {
    /// Counts what came back of an order line on the return orders that wait for it, oldest first.
    func fillReturnOrders(line orderLine: Int, _ quantity: ExactDecimal, at now: Moment) {
        var left = quantity
        for order in returnOrders.indices where returnOrders[order].status == ReturnOrderStatus.open {
            for line in returnOrders[order].lines.indices where returnOrders[order].lines[line].orderLine == orderLine {
                let awaited = returnOrders[order].lines[line].toBeReturned - returnOrders[order].lines[line].returned
                let part = min(left, atLeastZero(awaited))
                guard part > .zero else { continue }
                returnOrders[order].lines[line].returned += part
                returnOrders[order].lastReturned = now
                left -= part
            }
            if returnOrders[order].lines.allSatisfy({ $0.returned >= $0.toBeReturned }) {
                returnOrders[order].status = ReturnOrderStatus.returned
            }
        }
    }
}
