package import FakeKit
package import Units

/// What warehouse staff do with stock without an order.
extension OngoingFake {
    /// Changes stock without a document: the goods owner can see it only in the stock itself.
    package func moveStockSilently(goodsOwner: Int, article: String, change: ExactDecimal) throws(ActionError) {
        let owner = try owner(goodsOwner)
        let action = "change the stock of article \(article) by \(change)"
        guard let record = owner.article(article) else {
            throw ActionError("Cannot \(action): goods owner \(goodsOwner) has no such article.")
        }
        guard !change.isZero else { throw ActionError("Cannot \(action): the change is zero.") }
        guard record.onHand + change >= .zero else { throw ActionError("Cannot \(action): only \(record.onHand) are in stock.") }
        let now = store.clock()
        if change.isNegative {
            owner.takeOut(-change, of: record.systemId, cause: StockCause.unrecorded, document: "", at: now)
        } else {
            owner.bringIn(change, of: record.systemId, cause: StockCause.unrecorded, document: "", at: now)
        }
    }

    /// Moves all stock of an article to another place.
    package func carry(goodsOwner: Int, article number: String, to location: String) throws(ActionError) {
        let owner = try owner(goodsOwner)
        let action = "carry article \(number) to \(location)"
        guard let record = owner.article(number) else {
            throw ActionError("Cannot \(action): goods owner \(goodsOwner) has no such article.")
        }
        let moved = record.items.filter { $0.location != location }
        guard !moved.isEmpty else { throw ActionError("Cannot \(action): all of it is already there.") }
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
