import FakeKit
import JSON
import Units

/// One customer of the warehouse with everything that is its own.
final class GoodsOwner {
    let id: Int
    let name: String
    unowned let tenant: Tenant

    let articles: Shelf<ArticleRecord>
    var articleIDs: [String: Int] = [:]
    var stockLog = ChangeLog()
    var articleLog = ChangeLog()
    /// Rises whenever an article looks different where others show it.
    var catalogueRevision = 0

    let orders: Shelf<OrderRecord>
    var orderIndex = OrderIndex()
    let purchaseOrders: Shelf<PurchaseOrderRecord>
    var purchaseOrderIndex = PurchaseOrderIndex()

    /// In the order in which they were made; the position of a row is its key in the indexes.
    var adjustments: [AdjustmentRecord] = []
    var adjustmentRows: [Int: [Int]] = [:]
    var unreportedAdjustments = SortedIDs()
    var adjustmentLog = ChangeLog()

    var returnOrders: [ReturnOrderRecord] = []
    /// In the order in which goods were carried.
    var moves: [OngoingFake.MoveRecord] = []

    var catalogues = Catalogues()

    init(id: Int, name: String, tenant: Tenant) {
        self.id = id
        self.name = name
        self.tenant = tenant
        articles = Shelf(lag: tenant.behaviour.readLag)
        orders = Shelf(lag: tenant.behaviour.readLag)
        purchaseOrders = Shelf(lag: tenant.behaviour.readLag)
    }

    /// Where its stock lies, as the ledger writes it.
    var place: String { String(id) }

    func article(_ number: String) -> ArticleRecord? { articleIDs[number].map { articles[$0] } }
}

/// What is found or made by its code as it comes along, and only listed afterwards.
struct Catalogues {
    struct Entry {
        let id: Int
        let code: String
        var name: String
        var comment: String?
        var flags: JSONObject = [:]
    }

    private var entries: [Kind: [Entry]] = [:]
    /// Where the entry of a code stands.
    private var positions: [Kind: [String: Int]] = [:]

    enum Kind: Hashable {
        case articleGroup, articleCategory, articleClass, orderType, orderClass, wayOfDelivery, purchaseOrderType
        case supplier, returnCause
    }

    /// Customers by number, or by full name and address.
    var customers: [String: Int] = [:]

    /// In the order in which they were made.
    func all(_ kind: Kind) -> [Entry] { entries[kind] ?? [] }

    func find(_ kind: Kind, code: String) -> Entry? { positions[kind]?[code].map { entries[kind]![$0] } }

    func find(_ kind: Kind, id: Int) -> Entry? { entries[kind]?.first { $0.id == id } }

    /// Finds by code or makes; a name that is given takes the place of the old one.
    mutating func settle(_ kind: Kind, code: String, name: String?, comment: String? = nil, ids: inout Counters) -> (
        entry: Entry, isNew: Bool
    ) {
        if let position = positions[kind]?[code] {
            if let name { entries[kind]![position].name = name }
            if let comment { entries[kind]![position].comment = comment }
            return (entries[kind]![position], false)
        }
        let entry = Entry(id: ids.next(\.other), code: code, name: name ?? "", comment: comment)
        positions[kind, default: [:]][code] = entries[kind]?.count ?? 0
        entries[kind, default: []].append(entry)
        return (entry, true)
    }

    mutating func replace(_ kind: Kind, _ entry: Entry) {
        guard let position = entries[kind]?.firstIndex(where: { $0.id == entry.id }) else { return }
        entries[kind]![position] = entry
        index(kind)
    }

    mutating func remove(_ kind: Kind, id: Int) {
        entries[kind]?.removeAll { $0.id == id }
        index(kind)
    }

    private mutating func index(_ kind: Kind) {
        let codes = all(kind).enumerated().map { ($1.code, $0) }
        positions[kind] = Dictionary(codes, uniquingKeysWith: { first, _ in first })
    }
}
