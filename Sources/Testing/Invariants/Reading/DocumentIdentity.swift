package import Exchange
import HTTPTypes
import JSON
package import SyncCore

/// Which documents and items an exchange concerns, whatever it calls them.
///
/// Paths and bodies carry numbers of either system and ids that only one of them knows. Both snapshots say what belongs together; of a
/// document that was deleted since, the exchanges themselves do.
package struct DocumentIdentity: Sendable {
    private var orders: [Int: RecordRef] = [:]
    private var purchaseOrders: [Int: RecordRef] = [:]
    private var articles: [Int: RecordRef] = [:]
    private var warehouseOrders: [String: RecordRef] = [:]
    private var warehousePurchaseOrders: [String: RecordRef] = [:]
    /// What a shipment, a receipt or an adjustment belongs to, and the items that it moves.
    private var owners: [RecordRef: Set<RecordRef>] = [:]
    private var items: [String: Set<RecordRef>] = [:]

    package init(_ evidence: Evidence) {
        learn(evidence.rackbeat)
        let numbers = RackbeatNumbers(evidence)
        for order in evidence.ongoing.orders {
            let record = RecordRef(.order, numbers.number(of: order) ?? order.number)
            orders[order.id] = record
            warehouseOrders[order.number] = record
        }
        for order in evidence.ongoing.purchaseOrders {
            let record = RecordRef(.purchaseOrder, numbers.number(of: order) ?? order.number)
            purchaseOrders[order.id] = record
            warehousePurchaseOrders[order.number] = record
        }
        for exchange in evidence.exchanges { learn(exchange) }
    }

    private mutating func learn(_ rackbeat: RackbeatSnapshot) {
        for order in rackbeat.orders {
            for line in order.lines { if let item = line.item { items[line.id, default: []].insert(RecordRef(.product, item)) } }
        }
        for shipment in rackbeat.shipments {
            owners[RecordRef(.shipment, String(shipment.id)), default: []].formUnion(
                [RecordRef(.order, shipment.order)] + shipment.lines.map { RecordRef(.product, $0.item) })
        }
        for receipt in rackbeat.receipts {
            owners[RecordRef(.receipt, String(receipt.number)), default: []].formUnion(
                [RecordRef(.purchaseOrder, receipt.purchaseOrder)] + receipt.lines.map { RecordRef(.product, $0.item) })
        }
        for adjustment in rackbeat.adjustments {
            owners[RecordRef(.adjustment, String(adjustment.id)), default: []].insert(RecordRef(.product, adjustment.item))
        }
    }

    /// What a write and its response name together is one document, or belongs together.
    private mutating func learn(_ exchange: Exchanged) {
        guard exchange.request.method != .get else { return }
        let reader = DocumentNames(system: exchange.system)
        let response = exchange.served?.isSuccess == true ? Self.names(exchange.served?.body, reader) : []
        let known = response.contains { isUnknown($0) }
        guard known else { return }
        let all = response.union(Self.names(exchange.request.body, reader)).union(
            reader.names(inPath: exchange.request.path))
        let documents = Set(all.flatMap(records))
        for name in response where isUnknown(name) {
            switch name {
            case .orderID(let id): orders[id] = documents.first { $0.kind == .order }
            case .purchaseOrderID(let id): purchaseOrders[id] = documents.first { $0.kind == .purchaseOrder }
            case .articleID(let id): articles[id] = documents.first { $0.kind == .product }
            case .shipment(let id): owners[RecordRef(.shipment, String(id))] = documents
            case .receipt(let id): owners[RecordRef(.receipt, String(id))] = documents
            case .adjustment(let id): owners[RecordRef(.adjustment, String(id))] = documents
            default: break
            }
        }
    }

    private func isUnknown(_ name: DocumentName) -> Bool {
        switch name {
        case .orderID(let id): orders[id] == nil
        case .purchaseOrderID(let id): purchaseOrders[id] == nil
        case .articleID(let id): articles[id] == nil
        case .shipment(let id): owners[RecordRef(.shipment, String(id))] == nil
        case .receipt(let id): owners[RecordRef(.receipt, String(id))] == nil
        case .adjustment(let id): owners[RecordRef(.adjustment, String(id))] == nil
        default: false
        }
    }

    // MARK: Asking

    /// Everything that a number may stand for, where only the number is known.
    package func records(numbered number: String) -> Set<RecordRef> {
        var records: Set<RecordRef> = [
            RecordRef(.order, number), RecordRef(.purchaseOrder, number), RecordRef(.product, number),
        ]
        if let order = warehouseOrders[number] { records.insert(order) }
        if let order = warehousePurchaseOrders[number] { records.insert(order) }
        return records
    }

    /// The order in Rackbeat of a number in the warehouse.
    package func order(inWarehouse number: String) -> RecordRef { warehouseOrders[number] ?? RecordRef(.order, number) }

    package func purchaseOrder(inWarehouse number: String) -> RecordRef {
        warehousePurchaseOrders[number] ?? RecordRef(.purchaseOrder, number)
    }

    /// What the movement of a ledger names as its document, such as `shipment 700`.
    package func records(ofDocument document: String, in system: System) -> Set<RecordRef> {
        guard let space = document.lastIndex(of: " ") else { return [] }
        let number = String(document[document.index(after: space)...])
        switch (system, document[..<space]) {
        case (.rackbeat, "shipment"): return with(RecordRef(.shipment, number))
        case (.rackbeat, "receipt"): return with(RecordRef(.receipt, number))
        case (.rackbeat, "adjustment"): return with(RecordRef(.adjustment, number))
        case (.ongoing, "order"): return [order(inWarehouse: number)]
        case (.ongoing, "purchase order"): return [purchaseOrder(inWarehouse: number)]
        default: return []
        }
    }

    /// The documents and items that an exchange names in its request and in its response.
    package func records(of exchange: Exchanged) -> Set<RecordRef> {
        let reader = DocumentNames(system: exchange.system)
        var names = Set(reader.names(inPath: exchange.request.path) + reader.names(inQuery: exchange.request.queryText))
        names.formUnion(Self.names(exchange.request.body, reader))
        names.formUnion(responseNames(exchange))
        return Set(names.flatMap(records))
    }

    /// Those that path and query of a request name: a read that names none is a poll.
    package func recordsAsked(by exchange: Exchanged) -> Set<RecordRef> {
        let reader = DocumentNames(system: exchange.system)
        let names = reader.names(inPath: exchange.request.path) + reader.names(inQuery: exchange.request.queryText)
        return Set(names.flatMap(records))
    }

    /// Those that the response names.
    package func recordsShown(by exchange: Exchanged) -> Set<RecordRef> { Set(responseNames(exchange).flatMap(records)) }

    /// Those that a body names.
    func records(in body: JSON, of system: System) -> Set<RecordRef> {
        Set(DocumentNames(system: system).names(in: body).flatMap(records))
    }

    private func responseNames(_ exchange: Exchanged) -> Set<DocumentName> {
        var body = exchange.served?.body
        if case .response(let response) = exchange.outcome { body = response.body }
        return Self.names(body, DocumentNames(system: exchange.system))
    }

    private static func names(_ body: [UInt8]?, _ reader: DocumentNames) -> Set<DocumentName> {
        guard let body, !body.isEmpty, let json = try? JSON.parse(body) else { return [] }
        return reader.names(in: json)
    }

    private func records(_ name: DocumentName) -> Set<RecordRef> {
        switch name {
        case .order(let number): [RecordRef(.order, number)]
        case .purchaseOrder(let number): [RecordRef(.purchaseOrder, number)]
        case .product(let number): [RecordRef(.product, number)]
        case .shipment(let id): with(RecordRef(.shipment, String(id)))
        case .receipt(let number): with(RecordRef(.receipt, String(number)))
        case .adjustment(let id): with(RecordRef(.adjustment, String(id)))
        case .orderLine(let id): items[id] ?? []
        case .warehouseOrder(let number): [order(inWarehouse: number)]
        case .warehousePurchaseOrder(let number): [purchaseOrder(inWarehouse: number)]
        case .orderID(let id): orders[id].map { [$0] } ?? []
        case .purchaseOrderID(let id): purchaseOrders[id].map { [$0] } ?? []
        case .articleID(let id): articles[id].map { [$0] } ?? []
        }
    }

    private func with(_ record: RecordRef) -> Set<RecordRef> { (owners[record] ?? []).union([record]) }
}
