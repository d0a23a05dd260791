import Exchange
import FakeKit
import HTTPTypes
import JSON
import Units

/// Inventory adjustments, grouped by article.
extension OngoingFake {
    /// Inventory adjustments.
    static var adjustmentRoutes: [Route<Handler>] {
        [
            .get("inventoryAdjustments", getAdjustments),
            .get("inventoryAdjustments/{inventoryId}", getAdjustment),
            .patch("inventoryAdjustments/{inventoryId}/articles/{articleSystemId}/setReported", setAdjustmentReported),
        ]
    }

    func getAdjustments(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let from = query.time("from")
        let until = query.time("toTime") ?? query.time("to")
        let isReported = query.flag("isReported")
        let owner = try goodsOwner(context, &query)
        let times = TimeFilter(includesTheSecond: behaviour.afterIncludesTheSecond)
        let wantsUnreported = isReported == false && behaviour.notReportedMeansUnreported
        let rows = positions(in: owner, from: from, onlyUnreported: wantsUnreported && behaviour.readLag == .zero)
            .map { owner.adjustments[$0] }
            .filter { row in
                // What was entered before the clock was set back lies in the future, and is shown.
                let isShown = behaviour.readLag == .zero || row.time + behaviour.readLag <= context.now
                guard isShown, times.after(row.time, from), times.until(row.time, until)
                else {
                    return false
                }
                let isSeenReported = row.reportedAt.map { $0 + behaviour.readLag <= context.now } ?? false
                return wantsUnreported ? !isSeenReported : isReported != true || isSeenReported
            }
        return ok(.array(grouped(rows, owner)))
    }

    private func positions(in owner: GoodsOwner, from: Moment?, onlyUnreported: Bool) -> [Int] {
        if onlyUnreported { return owner.unreportedAdjustments.ids }
        guard let from else { return Array(owner.adjustments.indices) }
        return owner.adjustmentLog.changed(from: from).ids
    }

    private func grouped(_ rows: [AdjustmentRecord], _ owner: GoodsOwner) -> [JSON] {
        var articles: [Int] = []
        var rowsOf: [Int: [AdjustmentRecord]] = [:]
        for row in rows {
            if rowsOf[row.articleID] == nil { articles.append(row.articleID) }
            rowsOf[row.articleID, default: []].append(row)
        }
        return articles.map { group(rowsOf[$0]!, owner) }
    }

    /// A document may span several articles, but the response holds one: the first.
    func getAdjustment(_ context: RequestContext) throws(Refusal) -> Response {
        let (positions, owner) = try adjustment(context)
        let rows = positions.map { owner.adjustments[$0] }
        return ok(group(rows.filter { $0.articleID == rows[0].articleID }, owner))
    }

    private func adjustment(_ context: RequestContext) throws(Refusal) -> (positions: [Int], owner: GoodsOwner) {
        let id = try context.id("inventoryId")
        for owner in goodsOwners(of: context.user) {
            if let positions = owner.adjustmentRows[id], !positions.isEmpty { return (positions, owner) }
        }
        throw .notFound("Inventory with id \(id) was not found.")
    }

    func setAdjustmentReported(_ context: RequestContext) throws(Refusal) -> Response {
        let (_, owner) = try adjustment(context)
        let inventory = try context.id("inventoryId")
        let article = try context.id("articleSystemId")
        guard let rows = owner.setReported(inventory: inventory, article: article, at: context.now) else {
            throw .notFound("Inventory \(inventory) has no row of the article with system id \(article).")
        }
        return ok([
            "message": "Inventory adjustments set as reported.",
            "items": .array(
                rows.map { ["inventoryArticleItemId": JSON($0.rowID), "articleItemId": JSON($0.itemID)] }),
        ])
    }
}
