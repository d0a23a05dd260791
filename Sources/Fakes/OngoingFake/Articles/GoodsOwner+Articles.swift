import FakeKit
import JSON
import Units

/// What creates and updates articles.
extension GoodsOwner {
    /// Creates or updates an article.
    ///
    /// - Parameter known: the article to update; without it, the one that bears the number, if there is one.
    func putArticle(_ body: JSONObject, known: Int? = nil, at now: Moment) throws(Refusal) -> Int {
        let number = body.text("articleNumber")!
        if let known, let bearer = articleIDs[number], bearer != known {
            throw .business("Article number \(number) is already used by another article.")
        }
        let id = known ?? articleIDs[number] ?? addArticle(number, at: now)
        settleCatalogues(of: body)
        if articles[id].number != number { renumberStock(of: id, to: number, at: now) }
        let keeps = tenant.behaviour.absentMembersKeepTheirValue
        changeArticle(id, at: now) { record in
            record.number = number
            let given = body.without("goodsOwnerId", "articleNumber", "articleClassesInfo")
            record.fields = keeps ? record.fields.merging(given) : given
            record.updated = now
            if let classes = body.member("articleClassesInfo.classes")?.array {
                let ids = classes.map { classID(of: $0) }
                let adds = body.text("articleClassesInfo.handlingMode") != "Set"
                record.classIDs = SortedIDs(unsorted: (adds ? record.classIDs : []) + ids).ids
            }
        }
        return id
    }

    /// The ledger knows articles by their number, so the stock moves from the old number to the new one.
    private func renumberStock(of id: Int, to number: String, at now: Moment) {
        let record = articles[id]
        guard !record.onHand.isZero else { return }
        let document = "article \(id)"
        for (name, change) in [(record.number, -record.onHand), (number, record.onHand)] {
            tenant.ledger.move(name, at: place, by: change, cause: StockCause.renumbering, document: document, time: now)
        }
    }

    private func classID(of body: JSON) -> Int {
        catalogues.settle(
            .articleClass, code: body["code"]?.string ?? "", name: body["name"]?.string, comment: body["comment"]?.string,
            ids: &tenant.ids
        ).entry.id
    }

    /// Groups and categories are found or made by their code, suppliers by their number or name.
    private func settleCatalogues(of body: JSONObject) {
        for (member, kind) in [("articleGroup", Catalogues.Kind.articleGroup), ("articleCategory", .articleCategory)] {
            if let code = body.text("\(member).code") {
                let former = catalogues.find(kind, code: code)?.name
                let entry = catalogues.settle(kind, code: code, name: body.text("\(member).name"), ids: &tenant.ids).entry
                // Every article of the group shows the new name.
                if let former, former != entry.name { catalogueRevision += 1 }
            }
        }
        settleSupplier(body.member("supplierInfo")?.object)
    }

    /// - Returns: The name of a supplier that was not known before.
    @discardableResult
    func settleSupplier(_ supplier: JSONObject?) -> String? {
        guard let supplier, let key = supplier.text("supplierNumber") ?? supplier.text("supplierName"), !key.isEmpty else {
            return nil
        }
        let name = supplier.text("supplierName")
        let settled = catalogues.settle(.supplier, code: key, name: name, ids: &tenant.ids)
        return settled.isNew ? [supplier.text("supplierNumber"), name].compactMap { $0 }.joined(separator: " ") : nil
    }

    /// Lines may name articles nobody knows, which are then made, unless the warehouse refuses that.
    func requireArticles(_ numbers: [String]) throws(Refusal) {
        guard !tenant.behaviour.unknownArticlesAreCreated else { return }
        for number in numbers where articleIDs[number] == nil { throw .business("Article \(number) does not exist.") }
    }
}
