package import Units

/// A purchase order to begin with.
package struct PurchaseOrderSeed: Equatable, Sendable {
    /// `nil`: the next free one.
    package var number: Int?
    /// `nil`: the supplier with the lowest number, which is made when there is none.
    package var supplier: Int?
    /// `nil`: the supplier's own.
    package var currency: String?
    package var vatZone: VATZone?
    /// The number of an employee.
    package var employee: Int?
    package var yourReference: Int?
    package var heading: String?
    package var note: String?
    package var purchaseDate: CivilDate?
    package var preferredDeliveryDate: CivilDate?
    package var lines: [LineSeed]

    package init(
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

package enum PurchaseOrderState: String, Equatable, Sendable {
    case draft
    case booked
    case partlyReceived = "partly received"
    case received
    case cancelled
    case deleted
}

package struct PurchaseOrderLineRecord: Equatable, Sendable {
    package internal(set) var id: Int
    /// `nil` for a line of text.
    package internal(set) var item: String?
    package internal(set) var name: String
    package internal(set) var quantity: ExactDecimal
    package internal(set) var received: ExactDecimal = 0
    package internal(set) var location: Int?
    package internal(set) var price: ExactDecimal
    package internal(set) var discount: ExactDecimal
    package internal(set) var vat: ExactDecimal
    /// Whether the line is of goods that lie in stock and are received.
    package internal(set) var isStock: Bool

    /// Net of value added tax, after discount.
    package var total: ExactDecimal { Money.lineTotal(quantity: quantity, price: price, discount: discount) }

    /// In whole hundredths, half a hundredth away from zero.
    package var totalInclVAT: ExactDecimal { Money.inclVAT(total, vat: vat) }

    /// What is ordered and not received, never below zero.
    package var open: ExactDecimal { max(quantity - received, 0) }
}

/// A purchase order as the fake holds it.
package struct PurchaseOrderRecord: Document, Equatable, Sendable {
    package let number: Int
    package internal(set) var state: PurchaseOrderState
    package internal(set) var supplier: Int
    package internal(set) var currency: String
    package internal(set) var currencyRate: ExactDecimal = 100
    package internal(set) var vatZone: VATZone
    package internal(set) var employee: Int?
    package internal(set) var yourReference: Int?
    package internal(set) var heading: String?
    package internal(set) var note: String?
    package internal(set) var purchaseDate: CivilDate
    package internal(set) var preferredDeliveryDate: CivilDate?
    package internal(set) var lines: [PurchaseOrderLineRecord]
    package internal(set) var bookedAt: Moment?
    package internal(set) var receivedAt: Moment?
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    var isListed = true
    var key: Int { number }

    /// A cancelled purchase order still says whether it had been booked.
    package var isBooked: Bool { bookedAt != nil }

    func line(_ id: Int) -> PurchaseOrderLineRecord? { lines.first { $0.id == id } }

    /// The state that follows from what of a booked purchase order has been received.
    var stateByReceiving: PurchaseOrderState {
        let goods = lines.filter(\.isStock)
        guard goods.contains(where: { $0.received > 0 }) else { return .booked }
        return goods.allSatisfy { $0.open.isZero } ? .received : .partlyReceived
    }
}
