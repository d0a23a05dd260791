package import Units

/// What an adjustment asks for.
package enum AdjustmentMeaning: String, Equatable, Sendable {
    /// The quantity is what shall lie at the location.
    case total
    /// The quantity is added to what lies there.
    case change
}

/// A stock adjustment as the fake holds it (Rackbeat: inventory regulation). Stock moves when it is booked.
package struct AdjustmentRecord: Document, Equatable, Sendable {
    package let id: Int
    package let lineID: Int
    package let item: String
    package let location: Int
    package let meaning: AdjustmentMeaning
    /// As it was asked for.
    package let quantity: ExactDecimal
    /// By how much stock was changed; `nil` while it is a draft.
    package internal(set) var change: ExactDecimal?
    /// What lay there right after it was booked; `nil` while it is a draft.
    package internal(set) var stockAfter: ExactDecimal?
    package let reason: String
    package let date: CivilDate
    /// Whether somebody in the office counted by hand, not a caller of the API.
    package let isByHand: Bool
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    package var isBooked: Bool { change != nil }

    var key: Int { id }
    var isListed: Bool { true }
}

/// Why stock moved, as the ledger names it.
enum StockCause: Equatable {
    case opening
    case shipment(Int)
    case receipt(Int)
    case adjustment(Int)
    /// Somebody counted by hand, for a reason of their own.
    case count(Int, reason: String)
    /// Goods that left one location of the account for another, or came there.
    case movement(Int)
    /// What a stock check found.
    case checking(Int)

    var name: String {
        switch self {
        case .opening: "opening"
        case .shipment: "shipment"
        case .receipt: "receipt"
        case .adjustment: "adjustment"
        case .count(_, let reason): reason
        case .movement: "movement"
        case .checking: "stock check"
        }
    }

    var document: String {
        switch self {
        case .opening: ""
        case .shipment(let id): "shipment \(id)"
        case .receipt(let number): "receipt \(number)"
        case .adjustment(let id), .count(let id, _): "adjustment \(id)"
        case .movement(let id): "movement \(id)"
        case .checking(let id): "check \(id)"
        }
    }
}

/// A subscription to one kind of event.
package struct WebhookRecord: Document, Equatable, Sendable {
    package let id: Int
    package internal(set) var event: String
    package internal(set) var url: String
    package internal(set) var isActive: Bool
    /// Sent with each delivery, so that the receiver knows who calls.
    package let token: String
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    var key: Int { id }
    var isListed: Bool { true }
}
