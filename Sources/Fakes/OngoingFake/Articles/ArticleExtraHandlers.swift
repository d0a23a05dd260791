import Exchange
import JSON

/// What hangs on articles beside their own members: classes, dangerous goods, structures.
extension OngoingFake {
    func putClassesOfArticle(_ context: RequestContext) throws(Refusal) -> Response {
        let (record, owner) = try article(context)
        let ids = try body(context, Shapes.classesOfArticle, "m")["articleClassIds"]!.array!.compactMap(\.int)
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
        let body = try body(context, Shapes.dangerousGoodsByNumber, "m")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let number = body.text("articleNumber")!
        guard let record = owner.article(number) else { throw .business("Article \(number) does not exist.") }
        return save(body["dangerousGoods"]!.object!, record, owner, context)
    }

    func putDangerousGoodsOfArticle(_ context: RequestContext) throws(Refusal) -> Response {
        let (record, owner) = try article(context)
        return save(try body(context, Shapes.dangerousGoods, "m"), record, owner, context)
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
            ReadTables.dangerousGoods.render(kept)
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
        query.require("articleKind", kind)
        let owner = try goodsOwner(context, &query)
        let records = try filter.run(on: owner, at: context.now).filter { $0.kind == kind! }
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
                "articleSystemId": JSON(owner.articleIDs[number] ?? 0), "articleNumber": .string(number),
                "numberOfItems": row["numberOfItems"] ?? nil,
            ]
        }
        return [
            "articleSystemId": JSON(record.systemId), "articleNumber": .string(record.number),
            "articleKind": .string(record.kind), "rows": .array(rows),
        ]
    }
}

extension ReadTables {
    static let dangerousGoods = ReadTable<JSONObject>([
        .made("unNumber") { kept in
            ["unNumber": kept["unNumber"] ?? nil, "unTunnelCodes": nil, "unClassNumber": nil]
        },
        .kept(.null, "unPackageType", "unLabelNumbers"),
        .kept(.no, "unIsMarineHazard"),
        .kept(.null, "dangerousGoodsCoefficient", "emsCode", "unProperShippingNames"),
    ])
}
