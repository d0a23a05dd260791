package import Units

// Records of Rackbeat in the trade's terms. Texts are as Rackbeat holds them, untrimmed; absent and null are both `nil`.

/// A product in the catalogue.
package struct Product: Hashable, Sendable {
    package var number: ItemNumber
    package var name: String?
    package var description: String?
    package var barcode: String?
    /// Without VAT, for one unit.
    package var netSalesPrice: Money?
    /// With VAT, when the account exposes it.
    package var grossSalesPrice: Money?
    package var group: ProductGroup?
    package var height: Measure?
    package var width: Measure?
    /// Rackbeat calls it depth.
    package var length: Measure?
    package var weight: Measure?
    package var isBatchControlled: Bool
    package var isSerialNumbered: Bool
    package var pictureURL: String?
    package var supplierNumber: String?
    package var supplierName: String?
    package var isBarred: Bool
    /// Whether stock is kept of it at all.
    package var keepsInventory: Bool
    package var defaultLocation: LocationNumber?
    package var updatedAt: Moment

    package init(number: ItemNumber, updatedAt: Moment) {
        self.number = number
        self.isBatchControlled = false
        self.isSerialNumbered = false
        self.isBarred = false
        self.keepsInventory = true
        self.updatedAt = updatedAt
    }
}

package struct ProductGroup: Hashable, Sendable {
    package var number: String
    package var name: String?
    /// Per cent of the net price, such as 25.
    package var vatDomestic: ExactDecimal?

    package init(number: String, name: String?, vatDomestic: ExactDecimal?) {
        self.number = number
        self.name = name
        self.vatDomestic = vatDomestic
    }
}

/// A length or a weight with the unit it was written in, such as 9 `cm`.
package struct Measure: Hashable, Sendable {
    package var value: ExactDecimal
    package var unit: String?

    package init(value: ExactDecimal, unit: String?) {
        self.value = value
        self.unit = unit
    }
}

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

/// Where a sales order stands. Rackbeat's row of flags, read once.
package enum OrderProgress: String, Hashable, Sendable {
    case draft, booked, partlyShipped, shipped, cancelled
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
    /// `false` only when the line says that its item keeps no stock.
    package var keepsInventory: Bool
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

/// Where a purchase order stands.
package enum PurchaseProgress: String, Hashable, Sendable {
    case draft, booked, partlyReceived, received, cancelled
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
    package var keepsInventory: Bool
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

/// A shipment of a sales order, or a draft of one. Stock leaves when it is marked as shipped.
package struct Shipment: Hashable, Sendable {
    package var id: DocumentID
    package var order: OrderNumber
    package var isShipped: Bool
    package var lines: [ShipmentLine]

    package init(id: DocumentID, order: OrderNumber, isShipped: Bool, lines: [ShipmentLine]) {
        self.id = id
        self.order = order
        self.isShipped = isShipped
        self.lines = lines
    }
}

/// A receipt of a purchase order, or a draft of one. Stock arrives when it is marked as received.
package struct Receipt: Hashable, Sendable {
    /// Rackbeat's number of the receipt.
    package var id: DocumentID
    package var order: PurchaseOrderNumber
    package var isReceived: Bool
    package var lines: [ShipmentLine]

    package init(id: DocumentID, order: PurchaseOrderNumber, isReceived: Bool, lines: [ShipmentLine]) {
        self.id = id
        self.order = order
        self.isReceived = isReceived
        self.lines = lines
    }
}

/// A line of a shipment or of a receipt.
package struct ShipmentLine: Hashable, Sendable {
    /// The line's own id, by which it is edited.
    package var id: DocumentID
    /// The line of the order or purchase order; `nil` when the account does not say.
    package var orderLine: LineID?
    package var item: ItemNumber?
    package var location: LocationNumber?
    package var quantity: Quantity

    package init(id: DocumentID, orderLine: LineID?, item: ItemNumber?, location: LocationNumber?, quantity: Quantity) {
        self.id = id
        self.orderLine = orderLine
        self.item = item
        self.location = location
        self.quantity = quantity
    }
}

/// A correction of stock in Rackbeat, or a draft of one.
package struct StockAdjustment: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package var item: ItemNumber?
        package var location: LocationNumber?
        /// The change that booking makes, as the profile's `adjustment.line_quantity` says.
        package var quantity: Quantity

        package init(item: ItemNumber?, location: LocationNumber?, quantity: Quantity) {
            self.item = item
            self.location = location
            self.quantity = quantity
        }
    }

    package var id: DocumentID
    package var reason: String?
    package var lines: [Line]

    package init(id: DocumentID, reason: String?, lines: [Line]) {
        self.id = id
        self.reason = reason
        self.lines = lines
    }
}

/// One movement in an item's stock ledger.
package struct LedgerEntry: Hashable, Sendable {
    package var location: LocationNumber?
    package var change: Quantity
    /// What moved it: `inventory_adjustment`, `order_shipment`, `purchase_order_receipt` or another word of the account's.
    package var kind: String
    package var document: DocumentID?

    package init(location: LocationNumber?, change: Quantity, kind: String, document: DocumentID?) {
        self.location = location
        self.change = change
        self.kind = kind
        self.document = document
    }
}

/// The account that a token belongs to.
package struct ERPAccount: Hashable, Sendable {
    package var number: Int
    package var companyName: String?

    package init(number: Int, companyName: String?) {
        self.number = number
        self.companyName = companyName
    }
}

package struct ERPLocation: Hashable, Sendable {
    package var number: LocationNumber
    package var name: String?

    package init(number: LocationNumber, name: String?) {
        self.number = number
        self.name = name
    }
}
