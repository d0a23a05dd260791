import Exchange
import FakeKit
import HTTPTypes
import JSON
import Units

/// Articles and what the warehouse holds of them.
extension OngoingFake {
    /// Articles, their classes, dangerous goods and structures.
    static var articleRoutes: [Route<Handler>] {
        [
            .put("articles", putArticle),
            .get("articles", getArticles),
            .post("articles/byQuery", queryArticles),
            .get("articles/dangerousGoods", getDangerousGoods),
            .put("articles/dangerousGoods", putDangerousGoods),
            .get("articles/structureDefinitions", getStructureDefinitions),
            .get("articles/{articleSystemId}", getArticle),
            .put("articles/{articleSystemId}", putArticleByID),
            .put("articles/{articleSystemId}/classes", putClassesOfArticle),
            .get("articles/{articleSystemId}/dangerousGoods", getDangerousGoodsOfArticle),
            .put("articles/{articleSystemId}/dangerousGoods", putDangerousGoodsOfArticle),
            .get("articles/{articleSystemId}/structureDefinition", getStructureDefinition),
        ]
    }

    func putArticle(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, RequestShapes.article, "a")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        return articleResponse(owner, try owner.putArticle(body, at: context.now))
    }

    func putArticleByID(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, RequestShapes.article, "a")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let id = try context.id("articleSystemId")
        guard owner.articles.slot(id) != nil else { throw .notFound("Article with system id \(id) was not found.") }
        return articleResponse(owner, try owner.putArticle(body, known: id, at: context.now))
    }

    private func articleResponse(_ owner: GoodsOwner, _ id: Int) -> Response {
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
        let body = try body(context, RequestShapes.articleQuery, "q")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        return try articles(ArticleQuery(body), owner, context)
    }

    private func articles(_ filter: ArticleQuery, _ owner: GoodsOwner, _ context: RequestContext) throws(Refusal) -> Response {
        let records = try filter.run(on: owner, at: context.now)
        return list(records.map { rendered($0, owner, context.now) })
    }

    private func rendered(_ record: ArticleRecord, _ owner: GoodsOwner, _ now: Moment) -> [UInt8] {
        let render = { (record: ArticleRecord) in
            ResponseShapes.article.render(ArticleView(record: record, owner: owner)).serialized
        }
        // How many of a kit can be sold changes with the stock of its parts, so kits are always rendered afresh.
        guard record.kind != "Structure" else { return render(record) }
        return owner.articles.rendered(record.systemId, at: now, catalogue: owner.catalogueRevision, render)!
    }

    // MARK: Classes

    func putClassesOfArticle(_ context: RequestContext) throws(Refusal) -> Response {
        let (record, owner) = try article(context)
        let ids = try body(context, RequestShapes.classesOfArticle, "m")["articleClassIds"]!.array!.compactMap(\.int)
        if let unknown = ids.first(where: { owner.catalogues.find(.articleClass, id: $0) == nil }) {
            throw .business("Article class \(unknown) does not exist.")
        }
        owner.changeArticle(record.systemId, at: context.now) {
            $0.classIDs = SortedIDs(unsorted: ids).ids
            $0.updated = context.now
        }
        return ok(["fileId": nil, "success": true, "message": "Saved."])
    }

    // MARK: Dangerous goods

    func getDangerousGoods(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let filter = ArticleQuery(&query)
        let owner = try goodsOwner(context, &query)
        return ok(.array(try filter.run(on: owner, at: context.now).filter { $0.dangerousGoods != nil }.map(dangerousGoods)))
    }

    func getDangerousGoodsOfArticle(_ context: RequestContext) throws(Refusal) -> Response {
        ok(dangerousGoods(try article(context).record))
    }

    func putDangerousGoods(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, RequestShapes.dangerousGoodsByNumber, "m")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let number = body.text("articleNumber")!
        guard let record = owner.article(number) else { throw .business("Article \(number) does not exist.") }
        return save(body["dangerousGoods"]!.object!, record, owner, context)
    }

    func putDangerousGoodsOfArticle(_ context: RequestContext) throws(Refusal) -> Response {
        let (record, owner) = try article(context)
        return save(try body(context, RequestShapes.dangerousGoods, "m"), record, owner, context)
    }

    private func save(_ body: JSONObject, _ record: ArticleRecord, _ owner: GoodsOwner, _ context: RequestContext) -> Response {
        owner.changeArticle(record.systemId, at: context.now) {
            $0.dangerousGoods = body
            $0.updated = context.now
        }
        return ids("articleSystemId", record.systemId, "Saved.")
    }

    private func dangerousGoods(_ record: ArticleRecord) -> JSON {
        let goods = record.dangerousGoods.map { kept in
            ResponseShapes.dangerousGoods.render(kept)
        }
        return [
            "articleSystemId": JSON(record.systemId), "articleNumber": .string(record.number), "dangerousGoods": goods ?? nil,
        ]
    }

    // MARK: Structures

    func getStructureDefinitions(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let filter = ArticleQuery(&query)
        let kind = query.choice("articleKind", of: ["Structure", "Production"])
        if behaviour.structuresNeedKind { query.require("articleKind", kind) }
        let owner = try goodsOwner(context, &query)
        let records = try filter.run(on: owner, at: context.now).filter { record in
            kind.map { record.kind == $0 } ?? ["Structure", "Production"].contains(record.kind)
        }
        return ok(.array(records.map { structure($0, owner) }))
    }

    func getStructureDefinition(_ context: RequestContext) throws(Refusal) -> Response {
        let (record, owner) = try article(context)
        return ok(structure(record, owner))
    }

    private func structure(_ record: ArticleRecord, _ owner: GoodsOwner) -> JSON {
        let rows = (record.field("structureDefinition.rows")?.array ?? []).map { row -> JSON in
            let number = row["articleNumber"]?.string ?? ""
            return [
                "articleSystemId": JSON(owner.articleID(number) ?? 0), "articleNumber": .string(number),
                "numberOfItems": row["numberOfItems"] ?? nil,
            ]
        }
        return [
            "articleSystemId": JSON(record.systemId), "articleNumber": .string(record.number),
            "articleKind": .string(record.kind), "rows": .array(rows),
        ]
    }
}
