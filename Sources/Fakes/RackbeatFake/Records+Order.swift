import Units

/// One line of an order or a purchase order to begin with.
public struct LineSeed: Equatable, Sendable {
    /// `nil`: the next free one.
    public var id: Int?
    /// The number of a product; `nil` makes a line of text.
    public var item: String?
    /// `nil`: the name of the item.
    public var name: String?
    public var quantity: ExactDecimal
    /// `nil`: the line names no location.
    public var location: Int?
    /// A unit, net of value added tax. `nil`: what the product says.
    public var price: ExactDecimal?
    /// In percent.
    public var discount: ExactDecimal
    /// In percent; `nil`: what the product's group says for the zone of the document.
    public var vat: ExactDecimal?

    public init(
        id: Int? = nil, item: String? = nil, name: String? = nil, quantity: ExactDecimal = 1, location: Int? = nil,
        price: ExactDecimal? = nil, discount: ExactDecimal = 0, vat: ExactDecimal? = nil
    ) {
        self.id = id
        self.item = item
        self.name = name
        self.quantity = quantity
        self.location = location
        self.price = price
        self.discount = discount
        self.vat = vat
    }
}

/// A sales order to begin with.
public struct OrderSeed: Equatable, Sendable {
    /// `nil`: the next free one.
    public var number: Int?
    /// `nil`: the customer with the lowest number, which is made when there is none.
    public var customer: Int?
    /// `nil`: the customer's own.
    public var billingAddress: Address?
    /// `nil`: the same as the billing address.
    public var deliveryAddress: Address?
    public var currency: String?
    public var vatZone: VATZone?
    public var orderDate: CivilDate?
    public var deliverAt: CivilDate?
    public var deliveryTerms: String?
    /// The number of an employee.
    public var ourReference: Int?
    /// `nil`: the customer's own.
    public var paymentTerm: Int?
    public var otherReference: String?
    public var heading: String?
    public var note: String?
    public var lines: [LineSeed]

    public init(
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

public enum OrderState: String, Equatable, Sendable {
    case draft
    case booked
    case partlyShipped = "partly shipped"
    case shipped
    case cancelled
    case deleted
}

public struct OrderLineRecord: Equatable, Sendable {
    public internal(set) var id: Int
    /// `nil` for a line of text.
    public internal(set) var item: String?
    public internal(set) var name: String
    public internal(set) var quantity: ExactDecimal
    public internal(set) var shipped: ExactDecimal = 0
    public internal(set) var location: Int?
    public internal(set) var price: ExactDecimal
    public internal(set) var discount: ExactDecimal
    public internal(set) var vat: ExactDecimal
    /// Whether the line is of goods that lie in stock and are shipped.
    public internal(set) var isStock: Bool
    public internal(set) var createdAt: Moment
    public internal(set) var updatedAt: Moment

    /// Net of value added tax, after discount.
    public var total: ExactDecimal { Money.lineTotal(quantity: quantity, price: price, discount: discount) }

    /// In whole hundredths, half a hundredth away from zero.
    public var totalInclVAT: ExactDecimal { Money.inclVAT(total, vat: vat) }

    /// What is ordered and not shipped, never below zero.
    public var open: ExactDecimal { max(quantity - shipped, 0) }
}

/// The value of a custom field.
public struct FieldValue: Equatable, Sendable {
    public let field: Int
    public internal(set) var value: String?
}

/// A sales order as the fake holds it.
public struct OrderRecord: Document, Equatable, Sendable {
    public let number: Int
    public internal(set) var state: OrderState
    public internal(set) var customer: Int
    public internal(set) var billingAddress: Address
    public internal(set) var deliveryAddress: Address
    public internal(set) var currency: String
    public internal(set) var currencyRate: ExactDecimal = 100
    public internal(set) var vatZone: VATZone
    public internal(set) var orderDate: CivilDate
    public internal(set) var deliverAt: CivilDate?
    public internal(set) var deliveryTerms: String?
    public internal(set) var ourReference: Int?
    public internal(set) var paymentTerm: Int?
    public internal(set) var otherReference: String?
    public internal(set) var heading: String?
    public internal(set) var note: String?
    public internal(set) var lines: [OrderLineRecord]
    public internal(set) var bookedAt: Moment?
    public internal(set) var shippedAt: Moment?
    public internal(set) var cancelledAt: Moment?
    public internal(set) var createdAt: Moment
    public internal(set) var updatedAt: Moment

    /// The invoice that was made of it, which is all that is known of invoices here.
    public internal(set) var invoice: Int?
    public internal(set) var invoicedAt: Moment?
    /// Values of custom fields, in the order in which they were first written.
    public internal(set) var fieldValues: [FieldValue] = []

    var isListed = true
    var key: Int { number }

    /// A cancelled order still says whether it had been booked.
    public var isBooked: Bool { bookedAt != nil }

    func line(_ id: Int) -> OrderLineRecord? { lines.first { $0.id == id } }

    /// The state that follows from what of a booked order has been shipped.
    var stateByShipping: OrderState {
        let goods = lines.filter(\.isStock)
        guard goods.contains(where: { $0.shipped > 0 }) else { return .booked }
        return goods.allSatisfy { $0.open.isZero } ? .shipped : .partlyShipped
    }
}

public struct ShipmentLineRecord: Equatable, Sendable {
    public let id: Int
    /// The line of the order that it ships.
    public let orderLine: Int
    public let item: String
    public let location: Int
    public internal(set) var quantity: ExactDecimal
    public internal(set) var isPicked = false
}

/// A shipment as the fake holds it. Stock moves when it is shipped.
public struct ShipmentRecord: Document, Equatable, Sendable {
    public let id: Int
    public let order: Int
    public internal(set) var lines: [ShipmentLineRecord]
    public internal(set) var isShipped = false
    public internal(set) var shippedAt: Moment?
    public internal(set) var createdAt: Moment
    public internal(set) var updatedAt: Moment

    var key: Int { id }
    var isListed: Bool { true }
}

/// Amounts of documents, in exact decimals.
enum Money {
    static func lineTotal(quantity: ExactDecimal, price: ExactDecimal, discount: ExactDecimal) -> ExactDecimal {
        let gross = quantity.multiplied(by: price)
        return discount.isZero ? gross : gross.multiplied(by: (100 - discount).dividedByTen(times: 2))
    }

    static func inclVAT(_ net: ExactDecimal, vat: ExactDecimal) -> ExactDecimal {
        net.multiplied(by: (100 + vat).dividedByTen(times: 2), decimals: 2)
    }

    static func vat(_ net: ExactDecimal, _ vat: ExactDecimal) -> ExactDecimal { inclVAT(net, vat: vat) - net }
}
