package import Units

/// Where a purchase order stands. Of a booked one a part may be received: what is open is counted by its lines.
package enum PurchaseProgress: String, Hashable, Sendable {
    case draft, booked, received, cancelled
}

package struct PurchaseOrder: Hashable, Sendable {
    package var number: PurchaseOrderNumber
    package var progress: PurchaseProgress
    package var note: String?
    package var yourReference: String?
    package var currency: String?
    package var createdAt: Moment?
    package var supplier: Supplier?
    package var lines: [PurchaseLine]
    package var updatedAt: Moment

    package init(number: PurchaseOrderNumber, progress: PurchaseProgress, lines: [PurchaseLine], updatedAt: Moment) {
        self.number = number
        self.progress = progress
        self.lines = lines
        self.updatedAt = updatedAt
    }
}

package struct Supplier: Hashable, Sendable {
    package var number: String
    package var name: String?
    package var street: String?
    package var street2: String?
    package var city: String?
    package var postCode: String?
    package var country: String?
    package var email: String?
    package var phone: String?
    package var groupNumber: String?
    package var groupName: String?

    package init(number: String, name: String?) {
        self.number = number
        self.name = name
    }
}

package struct PurchaseLine: Hashable, Sendable {
    package var id: LineID
    package var item: ItemNumber?
    package var name: String?
    package var location: LocationNumber?
    package var quantity: Quantity
    package var received: Quantity?
    /// As for ``SalesLine``.
    package var keepsInventory: Bool
    /// As for ``SalesLine``.
    package var isKit = false
    package var lineTotal: Money?
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
