import Invariants
import Trade
import Units

// What the Rackbeat client reads, as the invariants read it. The only place where one becomes the other.

/// Where goods are that a line leaves without a location, and which items keep no inventory.
struct DefaultLocation {
    var account: String?
    var items: [String: String] = [:]
    var withoutInventory: Set<String> = []

    func location(of item: String?) -> String? { item.flatMap { items[$0] ?? account } }
}

extension RackbeatSnapshot.Product {
    init(_ product: Product, ahead: Duration) {
        self.init(number: product.number.text, updatedAt: product.updatedAt - ahead)
        name = product.name
        description = product.description
        barcode = product.barcode
        salesPrice = product.netSalesPrice?.amount
        group = product.group.map { .init(number: $0.number, name: $0.name, vat: $0.vatDomestic ?? .zero) }
        height = product.height?.value
        width = product.width?.value
        depth = product.length?.value
        sizeUnit = product.height?.unit ?? product.width?.unit ?? product.length?.unit
        weight = product.weight?.value
        weightUnit = product.weight?.unit
        isBatch = product.isBatchControlled
        isSerial = product.isSerialNumbered
        pictureURL = product.pictureURL
        supplierNumber = product.supplierNumber
        supplierName = product.supplierName
        isBarred = product.isBarred
        keepsInventory = product.keepsInventory
    }
}

extension RackbeatSnapshot.Order {
    init(_ order: SalesOrder, _ defaults: DefaultLocation, ahead: Duration) {
        self.init(
            number: order.number.text, state: RackbeatSnapshot.State(order.progress),
            lines: order.lines.map { .init($0, defaults) }, updatedAt: order.updatedAt - ahead)
        currency = order.currency
        deliverAt = order.deliverAt
        deliveryTerms = order.deliveryTerms
        ourReferenceName = order.ourReferenceName
        ourReferenceNumber = order.ourReferenceNumber
        let terms = [order.paymentTermsName, order.paymentTermsDescription].compactMap { $0 }
        paymentTerms = terms.first { !withoutEdges($0).isEmpty } ?? order.paymentTermsNumber
        customerNumber = order.customerNumber
        if let address = order.deliveryAddress { delivery = .init(address) }
        if let address = order.billingAddress { billing = .init(address) }
    }
}

extension RackbeatSnapshot.PurchaseOrder {
    init(_ order: PurchaseOrder, _ defaults: DefaultLocation, ahead: Duration) {
        self.init(
            number: order.number.text, state: RackbeatSnapshot.State(order.progress),
            lines: order.lines.map { .init($0, defaults) }, createdAt: order.createdAt ?? order.updatedAt,
            updatedAt: order.updatedAt - ahead)
        currency = order.currency
        note = order.note
        yourReference = order.yourReference
        guard let supplier = order.supplier else { return }
        supplierNumber = supplier.number
        supplierName = supplier.name
        self.supplier.street = supplier.street
        self.supplier.street2 = supplier.street2
        self.supplier.zipcode = supplier.postCode
        self.supplier.city = supplier.city
        self.supplier.country = supplier.country
        self.supplier.email = supplier.email
        self.supplier.phone = supplier.phone
        supplierGroupNumber = supplier.groupNumber
        supplierGroupName = supplier.groupName
    }
}

extension RackbeatSnapshot.State {
    init(_ progress: OrderProgress) {
        switch progress {
        case .draft: self = .draft
        case .booked: self = .booked(isComplete: false)
        case .shipped: self = .booked(isComplete: true)
        case .cancelled: self = .cancelled
        }
    }

    init(_ progress: PurchaseProgress) {
        switch progress {
        case .draft: self = .draft
        case .booked: self = .booked(isComplete: false)
        case .received: self = .booked(isComplete: true)
        case .cancelled: self = .cancelled
        }
    }
}

extension RackbeatSnapshot.Line {
    init(_ line: SalesLine, _ defaults: DefaultLocation) {
        self.init(
            id: line.id.text, item: line.item?.text, location: line.location?.text, quantity: line.quantity.units,
            total: line.lineTotal?.amount ?? .zero, vat: line.vatPercent ?? .zero,
            keepsInventory: line.keepsInventory && !(line.item.map { defaults.withoutInventory.contains($0.text) } ?? false),
            moved: line.shipped?.units ?? .zero)
        defaultLocation = defaults.location(of: item)
    }

    init(_ line: PurchaseLine, _ defaults: DefaultLocation) {
        self.init(
            id: line.id.text, item: line.item?.text, location: line.location?.text, quantity: line.quantity.units,
            total: line.lineTotal?.amount ?? .zero, vat: line.vatPercent ?? .zero,
            keepsInventory: line.keepsInventory && !(line.item.map { defaults.withoutInventory.contains($0.text) } ?? false),
            moved: line.received?.units ?? .zero)
        defaultLocation = defaults.location(of: item)
    }
}

extension RackbeatSnapshot.Address {
    init(_ address: Address) {
        self.init()
        name = address.name
        name2 = address.name2
        street = address.street
        street2 = address.street2
        zipcode = address.postCode
        city = address.city
        country = address.country
        email = address.email
        phone = address.phone
    }
}

/// Finds the line of an order that a line of a shipment or receipt belongs to, where the account does not say.
///
/// The only line of the item at that location, else the lines of the item one after the other, each as far as the order says that it
/// was moved.
struct LineFinder {
    private let lines: (_ order: String) -> [RackbeatSnapshot.Line]
    private var taken: [[String]: ExactDecimal] = [:]

    init(_ lines: @escaping (_ order: String) -> [RackbeatSnapshot.Line]) { self.lines = lines }

    mutating func moved(_ line: ShipmentLine, of order: String, isBooked: Bool) -> [RackbeatSnapshot.MovedLine] {
        guard let item = line.item?.text, let location = line.location?.text else { return [] }
        func part(_ orderLine: String?, _ quantity: ExactDecimal) -> RackbeatSnapshot.MovedLine {
            .init(orderLine: orderLine, item: item, location: location, quantity: quantity)
        }
        if let named = line.orderLine { return [part(named.text, line.quantity.units)] }
        let all = lines(order).filter { $0.item == item }
        let here = all.filter { ($0.location ?? $0.defaultLocation) == location }
        let candidates = here.isEmpty ? all : here
        guard candidates.count > 1, isBooked else { return [part(candidates.first?.id, line.quantity.units)] }
        let isShown = candidates.contains { !$0.moved.isZero }
        var left = line.quantity.units
        var parts: [RackbeatSnapshot.MovedLine] = []
        for candidate in candidates where left > .zero {
            let key = [order, candidate.id]
            let free = (isShown ? candidate.moved : candidate.quantity) - (taken[key] ?? .zero)
            guard free > .zero else { continue }
            let amount = min(free, left)
            taken[key, default: .zero] += amount
            parts.append(part(candidate.id, amount))
            left = left - amount
        }
        if !left.isZero { parts.append(part(nil, left)) }
        return parts
    }
}

/// How far a system's clock is ahead.
enum ClockSkew {
    /// Zero for what a date in whole seconds and the way of a response explain.
    static func between(_ server: Moment?, and now: Moment) -> Duration {
        guard let server else { return .zero }
        let ahead = server - now
        return ahead.milliseconds.magnitude < 5000 ? .zero : ahead
    }
}

extension Set<String> {
    mutating func set(_ member: String, _ isIn: Bool) {
        if isIn { insert(member) } else { remove(member) }
    }
}

extension Array {
    /// Replaces what has this key, else appends.
    mutating func set(_ element: Element, at key: String, _ known: inout [String: Int]) {
        if let index = known[key] {
            self[index] = element
        } else {
            known[key] = count
            append(element)
        }
    }
}
