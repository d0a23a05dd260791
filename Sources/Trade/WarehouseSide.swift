import Units

// What the warehouse (Ongoing) is to hold, and what it says it holds.

/// An article as the warehouse is to hold it: every mapped field, already converted. `nil` means: leave it out.
public struct Article: Hashable, Sendable {
    public var number: ItemNumber
    public var name: String?
    public var productCode: String?
    public var description: String?
    public var barcode: String?
    /// With VAT.
    public var customerPrice: Money?
    public var groupCode: String?
    public var groupName: String?
    /// In the unit of the profile's `dimension_unit`.
    public var height: ExactDecimal?
    public var length: ExactDecimal?
    public var width: ExactDecimal?
    /// In kilograms.
    public var weight: ExactDecimal?
    public var isBatchArticle: Bool
    public var isSerialNumberArticle: Bool
    public var pictureURL: String?
    public var supplierNumber: String?
    public var supplierName: String?
    /// `nil`: not said.
    public var isActive: Bool?

    public init(number: ItemNumber) {
        self.number = number
        self.isBatchArticle = false
        self.isSerialNumberArticle = false
    }
}

/// An address as the warehouse is to hold it, with the country as ISO 3166-1 alpha-2.
public struct WarehouseAddress: Hashable, Sendable {
    public var name: String?
    public var address1: String?
    public var address2: String?
    public var city: String?
    public var postCode: String?
    public var countryCode: String?
    public var email: String?
    public var phone: String?

    public init() {}
}

/// A sales order as the warehouse is to hold it. Email and phone of the consignee are to be notified when they are there.
public struct OutboundOrder: Hashable, Sendable {
    /// The number in the warehouse: the order's own, or with a suffix after a cancellation that the warehouse does not take back.
    public var number: OrderNumber
    /// The order's number in the shop.
    public var shopNumber: OrderNumber
    public var deliveryDate: CivilDate
    public var currency: String?
    public var deliveryInstruction: String?
    public var invoiceNumber: String?
    public var reference: String?
    public var termsOfPayment: String?
    public var customerNumber: String?
    public var consignee: WarehouseAddress
    public var invoiceAddress: WarehouseAddress?
    public var lines: [OutboundLine]

    public init(
        number: OrderNumber, shopNumber: OrderNumber, deliveryDate: CivilDate, consignee: WarehouseAddress,
        lines: [OutboundLine]
    ) {
        self.number = number
        self.shopNumber = shopNumber
        self.deliveryDate = deliveryDate
        self.consignee = consignee
        self.lines = lines
    }
}

public struct OutboundLine: Hashable, Sendable {
    public var row: LineID
    public var article: ItemNumber
    public var quantity: Quantity
    /// For the whole line, with VAT: the customer line price and the customs value alike.
    public var totalWithVAT: Money?

    public init(row: LineID, article: ItemNumber, quantity: Quantity, totalWithVAT: Money?) {
        self.row = row
        self.article = article
        self.quantity = quantity
        self.totalWithVAT = totalWithVAT
    }
}

/// A purchase order as the warehouse is to hold it.
public struct InboundOrder: Hashable, Sendable {
    /// The number in the warehouse: the purchase order's own, or with a suffix after a cancellation.
    public var number: PurchaseOrderNumber
    public var shopNumber: PurchaseOrderNumber
    public var remark: String?
    public var reference: String?
    public var orderDate: Moment?
    public var supplierNumber: String?
    public var supplierName: String?
    /// `phone` goes to both telephone and mobile.
    public var supplierAddress: WarehouseAddress?
    /// Only when the setting asks for them.
    public var supplierGroupNumber: String?
    public var supplierGroupName: String?
    public var lines: [InboundLine]

    public init(number: PurchaseOrderNumber, shopNumber: PurchaseOrderNumber, lines: [InboundLine]) {
        self.number = number
        self.shopNumber = shopNumber
        self.lines = lines
    }
}

public struct InboundLine: Hashable, Sendable {
    public var row: LineID
    public var article: ItemNumber
    public var quantity: Quantity
    public var currency: String?
    public var totalWithVAT: Money?

    public init(row: LineID, article: ItemNumber, quantity: Quantity, currency: String?, totalWithVAT: Money?) {
        self.row = row
        self.article = article
        self.quantity = quantity
        self.currency = currency
        self.totalWithVAT = totalWithVAT
    }
}

/// An order as the warehouse says it stands.
public struct WarehouseOrder: Hashable, Sendable {
    public var id: WarehouseID
    public var number: OrderNumber
    /// The goods owner's own id of the order: the number in the shop, when it came from us.
    public var shopNumber: OrderNumber?
    public var status: Int
    public var statusText: String?
    /// The order that this one finishes, when the warehouse split it.
    public var backOrderFor: WarehouseID?
    public var lines: [WarehouseOrderLine]

    public init(id: WarehouseID, number: OrderNumber, status: Int, lines: [WarehouseOrderLine]) {
        self.id = id
        self.number = number
        self.status = status
        self.lines = lines
    }
}

public struct WarehouseOrderLine: Hashable, Sendable {
    public var id: WarehouseID
    /// `nil` for a line that warehouse staff typed in.
    public var row: LineID?
    public var article: ItemNumber?
    public var ordered: Quantity
    /// Cumulative.
    public var picked: Quantity
    /// `nil` until somebody reports.
    public var reported: Quantity?

    public init(id: WarehouseID, row: LineID?, article: ItemNumber?, ordered: Quantity, picked: Quantity, reported: Quantity?) {
        self.id = id
        self.row = row
        self.article = article
        self.ordered = ordered
        self.picked = picked
        self.reported = reported
    }
}

/// A purchase order as the warehouse says it stands.
public struct WarehousePurchaseOrder: Hashable, Sendable {
    public var id: WarehouseID
    public var number: PurchaseOrderNumber
    public var status: Int
    public var statusText: String?
    public var lines: [WarehousePurchaseLine]

    public init(id: WarehouseID, number: PurchaseOrderNumber, status: Int, lines: [WarehousePurchaseLine]) {
        self.id = id
        self.number = number
        self.status = status
        self.lines = lines
    }
}

public struct WarehousePurchaseLine: Hashable, Sendable {
    public var id: WarehouseID
    public var row: LineID?
    public var article: ItemNumber?
    public var advised: Quantity
    /// Cumulative.
    public var received: Quantity
    public var reported: Quantity?

    public init(
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
public struct WarehouseAdjustment: Hashable, Sendable {
    /// The document, which may hold several rows and several articles.
    public var inventory: WarehouseID
    public var articleID: WarehouseID
    public var article: ItemNumber
    /// Negative: removed.
    public var change: Quantity
    public var time: Moment
    public var cause: String?
    public var comment: String?
    public var batch: String?
    public var serial: String?
    public var location: String?

    public init(inventory: WarehouseID, articleID: WarehouseID, article: ItemNumber, change: Quantity, time: Moment) {
        self.inventory = inventory
        self.articleID = articleID
        self.article = article
        self.change = change
        self.time = time
    }
}

/// How many of an article the warehouse holds.
public struct WarehouseStock: Hashable, Sendable {
    public var articleID: WarehouseID
    public var article: ItemNumber
    /// Physically there.
    public var onHand: Quantity
    /// Picked but not reported yet.
    public var pickedToBeReported: Quantity
    /// Received but not reported yet.
    public var receivedToBeReported: Quantity

    public init(
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
