import ClientKit
import Exchange
package import Invariants
package import RackbeatClient
package import SyncCore
package import Trade
package import Units

/// What an audit is told of what it reads: the list, and how many rows of it are read.
package typealias AuditProgress = (_ list: String, _ rows: Int) -> Void

/// A record that an audit cannot judge because it cannot be read.
package struct UnreadableRecord: Sendable, Equatable {
    package let job: Job
    /// `nil` when even that cannot be read.
    package let number: String?
    package let problem: String
}

/// What a Rackbeat account shows, as the invariants read it: once for all connections.
///
/// Every call is a GET of the production client. Kept are the invariants' own values, never a response.
package final class RackbeatReading {
    package private(set) var snapshot = RackbeatSnapshot()
    package private(set) var unreadable: [UnreadableRecord] = []
    /// Why booked adjustments cannot be told from drafts; `nil` when they can.
    package private(set) var adjustmentsUnclear: String?

    private let client: RackbeatClient
    private let locations: [LocationNumber]
    private let since: Moment?
    private let ahead: Duration
    private let began: Moment
    private let progress: AuditProgress
    private var defaults = DefaultLocation()
    private var orders: [String: Int] = [:]
    private var purchaseOrders: [String: Int] = [:]
    private var seenShipments: Set<DocumentID> = []
    private var seenReceipts: Set<DocumentID> = []
    /// What was looked up and is not there.
    private var absent: Set<RecordRef> = []

    /// - Parameters:
    ///   - locations: Those of the connections, whose stock is read.
    ///   - since: Documents that changed earlier are not read; `nil`: everything.
    package init(
        _ client: RackbeatClient, locations: [LocationNumber], since: Moment? = nil, now: Moment,
        progress: @escaping AuditProgress = { _, _ in }
    ) throws {
        self.client = client
        self.locations = locations
        self.since = since
        self.progress = progress
        let known = try client.locations()
        ahead = ClockSkew.between(client.serverTime, and: now)
        began = now
        snapshot.locations = known.map { .init(number: $0.number.text, parent: $0.parent?.text) }
        defaults.account = known.first { $0.isDefault }?.number.text
        try readProducts()
        try readOrders()
        try readPurchaseOrders()
        try readShipments()
        try readReceipts()
        try readAdjustments()
        try readStock()
    }

    /// Reads again what may have changed since the reading began: the stock, the adjustments, and the documents that changed.
    package func readAgain() throws {
        let front = began - .seconds(60)
        var numbers: [String] = []
        try eachRow(
            List(
                "Rackbeat orders", .orders, newest: front, read: { [client] in try client.orders(updatedFrom: front, page: $0) },
                updatedAt: { $0.updatedAt })
        ) {
            add($0)
            numbers.append($0.number.text)
        }
        for number in Set(numbers).sorted() {
            for shipment in snapshot.shipments where shipment.order == number { seenShipments.remove(DocumentID(shipment.id)) }
            snapshot.shipments.removeAll { $0.order == number }
            try readShipments(of: snapshot.orders[orders[number]!])
        }
        numbers = []
        try eachRow(
            List(
                "Rackbeat purchase orders", .purchaseOrders, newest: front,
                read: { [client] in try client.purchaseOrders(updatedFrom: front, page: $0) }, updatedAt: { $0.updatedAt })
        ) {
            add($0)
            numbers.append($0.number.text)
        }
        for number in Set(numbers).sorted() {
            for receipt in snapshot.receipts where receipt.purchaseOrder == number {
                seenReceipts.remove(DocumentID(receipt.number))
            }
            snapshot.receipts.removeAll { $0.purchaseOrder == number }
            try readReceipts(of: snapshot.purchaseOrders[purchaseOrders[number]!])
        }
        snapshot.adjustments = []
        try readAdjustments()
        snapshot.stock = []
        try readStock()
    }

    private func readStock() throws {
        for location in places(in: locations) {
            for (item, quantity) in try client.stockEverywhere(at: [location]) {
                snapshot.stock.append(StockPosition(item: item.text, place: location.text, stock: quantity.units))
            }
            progress("Rackbeat stock", snapshot.stock.count)
        }
    }

    // MARK: Documents

    private func readProducts() throws {
        var known: [String: Int] = [:]
        var values: [RackbeatSnapshot.Product] = []
        try eachRow(
            List(
                "Rackbeat products", .products, newest: nil,
                read: { [client] in try client.products(updatedFrom: nil, page: $0) },
                updatedAt: { $0.updatedAt })
        ) { product in
            var product = product
            if let number = product.supplierNumber, product.supplierName == nil {
                product.supplierName = try client.supplierName(number)
            }
            defaults.items[product.number.text] = product.defaultLocation?.text
            defaults.withoutInventory.set(product.number.text, !product.keepsInventory)
            values.set(RackbeatSnapshot.Product(product, ahead: ahead), at: product.number.text, &known)
        }
        snapshot.products = values
    }

    private func readOrders() throws {
        try eachRow(
            List(
                "Rackbeat orders", .orders, newest: since,
                read: { [client, since] in try client.orders(updatedFrom: since, page: $0) },
                updatedAt: { $0.updatedAt })
        ) {
            add($0)
        }
    }

    private func readPurchaseOrders() throws {
        try eachRow(
            List(
                "Rackbeat purchase orders", .purchaseOrders, newest: since,
                read: { [client, since] in try client.purchaseOrders(updatedFrom: since, page: $0) }, updatedAt: { $0.updatedAt })
        ) { add($0) }
    }

    private func add(_ order: SalesOrder) {
        snapshot.orders.set(RackbeatSnapshot.Order(order, defaults, ahead: ahead), at: order.number.text, &orders)
    }

    private func add(_ order: PurchaseOrder) {
        snapshot.purchaseOrders.set(
            RackbeatSnapshot.PurchaseOrder(order, defaults, ahead: ahead), at: order.number.text, &purchaseOrders)
    }

    /// Looks up an order that no list gave; nothing happens when the account has none.
    package func lookUp(order number: String) throws {
        guard orders[number] == nil, !absent.contains(RecordRef(.order, number)) else { return }
        // A number of the warehouse's own kind is none of Rackbeat's, which are whole numbers.
        guard Int(number) != nil, let order = try client.order(OrderNumber(number)) else {
            absent.insert(RecordRef(.order, number))
            return
        }
        add(order)
        try readShipments(of: snapshot.orders[orders[number]!])
    }

    package func lookUp(purchaseOrder number: String) throws {
        guard purchaseOrders[number] == nil, !absent.contains(RecordRef(.purchaseOrder, number)) else { return }
        guard Int(number) != nil, let order = try client.purchaseOrder(PurchaseOrderNumber(number)) else {
            absent.insert(RecordRef(.purchaseOrder, number))
            return
        }
        add(order)
        try readReceipts(of: snapshot.purchaseOrders[purchaseOrders[number]!])
    }

    package func has(order number: String) -> Bool { orders[number] != nil }
    package func has(purchaseOrder number: String) -> Bool { purchaseOrders[number] != nil }

    // MARK: Movements

    private func readShipments() throws {
        guard since == nil else {
            for order in snapshot.orders where order.lines.contains(where: { !$0.moved.isZero }) { try readShipments(of: order) }
            return
        }
        var shipments: [Shipment] = []
        try eachRow(List("Rackbeat shipments", .shipments, read: { [client] in try client.shipments(page: $0) })) {
            shipments.append($0)
        }
        add(shipments)
    }

    private func readReceipts() throws {
        guard since == nil else {
            for order in snapshot.purchaseOrders { try readReceipts(of: order) }
            return
        }
        var receipts: [Receipt] = []
        try eachRow(List("Rackbeat receipts", .receipts, read: { [client] in try client.receipts(page: $0) })) {
            receipts.append($0)
        }
        add(receipts)
    }

    private func readShipments(of order: RackbeatSnapshot.Order) throws {
        add(try client.shipments(of: OrderNumber(order.number)))
    }

    private func readReceipts(of order: RackbeatSnapshot.PurchaseOrder) throws {
        guard case .booked = order.state else { return }
        add(try client.receipts(of: PurchaseOrderNumber(order.number)))
    }

    /// By number, so that goods without a line are put on lines in the order in which they were booked.
    private func add(_ shipments: [Shipment]) {
        var lines = LineFinder { [unowned self] in orders[$0].map { snapshot.orders[$0].lines } ?? [] }
        for shipment in shipments.sorted(by: { $0.id < $1.id }) where seenShipments.insert(shipment.id).inserted {
            snapshot.shipments.append(
                .init(
                    id: shipment.id.value, order: shipment.order.text, shippedAt: shipment.isShipped ? began : nil,
                    lines: shipment.lines.flatMap { lines.moved($0, of: shipment.order.text, isBooked: shipment.isShipped) }))
        }
    }

    private func add(_ receipts: [Receipt]) {
        var lines = LineFinder { [unowned self] in
            purchaseOrders[$0].map { snapshot.purchaseOrders[$0].lines } ?? []
        }
        for receipt in receipts.sorted(by: { $0.id < $1.id }) where seenReceipts.insert(receipt.id).inserted {
            snapshot.receipts.append(
                .init(
                    number: receipt.id.value, purchaseOrder: receipt.order.text, receivedAt: receipt.isReceived ? began : nil,
                    lines: receipt.lines.flatMap { lines.moved($0, of: receipt.order.text, isBooked: receipt.isReceived) }))
        }
    }

    /// Lists do not say which adjustments are booked, so the ledger of each adjusted item is read too.
    private func readAdjustments() throws {
        var adjustments: [StockAdjustment] = []
        var seen: Set<DocumentID> = []
        try eachRow(List("Rackbeat adjustments", .stock, read: { [client] in try client.adjustments(page: $0) })) {
            if seen.insert($0.id).inserted { adjustments.append($0) }
        }
        let items = Set(adjustments.flatMap(\.lines).compactMap(\.item)).sorted()
        var booked: [DocumentID: [LedgerKey: Quantity]] = [:]
        for (index, item) in items.enumerated() {
            for entry in try readableLedger(of: item) where entry.isOfAdjustment {
                guard let document = entry.document, let location = entry.location else {
                    adjustmentsUnclear =
                        "The ledger of item \(item) has an adjustment without its document, so booked adjustments cannot be told from drafts"
                    continue
                }
                booked[document, default: [:]][LedgerKey(item: item, location: location), default: .zero] += entry.change
            }
            progress("Rackbeat ledgers", index + 1)
        }
        for adjustment in adjustments.sorted(by: { $0.id < $1.id }) {
            for line in adjustment.lines {
                guard let item = line.item, let location = line.location else { continue }
                let change = booked[adjustment.id]?[LedgerKey(item: item, location: location)]
                snapshot.adjustments.append(
                    .init(
                        id: adjustment.id.value, item: item.text, location: location.text, change: change?.units,
                        reason: adjustment.reason ?? "", isByHand: !AdjustmentReason.isOwn(adjustment.reason)))
            }
        }
    }

    /// Empty where the rows have a form that is not known: then nothing tells booked adjustments from drafts.
    private func readableLedger(of item: ItemNumber) throws -> [LedgerEntry] {
        do {
            return try client.ledger(of: item)
        } catch let error as ExchangeError {
            guard case .unreadable = error.reason else { throw error }
            adjustmentsUnclear = "The ledger of item \(item) cannot be read, so booked adjustments cannot be told from drafts"
            return []
        }
    }

    private struct LedgerKey: Hashable {
        let item: ItemNumber
        let location: LocationNumber
    }

    /// The locations themselves, and those inside them where the profile says that children count.
    func places(in locations: [LocationNumber]) -> [LocationNumber] {
        var places = Set(locations)
        if client.locationsIncludeChildren {
            let parents = Dictionary(
                snapshot.locations.compactMap { location in
                    location.parent.map { (LocationNumber(location.number), LocationNumber($0)) }
                }, uniquingKeysWith: { $1 })
            for location in locations { places.formUnion(LocationTree.inside(location, parents: parents, except: [])) }
        }
        return places.sorted { $0.text < $1.text }
    }

    // MARK: Pages

    /// A list of Rackbeat's, newest change first.
    private struct List<Value> {
        let name: String
        let job: Job
        /// Rows that changed earlier end the list; `nil`: none does.
        let newest: Moment?
        let read: (Int) throws -> RackbeatClient.Page<Value>
        /// `nil` where rows do not say.
        let updatedAt: ((Value) -> Moment)?

        init(
            _ name: String, _ job: Job, newest: Moment? = nil, read: @escaping (Int) throws -> RackbeatClient.Page<Value>,
            updatedAt: ((Value) -> Moment)? = nil
        ) {
            self.name = name
            self.job = job
            self.newest = newest
            self.read = read
            self.updatedAt = updatedAt
        }
    }

    /// Every row. A row that changes meanwhile moves to the front, so the front is read again at the end.
    private func eachRow<Value>(_ list: List<Value>, _ body: (Value) throws -> Void) throws {
        var count = 0
        func pages(until bound: Moment?, atMost most: Int = .max) throws {
            for number in 1... {
                let page = try list.read(number)
                var isBehind = false
                for row in page.rows {
                    switch row {
                    case .value(let value):
                        if let bound, let time = list.updatedAt?(value), time < bound { isBehind = true }
                        try body(value)
                    case .unreadable(let key, _, let problem, _):
                        let record = UnreadableRecord(job: list.job, number: key, problem: problem)
                        if !unreadable.contains(record) { unreadable.append(record) }
                    }
                }
                count += page.rows.count
                progress(list.name, count)
                if page.isLast || isBehind || number >= most { return }
            }
        }
        try pages(until: list.newest.map { $0 + ahead })
        guard count > client.pageSize else { return }
        try pages(until: began + ahead - .seconds(60), atMost: list.updatedAt == nil ? 1 : .max)
    }
}
