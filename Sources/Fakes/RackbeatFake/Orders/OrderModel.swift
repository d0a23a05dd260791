package import Units

/// Seed of a sales order.
package struct OrderSeed: Equatable, Sendable {
    /// `nil`: the next free number.
    package var number: Int?
    /// `nil`: the customer with the lowest number, which is created when there is none.
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

/// The value of a custom field.
package struct FieldValue: Equatable, Sendable {
    package let field: Int
    package internal(set) var value: String?
}

/// A sales order as the fake holds it.
package struct OrderRecord: OrderDocument, Equatable, Sendable {
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
    package internal(set) var lines: [LineRecord]
    package internal(set) var bookedAt: Moment?
    package internal(set) var shippedAt: Moment?
    package internal(set) var cancelledAt: Moment?
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    /// The number of its invoice. Invoices themselves are not kept.
    package internal(set) var invoice: Int?
    package internal(set) var invoicedAt: Moment?
    /// Values of custom fields, in the order in which they were first written.
    package internal(set) var fieldValues: [FieldValue] = []

    var isListed = true

    /// A cancelled order still says whether it had been booked.
    package var isBooked: Bool { bookedAt != nil }

    static var table: ReferenceWritableKeyPath<Store, Table<OrderRecord>> { \.orders }
    static var counters: Counters { Counters(number: \.order, line: \.orderLine) }
    static let isSale = true
    static let words = OrderWords(noun: "order", anyOne: "An order", fulfilled: "shipped", fulfilments: "shipments")

    var fulfilledAt: Moment? {
        get { shippedAt }
        set { shippedAt = newValue }
    }
}
