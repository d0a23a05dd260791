package import JSON
package import Units

extension OngoingFake {
    /// One return order: goods a customer is to send back.
    package struct ReturnOrderRecord: Sendable {
        package let id: Int
        package let goodsOwner: Int
        package let number: String
        package internal(set) var status: Int
        package let orderId: Int
        package internal(set) var fields: JSONObject
        package internal(set) var lines: [ReturnOrderLineRecord]
        package let created: Moment
        package internal(set) var lastReturned: Moment?
    }

    package struct ReturnOrderLineRecord: Sendable {
        package let id: Int
        package let row: String
        package let orderLine: Int
        package internal(set) var toBeReturned: ExactDecimal
        package internal(set) var returned: ExactDecimal = .zero
        package internal(set) var cause: CodeName?
    }
}

typealias ReturnOrderRecord = OngoingFake.ReturnOrderRecord
typealias ReturnOrderLineRecord = OngoingFake.ReturnOrderLineRecord

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
            let lines = returnOrders[order].lines
            if !lines.isEmpty, lines.allSatisfy({ $0.returned >= $0.toBeReturned }) {
                returnOrders[order].status = ReturnOrderStatus.returned
            }
        }
    }
}
