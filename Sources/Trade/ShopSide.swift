import Units

// What the shop (Rackbeat) says, read into the trade's terms. Texts are as the shop holds them, untrimmed; absent and null are
// both `nil`.

/// A product in the shop's catalogue.
public struct Product: Hashable, Sendable {
    public var number: ItemNumber
    public var name: String?
    public var description: String?
    public var barcode: String?
    /// Without VAT, for one unit.
    public var netSalesPrice: Money?
    /// With VAT, when the account exposes it.
    public var grossSalesPrice: Money?
    public var group: ProductGroup?
    public var height: Measure?
    public var width: Measure?
    /// Rackbeat calls it depth.
    public var length: Measure?
    public var weight: Measure?
    public var isBatchControlled: Bool
    public var isSerialNumbered: Bool
    public var pictureURL: String?
    public var supplierNumber: String?
    public var supplierName: String?
    public var isBarred: Bool
    /// Whether stock is kept of it at all.
    public var keepsInventory: Bool
    public var defaultLocation: LocationNumber?
    public var updatedAt: Moment

    public init(number: ItemNumber, updatedAt: Moment) {
        self.number = number
        self.isBatchControlled = false
        self.isSerialNumbered = false
        self.isBarred = false
        self.keepsInventory = true
        self.updatedAt = updatedAt
    }
}

public struct ProductGroup: Hashable, Sendable {
    public var number: String
    public var name: String?
    /// Per cent of the net price, such as 25.
    public var vatDomestic: ExactDecimal?

    public init(number: String, name: String?, vatDomestic: ExactDecimal?) {
        self.number = number
        self.name = name
        self.vatDomestic = vatDomestic
    }
}

/// A length or a weight with the unit it was written in, such as 9 `cm`.
public struct Measure: Hashable, Sendable {
    public var value: ExactDecimal
    public var unit: String?

    public init(value: ExactDecimal, unit: String?) {
        self.value = value
        self.unit = unit
    }
}

public struct Address: Hashable, Sendable {
    public var name: String?
    public var name2: String?
    public var street: String?
    public var street2: String?
    public var city: String?
    public var postCode: String?
    /// A code or a name in some language.
    public var country: String?
    public var email: String?
    public var phone: String?

    public init() {}
}

/// Where a sales order stands. Rackbeat's row of flags, read once.
public enum OrderProgress: String, Hashable, Sendable {
    case draft, booked, partlyShipped, shipped, cancelled
}

public struct SalesOrder: Hashable, Sendable {
    public var number: OrderNumber
    public var progress: OrderProgress
    public var currency: String?
    public var deliverAt: CivilDate?
    public var deliveryTerms: String?
    public var ourReferenceName: String?
    public var ourReferenceNumber: String?
    public var paymentTermsName: String?
    public var paymentTermsDescription: String?
    public var paymentTermsNumber: String?
    public var customerNumber: String?
    public var customerName: String?
    public var deliveryAddress: Address?
    public var billingAddress: Address?
    public var lines: [SalesLine]
    public var updatedAt: Moment

    public init(number: OrderNumber, progress: OrderProgress, lines: [SalesLine], updatedAt: Moment) {
        self.number = number
        self.progress = progress
        self.lines = lines
        self.updatedAt = updatedAt
    }
}

public struct SalesLine: Hashable, Sendable {
    public var id: LineID
    /// `nil` for a line of text.
    public var item: ItemNumber?
    public var name: String?
    public var location: LocationNumber?
    public var quantity: Quantity
    public var shipped: Quantity?
    /// `false` only when the line says that its item keeps no stock.
    public var keepsInventory: Bool
    /// For the whole line, without VAT.
    public var lineTotal: Money?
    /// For the whole line, with VAT, when the account exposes it.
    public var lineTotalWithVAT: Money?
    public var vatPercent: ExactDecimal?

    public init(id: LineID, item: ItemNumber?, location: LocationNumber?, quantity: Quantity) {
        self.id = id
        self.item = item
        self.location = location
        self.quantity = quantity
        self.keepsInventory = true
    }
}

/// Where a purchase order stands.
public enum PurchaseProgress: String, Hashable, Sendable {
    case draft, booked, partlyReceived, received, cancelled
}

public struct PurchaseOrder: Hashable, Sendable {
    public var number: PurchaseOrderNumber
    public var progress: PurchaseProgress
    public var note: String?
    public var yourReference: String?
    public var currency: String?
    public var createdAt: Moment?
    public var supplier: Supplier?
    public var lines: [PurchaseLine]
    public var updatedAt: Moment

    public init(number: PurchaseOrderNumber, progress: PurchaseProgress, lines: [PurchaseLine], updatedAt: Moment) {
        self.number = number
        self.progress = progress
        self.lines = lines
        self.updatedAt = updatedAt
    }
}

public struct Supplier: Hashable, Sendable {
    public var number: String
    public var name: String?
    public var street: String?
    public var street2: String?
    public var city: String?
    public var postCode: String?
    public var country: String?
    public var email: String?
    public var phone: String?
    public var groupNumber: String?
    public var groupName: String?

    public init(number: String, name: String?) {
        self.number = number
        self.name = name
    }
}

public struct PurchaseLine: Hashable, Sendable {
    public var id: LineID
    public var item: ItemNumber?
    public var name: String?
    public var location: LocationNumber?
    public var quantity: Quantity
    public var received: Quantity?
    public var keepsInventory: Bool
    public var lineTotal: Money?
    public var lineTotalWithVAT: Money?
    public var vatPercent: ExactDecimal?

    public init(id: LineID, item: ItemNumber?, location: LocationNumber?, quantity: Quantity) {
        self.id = id
        self.item = item
        self.location = location
        self.quantity = quantity
        self.keepsInventory = true
    }
}

/// A shipment of a sales order, or a draft of one. Stock leaves when it is marked as shipped.
public struct Shipment: Hashable, Sendable {
    public var id: DocumentID
    public var order: OrderNumber
    public var isShipped: Bool
    public var lines: [ShipmentLine]

    public init(id: DocumentID, order: OrderNumber, isShipped: Bool, lines: [ShipmentLine]) {
        self.id = id
        self.order = order
        self.isShipped = isShipped
        self.lines = lines
    }
}

/// A receipt of a purchase order, or a draft of one. Stock arrives when it is marked as received.
public struct Receipt: Hashable, Sendable {
    /// Rackbeat's number of the receipt.
    public var id: DocumentID
    public var order: PurchaseOrderNumber
    public var isReceived: Bool
    public var lines: [ShipmentLine]

    public init(id: DocumentID, order: PurchaseOrderNumber, isReceived: Bool, lines: [ShipmentLine]) {
        self.id = id
        self.order = order
        self.isReceived = isReceived
        self.lines = lines
    }
}

/// A line of a shipment or of a receipt.
public struct ShipmentLine: Hashable, Sendable {
    /// The line's own id, by which it is edited.
    public var id: DocumentID
    /// The line of the order or purchase order; `nil` when the account does not say.
    public var orderLine: LineID?
    public var item: ItemNumber?
    public var location: LocationNumber?
    public var quantity: Quantity

    public init(id: DocumentID, orderLine: LineID?, item: ItemNumber?, location: LocationNumber?, quantity: Quantity) {
        self.id = id
        self.orderLine = orderLine
        self.item = item
        self.location = location
        self.quantity = quantity
    }
}

/// A correction of stock in the shop's books, or a draft of one.
public struct StockAdjustment: Hashable, Sendable {
    public struct Line: Hashable, Sendable {
        public var item: ItemNumber?
        public var location: LocationNumber?
        /// The change that booking makes, as the profile's `adjustment.line_quantity` says.
        public var quantity: Quantity

        public init(item: ItemNumber?, location: LocationNumber?, quantity: Quantity) {
            self.item = item
            self.location = location
            self.quantity = quantity
        }
    }

    public var id: DocumentID
    public var reason: String?
    public var lines: [Line]

    public init(id: DocumentID, reason: String?, lines: [Line]) {
        self.id = id
        self.reason = reason
        self.lines = lines
    }
}

/// One movement in an item's ledger in the shop.
public struct LedgerEntry: Hashable, Sendable {
    public var location: LocationNumber?
    public var change: Quantity
    /// What moved it: `inventory_adjustment`, `order_shipment`, `purchase_order_receipt` or another word of the account's.
    public var kind: String
    public var document: DocumentID?

    public init(location: LocationNumber?, change: Quantity, kind: String, document: DocumentID?) {
        self.location = location
        self.change = change
        self.kind = kind
        self.document = document
    }
}

/// Who the shop says we are.
public struct ShopAccount: Hashable, Sendable {
    public var number: Int
    public var companyName: String?

    public init(number: Int, companyName: String?) {
        self.number = number
        self.companyName = companyName
    }
}

public struct ShopLocation: Hashable, Sendable {
    public var number: LocationNumber
    public var name: String?

    public init(number: LocationNumber, name: String?) {
        self.number = number
        self.name = name
    }
}
