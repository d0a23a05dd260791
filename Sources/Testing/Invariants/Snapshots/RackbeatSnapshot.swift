package import Units

/// What Rackbeat holds at the end of a run, as the invariants read it.
///
/// A copy in plain values, so that an invariant can be tested on documents that no fake would make.
package struct RackbeatSnapshot: Sendable, Equatable {
    package var products: [Product] = []
    package var orders: [Order] = []
    package var purchaseOrders: [PurchaseOrder] = []
    package var shipments: [Shipment] = []
    package var receipts: [Receipt] = []
    package var adjustments: [Adjustment] = []
    /// A place is a location's number.
    package var movements: [LedgerMovement] = []
    package var stock: [StockPosition] = []
    /// Where stock differs from the sum of its movements.
    package var imbalances: [StockImbalance] = []
    /// Every location with the one it is in.
    package var locations: [Location] = []

    package init() {}

    package struct Location: Sendable, Equatable {
        package var number: String
        package var parent: String?

        package init(number: String, parent: String? = nil) {
            self.number = number
            self.parent = parent
        }
    }

    package struct Product: Sendable, Equatable {
        package var number: String
        package var name: String?
        package var description: String?
        package var barcode: String?
        /// Net of VAT.
        package var salesPrice: ExactDecimal?
        package var group: Group?
        package var height: ExactDecimal?
        package var width: ExactDecimal?
        package var depth: ExactDecimal?
        package var sizeUnit: String?
        package var weight: ExactDecimal?
        package var weightUnit: String?
        package var isBatch = false
        package var isSerial = false
        package var pictureURL: String?
        package var originalPictureURL: String?
        package var supplierNumber: String?
        package var supplierName: String?
        package var isBarred = false
        package var isDeleted = false
        package var keepsInventory = true
        package var updatedAt: Moment

        package init(number: String, updatedAt: Moment) {
            self.number = number
            self.updatedAt = updatedAt
        }
    }

    package struct Group: Sendable, Equatable {
        package var number: String
        package var name: String?
        /// In percent.
        package var vat: ExactDecimal

        package init(number: String, name: String?, vat: ExactDecimal) {
            self.number = number
            self.name = name
            self.vat = vat
        }
    }

    package struct Address: Sendable, Equatable {
        package var name: String?
        package var name2: String?
        package var street: String?
        package var street2: String?
        package var zipcode: String?
        package var city: String?
        package var country: String?
        package var email: String?
        package var phone: String?

        package init() {}
    }

    package enum State: Sendable, Equatable {
        case draft
        /// Nothing, some or all of it shipped or received.
        case booked(isComplete: Bool)
        case cancelled
        case deleted
    }

    package struct Line: Sendable, Equatable {
        package var id: String
        /// `nil` for a line of text.
        package var item: String?
        /// As on the line.
        package var location: String?
        /// The item's location, for a line without one.
        package var defaultLocation: String?
        package var quantity: ExactDecimal
        /// Net, after discount.
        package var total: ExactDecimal
        /// In percent.
        package var vat: ExactDecimal
        package var keepsInventory: Bool
        /// Shipped or received so far, by the document.
        package var moved: ExactDecimal

        package init(
            id: String, item: String?, location: String?, quantity: ExactDecimal, total: ExactDecimal, vat: ExactDecimal,
            keepsInventory: Bool = true, moved: ExactDecimal = .zero
        ) {
            self.id = id
            self.item = item
            self.location = location
            self.quantity = quantity
            self.total = total
            self.vat = vat
            self.keepsInventory = keepsInventory
            self.moved = moved
        }
    }

    package struct Order: Sendable, Equatable {
        package var number: String
        package var state: State
        package var currency: String?
        package var deliverAt: CivilDate?
        package var deliveryTerms: String?
        package var ourReferenceName: String?
        package var ourReferenceNumber: String?
        /// Name, else description, else number.
        package var paymentTerms: String?
        package var customerNumber: String?
        package var delivery = Address()
        package var billing = Address()
        package var lines: [Line]
        package var updatedAt: Moment

        package init(number: String, state: State, lines: [Line], updatedAt: Moment) {
            self.number = number
            self.state = state
            self.lines = lines
            self.updatedAt = updatedAt
        }
    }

    package struct PurchaseOrder: Sendable, Equatable {
        package var number: String
        package var state: State
        package var currency: String?
        package var note: String?
        package var yourReference: String?
        /// By Rackbeat's own clock.
        package var createdAt: Moment
        package var supplierNumber: String?
        package var supplierName: String?
        package var supplier = Address()
        package var supplierGroupNumber: String?
        package var supplierGroupName: String?
        package var lines: [Line]
        package var updatedAt: Moment

        package init(number: String, state: State, lines: [Line], createdAt: Moment, updatedAt: Moment) {
            self.number = number
            self.state = state
            self.lines = lines
            self.createdAt = createdAt
            self.updatedAt = updatedAt
        }
    }

    package struct MovedLine: Sendable, Equatable {
        /// The line of the order or purchase order; `nil` for goods beyond the order.
        package var orderLine: String?
        package var item: String
        package var location: String
        package var quantity: ExactDecimal

        package init(orderLine: String?, item: String, location: String, quantity: ExactDecimal) {
            self.orderLine = orderLine
            self.item = item
            self.location = location
            self.quantity = quantity
        }
    }

    package struct Shipment: Sendable, Equatable {
        package var id: Int
        package var order: String
        /// `nil` for a draft.
        package var shippedAt: Moment?
        package var lines: [MovedLine]

        package init(id: Int, order: String, shippedAt: Moment?, lines: [MovedLine]) {
            self.id = id
            self.order = order
            self.shippedAt = shippedAt
            self.lines = lines
        }
    }

    package struct Receipt: Sendable, Equatable {
        package var number: Int
        package var purchaseOrder: String
        /// `nil` for a draft.
        package var receivedAt: Moment?
        package var lines: [MovedLine]

        package init(number: Int, purchaseOrder: String, receivedAt: Moment?, lines: [MovedLine]) {
            self.number = number
            self.purchaseOrder = purchaseOrder
            self.receivedAt = receivedAt
            self.lines = lines
        }
    }

    package struct Adjustment: Sendable, Equatable {
        package var id: Int
        package var item: String
        package var location: String
        /// By how much it changed stock; `nil` for a draft.
        package var change: ExactDecimal?
        package var reason: String
        /// Made by an ERP user.
        package var isByHand: Bool

        package init(id: Int, item: String, location: String, change: ExactDecimal?, reason: String, isByHand: Bool) {
            self.id = id
            self.item = item
            self.location = location
            self.change = change
            self.reason = reason
            self.isByHand = isByHand
        }
    }
}

/// The stock of one item at one place.
package struct StockPosition: Sendable, Equatable {
    package var item: String
    package var place: String
    package var stock: ExactDecimal

    package init(item: String, place: String, stock: ExactDecimal) {
        self.item = item
        self.place = place
        self.stock = stock
    }
}

/// A place where stock differs from the sum of its movements.
package struct StockImbalance: Sendable, Equatable {
    package var item: String
    package var place: String
    package var stock: ExactDecimal
    package var sum: ExactDecimal

    package init(item: String, place: String, stock: ExactDecimal, sum: ExactDecimal) {
        self.item = item
        self.place = place
        self.stock = stock
        self.sum = sum
    }
}
