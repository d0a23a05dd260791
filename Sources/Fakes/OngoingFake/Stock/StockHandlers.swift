import Exchange
import FakeKit
import HTTPTypes
import JSON
import Units

/// Stock by warehouse, by item and in the past, and its movements.
extension OngoingFake {
    /// Stock per warehouse, per item, of the past, and its movements.
    static var stockRoutes: [Route<Handler>] {
        [
            .get("articles/inventoryPerWarehouse", getInventoryPerWarehouse),
            .get("articles/historicalInventory", getHistoricalInventory),
            .get("articleItems", getArticleItems),
            .get("articleItems/statuses", getArticleItemStatuses),
            .get("movements", getMovements),
        ]
    }

    func getInventoryPerWarehouse(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let filter = ArticleQuery(&query)
        let warehouses = query.ints("warehouseIds")
        let owner = try goodsOwner(context, &query)
        let records = try filter.run(on: owner, at: context.now)
        let isWanted = warehouses?.contains(store.warehouse.id) ?? true
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
                    return ResponseShapes.inventoryPerWarehouse.render(view)
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
        for id in owner.articles.ids.ids where warehouse == nil || warehouse == store.warehouse.id {
            let record = owner.articles[id]
            let stock = store.ledger.entries(of: record.number, at: owner.place).reduce(ExactDecimal.zero) {
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

    func getArticleItemStatuses(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        _ = try goodsOwner(context, &query)
        return ok(["articleItemStatuses": []])
    }

    // MARK: Movements

    func getMovements(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let from = query.time("moveTimeFrom")
        query.require("moveTimeFrom", from)
        let until = query.time("moveTimeTo")
        let articles = query.texts("articleNumbers")
        let warehouses = [query.int("fromWarehouseId"), query.int("toWarehouseId")]
        let onlyBetween = query.flag("onlyMovementsBetweenDifferentWarehouses") ?? false
        let owner = try goodsOwner(context, &query)
        // There is one warehouse, so nothing moves between two.
        let isElsewhere = onlyBetween || warehouses.contains { $0 != nil && $0 != store.warehouse.id }
        let times = TimeFilter(includesTheSecond: behaviour.afterIncludesTheSecond)
        let moves =
            isElsewhere
            ? []
            : owner.moves.filter { move in
                times.after(move.time, from) && times.until(move.time, until)
                    && articles?.contains(owner.articles[move.articleID].number) != false
            }
        return ok(["movements": .array(moves.map { show($0, owner) })])
    }
}
