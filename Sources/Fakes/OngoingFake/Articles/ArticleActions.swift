package import FakeKit
import JSON
import Units

/// What warehouse staff do with articles.
extension OngoingFake {
    /// Gives an article another number, or switches it on or off.
    package func change(
        article number: String, of goodsOwner: Int, number new: String? = nil, isActive: Bool? = nil
    ) throws(ActionError) {
        let owner = try owner(goodsOwner)
        let now = store.clock()
        guard let record = owner.article(number) else { throw ActionError("Cannot change article \(number): there is none.") }
        if let new {
            guard owner.article(new) == nil else {
                throw ActionError("Cannot renumber article \(number): there is an article \(new) already.")
            }
            guard record.onHand.isZero else {
                throw ActionError("Cannot renumber article \(number): the warehouse has \(record.onHand) of it.")
            }
        }
        owner.changeArticle(record.systemId, at: now) { article in
            if let new { article.number = new }
            if let isActive { article.fields["isActive"] = .bool(isActive) }
            article.updated = now
        }
    }
}
