package import Units

/// Seed of a purchase order.
package struct PurchaseOrderSeed: Equatable, Sendable {
    /// `nil`: the next free number.
    package var number: Int?
    /// `nil`: the supplier with the lowest number, which is created when there is none.
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

/// A purchase order as the fake holds it.
package struct PurchaseOrderRecord: OrderDocument, Equatable, Sendable {
    package let number: Int
    package internal(set) var state: OrderState
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
    package internal(set) var lines: [LineRecord]
    package internal(set) var bookedAt: Moment?
    package internal(set) var receivedAt: Moment?
    package internal(set) var cancelledAt: Moment?
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    var isListed = true

    /// A cancelled purchase order still says whether it had been booked.
    package var isBooked: Bool { bookedAt != nil }

    static var table: ReferenceWritableKeyPath<Store, Table<PurchaseOrderRecord>> { \.purchaseOrders }
    static var counters: Counters { Counters(number: \.purchaseOrder, line: \.purchaseOrderLine) }
    static let isSale = false
    static let words = OrderWords(
        noun: "purchase order", anyOne: "A purchase order", fulfilled: "received", fulfilments: "receipts")

    var fulfilledAt: Moment? {
        get { receivedAt }
        set { receivedAt = newValue }
    }
}
