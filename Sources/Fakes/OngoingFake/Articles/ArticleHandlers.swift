import Exchange
import FakeKit
import JSON
import Units

/// Articles and what the warehouse holds of them.
extension OngoingFake {
    func putArticle(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, Shapes.article, "a")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        return articleAnswer(owner, try owner.putArticle(body, at: context.now))
    }

    func putArticleByID(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, Shapes.article, "a")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let id = try context.id("articleSystemId")
        guard owner.articles.slot(id) != nil else { throw .notFound("Article with system id \(id) was not found.") }
        return articleAnswer(owner, try owner.putArticle(body, known: id, at: context.now))
    }

    private func articleAnswer(_ owner: GoodsOwner, _ id: Int) -> Response {
        let record = owner.articles[id]
        return ids("articleSystemId", id, "Article \(record.number) \(record.name) Updated/Created")
    }

    /// The article of an id in the path, as readers see it, and the goods owner it belongs to.
    func article(_ context: RequestContext) throws(Refusal) -> (record: ArticleRecord, owner: GoodsOwner) {
        let id = try context.id("articleSystemId")
        for owner in goodsOwners(of: context.user) {
            if let record = owner.articles.visible(id, at: context.now) { return (record, owner) }
        }
        throw .notFound("Article with system id \(id) was not found.")
    }

    func getArticle(_ context: RequestContext) throws(Refusal) -> Response {
        let (record, owner) = try article(context)
        return ok(rendered(record, owner, context.now))
    }

    func getArticles(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let filter = ArticleQuery(&query)
        let owner = try goodsOwner(context, &query)
        return try articles(filter, owner, context)
    }

    func queryArticles(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, Shapes.articleQuery, "q")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        return try articles(ArticleQuery(body), owner, context)
    }

    private func articles(_ filter: ArticleQuery, _ owner: GoodsOwner, _ context: RequestContext) throws(Refusal) -> Response {
        let records = try filter.run(on: owner, at: context.now)
        return list(records.map { rendered($0, owner, context.now) })
    }

    private func rendered(_ record: ArticleRecord, _ owner: GoodsOwner, _ now: Moment) -> [UInt8] {
        let render = { (record: ArticleRecord) in
            ReadTables.article.render(ArticleView(record: record, owner: owner)).serialized
        }
        // How many of a kit can be sold changes with the stock of its parts, so kits are always made anew.
        guard record.kind != "Structure" else { return render(record) }
        return owner.articles.rendered(record.systemId, at: now, catalogue: owner.catalogueRevision, render)!
    }

    func getInventoryPerWarehouse(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let filter = ArticleQuery(&query)
        let warehouses = query.ints("warehouseIds")
        let owner = try goodsOwner(context, &query)
        let records = try filter.run(on: owner, at: context.now)
        let isWanted = warehouses?.contains(tenant.warehouse.id) ?? true
        return ok(
            .array(
                records.map { record in
                    let view = ArticleView(record: record, owner: owner)
                    guard isWanted else {
                        return [
                            "articleSystemId": JSON(record.systemId), "articleNumber": .string(record.number),
                            "inventoryPerWarehouse": [],
                        ]
                    }
                    return ReadTables.inventoryPerWarehouse.render(view)
                }))
    }

    /// What lay there at a moment in the past, worked out from the ledger.
    func getHistoricalInventory(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let date = query.time("stockDate")
        query.require("stockDate", date)
        let warehouse = query.int("warehouseId")
        let owner = try goodsOwner(context, &query)
        var articles: [JSON] = []
        for id in owner.articles.ids.ids where warehouse == nil || warehouse == tenant.warehouse.id {
            let record = owner.articles[id]
            let stock = tenant.ledger.entries(of: record.number, at: owner.place).reduce(ExactDecimal.zero) {
                $1.time <= date! ? $0 + $1.change : $0
            }
            guard !stock.isZero else { continue }
            articles.append([
                "articleItems": nil, "articleSystemId": JSON(id), "articleNumber": .string(record.number),
                "articleName": .string(record.name), "productCode": record.field("productCode") ?? "",
                "numberOfItems": Wire.number(stock),
            ])
        }
        return ok([["articles": .array(articles)]])
    }

    // MARK: Stock by item

    func getArticleItems(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let filter = ArticleQuery(&query)
        let batches = query.texts("batchNumbers")
        let locations = query.texts("locationNames")
        let statuses = query.texts("articleItemStatusCodes")
        let owner = try goodsOwner(context, &query)
        var result: [JSON] = []
        for record in try filter.run(on: owner, at: context.now) {
            let items = record.items.filter { item in
                // Items here bear no status.
                batches?.contains(item.batch) != false && locations?.contains(item.location) != false && statuses == nil
            }
            guard !items.isEmpty else { continue }
            result.append([
                "articleSystemId": JSON(record.systemId), "articleNumber": .string(record.number),
                "items": .array(items.map(articleItem)),
            ])
        }
        return ok(.array(result))
    }

    private func articleItem(_ item: StockItem) -> JSON {
        [
            "batch": .string(item.batch), "container": "", "expiryDate": Wire.text(item.expiryDate?.description),
            "isLocked": false, "isLockedForSale": false, "location": .string(item.location),
            "numberOfItems": Wire.number(item.quantity),
            "serial": .string(item.serial), "status": nil, "comment": "", "warehouse": tenant.warehouse.json,
            "inDate": Wire.time(item.arrived), "articleItemId": JSON(item.id), "purchaseOrderInfo": nil, "lockCauses": nil,
        ]
    }

    func getArticleItemStatuses(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        _ = try goodsOwner(context, &query)
        return ok(["articleItemStatuses": []])
    }
}
