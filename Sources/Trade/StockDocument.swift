package import Units

/// A shipment of a sales order, or a draft of one. Stock leaves when it is marked as shipped.
package struct Shipment: Hashable, Sendable {
    package var id: DocumentID
    package var order: OrderNumber
    package var isShipped: Bool
    package var lines: [ShipmentLine]
    /// By Rackbeat's clock; `nil` when the account does not say.
    package var createdAt: Moment?

    package init(id: DocumentID, order: OrderNumber, isShipped: Bool, lines: [ShipmentLine], createdAt: Moment? = nil) {
        self.id = id
        self.order = order
        self.isShipped = isShipped
        self.lines = lines
        self.createdAt = createdAt
    }
}

/// A receipt of a purchase order, or a draft of one. Stock arrives when it is marked as received.
package struct Receipt: Hashable, Sendable {
    /// Rackbeat's number of the receipt.
    package var id: DocumentID
    package var order: PurchaseOrderNumber
    package var isReceived: Bool
    package var lines: [ShipmentLine]
    /// By Rackbeat's clock; `nil` when the account does not say.
    package var createdAt: Moment?

    package init(id: DocumentID, order: PurchaseOrderNumber, isReceived: Bool, lines: [ShipmentLine], createdAt: Moment? = nil) {
        self.id = id
        self.order = order
        self.isReceived = isReceived
        self.lines = lines
        self.createdAt = createdAt
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

    /// Whether a booked adjustment moved it. The word of the ledger for that is assumed (`ledger.shape`).
    package var isOfAdjustment: Bool { kind == "inventory_adjustment" }

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
