package import Units

/// Goods on their way from one location of the account to another. Stock leaves where they lay when the movement is booked, and
/// arrives when it is received.
package struct MovementRecord: Document, Equatable, Sendable {
    package let id: Int
    package let item: String
    package let from: Int
    package let to: Int
    package let quantity: ExactDecimal
    /// The two sides of it, as the older family of calls shows a movement.
    let lines: (leaving: Int, arriving: Int)
    package internal(set) var isBooked = false
    package internal(set) var isReceived = false
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    var key: Int { id }
    var isListed: Bool { true }

    package static func == (left: Self, right: Self) -> Bool {
        left.id == right.id && left.isBooked == right.isBooked && left.isReceived == right.isReceived
            && left.updatedAt == right.updatedAt
    }
}

/// What somebody counted at a location. Booking it makes the books say the same.
package struct CheckingRecord: Document, Equatable, Sendable {
    package struct Line: Equatable, Sendable {
        package let item: String
        package let quantity: ExactDecimal
    }

    package let id: Int
    package let location: Int
    package let lines: [Line]
    package internal(set) var isBooked = false
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

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
