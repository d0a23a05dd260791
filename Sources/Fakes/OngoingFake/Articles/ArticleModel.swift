import FakeKit
package import JSON
package import Units

extension OngoingFake {
    /// One article of one goods owner.
    package struct ArticleRecord: Sendable {
        /// `articleSystemId`.
        package let systemId: Int
        package let goodsOwner: Int
        package internal(set) var number: String
        /// What was sent about it, by the members of `PostArticleModel` (without `goodsOwnerId` and `articleNumber`).
        package internal(set) var fields: JSONObject
        package let created: Moment
        /// When its master data last changed.
        package internal(set) var updated: Moment
        /// When any of its quantities last changed; `nil` when none ever did.
        package internal(set) var stockChanged: Moment?
        package internal(set) var lastReceived: Moment?
        /// The stock by batch, serial and day of arrival, oldest first.
        package internal(set) var items: [StockItem] = []
        package internal(set) var onHand: ExactDecimal = .zero
        var figures = StockFigures()
        var classIDs: [Int] = []
        var files: [AttachedFile] = []
        var dangerousGoods: JSONObject?

        init(systemId: Int, goodsOwner: Int, number: String, created: Moment) {
            self.systemId = systemId
            self.goodsOwner = goodsOwner
            self.number = number
            self.fields = JSONObject()
            self.created = created
            self.updated = created
        }

        /// A member by its path, such as `barCodeInfo.barCode`; `nil` when it was never given.
        package func field(_ path: String) -> JSON? { fields.member(path) }

        package var name: String { fields.text("articleName") ?? "" }

        /// Whether the warehouse counts it: lines of other articles are not picked.
        package var isStockArticle: Bool { fields["isStockArticle"]?.bool ?? true }

        /// `Stock`, or the kind of its structure.
        var kind: String { fields.text("structureDefinition.articleKind") ?? "Stock" }

        /// What an order, a purchase order or an adjustment shows of it.
        var shownElsewhere: [JSON?] {
            [.string(number), fields["articleName"], fields["productCode"], .string(kind), fields["stockValuationPrice"]]
        }
    }
}

typealias ArticleRecord = OngoingFake.ArticleRecord

/// How articles change.
extension GoodsOwner {
    /// Changes an article's record; the only way to do so.
    func changeArticle(_ id: Int, at now: Moment, _ change: (inout ArticleRecord) -> Void) {
        let before = articles[id]
        var after = before
        change(&after)
        articles.replace(id, with: after, at: now)
        if before.number != after.number {
            setArticleID(nil, of: before.number)
            setArticleID(id, of: after.number)
        }
        if before.shownElsewhere != after.shownElsewhere { catalogueRevision += 1 }
        if before.updated != after.updated { articleLog.note(id, at: after.updated) }
        if before.stockChanged != after.stockChanged, let time = after.stockChanged { stockLog.note(id, at: time) }
    }

    /// An article of which only the number is known: so orders make the articles they name.
    func addArticle(_ number: String, at now: Moment) -> Int {
        let id = store.ids.next(\.article)
        articles.add(ArticleRecord(systemId: id, goodsOwner: self.id, number: number, created: now), id: id, at: now)
        setArticleID(id, of: number)
        articleLog.note(id, at: now)
        return id
    }

    /// Creates or updates an article.
    ///
    /// - Parameter known: the article to update; without it, the one that bears the number, if there is one.
    func putArticle(_ body: JSONObject, known: Int? = nil, at now: Moment) throws(Refusal) -> Int {
        let number = body.text("articleNumber")!
        if let known, let bearer = articleID(number), bearer != known {
            throw .business("Article number \(number) is already used by another article.")
        }
        let id = known ?? articleID(number) ?? addArticle(number, at: now)
        settleCatalogues(of: body)
        if articles[id].number != number { renumberStock(of: id, to: number, at: now) }
        let keeps = store.behaviour.absentMembersKeepTheirValue
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
            store.ledger.move(name, at: place, by: change, cause: StockCause.renumbering, document: document, time: now)
        }
    }

    private func classID(of body: JSON) -> Int {
        catalogues.settle(
            .articleClass, code: body["code"]?.string ?? "", name: body["name"]?.string, comment: body["comment"]?.string,
            ids: &store.ids
        ).entry.id
    }

    /// Finds or makes groups and categories by their code, suppliers by their number or name.
    private func settleCatalogues(of body: JSONObject) {
        for (member, kind) in [("articleGroup", Catalogues.Kind.articleGroup), ("articleCategory", .articleCategory)] {
            if let code = body.text("\(member).code") {
                let former = catalogues.find(kind, code: code)?.name
                let entry = catalogues.settle(kind, code: code, name: body.text("\(member).name"), ids: &store.ids).entry
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
        let settled = catalogues.settle(.supplier, code: key, name: name, ids: &store.ids)
        return settled.isNew ? [supplier.text("supplierNumber"), name].compactMap { $0 }.joined(separator: " ") : nil
    }

    /// Lines may name unknown articles, which are then created, unless the tenant refuses that.
    func requireArticles(_ numbers: [String]) throws(Refusal) {
        guard !store.behaviour.unknownArticlesAreCreated else { return }
        for number in numbers where articleID(number) == nil { throw .business("Article \(number) does not exist.") }
    }
}
