package import Units

/// A sales order to begin with.
package struct OrderSeed: Equatable, Sendable {
    /// `nil`: the next free one.
    package var number: Int?
    /// `nil`: the customer with the lowest number, which is made when there is none.
    package var customer: Int?
    /// `nil`: the customer's own.
    package var billingAddress: Address?
    /// `nil`: the same as the billing address.
    package var deliveryAddress: Address?
    package var currency: String?
    package var vatZone: VATZone?
    package var orderDate: CivilDate?
    package var deliverAt: CivilDate?
    package var deliveryTerms: String?
    /// The number of an employee.
    package var ourReference: Int?
    /// `nil`: the customer's own.
    package var paymentTerm: Int?
    package var otherReference: String?
    package var heading: String?
    package var note: String?
    package var lines: [LineSeed]

    package init(
        number: Int? = nil, customer: Int? = nil, billingAddress: Address? = nil, deliveryAddress: Address? = nil,
        currency: String? = nil, vatZone: VATZone? = nil, orderDate: CivilDate? = nil, deliverAt: CivilDate? = nil,
        deliveryTerms: String? = nil, ourReference: Int? = nil, paymentTerm: Int? = nil, otherReference: String? = nil,
        heading: String? = nil, note: String? = nil, lines: [LineSeed] = []
    ) {
        self.number = number
        self.customer = customer
        self.billingAddress = billingAddress
        self.deliveryAddress = deliveryAddress
        self.currency = currency
        self.vatZone = vatZone
        self.orderDate = orderDate
        self.deliverAt = deliverAt
        self.deliveryTerms = deliveryTerms
        self.ourReference = ourReference
        self.paymentTerm = paymentTerm
        self.otherReference = otherReference
        self.heading = heading
        self.note = note
        self.lines = lines
    }
}

package enum OrderState: String, Equatable, Sendable {
    case draft
    case booked
    case partlyShipped = "partly shipped"
    case shipped
    case cancelled
    case deleted
}

package struct OrderLineRecord: Equatable, Sendable {
    package internal(set) var id: Int
    /// `nil` for a line of text.
    package internal(set) var item: String?
    package internal(set) var name: String
    package internal(set) var quantity: ExactDecimal
    package internal(set) var shipped: ExactDecimal = 0
    package internal(set) var location: Int?
    package internal(set) var price: ExactDecimal
    package internal(set) var discount: ExactDecimal
    package internal(set) var vat: ExactDecimal
    /// Whether the line is of goods that lie in stock and are shipped.
    package internal(set) var isStock: Bool
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    /// Net of value added tax, after discount.
    package var total: ExactDecimal { Money.lineTotal(quantity: quantity, price: price, discount: discount) }

    /// In whole hundredths, half a hundredth away from zero.
    package var totalInclVAT: ExactDecimal { Money.inclVAT(total, vat: vat) }

    /// What is ordered and not shipped, never below zero.
    package var open: ExactDecimal { max(quantity - shipped, 0) }
}

/// The value of a custom field.
package struct FieldValue: Equatable, Sendable {
    package let field: Int
    package internal(set) var value: String?
}

/// A sales order as the fake holds it.
package struct OrderRecord: Document, Equatable, Sendable {
    package let number: Int
    package internal(set) var state: OrderState
    package internal(set) var customer: Int
    package internal(set) var billingAddress: Address
    package internal(set) var deliveryAddress: Address
    package internal(set) var currency: String
    package internal(set) var currencyRate: ExactDecimal = 100
    package internal(set) var vatZone: VATZone
    package internal(set) var orderDate: CivilDate
    package internal(set) var deliverAt: CivilDate?
    package internal(set) var deliveryTerms: String?
    package internal(set) var ourReference: Int?
    package internal(set) var paymentTerm: Int?
    package internal(set) var otherReference: String?
    package internal(set) var heading: String?
    package internal(set) var note: String?
    package internal(set) var lines: [OrderLineRecord]
    package internal(set) var bookedAt: Moment?
    package internal(set) var shippedAt: Moment?
    package internal(set) var cancelledAt: Moment?
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    /// The invoice that was made of it, which is all that is known of invoices here.
    package internal(set) var invoice: Int?
    package internal(set) var invoicedAt: Moment?
    /// Values of custom fields, in the order in which they were first written.
    package internal(set) var fieldValues: [FieldValue] = []

    var isListed = true
    var key: Int { number }

    /// A cancelled order still says whether it had been booked.
    package var isBooked: Bool { bookedAt != nil }

    func line(_ id: Int) -> OrderLineRecord? { lines.first { $0.id == id } }

    /// The state that follows from what of a booked order has been shipped.
    var stateByShipping: OrderState {
        let goods = lines.filter(\.isStock)
        guard goods.contains(where: { $0.shipped > 0 }) else { return .booked }
        return goods.allSatisfy { $0.open.isZero } ? .shipped : .partlyShipped
    }
}
