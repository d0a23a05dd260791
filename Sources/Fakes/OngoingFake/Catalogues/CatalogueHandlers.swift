import Exchange
import FakeKit
import HTTPTypes
import JSON
import Units

/// Warehouses, goods owners, and the lists of what orders and articles can bear.
extension OngoingFake {
    /// Warehouses, goods owners and the lists of codes.
    static var catalogueRoutes: [Route<Handler>] {
        [
            .get("articles/groups", getArticleGroups),
            .get("articles/categories", getArticleCategories),
            .get("articles/classes", getArticleClasses),
            .put("articles/classes", putArticleClass),
            .put("articles/classes/{articleClassId}", putArticleClassByID),
            .delete("articles/classes/{articleClassId}", deleteArticleClass),
            .get("orders/types", getOrderTypes),
            .get("orders/classes", getOrderClasses),
            .get("orders/wayOfDeliveryTypes", getWayOfDeliveryTypes),
            .put("orders/wayOfDeliveryTypes", putWayOfDeliveryType),
            .put("orders/wayOfDeliveryTypes/{wayOfDeliveryTypeId}", putWayOfDeliveryTypeByID),
            .delete("orders/wayOfDeliveryTypes/{wayOfDeliveryTypeId}", deleteWayOfDeliveryType),
            .get("purchaseOrders/types", getPurchaseOrderTypes),
            .get("warehouses", getWarehouses),
            .get("warehouses/locations/types", getLocationTypes),
            .get("warehouses/{warehouseId}/zones", getZones),
            .get("goodsOwners", getGoodsOwners),
            .get("goodsOwners/{id}", getGoodsOwner),
            .get("transporterContracts", getTransporterContracts),
            .get("parcelTypes", getParcelTypes),
            .get("returnOrders/returnCauses", getReturnCauses),
            .put("returnOrders/returnCauses", putReturnCause),
            .put("returnOrders/returnCauses/{returnCauseId}", putReturnCauseByID),
        ]
    }

    func getWarehouses(_ context: RequestContext) -> Response {
        let warehouse = store.warehouse
        return ok([
            ["id": JSON(warehouse.id), "code": .string(warehouse.code), "name": .string(warehouse.name), "address": nil]
        ])
    }

    func getZones(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.id("warehouseId")
        guard id == store.warehouse.id else { throw .notFound("Warehouse with id \(id) was not found.") }
        return ok([["id": 1, "name": "Main", "position": nil, "aisles": []]])
    }

    func getLocationTypes(_ context: RequestContext) -> Response { ok([["id": 1, "name": "Shelf", "code": "SHELF"]]) }

    // MARK: Goods owners

    func getGoodsOwners(_ context: RequestContext) -> Response {
        ok(["goodsOwners": .array(goodsOwners(of: context.user).map(show))])
    }

    func getGoodsOwner(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.id("id")
        guard let owner = goodsOwners(of: context.user).first(where: { $0.id == id }) else {
            throw .notFound("Goods owner with id \(id) was not found.")
        }
        return ok(show(owner))
    }

    // MARK: Lists by code

    /// The response with a catalogue of the goods owner the query names.
    private func catalogue(
        _ context: RequestContext, _ wrapper: String, _ kind: Catalogues.Kind, _ show: (Catalogues.Entry) -> JSON
    ) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let owner = try goodsOwner(context, &query)
        return ok([wrapper: .array(owner.catalogues.all(kind).map(show))])
    }

    func getArticleGroups(_ context: RequestContext) throws(Refusal) -> Response {
        try catalogue(context, "articleGroups", .articleGroup, Self.full)
    }

    func getArticleCategories(_ context: RequestContext) throws(Refusal) -> Response {
        try catalogue(context, "articleCategories", .articleCategory, Self.full)
    }

    func getArticleClasses(_ context: RequestContext) throws(Refusal) -> Response {
        try catalogue(context, "articleClasses", .articleClass, Self.full)
    }

    func getOrderTypes(_ context: RequestContext) throws(Refusal) -> Response {
        try catalogue(context, "orderTypes", .orderType) { Wire.codeAndName($0.code, $0.name) }
    }

    func getPurchaseOrderTypes(_ context: RequestContext) throws(Refusal) -> Response {
        try catalogue(context, "purchaseOrderTypes", .purchaseOrderType) { Wire.codeAndName($0.code, $0.name) }
    }

    func getOrderClasses(_ context: RequestContext) throws(Refusal) -> Response {
        try catalogue(context, "orderClasses", .orderClass) { entry in
            ["code": .string(entry.code), "name": .string(entry.name), "comment": Wire.text(entry.comment)]
        }
    }

    func getWayOfDeliveryTypes(_ context: RequestContext) throws(Refusal) -> Response {
        try catalogue(context, "wayOfDeliveryTypes", .wayOfDelivery) { Wire.idCodeName($0.id, $0.code, $0.name) }
    }

    func getTransporterContracts(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        _ = try goodsOwner(context, &query)
        return ok([
            [
                "ediCode": "", "transporterName": "Postal service", "transporterCode": "POST", "transporterServiceCode": "P1",
                "transporterServices": [["transporterServiceName": "Parcel", "transporterServiceCode": "P1"]],
            ]
        ])
    }

    func getParcelTypes(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        _ = try goodsOwner(context, &query)
        return ok([
            [
                "id": 1, "code": "BOX", "name": "Box", "weight": nil, "length": nil, "width": nil, "height": nil,
                "loadMeters": nil, "area": nil, "barCode": nil,
            ]
        ])
    }

    // MARK: Writing classes, ways of delivery, causes of returns

    func putArticleClass(_ context: RequestContext) throws(Refusal) -> Response {
        try putEntry(context, RequestShapes.articleClass, .articleClass, "articleClassId", known: nil)
    }

    func putArticleClassByID(_ context: RequestContext) throws(Refusal) -> Response {
        try putEntry(
            context, RequestShapes.articleClass, .articleClass, "articleClassId", known: try context.id("articleClassId"))
    }

    func deleteArticleClass(_ context: RequestContext) throws(Refusal) -> Response {
        try deleteEntry(context, .articleClass, "articleClassId")
    }

    func putWayOfDeliveryType(_ context: RequestContext) throws(Refusal) -> Response {
        try putEntry(context, RequestShapes.wayOfDeliveryType, .wayOfDelivery, "wayOfDeliveryTypeId", known: nil)
    }

    func putWayOfDeliveryTypeByID(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.id("wayOfDeliveryTypeId")
        return try putEntry(context, RequestShapes.wayOfDeliveryType, .wayOfDelivery, "wayOfDeliveryTypeId", known: id)
    }

    func deleteWayOfDeliveryType(_ context: RequestContext) throws(Refusal) -> Response {
        try deleteEntry(context, .wayOfDelivery, "wayOfDeliveryTypeId")
    }

    func getReturnCauses(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let owner = try goodsOwner(context, &query)
        return ok([
            "returnCauses": .array(
                owner.catalogues.all(.returnCause).map { cause in
                    [
                        "code": .string(cause.code), "name": .string(cause.name),
                        "isRemoveCause": cause.flags["isRemoveCause"] ?? false,
                        "isChangeCause": cause.flags["isChangeCause"] ?? false,
                        "isReturnCommentMandatory": cause.flags["isReturnCommentMandatory"] ?? false,
                        "id": JSON(cause.id),
                    ]
                })
        ])
    }

    func putReturnCause(_ context: RequestContext) throws(Refusal) -> Response {
        try putEntry(context, RequestShapes.returnCause, .returnCause, "returnCauseId", known: nil)
    }

    func putReturnCauseByID(_ context: RequestContext) throws(Refusal) -> Response {
        try putEntry(context, RequestShapes.returnCause, .returnCause, "returnCauseId", known: try context.id("returnCauseId"))
    }

    func putEntry(
        _ context: RequestContext, _ shape: RequestShape, _ kind: Catalogues.Kind, _ idName: String, known: Int?
    ) throws(Refusal) -> Response {
        let body = try body(context, shape, "m")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let code = body.text("code")!
        if let known {
            guard let old = owner.catalogues.find(kind, id: known) else { throw Self.noEntry(known) }
            if let bearer = owner.catalogues.find(kind, code: code), bearer.id != known {
                throw .business("Code \(code) is already used by id \(bearer.id).")
            }
            owner.catalogues.replace(
                kind,
                Catalogues.Entry(id: known, code: code, name: body.text("name")!, comment: body.text("comment") ?? old.comment))
        } else {
            _ = owner.catalogues.settle(
                kind, code: code, name: body.text("name"), comment: body.text("comment"), ids: &store.ids)
        }
        var entry = owner.catalogues.find(kind, code: code)!
        entry.flags = entry.flags.merging(body.without("goodsOwnerId", "code", "name", "comment"))
        owner.catalogues.replace(kind, entry)
        owner.catalogueRevision += 1
        return success(idName, entry.id, "Saved.")
    }

    private func deleteEntry(_ context: RequestContext, _ kind: Catalogues.Kind, _ idName: String) throws(Refusal) -> Response {
        let id = try context.id(idName)
        guard let owner = goodsOwners(of: context.user).first(where: { $0.catalogues.find(kind, id: id) != nil }) else {
            throw Self.noEntry(id)
        }
        owner.catalogues.remove(kind, id: id)
        owner.catalogueRevision += 1
        return success(idName, id, "Deleted.")
    }

    private static func noEntry(_ id: Int) -> Refusal { .notFound("Id \(id) was not found.") }
}
