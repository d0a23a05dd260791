import JSON
import Units

/// What `GET /articles` can be asked for.
struct ArticleQuery {
    var numbers: [String]?
    var idFrom: Int?
    var limit: Int?
    var stockChangedFrom: Moment?
    var updatedFrom: Moment?
    var onlyInStock = false
    var productCodes: [String]?
    var nameContains: [String]?
    var classIDs: [Int]?
    var barCodes: [String]?
    var onlyBelowLimit = false
    var onlyBelowLimitWithBooked = false
    var isObsolete: Bool?
    var excludesKits = false
    var excludesNonStock = false

    init(_ query: inout QueryReader) {
        numbers = Self.joined(query.texts("articleNumbers"), query.text("articleNumber"))
        idFrom = query.int("articleSystemIdFrom")
        limit = query.int("maxArticlesToGet")
        stockChangedFrom = query.time("stockInfoChangedFrom")
        updatedFrom = query.time("articleDataLastUpdatedFrom")
        onlyInStock = query.flag("onlyArticlesInStock") ?? false
        productCodes = Self.joined(query.texts("productCodes"), query.text("productCode"))
        nameContains = query.texts("articleNameContains")
        classIDs = query.ints("articleClassIds")
        barCodes = query.texts("barCodes")
        onlyBelowLimit = query.flag("onlyArticlesBelowStockLimit") ?? false
        onlyBelowLimitWithBooked = query.flag("onlyArticlesBelowStockLimitConsideringNumberOfBookedItems") ?? false
        isObsolete = query.flag("isObsolete")
        excludesKits = query.flag("excludeStructureArticles") ?? false
        excludesNonStock = query.flag("excludeNonStockArticles") ?? false
    }

    /// The same filters in a body.
    init(_ body: JSONObject) {
        func texts(_ name: String) -> [String]? { body[name]?.array?.compactMap(\.string) }
        numbers = texts("articleNumbers")
        idFrom = body["articleSystemIdFrom"]?.int
        limit = body["maxArticlesToGet"]?.int
        stockChangedFrom = body.time("stockInfoChangedFrom")
        updatedFrom = body.time("articleDataLastUpdatedFrom")
        onlyInStock = body["onlyArticlesInStock"]?.bool ?? false
        productCodes = texts("productCodes")
        nameContains = texts("articleNameContains")
        classIDs = body["articleClassIds"]?.array?.compactMap(\.int)
        barCodes = texts("barCodes")
        onlyBelowLimit = body["onlyArticlesBelowStockLimit"]?.bool ?? false
        onlyBelowLimitWithBooked = body["onlyArticlesBelowStockLimitConsideringNumberOfBookedItems"]?.bool ?? false
        isObsolete = body["isObsolete"]?.bool
    }

    private static func joined(_ list: [String]?, _ single: String?) -> [String]? {
        list == nil && single == nil ? nil : (list ?? []) + [single].compactMap { $0 }
    }

    /// The matching articles in ascending order of their ids.
    func run(on owner: GoodsOwner, at now: Moment) throws(Refusal) -> [ArticleRecord] {
        let behaviour = owner.store.behaviour
        try TimeFilter.check(
            stockChangedFrom, "stockInfoChangedFrom", noOlderThan: behaviour.stockChangedLimit,
            hours: behaviour.stockChangedLimitHours, at: now)
        let candidates = owner.articles.withYoung(candidates(in: owner))
        let limit = limit ?? .max
        let times = TimeFilter(includesTheSecond: behaviour.afterIncludesTheSecond)
        let wanted = Wanted(self)
        var result: [ArticleRecord] = []
        for id in candidates.ids[candidates.lowerBound(idFrom ?? .min)...] where result.count < limit {
            guard let record = owner.articles.visible(id, at: now), matches(record, wanted, times) else { continue }
            result.append(record)
        }
        return result
    }

    private func candidates(in owner: GoodsOwner) -> SortedIDs {
        if let numbers { return SortedIDs(unsorted: numbers.compactMap { owner.articleID($0) }) }
        if let stockChangedFrom, owner.stockLog.count(from: stockChangedFrom) < owner.articles.ids.count / 2 {
            return owner.stockLog.changed(from: stockChangedFrom)
        }
        if let updatedFrom, owner.articleLog.count(from: updatedFrom) < owner.articles.ids.count / 2 {
            return owner.articleLog.changed(from: updatedFrom)
        }
        return owner.articles.ids
    }

    /// The long lists of a query as sets, made once.
    private struct Wanted {
        let numbers: Set<String>?
        let productCodes: Set<String>?
        let barCodes: Set<String>?

        init(_ query: ArticleQuery) {
            numbers = query.numbers.map(Set.init)
            productCodes = query.productCodes.map(Set.init)
            barCodes = query.barCodes.map(Set.init)
        }
    }

    private func matches(_ record: ArticleRecord, _ wanted: Wanted, _ times: TimeFilter) -> Bool {
        if let numbers = wanted.numbers, !numbers.contains(record.number) { return false }
        if !times.after(record.stockChanged, stockChangedFrom) || !times.after(record.updated, updatedFrom) { return false }
        if onlyInStock, record.onHand <= .zero { return false }
        if let codes = wanted.productCodes, !codes.contains(record.fields.text("productCode") ?? "") { return false }
        if let codes = wanted.barCodes, !Self.barCodes(of: record).contains(where: codes.contains) { return false }
        if let nameContains {
            let name = record.name.lowercased()
            guard nameContains.contains(where: { name.contains($0.lowercased()) }) else { return false }
        }
        if let classIDs, !record.classIDs.contains(where: classIDs.contains) { return false }
        if let isObsolete, (record.field("storageProperties.isObsolete")?.bool ?? false) != isObsolete { return false }
        if excludesKits, record.kind == "Structure" { return false }
        if excludesNonStock, !record.isStockArticle { return false }
        return isBelowLimit(record)
    }

    private func isBelowLimit(_ record: ArticleRecord) -> Bool {
        guard onlyBelowLimit || onlyBelowLimitWithBooked else { return true }
        guard let limit = record.fields.decimal("stockLimit") else { return false }
        return (!onlyBelowLimit || record.onHand < limit)
            && (!onlyBelowLimitWithBooked || record.onHand - record.figures.booked < limit)
    }

    private static func barCodes(of record: ArticleRecord) -> [String] {
        let names = ["barCode", "barCodePackage", "barCodePallet", "barCodeLayer"]
        let others = record.field("barCodeInfo.alternativeBarCodes")?.array ?? []
        return names.compactMap { record.fields.text("barCodeInfo.\($0)") } + others.compactMap { $0["barCode"]?.string }
    }
}
