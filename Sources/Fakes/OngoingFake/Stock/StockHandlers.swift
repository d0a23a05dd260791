import Exchange
package import FakeKit
import JSON
import Units

/// Goods that are carried from one place in the warehouse to another. That changes no stock, but it is told and listed.
extension OngoingFake {
    /// Goods of one article that were carried elsewhere in one go.
    struct MoveRecord: Sendable {
        let item: StockItem
        let articleID: Int
        let from: String
        let to: String
        let time: Moment
    }

    /// Somebody carries all there is of an article to another place.
    package func carry(goodsOwner: Int, article number: String, to location: String) throws(ActionError) {
        let owner = try owner(goodsOwner)
        let wish = "carry article \(number) to \(location)"
        guard let record = owner.article(number) else {
            throw ActionError("To \(wish): goods owner \(goodsOwner) has no such article.")
        }
        let moved = record.items.filter { $0.location != location }
        guard !moved.isEmpty else { throw ActionError("To \(wish): nothing of it lies anywhere else.") }
        let now = tenant.clock()
        owner.changeArticle(record.systemId, at: now) {
            for index in $0.items.indices { $0.items[index].location = location }
        }
        for item in moved {
            let move = MoveRecord(
                item: item, articleID: record.systemId, from: item.location, to: location, time: now)
            owner.moves.append(move)
            tenant.outbox.moved(move, of: owner, at: now)
        }
    }

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
        let isElsewhere = onlyBetween || warehouses.contains { $0 != nil && $0 != tenant.warehouse.id }
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

    private func show(_ move: MoveRecord, _ owner: GoodsOwner) -> JSON {
        let article = owner.articles[move.articleID]
        return [
            "numberOfItems": Wire.number(move.item.quantity), "serial": .string(move.item.serial),
            "batchNumber": .string(move.item.batch), "expiryDate": Wire.text(move.item.expiryDate?.description),
            "moveTime": Wire.time(move.time), "originalArticleItemId": JSON(move.item.id),
            "article": ["articleSystemId": JSON(article.systemId), "articleNumber": .string(article.number)],
            "purchaseOrderInfo": nil, "fromLocation": ["location": .string(move.from)],
            "toLocation": ["location": .string(move.to)], "fromWarehouse": tenant.warehouse.json,
            "toWarehouse": tenant.warehouse.json, "byUser": nil,
        ]
    }
}
