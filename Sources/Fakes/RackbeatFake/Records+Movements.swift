import Units

/// Goods on their way from one location of the account to another. Stock leaves where they lay when the movement is booked, and
/// arrives when it is received.
public struct MovementRecord: Document, Equatable, Sendable {
    public let id: Int
    public let item: String
    public let from: Int
    public let to: Int
    public let quantity: ExactDecimal
    /// The two sides of it, as the older family of calls shows a movement.
    let lines: (leaving: Int, arriving: Int)
    public internal(set) var isBooked = false
    public internal(set) var isReceived = false
    public internal(set) var createdAt: Moment
    public internal(set) var updatedAt: Moment

    var key: Int { id }
    var isListed: Bool { true }

    public static func == (left: Self, right: Self) -> Bool {
        left.id == right.id && left.isBooked == right.isBooked && left.isReceived == right.isReceived
            && left.updatedAt == right.updatedAt
    }
}

/// What somebody counted at a location. Booking it makes the books say the same.
public struct CheckingRecord: Document, Equatable, Sendable {
    public struct Line: Equatable, Sendable {
        public let item: String
        public let quantity: ExactDecimal
    }

    public let id: Int
    public let location: Int
    public let lines: [Line]
    public internal(set) var isBooked = false
    public internal(set) var createdAt: Moment
    public internal(set) var updatedAt: Moment

    var key: Int { id }
    var isListed: Bool { true }
}

/// People and further addresses of customers and suppliers, in the order in which they were written.
struct AddressBook {
    struct Person: Equatable {
        let number: Int
        let name: String
        let email: String?
        let phone: String?
    }

    var ofSupplier: [Int: [Person]] = [:]
    var ofCustomer: [Int: [Person]] = [:]
    var addressesOfCustomer: [Int: [(number: Int, address: Address)]] = [:]
}
