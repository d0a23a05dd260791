package import Units

package struct Address: Hashable, Sendable {
    package var name: String?
    package var name2: String?
    package var street: String?
    package var street2: String?
    package var city: String?
    package var postCode: String?
    /// A code or a name in some language.
    package var country: String?
    package var email: String?
    package var phone: String?

    package init() {}
}

/// Where a sales order stands. Rackbeat's row of flags, read once. Of a booked order a part may be shipped: what is open is counted by
/// its lines.
package enum OrderProgress: String, Hashable, Sendable {
    case draft, booked, shipped, cancelled
}

package struct SalesOrder: Hashable, Sendable {
    package var number: OrderNumber
    package var progress: OrderProgress
    package var currency: String?
    package var deliverAt: CivilDate?
    package var deliveryTerms: String?
    package var ourReferenceName: String?
    package var ourReferenceNumber: String?
    package var paymentTermsName: String?
    package var paymentTermsDescription: String?
    package var paymentTermsNumber: String?
    package var customerNumber: String?
    package var customerName: String?
    package var deliveryAddress: Address?
    package var billingAddress: Address?
    package var lines: [SalesLine]
    package var updatedAt: Moment

    package init(number: OrderNumber, progress: OrderProgress, lines: [SalesLine], updatedAt: Moment) {
        self.number = number
        self.progress = progress
        self.lines = lines
        self.updatedAt = updatedAt
    }
}

package struct SalesLine: Hashable, Sendable {
    package var id: LineID
    /// `nil` for a line of text.
    package var item: ItemNumber?
    package var name: String?
    package var location: LocationNumber?
    package var quantity: Quantity
    package var shipped: Quantity?
    /// Whether stock is kept of its item. Only the product says it: `true` until that was looked up.
    package var keepsInventory: Bool
    /// Whether it is of a kit, which is assembled from other products.
    package var isKit = false
    /// For the whole line, without VAT.
    package var lineTotal: Money?
    /// For the whole line, with VAT, when the account exposes it.
    package var lineTotalWithVAT: Money?
    package var vatPercent: ExactDecimal?

    package init(id: LineID, item: ItemNumber?, location: LocationNumber?, quantity: Quantity) {
        self.id = id
        self.item = item
        self.location = location
        self.quantity = quantity
        self.keepsInventory = true
    }
}
