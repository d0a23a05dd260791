import Contract
import Exchange
import JSON
import Units

/// What a recording shows of both systems, in the order in which it was seen.
struct RecordedHistory {
    struct Sighting<Document> {
        let at: Moment
        let connection: String
        let document: Document

        init(_ exchange: RecordedExchange, _ document: Document) {
            at = exchange.at
            connection = exchange.connection
            self.document = document
        }
    }

    /// One row of an adjustment in the warehouse.
    struct Adjustment: Hashable {
        let at: Moment
        let connection: String
        let document: String
        let article: String
        let change: ExactDecimal
    }

    struct InWarehouse: Hashable {
        let connection: String
        let id: String
    }

    struct Product {
        var price: ExactDecimal?
        var isBarred = false
        var keepsInventory = true
        var hasBatches = false
        var hasSerials = false
        /// Over all locations.
        var total: Stock?
    }

    struct Location {
        var isDefault = false
        var parent: String?
    }

    /// The first and the last that was seen.
    struct Stock {
        let first: ExactDecimal
        var last: ExactDecimal
        var lastAt: Moment
    }

    private(set) var orders: [String: [Sighting<SeenOrder>]] = [:]
    private(set) var purchases: [String: [Sighting<SeenOrder>]] = [:]
    /// By connection and id: two warehouses may give the same id.
    private(set) var warehouseOrders: [InWarehouse: [Sighting<SeenInWarehouse>]] = [:]
    private(set) var warehousePurchases: [InWarehouse: [Sighting<SeenInWarehouse>]] = [:]
    /// In the order of their moments.
    private(set) var adjustments: [Adjustment] = []
    /// When Rackbeat did not find a document any more that it had shown.
    private(set) var gone: [String: Moment] = [:]
    private(set) var products: [String: Product] = [:]
    private(set) var locations: [String: Location] = [:]
    /// By item, then by location.
    private(set) var stock: [String: [String: Stock]] = [:]
    private(set) var warehouseStock: [String: Stock] = [:]
    /// In the order in which they were seen first.
    private(set) var orderNumbers: [String] = []
    private(set) var purchaseNumbers: [String] = []
    private(set) var items: [String] = []

    /// Its warehouse is the one whose stock a scenario begins with.
    private let firstConnection: String?

    init(_ recording: Recording) {
        firstConnection = recording.connections.first?.name
        for exchange in recording.exchanges { see(exchange) }
        adjustments.sort { $0.at < $1.at }
    }

    private mutating func see(_ exchange: RecordedExchange) {
        guard exchange.method == "GET" else { return }
        let segments = exchange.segments
        if exchange.status == 404, segments.count == 2, exchange.system == .rackbeat,
            (segments[0] == "orders" ? orders : purchases)[segments[1]] != nil, gone[segments[1]] == nil
        {
            gone[segments[1]] = exchange.at
        }
        guard let json = exchange.received else { return }
        switch (exchange.system, segments.first) {
        case (.rackbeat, "orders") where segments.count <= 2: seeOrders(json, "order", exchange, isSale: true)
        case (.rackbeat, "purchase-orders") where segments.count <= 2:
            seeOrders(json, "purchase_order", exchange, isSale: false)
        case (.rackbeat, "products") where segments.count <= 2:
            for row in json["products"]?.array ?? [json["product"]].compactMap({ $0 }) { seeProduct(row, exchange.at) }
        case (.rackbeat, "products") where segments.count == 4 && segments[2] == "locations":
            if let quantity = json.at(["product_location", "stock_quantity"])?.recordedDecimal {
                see(quantity, of: segments[1], at: segments[3], exchange.at)
            }
        case (.rackbeat, "reports") where segments.last == "checking":
            for item in json["items"]?.array ?? [] {
                guard let number = item["number"]?.recordedKey else { continue }
                for place in item["locations"]?.array ?? [] {
                    guard let location = place["number"]?.recordedKey, let quantity = place["stock_quantity"]?.recordedDecimal
                    else { continue }
                    see(quantity, of: number, at: location, exchange.at)
                }
            }
        case (.rackbeat, "locations"):
            for row in json["locations"]?.array ?? [json["location"]].compactMap({ $0 }) { seeLocation(row) }
        case (.ongoing, "orders"): seeInWarehouse(json, exchange, isSale: true)
        case (.ongoing, "purchaseOrders"): seeInWarehouse(json, exchange, isSale: false)
        case (.ongoing, "articles") where segments.last == "inventoryPerWarehouse":
            for row in json.array ?? [] {
                guard let article = row["articleNumber"]?.recordedKey else { continue }
                note(article)
                guard exchange.connection == firstConnection ?? exchange.connection else { continue }
                let quantities = (row["inventoryPerWarehouse"]?.array ?? []).compactMap { $0["numberOfItems"]?.recordedDecimal }
                let sum = quantities.reduce(ExactDecimal.zero) { $0 + $1 }
                warehouseStock[article] = Stock(first: warehouseStock[article]?.first ?? sum, last: sum, lastAt: exchange.at)
            }
        case (.ongoing, "inventoryAdjustments") where segments.count == 1: seeAdjustments(json, exchange.connection)
        default: break
        }
    }

    /// Rows have no identity of their own: two that are equal in one response are two.
    private mutating func seeAdjustments(_ json: JSON, _ connection: String) {
        var counts: [Adjustment: Int] = [:]
        for group in json.array ?? [] {
            guard let article = group["article"]?["articleNumber"]?.recordedKey else { continue }
            for row in group["inventoryAdjustments"]?.array ?? [] {
                guard let at = row["inventoryTime"]?.recordedTime, let change = row["numberOfItems"]?.recordedDecimal,
                    let document = row["inventoryId"]?.recordedKey
                else { continue }
                counts[
                    Adjustment(at: at, connection: connection, document: document, article: article, change: change), default: 0] +=
                    1
            }
        }
        for (adjustment, count) in counts.sorted(by: { $0.key.at < $1.key.at }) {
            let known = adjustments.count { $0 == adjustment }
            for _ in known..<max(known, count) { adjustments.append(adjustment) }
        }
    }

    private mutating func note(_ item: String) { if !items.contains(item) { items.append(item) } }

    private mutating func see(_ quantity: ExactDecimal, of item: String, at location: String, _ time: Moment) {
        note(item)
        stock[item, default: [:]][location] = Stock(
            first: stock[item]?[location]?.first ?? quantity, last: quantity, lastAt: time)
    }

    private mutating func seeProduct(_ row: JSON, _ time: Moment) {
        guard let number = row["number"]?.recordedKey else { return }
        note(number)
        let total = row["stock_quantity"]?.recordedDecimal.map {
            Stock(first: products[number]?.total?.first ?? $0, last: $0, lastAt: time)
        }
        products[number] = Product(
            price: row["sales_price"]?.recordedDecimal, isBarred: row["is_barred"]?.bool ?? false,
            keepsInventory: row["inventory_enabled"]?.bool ?? true,
            hasBatches: row.at(["batch_control", "is_active"])?.bool ?? false,
            hasSerials: row.at(["serial_numbers", "is_active"])?.bool ?? false, total: total)
    }

    private mutating func seeLocation(_ row: JSON) {
        guard let number = row["number"]?.recordedKey else { return }
        locations[number] = Location(isDefault: row["is_default"]?.bool ?? false, parent: row["parent_id"]?.recordedKey)
    }

    private mutating func seeOrders(_ json: JSON, _ key: String, _ exchange: RecordedExchange, isSale: Bool) {
        for row in json[key + "s"]?.array ?? [json[key]].compactMap({ $0 }) {
            guard let order = SeenOrder(row) else { continue }
            if isSale {
                if orders[order.number] == nil { orderNumbers.append(order.number) }
                orders[order.number, default: []].append(Sighting(exchange, order))
            } else {
                if purchases[order.number] == nil { purchaseNumbers.append(order.number) }
                purchases[order.number, default: []].append(Sighting(exchange, order))
            }
            for line in order.lines ?? [] { if let item = line.item { note(item) } }
        }
    }

    private mutating func seeInWarehouse(_ json: JSON, _ exchange: RecordedExchange, isSale: Bool) {
        for row in json.array ?? [json] {
            guard let document = SeenInWarehouse(row, isSale: isSale) else { continue }
            let sighting = Sighting(exchange, document)
            let key = InWarehouse(connection: exchange.connection, id: document.id)
            if isSale {
                warehouseOrders[key, default: []].append(sighting)
            } else {
                warehousePurchases[key, default: []].append(sighting)
            }
        }
    }

    // MARK: Asking

    func sightings(of number: String, isSale: Bool) -> [Sighting<SeenOrder>]? { (isSale ? orders : purchases)[number] }

    /// The documents of the warehouse that bear the number, with or without a suffix, the oldest first.
    func inWarehouse(_ number: String, isSale: Bool) -> [[Sighting<SeenInWarehouse>]] {
        (isSale ? warehouseOrders : warehousePurchases).values.filter { sightings in
            sightings.contains { $0.document.number == number || $0.document.number.hasPrefix(number + "-") }
        }.sorted { ($0[0].at, $0[0].document.number) < ($1[0].at, $1[0].document.number) }
    }

    /// How much of an item the open documents had moved by then, as Rackbeat showed it: shipped less received.
    func moved(_ item: String, at location: String, by time: Moment, in documents: [(number: String, isSale: Bool)])
        -> ExactDecimal
    {
        documents.reduce(.zero) { sum, document in
            let known = sightings(of: document.number, isSale: document.isSale)?.last {
                $0.at <= time && $0.document.lines != nil
            }
            let lines = (known?.document.lines ?? []).filter { $0.item == item && $0.location == location }
            return lines.reduce(sum) { document.isSale ? $0 + $1.done : $0 - $1.done }
        }
    }

    /// The same in the warehouse: picked less received.
    func movedInWarehouse(_ item: String, by time: Moment, in documents: [(number: String, isSale: Bool)]) -> ExactDecimal {
        documents.reduce(.zero) { sum, document in
            inWarehouse(document.number, isSale: document.isSale).reduce(sum) { sum, sightings in
                guard sightings[0].connection == firstConnection ?? sightings[0].connection else { return sum }
                let lines = (sightings.last { $0.at <= time }?.document.lines ?? []).filter { $0.article == item }
                return lines.reduce(sum) { document.isSale ? $0 + $1.moved : $0 - $1.moved }
            }
        }
    }

    /// The latest sighting with lines, as a list may leave them out.
    func last(_ number: String, isSale: Bool) -> SeenOrder? {
        let all = sightings(of: number, isSale: isSale) ?? []
        return all.last { $0.document.lines != nil }?.document ?? all.last?.document
    }
}
