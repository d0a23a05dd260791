import FakeKit
import Invariants
package import RackbeatFake
import Units

extension RackbeatSnapshot {
    /// What the fake Rackbeat holds now.
    ///
    /// - Parameter ahead: How far the fake's clock is ahead. The snapshot has true times, as the action log has. The creation time of a
    ///   purchase order is Rackbeat's own, because the engine sends it to the warehouse.
    package init(_ fake: RackbeatFake, ahead: Duration = .zero) {
        self.init()
        let accountDefault = fake.locations.first { $0.isDefault }.map { String($0.number) }
        locations = fake.locations.map { Location(number: String($0.number), parent: $0.parent.map { String($0) }) }
        products = fake.products.filter { $0.kind == .product }.map { Product($0, fake, ahead) }
        let defaults = Dictionary(
            fake.products.map { ($0.number, $0.defaultLocation.map { String($0) } ?? accountDefault) },
            uniquingKeysWith: { first, _ in first })
        orders = fake.orders.map { Order($0, fake, defaults, ahead) }
        purchaseOrders = fake.purchaseOrders.map { PurchaseOrder($0, fake, defaults, ahead) }
        shipments = fake.shipments.map { record in
            Shipment(
                id: record.id, order: String(record.order),
                shippedAt: record.isShipped ? (record.shippedAt ?? record.updatedAt) - ahead : nil,
                lines: record.lines.map {
                    MovedLine(
                        orderLine: String($0.orderLine), item: $0.item, location: String($0.location), quantity: $0.quantity)
                })
        }
        receipts = fake.receipts.map { record in
            Receipt(
                number: record.number, purchaseOrder: String(record.purchaseOrder),
                receivedAt: record.isReceived ? (record.receivedAt ?? record.updatedAt) - ahead : nil,
                lines: record.lines.map {
                    MovedLine(
                        orderLine: $0.purchaseOrderLine.map { String($0) }, item: $0.item, location: String($0.location),
                        quantity: $0.quantity)
                })
        }
        adjustments = fake.adjustments.map {
            Adjustment(
                id: $0.id, item: $0.item, location: String($0.location), change: $0.change, reason: $0.reason,
                isByHand: $0.isByHand)
        }
        movements = fake.ledger.entries(clockAhead: ahead).map { LedgerMovement($0) }
        stock = fake.ledger.positions.map { StockPosition(item: $0.item, place: $0.place, stock: $0.stock) }
        imbalances = fake.ledger.imbalances().map {
            StockImbalance(item: $0.item, place: $0.place, stock: $0.stock, sum: $0.sum)
        }
    }
}

extension RackbeatSnapshot.Product {
    fileprivate init(_ record: ProductRecord, _ fake: RackbeatFake, _ ahead: Duration) {
        self.init(number: record.number, updatedAt: record.updatedAt - ahead)
        name = record.name
        description = record.description
        barcode = record.barcode
        salesPrice = record.price
        group = record.group.flatMap { fake.group($0) }.map {
            RackbeatSnapshot.Group(number: String($0.number), name: $0.name, vat: $0.vatDomestic)
        }
        height = record.physical?.height
        width = record.physical?.width
        depth = record.physical?.depth
        sizeUnit = record.physical?.sizeUnit
        weight = record.physical?.weight
        weightUnit = record.physical?.weightUnit
        isBatch = record.isBatch
        isSerial = record.isSerial
        pictureURL = record.pictureURL
        originalPictureURL = record.originalPictureURL
        supplierNumber = record.defaultSupplier.map { String($0) }
        supplierName = record.defaultSupplier.flatMap { fake.supplier($0) }?.name
        isBarred = record.isBarred
        isDeleted = record.isDeleted
        keepsInventory = record.inventoryEnabled
    }
}

extension RackbeatSnapshot.Address {
    fileprivate init(_ address: Address) {
        self.init()
        name = address.name
        name2 = address.name2
        street = address.street
        street2 = address.street2
        zipcode = address.zipcode
        city = address.city
        country = address.country
        email = address.email
        phone = address.phone
    }
}

extension RackbeatSnapshot.Line {
    fileprivate init(_ record: LineRecord, _ defaults: [String: String?]) {
        self.init(
            id: String(record.id), item: record.item, location: record.location.map { String($0) }, quantity: record.quantity,
            total: record.total, vat: record.vat, keepsInventory: record.isStock, moved: record.fulfilled)
        defaultLocation = record.item.flatMap { defaults[$0] ?? nil }
    }
}

extension RackbeatSnapshot.State {
    fileprivate init(_ state: OrderState) {
        switch state {
        case .draft: self = .draft
        case .booked, .partlyFulfilled: self = .booked(isComplete: false)
        case .fulfilled: self = .booked(isComplete: true)
        case .cancelled: self = .cancelled
        case .deleted: self = .deleted
        }
    }
}

extension RackbeatSnapshot.Order {
    fileprivate init(
        _ record: OrderRecord, _ fake: RackbeatFake, _ defaults: [String: String?], _ ahead: Duration
    ) {
        self.init(
            number: String(record.number), state: RackbeatSnapshot.State(record.state),
            lines: record.lines.map { RackbeatSnapshot.Line($0, defaults) },
            updatedAt: record.updatedAt - ahead)
        currency = record.currency
        deliverAt = record.deliverAt
        deliveryTerms = record.deliveryTerms
        if let employee = record.ourReference.flatMap({ fake.employee($0) }) {
            ourReferenceName = employee.name
            ourReferenceNumber = String(employee.number)
        }
        if let terms = record.paymentTerm.flatMap({ fake.paymentTerm($0) }) {
            let texts = [terms.name, terms.description ?? ""].filter { !withoutEdges($0).isEmpty }
            paymentTerms = texts.first ?? String(terms.number)
        }
        customerNumber = String(record.customer)
        delivery = RackbeatSnapshot.Address(record.deliveryAddress)
        billing = RackbeatSnapshot.Address(record.billingAddress)
    }
}

extension RackbeatSnapshot.PurchaseOrder {
    fileprivate init(
        _ record: PurchaseOrderRecord, _ fake: RackbeatFake, _ defaults: [String: String?], _ ahead: Duration
    ) {
        self.init(
            number: String(record.number), state: RackbeatSnapshot.State(record.state),
            lines: record.lines.map { RackbeatSnapshot.Line($0, defaults) },
            createdAt: record.createdAt, updatedAt: record.updatedAt - ahead)
        currency = record.currency
        note = record.note
        yourReference = record.yourReference.map { String($0) }
        guard let supplier = fake.supplier(record.supplier) else { return }
        supplierNumber = String(supplier.number)
        supplierName = supplier.name
        self.supplier = RackbeatSnapshot.Address(supplier.address)
        if let group = supplier.group.flatMap({ fake.supplierGroup($0) }) {
            supplierGroupNumber = String(group.number)
            supplierGroupName = group.name
        }
    }
}
