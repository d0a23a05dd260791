import FakeKit
import JSON
import Units

/// One customer of the warehouse with its articles, orders, stock documents and their indices.
final class GoodsOwner {
    let id: Int
    let name: String
    unowned let store: Store

    let articles: Table<ArticleRecord>
    /// By number, all in one case where the tenant compares them so.
    private var articleIDs: [String: Int] = [:]
    var stockLog = ChangeLog()
    var articleLog = ChangeLog()
    /// Rises whenever an article looks different where others show it.
    var catalogueRevision = 0

    let orders: Table<OrderRecord>
    var orderIndex = OrderIndex()
    let purchaseOrders: Table<PurchaseOrderRecord>
    var purchaseOrderIndex = PurchaseOrderIndex()

    /// In the order in which they were made; the position of a row is its key in the indexes.
    var adjustments: [AdjustmentRecord] = []
    var adjustmentRows: [Int: [Int]] = [:]
    var unreportedAdjustments = SortedIDs()
    var adjustmentLog = ChangeLog()

    var returnOrders: [ReturnOrderRecord] = []
    /// In the order in which goods moved.
    var moves: [OngoingFake.MoveRecord] = []

    var catalogues = Catalogues()

    init(id: Int, name: String, store: Store) {
        self.id = id
        self.name = name
        self.store = store
        articles = Table(lag: store.behaviour.readLag)
        orders = Table(lag: store.behaviour.readLag)
        purchaseOrders = Table(lag: store.behaviour.readLag)
    }

    /// The place of its stock in the ledger.
    var place: String { String(id) }

    func article(_ number: String) -> ArticleRecord? { articleID(number).map { articles[$0] } }

    func articleID(_ number: String) -> Int? { articleIDs[articleKey(number)] }

    func setArticleID(_ id: Int?, of number: String) { articleIDs[articleKey(number)] = id }

    private func articleKey(_ number: String) -> String {
        store.behaviour.articleNumbersIgnoreCase ? number.lowercased() : number
    }
}
