package import FakeKit
package import Units

/// What people do to stock without an order.
extension OngoingFake {
    /// Somebody changes stock and leaves no document: nothing tells the goods owner of it but the stock itself.
    package func moveStockSilently(goodsOwner: Int, article: String, change: ExactDecimal) throws(ActionError) {
        let owner = try owner(goodsOwner)
        let wish = "change the stock of article \(article) by \(change)"
        guard let record = owner.article(article) else {
            throw ActionError("To \(wish): goods owner \(goodsOwner) has no such article.")
        }
        guard !change.isZero else { throw ActionError("To \(wish): that changes nothing.") }
        guard record.onHand + change >= .zero else { throw ActionError("To \(wish): only \(record.onHand) lie there.") }
        let now = store.clock()
        if change.isNegative {
            owner.takeOut(-change, of: record.systemId, cause: StockCause.unrecorded, document: "", at: now)
        } else {
            owner.bringIn(change, of: record.systemId, cause: StockCause.unrecorded, document: "", at: now)
        }
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
        let now = store.clock()
        owner.changeArticle(record.systemId, at: now) {
            for index in $0.items.indices { $0.items[index].location = location }
        }
        for item in moved {
            let move = MoveRecord(
                item: item, articleID: record.systemId, from: item.location, to: location, time: now)
            owner.moves.append(move)
            store.outbox.moved(move, of: owner, at: now)
        }
    }
}
