import JSON
import Units

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
