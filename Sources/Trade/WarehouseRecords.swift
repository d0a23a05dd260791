package import Units

// Records of the warehouse (Ongoing): what it is meant to hold, and what it holds.

/// An article for the warehouse: every mapped field, already converted. `nil`: the field is left out.
package struct Article: Hashable, Sendable {
    package var number: ItemNumber
    package var name: String?
    package var productCode: String?
    package var description: String?
    package var barcode: String?
    /// With VAT.
    package var customerPrice: Money?
    package var groupCode: String?
    package var groupName: String?
    /// In the unit of the profile's `dimension_unit`.
    package var height: ExactDecimal?
    package var length: ExactDecimal?
    package var width: ExactDecimal?
    /// In kilograms.
    package var weight: ExactDecimal?
    package var isBatchArticle: Bool
    package var isSerialNumberArticle: Bool
    package var pictureURL: String?
    package var supplierNumber: String?
    package var supplierName: String?
    /// `nil`: left out.
    package var isActive: Bool?

    package init(number: ItemNumber) {
        self.number = number
        self.isBatchArticle = false
        self.isSerialNumberArticle = false
    }
}

/// An address for the warehouse, with the country as ISO 3166-1 alpha-2.
package struct WarehouseAddress: Hashable, Sendable {
    package var name: String?
    package var address1: String?
    package var address2: String?
    package var city: String?
    package var postCode: String?
    package var countryCode: String?
    package var email: String?
    package var phone: String?

    package init() {}
}

/// A sales order for the warehouse. Email and phone of the consignee are notified when present.
package struct OutboundOrder: Hashable, Sendable {
    /// The number in the warehouse: the order's own, or with a suffix after a cancellation that the warehouse cannot undo.
    package var number: OrderNumber
    /// The order's number in Rackbeat.
    package var erpNumber: OrderNumber
    package var deliveryDate: CivilDate
    package var currency: String?
    package var deliveryInstruction: String?
    package var invoiceNumber: String?
    package var reference: String?
    package var termsOfPayment: String?
    package var customerNumber: String?
    package var consignee: WarehouseAddress
    package var invoiceAddress: WarehouseAddress?
    package var lines: [OutboundLine]

    package init(
        number: OrderNumber, erpNumber: OrderNumber, deliveryDate: CivilDate, consignee: WarehouseAddress,
        lines: [OutboundLine]
    ) {
        self.number = number
        self.erpNumber = erpNumber
        self.deliveryDate = deliveryDate
        self.consignee = consignee
        self.lines = lines
    }
}

package struct OutboundLine: Hashable, Sendable {
    package var row: LineID
    package var article: ItemNumber
    package var quantity: Quantity
    /// For the whole line, with VAT: the customer line price and the customs value alike.
    package var totalWithVAT: Money?

    package init(row: LineID, article: ItemNumber, quantity: Quantity, totalWithVAT: Money?) {
        self.row = row
        self.article = article
        self.quantity = quantity
        self.totalWithVAT = totalWithVAT
    }
}

/// A purchase order for the warehouse.
package struct InboundOrder: Hashable, Sendable {
    /// The number in the warehouse: the purchase order's own, or with a suffix after a cancellation.
    package var number: PurchaseOrderNumber
    package var erpNumber: PurchaseOrderNumber
    package var remark: String?
    package var reference: String?
    package var orderDate: Moment?
    package var supplierNumber: String?
    package var supplierName: String?
    /// `phone` goes to both telephone and mobile.
    package var supplierAddress: WarehouseAddress?
    /// Only when the setting asks for them.
    package var supplierGroupNumber: String?
    package var supplierGroupName: String?
    package var lines: [InboundLine]

    package init(number: PurchaseOrderNumber, erpNumber: PurchaseOrderNumber, lines: [InboundLine]) {
        self.number = number
        self.erpNumber = erpNumber
        self.lines = lines
    }
}

package struct InboundLine: Hashable, Sendable {
    package var row: LineID
    package var article: ItemNumber
    package var quantity: Quantity
    package var currency: String?
    package var totalWithVAT: Money?

    package init(row: LineID, article: ItemNumber, quantity: Quantity, currency: String?, totalWithVAT: Money?) {
        self.row = row
        self.article = article
        self.quantity = quantity
        self.currency = currency
        self.totalWithVAT = totalWithVAT
    }
}

/// An order as the warehouse holds it.
package struct WarehouseOrder: Hashable, Sendable {
    package var id: WarehouseID
    package var number: OrderNumber
    /// The goods owner's own id of the order: its number in Rackbeat, when it came from us.
    package var erpNumber: OrderNumber?
    package var status: Int
    package var statusText: String?
    /// The order that this back order completes, when the warehouse split it.
    package var backOrderFor: WarehouseID?
    /// The newest moment that it shows, where the responses tell no time by themselves.
    package var newestTime: Moment?
    package var lines: [WarehouseOrderLine]

    package init(id: WarehouseID, number: OrderNumber, status: Int, lines: [WarehouseOrderLine]) {
        self.id = id
        self.number = number
        self.status = status
        self.lines = lines
    }
}

package struct WarehouseOrderLine: Hashable, Sendable {
    package var id: WarehouseID
    /// `nil` for a line that warehouse staff typed in.
    package var row: LineID?
    package var article: ItemNumber?
    package var ordered: Quantity
    /// Cumulative.
    package var picked: Quantity
    /// `nil` until somebody reports.
    package var reported: Quantity?
    /// Of what was picked, what the customer sent back; cumulative.
    package var returned = Quantity.zero

    package init(id: WarehouseID, row: LineID?, article: ItemNumber?, ordered: Quantity, picked: Quantity, reported: Quantity?) {
        self.id = id
        self.row = row
        self.article = article
        self.ordered = ordered
        self.picked = picked
        self.reported = reported
    }
}

/// A purchase order as the warehouse holds it.
package struct WarehousePurchaseOrder: Hashable, Sendable {
    package var id: WarehouseID
    package var number: PurchaseOrderNumber
    package var status: Int
    package var statusText: String?
    /// The newest moment that it shows, where the responses tell no time by themselves.
    package var newestTime: Moment?
    package var lines: [WarehousePurchaseLine]

    package init(id: WarehouseID, number: PurchaseOrderNumber, status: Int, lines: [WarehousePurchaseLine]) {
        self.id = id
        self.number = number
        self.status = status
        self.lines = lines
    }
}

package struct WarehousePurchaseLine: Hashable, Sendable {
    package var id: WarehouseID
    package var row: LineID?
    package var article: ItemNumber?
    package var advised: Quantity
    /// Cumulative.
    package var received: Quantity
    package var reported: Quantity?

    package init(
        id: WarehouseID, row: LineID?, article: ItemNumber?, advised: Quantity, received: Quantity, reported: Quantity?
    ) {
        self.id = id
        self.row = row
        self.article = article
        self.advised = advised
        self.received = received
        self.reported = reported
    }
}

/// One row of an inventory adjustment in the warehouse. Rows carry no id of their own.
package struct WarehouseAdjustment: Hashable, Sendable {
    /// The document, which may hold several rows and several articles.
    package var inventory: WarehouseID
    package var articleID: WarehouseID
    package var article: ItemNumber
    /// Negative: removed.
    package var change: Quantity
    package var time: Moment
    package var cause: String?
    package var comment: String?
    package var batch: String?
    package var serial: String?
    package var location: String?

    package init(inventory: WarehouseID, articleID: WarehouseID, article: ItemNumber, change: Quantity, time: Moment) {
        self.inventory = inventory
        self.articleID = articleID
        self.article = article
        self.change = change
        self.time = time
    }
}

/// What a comparison needs of an article as the warehouse lists it.
package struct WarehouseArticle: Hashable, Sendable {
    package var id: WarehouseID
    package var number: ItemNumber
    package var name: String?
    package var isActive = true
    package var isBatchArticle = false
    package var isSerialNumberArticle = false
    /// Physically there.
    package var onHand = Quantity.zero
    /// Picked but not reported yet.
    package var pickedToBeReported = Quantity.zero
    /// Received but not reported yet.
    package var receivedToBeReported = Quantity.zero

    package init(id: WarehouseID, number: ItemNumber) {
        self.id = id
        self.number = number
    }
}

/// How many of an article the warehouse holds.
package struct WarehouseStock: Hashable, Sendable {
    package var articleID: WarehouseID
    package var article: ItemNumber
    /// Physically there.
    package var onHand: Quantity
    /// Picked but not reported yet.
    package var pickedToBeReported: Quantity
    /// Received but not reported yet.
    package var receivedToBeReported: Quantity

    package init(
        articleID: WarehouseID, article: ItemNumber, onHand: Quantity, pickedToBeReported: Quantity,
        receivedToBeReported: Quantity
    ) {
        self.articleID = articleID
        self.article = article
        self.onHand = onHand
        self.pickedToBeReported = pickedToBeReported
        self.receivedToBeReported = receivedToBeReported
    }
}
