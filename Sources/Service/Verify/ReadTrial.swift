import ClientKit
import Contract
import Exchange
import HTTPTypes
import JSON
import OngoingClient
import RackbeatClient
import SyncCore
import SyncEngine
import Trade
import Units

/// Tries every read that the engine makes, with the production clients.
struct ReadTrial {
    private(set) var findings: [ReadinessFinding] = []
    private(set) var outOfReach: Set<System> = []
    /// Whether a record or a whole response cannot be read.
    private(set) var hasUnreadable = false
    /// Order lines of goods, and those of them without a location.
    private(set) var lines = (seen: 0, withoutLocation: ReadinessFinding.Records())
    /// The numbers of the warehouse's articles.
    private(set) var articles: [ItemNumber] = []
    /// Operations whose failure a finding names already.
    private(set) var failedOperations: Set<String> = []

    private let clients: EngineFactory.Clients
    private let settings: ConnectionSettings
    private let connection: String
    private let sample: Int
    private let now: Moment
    private let places: (String) -> [ContractPlace]
    private let endsWithPage: (System) -> Bool
    private let progress: AuditProgress
    private var granted: [System: Int] = [:]
    private var untried: [EngineRead] = []

    /// - Parameters:
    ///   - sample: How many records of each kind are read singly.
    ///   - endsWithPage: Whether the latest response of a system was a page of HTML.
    ///   - places: What the contract says of an operation so far.
    init(
        _ clients: EngineFactory.Clients, _ settings: ConnectionSettings, sample: Int, now: Moment, outOfReach: Set<System>,
        places: @escaping (String) -> [ContractPlace], endsWithPage: @escaping (System) -> Bool,
        progress: @escaping AuditProgress
    ) {
        self.clients = clients
        self.settings = settings
        connection = settings.name
        self.sample = sample
        self.now = now
        self.outOfReach = outOfReach
        self.places = places
        self.endsWithPage = endsWithPage
        self.progress = progress
    }

    // MARK: Trying

    /// - Parameter isFirst: Whether the Rackbeat account is still to be looked at; one connection's reading does for all but its location.
    mutating func run(raw: [System: ProbeClient], isFirst: Bool) throws {
        if isFirst { try readRackbeat(raw[.rackbeat]!) }
        try readLocation()
        try readOngoing(raw[.ongoing]!)
        for system in System.allCases where !outOfReach.contains(system) {
            guard let count = granted[system] else { continue }
            add(system == .rackbeat ? nil : connection, .readsGranted(system, count))
        }
        if !untried.isEmpty { add(connection, .readUntried(untried)) }
    }

    private mutating func readRackbeat(_ raw: ProbeClient) throws {
        let (client, location) = (clients.rackbeat, settings.location)
        let products = try list(.products) { try client.products(updatedFrom: nil, page: 1).rows } ?? []
        noteImport(products.compactMap(\.value?.updatedAt.truncatedToSecond))
        let items = products.compactMap(\.value?.number)
        try each(.product, of: items) { try client.product($0) }
        try each(.stockAtLocation, of: items) { try client.stock(of: $0, at: location) }
        try each(.ledger, of: items) { try client.ledger(of: $0) }
        let orders = try list(.orders) { try client.orders(updatedFrom: nil, page: 1).rows } ?? []
        for order in orders.compactMap(\.value) {
            for line in order.lines where line.item != nil {
                lines.seen += 1
                if line.location == nil { lines.withoutLocation.add("\(line.id) of order \(order.number)") }
            }
        }
        if lines.withoutLocation.count > 0 {
            findings.append(ReadinessFinding(.data, nil, .linesWithoutLocation(lines.withoutLocation, of: lines.seen)))
        }
        try each(.order, of: orders.compactMap(\.value?.number)) { try client.order($0) }
        try each(.shipments, of: orders.compactMap(\.value?.number)) { try client.shipments(of: $0) }
        let purchases = try list(.purchaseOrders) { try client.purchaseOrders(updatedFrom: nil, page: 1).rows } ?? []
        try each(.purchaseOrder, of: purchases.compactMap(\.value?.number)) { try client.purchaseOrder($0) }
        try each(.receipts, of: purchases.compactMap(\.value?.number)) { try client.receipts(of: $0) }
        try each(.suppliers, of: purchases.compactMap { $0.value?.supplier?.number }) { try client.supplierName($0) }
        _ = try list(.adjustments) { try client.adjustments(page: 1).rows }
        try attempt(.locations) { _ = try client.defaultLocation() }
        try attempt(.locationTree) { _ = try client.parentLocations() }
    }

    /// The page begins with what changed last, so an import stands there until something else changes.
    private mutating func noteImport(_ changes: [Moment]) {
        guard let newest = changes.max() else { return }
        let count = changes.count { $0 == newest }
        if count >= 50 { findings.append(ReadinessFinding(.data, nil, .changedTogether(atLeast: count))) }
    }

    /// What the API says when the location is unknown is a finding of the set-up, which looks at it again.
    private mutating func readLocation() throws {
        let (client, location) = (clients.rackbeat, settings.location)
        try attempt(.location) { _ = try client.location(location) }
        try attempt(.checking) { _ = try client.stockEverywhere(at: [location]) }
    }

    private mutating func readOngoing(_ raw: ProbeClient) throws {
        let client = clients.ongoing
        try attempt(.warehousePurchaseStatuses) { _ = try client.purchaseOrderStatuses() }
        let (since, month) = (now - .seconds(3600), now - .seconds(30 * 86_400))
        _ = try list(.warehouseOrders) { try client.orders(.updated(after: since)) }
        let orders = try keys(raw, .warehouseOrder, "orders", limit: "maxOrdersToGet", ["orderInfo", "orderId"])
        try each(.warehouseOrder, of: orders) { try client.order($0) }
        _ = try list(.warehousePurchaseOrders) { try client.purchaseOrders(.updated(after: since)) }
        let purchases = try keys(
            raw, .warehousePurchaseOrder, "purchaseOrders", limit: "maxPurchaseOrdersToGet",
            ["purchaseOrderInfo", "purchaseOrderId"])
        try each(.warehousePurchaseOrder, of: purchases) { try client.purchaseOrder($0) }
        let stock = try attempt(.warehouseStock) { try client.stock() } ?? []
        articles = stock.map(\.article)
        try each(.warehouseArticle, of: articles) { try client.article($0) }
        _ = try list(.warehouseAdjustments) { try client.adjustments(from: month) }
    }

    /// The identifiers of some records of a list.
    private mutating func keys(
        _ raw: ProbeClient, _ read: EngineRead, _ path: String, limit: String, _ member: [String]
    ) throws -> [WarehouseID] {
        guard !outOfReach.contains(.ongoing) else { return [] }
        do {
            let parameters = [("goodsOwnerId", "\(settings.goodsOwner)"), (limit, "\(sample)")]
            return try raw.get(path, parameters).tree?.array?.compactMap { $0.at(member)?.int.map { WarehouseID($0) } } ?? []
        } catch let failure as TransportFailure {
            fail(read, .readBroken(read, failure))
            return []
        }
    }

    private mutating func each<Key, Value>(_ read: EngineRead, of keys: [Key], _ body: (Key) throws -> Value?) throws {
        guard !outOfReach.contains(read.system) else { return }
        guard !keys.isEmpty else { return untried.append(read) }
        for key in keys.prefix(sample) {
            guard try attempt(read, counts: false, { try body(key) }) != nil else { return }
        }
        granted[read.system, default: 0] += 1
    }

    /// Rows that cannot be read are parked one by one in service; here they say what is wrong with the list.
    private mutating func list<Value>(_ read: EngineRead, _ body: () throws -> [Row<Value>]) throws -> [Row<Value>]? {
        guard let rows = try attempt(read, body) else { return nil }
        var records = ReadinessFinding.Records()
        for row in rows { if case .unreadable(let key, _, _, _) = row { records.add(key ?? "without a number") } }
        if records.count > 0 {
            hasUnreadable = true
            failedOperations.insert(read.operation)
            let jobs = Job.ofRound.filter(read.jobs.contains)
            add(
                read.system == .rackbeat ? nil : connection,
                .unreadable(operation: read.operation, jobs: jobs, records, places: places(read.operation)))
        }
        return rows
    }

    @discardableResult
    private mutating func attempt<Value>(
        _ read: EngineRead, counts: Bool = true, _ body: () throws -> Value
    ) throws -> Value? {
        guard !outOfReach.contains(read.system) else { return nil }
        progress("\(read.system.title) \(read.operation)", 0)
        do {
            let value = try body()
            if counts { granted[read.system, default: 0] += 1 }
            return value
        } catch let error as ExchangeError {
            let kind = Self.kind(of: error, read, isPage: endsWithPage(read.system))
            if case .readUnreadable = kind { hasUnreadable = true }
            fail(read, kind)
            return nil
        }
    }

    private mutating func fail(_ read: EngineRead, _ kind: ReadinessFinding.Kind) {
        failedOperations.insert(read.operation)
        let finding = ReadinessFinding(.reach, read.system == .rackbeat ? nil : connection, kind)
        if finding.isOutOfReach { outOfReach.insert(read.system) }
        findings.append(finding)
    }

    private mutating func add(_ connection: String?, _ kind: ReadinessFinding.Kind) {
        findings.append(ReadinessFinding(.reach, connection, kind))
    }

    // MARK: Failures

    /// - Parameter isFirst: Whether it is the first exchange with the system.
    static func kind(
        of error: ExchangeError, _ read: EngineRead, isFirst: Bool = false, isPage: Bool
    ) -> ReadinessFinding.Kind {
        if error.isPage || isPage { return .pageInsteadOfAPI(read.system, read) }
        switch error.reason {
        case .unauthorised(let status):
            return status == 401 || isFirst
                ? .credentialsRefused(read.system, status: status) : .readRefused(read, status: status)
        case .refused(404, _): return .readNotFound(read)
        case .refused(let status, _): return .readRefused(read, status: status)
        case .rateLimited: return .stillRateLimited(read.system, read)
        case .serverFault(let status, _): return .serverFails(read.system, read, status: status)
        case .noResponse(let failure): return isFirst ? .unreachable(read.system, failure) : .readBroken(read, failure)
        case .unreadable(let problem): return .readUnreadable(read, problem: problem)
        }
    }
}
