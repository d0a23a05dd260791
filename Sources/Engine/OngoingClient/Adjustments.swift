package import ClientKit
import Exchange
package import Trade
package import Units

extension OngoingClient {
    /// Every row of every inventory adjustment since `from`. Picks, receipts and moves are none. May return more than requested.
    ///
    /// Not narrowed to those that are not reported: what `isReported` means is not clear, and another integration of the same
    /// goods owner may set the flag. Our own journal knows what is processed.
    package func adjustments(from: Moment) throws -> [Row<WarehouseAdjustment>] {
        var query = query()
        query.append("from", Self.bound(after: from))
        let articles = try api.read(.get("inventoryAdjustments", query)) { wire throws(WireError) in try wire.list() }
        return articles.flatMap { wire in rows(of: wire) }
    }

    /// The response is grouped by article; what is wrong with the article concerns each of its rows.
    private func rows(of wire: WireReader) -> [Row<WarehouseAdjustment>] {
        let entries: [WireReader]
        do {
            entries = try wire.nullableRows("inventoryAdjustments")
        } catch {
            return [.unreadable(key: try? articleNumber(wire), problem: error.problem)]
        }
        return entries.map { entry in
            row(entry, key: { entry throws(WireError) in try entry.optional("inventoryId", .whole).map(String.init) }) {
                entry throws(WireError) in
                try WarehouseAdjustment(entry, article: wire.requiredObject("article"))
            }
        }
    }

    private func articleNumber(_ wire: WireReader) throws(WireError) -> String? {
        try wire.object("article")?.name("articleNumber")
    }

    /// Marks the change of one article by an adjustment as processed.
    package func setReported(inventory: WarehouseID, article: WarehouseID) throws {
        try perform(.patch("inventoryAdjustments/\(inventory)/articles/\(article)/setReported"))
    }
}

extension WarehouseAdjustment {
    init(_ wire: WireReader, article: WireReader) throws(WireError) {
        self.init(
            inventory: try wire.identifier("inventoryId"), articleID: try article.identifier("articleSystemId"),
            article: ItemNumber(try article.required("articleNumber", .text)),
            change: Quantity(try wire.required("numberOfItems", .decimal)),
            time: try wire.required("inventoryTime", .moment))
        let reason = try wire.object("inventoryAdjustmentCause")
        cause = try reason?.name("name")
        if cause == nil { cause = try reason?.name("code") }
        comment = try wire.name("articleItemComment")
        if comment == nil { comment = try wire.name("inventoryItemComment") }
        batch = try wire.name("batchNumber")
        serial = try wire.name("serial")
        location = try wire.name("location")
    }
}
