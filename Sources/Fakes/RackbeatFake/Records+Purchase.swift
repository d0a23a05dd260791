import Units

/// A purchase order to begin with.
public struct PurchaseOrderSeed: Equatable, Sendable {
    /// `nil`: the next free one.
    public var number: Int?
    /// `nil`: the supplier with the lowest number, which is made when there is none.
    public var supplier: Int?
    /// `nil`: the supplier's own.
    public var currency: String?
    public var vatZone: VATZone?
    /// The number of an employee.
    public var employee: Int?
    public var yourReference: Int?
    public var heading: String?
    public var note: String?
    public var purchaseDate: CivilDate?
    public var preferredDeliveryDate: CivilDate?
    public var lines: [LineSeed]

    public init(
        number: Int? = nil, supplier: Int? = nil, currency: String? = nil, vatZone: VATZone? = nil, employee: Int? = nil,
        yourReference: Int? = nil, heading: String? = nil, note: String? = nil, purchaseDate: CivilDate? = nil,
        preferredDeliveryDate: CivilDate? = nil, lines: [LineSeed] = []
    ) {
        self.number = number
        self.supplier = supplier
        self.currency = currency
        self.vatZone = vatZone
        self.employee = employee
        self.yourReference = yourReference
        self.heading = heading
        self.note = note
        self.purchaseDate = purchaseDate
        self.preferredDeliveryDate = preferredDeliveryDate
        self.lines = lines
    }
}

public enum PurchaseOrderState: String, Equatable, Sendable {
    case draft
    case booked
    case partlyReceived = "partly received"
    case received
    case cancelled
    case deleted
}

public struct PurchaseOrderLineRecord: Equatable, Sendable {
    public internal(set) var id: Int
    /// `nil` for a line of text.
    public internal(set) var item: String?
    public internal(set) var name: String
    public internal(set) var quantity: ExactDecimal
    public internal(set) var received: ExactDecimal = 0
    public internal(set) var location: Int?
    public internal(set) var price: ExactDecimal
    public internal(set) var discount: ExactDecimal
    public internal(set) var vat: ExactDecimal
    /// Whether the line is of goods that lie in stock and are received.
    public internal(set) var isStock: Bool

    /// Net of value added tax, after discount.
    public var total: ExactDecimal { Money.lineTotal(quantity: quantity, price: price, discount: discount) }

    /// In whole hundredths, half a hundredth away from zero.
    public var totalInclVAT: ExactDecimal { Money.inclVAT(total, vat: vat) }

    /// What is ordered and not received, never below zero.
    public var open: ExactDecimal { max(quantity - received, 0) }
}

/// A purchase order as the fake holds it.
public struct PurchaseOrderRecord: Document, Equatable, Sendable {
    public let number: Int
    public internal(set) var state: PurchaseOrderState
    public internal(set) var supplier: Int
    public internal(set) var currency: String
    public internal(set) var currencyRate: ExactDecimal = 100
    public internal(set) var vatZone: VATZone
    public internal(set) var employee: Int?
    public internal(set) var yourReference: Int?
    public internal(set) var heading: String?
    public internal(set) var note: String?
    public internal(set) var purchaseDate: CivilDate
    public internal(set) var preferredDeliveryDate: CivilDate?
    public internal(set) var lines: [PurchaseOrderLineRecord]
    public internal(set) var bookedAt: Moment?
    public internal(set) var receivedAt: Moment?
    public internal(set) var createdAt: Moment
    public internal(set) var updatedAt: Moment

    var isListed = true
    var key: Int { number }

    /// A cancelled purchase order still says whether it had been booked.
    public var isBooked: Bool { bookedAt != nil }

    func line(_ id: Int) -> PurchaseOrderLineRecord? { lines.first { $0.id == id } }

    /// The state that follows from what of a booked purchase order has been received.
    var stateByReceiving: PurchaseOrderState {
        let goods = lines.filter(\.isStock)
        guard goods.contains(where: { $0.received > 0 }) else { return .booked }
        return goods.allSatisfy { $0.open.isZero } ? .received : .partlyReceived
    }
}

public struct ReceiptLineRecord: Equatable, Sendable {
    public let id: Int
    /// The line of the purchase order that it receives; `nil` for goods that were not ordered.
    public internal(set) var purchaseOrderLine: Int?
    public internal(set) var item: String
    public internal(set) var location: Int
    public internal(set) var quantity: ExactDecimal
}

/// A receipt as the fake holds it. Stock moves when it is received.
public struct ReceiptRecord: Document, Equatable, Sendable {
    public let number: Int
    public let purchaseOrder: Int
    public internal(set) var lines: [ReceiptLineRecord]
    public internal(set) var isReceived = false
    public internal(set) var receivedAt: Moment?
    public internal(set) var createdAt: Moment
    public internal(set) var updatedAt: Moment

    var key: Int { number }
    var isListed: Bool { true }
}
