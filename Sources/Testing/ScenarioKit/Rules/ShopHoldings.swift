import FakeKit
import Units

/// What Rackbeat holds at the end of a run, as the rules read it.
///
/// A copy in plain values, so that a rule can be tried on documents that no fake would make.
public struct ShopHoldings: Sendable {
    public var products: [Product] = []
    public var orders: [Order] = []
    public var purchaseOrders: [PurchaseOrder] = []
    public var shipments: [Shipment] = []
    public var receipts: [Receipt] = []
    public var adjustments: [Adjustment] = []
    /// A place is a location's number.
    public var movements: [StockLedger.Entry] = []
    public var stock: [StockPosition] = []
    /// Where the ledger does not add up.
    public var imbalances: [StockImbalance] = []
    /// Every location with the one it lies in.
    public var locations: [Location] = []

    public init() {}

    public struct Location: Sendable, Equatable {
        public var number: String
        public var parent: String?

        public init(number: String, parent: String? = nil) {
            self.number = number
            self.parent = parent
        }
    }

    public struct Product: Sendable, Equatable {
        public var number: String
        public var name: String?
        public var description: String?
        public var barcode: String?
        /// Net of VAT.
        public var salesPrice: ExactDecimal?
        public var group: Group?
        public var height: ExactDecimal?
        public var width: ExactDecimal?
        public var depth: ExactDecimal?
        public var sizeUnit: String?
        public var weight: ExactDecimal?
        public var weightUnit: String?
        public var isBatch = false
        public var isSerial = false
        public var pictureURL: String?
        public var originalPictureURL: String?
        public var supplierNumber: String?
        public var supplierName: String?
        public var isBarred = false
        public var isDeleted = false
        public var keepsInventory = true
        public var updatedAt: Moment

        public init(number: String, updatedAt: Moment) {
            self.number = number
            self.updatedAt = updatedAt
        }
    }

    public struct Group: Sendable, Equatable {
        public var number: String
        public var name: String?
        /// In percent.
        public var vat: ExactDecimal

        public init(number: String, name: String?, vat: ExactDecimal) {
            self.number = number
            self.name = name
            self.vat = vat
        }
    }

    public struct Address: Sendable, Equatable {
        public var name: String?
        public var name2: String?
        public var street: String?
        public var street2: String?
        public var zipcode: String?
        public var city: String?
        public var country: String?
        public var email: String?
        public var phone: String?

        public init() {}
    }

    public enum State: Sendable, Equatable {
        case draft
        /// Nothing, some or all of it shipped or received.
        case booked(isComplete: Bool)
        case cancelled
        case deleted
    }

    public struct Line: Sendable, Equatable {
        public var id: String
        /// `nil`: a line of text.
        public var item: String?
        /// As the line names it.
        public var location: String?
        /// Where the item lies when the line names no location.
        public var defaultLocation: String?
        public var quantity: ExactDecimal
        /// Net, after discount.
        public var total: ExactDecimal
        /// In percent.
        public var vat: ExactDecimal
        public var keepsInventory: Bool
        /// Shipped or received so far, as the document says.
        public var done: ExactDecimal

        public init(
            id: String, item: String?, location: String?, quantity: ExactDecimal, total: ExactDecimal, vat: ExactDecimal,
            keepsInventory: Bool = true, done: ExactDecimal = .zero
        ) {
            self.id = id
            self.item = item
            self.location = location
            self.quantity = quantity
            self.total = total
            self.vat = vat
            self.keepsInventory = keepsInventory
            self.done = done
        }
    }

    public struct Order: Sendable, Equatable {
        public var number: String
        public var state: State
        public var currency: String?
        public var deliverAt: CivilDate?
        public var deliveryTerms: String?
        public var ourReferenceName: String?
        public var ourReferenceNumber: String?
        /// Name, else description, else number: the first that is there.
        public var paymentTerms: String?
        public var customerNumber: String?
        public var delivery = Address()
        public var billing = Address()
        public var lines: [Line]
        public var updatedAt: Moment

        public init(number: String, state: State, lines: [Line], updatedAt: Moment) {
            self.number = number
            self.state = state
            self.lines = lines
            self.updatedAt = updatedAt
        }
    }

    public struct PurchaseOrder: Sendable, Equatable {
        public var number: String
        public var state: State
        public var currency: String?
        public var note: String?
        public var yourReference: String?
        /// By Rackbeat's own clock.
        public var createdAt: Moment
        public var supplierNumber: String?
        public var supplierName: String?
        public var supplier = Address()
        public var supplierGroupNumber: String?
        public var supplierGroupName: String?
        public var lines: [Line]
        public var updatedAt: Moment

        public init(number: String, state: State, lines: [Line], createdAt: Moment, updatedAt: Moment) {
            self.number = number
            self.state = state
            self.lines = lines
            self.createdAt = createdAt
            self.updatedAt = updatedAt
        }
    }

    public struct MovedLine: Sendable, Equatable {
        /// The line of the order or purchase order; `nil` for goods that were not ordered.
        public var orderLine: String?
        public var item: String
        public var location: String
        public var quantity: ExactDecimal

        public init(orderLine: String?, item: String, location: String, quantity: ExactDecimal) {
            self.orderLine = orderLine
            self.item = item
            self.location = location
            self.quantity = quantity
        }
    }

    public struct Shipment: Sendable, Equatable {
        public var id: Int
        public var order: String
        /// `nil`: a draft.
        public var shippedAt: Moment?
        public var lines: [MovedLine]

        public init(id: Int, order: String, shippedAt: Moment?, lines: [MovedLine]) {
            self.id = id
            self.order = order
            self.shippedAt = shippedAt
            self.lines = lines
        }
    }

    public struct Receipt: Sendable, Equatable {
        public var number: Int
        public var purchaseOrder: String
        /// `nil`: a draft.
        public var receivedAt: Moment?
        public var lines: [MovedLine]

        public init(number: Int, purchaseOrder: String, receivedAt: Moment?, lines: [MovedLine]) {
            self.number = number
            self.purchaseOrder = purchaseOrder
            self.receivedAt = receivedAt
            self.lines = lines
        }
    }

    public struct Adjustment: Sendable, Equatable {
        public var id: Int
        public var item: String
        public var location: String
        /// By how much it changed stock; `nil`: a draft.
        public var change: ExactDecimal?
        public var reason: String
        /// The office counted by hand.
        public var isByHand: Bool

        public init(id: Int, item: String, location: String, change: ExactDecimal?, reason: String, isByHand: Bool) {
            self.id = id
            self.item = item
            self.location = location
            self.change = change
            self.reason = reason
            self.isByHand = isByHand
        }
    }
}

/// What lies of one item at one place.
public struct StockPosition: Sendable, Equatable {
    public var item: String
    public var place: String
    public var stock: ExactDecimal

    public init(item: String, place: String, stock: ExactDecimal) {
        self.item = item
        self.place = place
        self.stock = stock
    }
}

/// A place where the stock on hand is not the sum of the ledger's entries.
public struct StockImbalance: Sendable, Equatable {
    public var item: String
    public var place: String
    public var stock: ExactDecimal
    public var sum: ExactDecimal

    public init(item: String, place: String, stock: ExactDecimal, sum: ExactDecimal) {
        self.item = item
        self.place = place
        self.stock = stock
        self.sum = sum
    }
}
