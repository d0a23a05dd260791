import Exchange
import JSON
import Units

/// Warehouses, goods owners, and the lists of what orders and articles can bear.
extension OngoingFake {
    func getWarehouses(_ visit: Visit) -> Response {
        let warehouse = tenant.warehouse
        return ok([
            ["id": JSON(warehouse.id), "code": .string(warehouse.code), "name": .string(warehouse.name), "address": nil]
        ])
    }

    func getZones(_ visit: Visit) throws(Refusal) -> Response {
        let id = try visit.id("warehouseId")
        guard id == tenant.warehouse.id else { throw .notFound("Warehouse with id \(id) was not found.") }
        return ok([["id": 1, "name": "Main", "position": nil, "aisles": []]])
    }

    func getLocationTypes(_ visit: Visit) -> Response { ok([["id": 1, "name": "Shelf", "code": "SHELF"]]) }

    // MARK: Goods owners

    func getGoodsOwners(_ visit: Visit) -> Response {
        ok(["goodsOwners": .array(goodsOwners(of: visit.user).map(goodsOwner))])
    }

    func getGoodsOwner(_ visit: Visit) throws(Refusal) -> Response {
        let id = try visit.id("id")
        guard let owner = goodsOwners(of: visit.user).first(where: { $0.id == id }) else {
            throw .notFound("Goods owner with id \(id) was not found.")
        }
        return ok(goodsOwner(owner))
    }

    private func goodsOwner(_ owner: GoodsOwner) -> JSON {
        let warehouse = tenant.warehouse
        return [
            "goodsOwnerId": JSON(owner.id), "goodsOwnerName": .string(owner.name), "goodsOwnerComment": "",
            "isTrainingGoodsOwner": false, "goodsOwnerGroup": nil, "goodsOwnerClasses": nil, "invoicingCurrency": nil,
            "defaultWarehouse": [
                "warehouseId": JSON(warehouse.id), "warehouseName": .string(warehouse.name),
                "warehouseCode": .string(warehouse.code),
            ],
            "address": nil, "references": nil, "logo": nil,
        ]
    }

    // MARK: Lists by code

    /// Answers with a catalogue of the goods owner the query names.
    private func catalogue(
        _ visit: Visit, _ wrapper: String, _ kind: Catalogues.Kind, _ show: (Catalogues.Entry) -> JSON
    ) throws(Refusal) -> Response {
        var query = visit.query(beliefs)
        let owner = try goodsOwner(visit, &query)
        return ok([wrapper: .array(owner.catalogues.all(kind).map(show))])
    }

    private static func full(_ entry: Catalogues.Entry) -> JSON {
        [
            "id": JSON(entry.id), "code": .string(entry.code), "name": .string(entry.name),
            "comment": Wire.text(entry.comment),
        ]
    }

    func getArticleGroups(_ visit: Visit) throws(Refusal) -> Response {
        try catalogue(visit, "articleGroups", .articleGroup, Self.full)
    }

    func getArticleCategories(_ visit: Visit) throws(Refusal) -> Response {
        try catalogue(visit, "articleCategories", .articleCategory, Self.full)
    }

    func getArticleClasses(_ visit: Visit) throws(Refusal) -> Response {
        try catalogue(visit, "articleClasses", .articleClass, Self.full)
    }

    func getOrderTypes(_ visit: Visit) throws(Refusal) -> Response {
        try catalogue(visit, "orderTypes", .orderType) { Wire.codeAndName($0.code, $0.name) }
    }

    func getPurchaseOrderTypes(_ visit: Visit) throws(Refusal) -> Response {
        try catalogue(visit, "purchaseOrderTypes", .purchaseOrderType) { Wire.codeAndName($0.code, $0.name) }
    }

    func getOrderClasses(_ visit: Visit) throws(Refusal) -> Response {
        try catalogue(visit, "orderClasses", .orderClass) { entry in
            ["code": .string(entry.code), "name": .string(entry.name), "comment": Wire.text(entry.comment)]
        }
    }

    func getWayOfDeliveryTypes(_ visit: Visit) throws(Refusal) -> Response {
        try catalogue(visit, "wayOfDeliveryTypes", .wayOfDelivery) { Wire.idCodeName($0.id, $0.code, $0.name) }
    }

    func getTransporterContracts(_ visit: Visit) throws(Refusal) -> Response {
        var query = visit.query(beliefs)
        _ = try goodsOwner(visit, &query)
        return ok([
            [
                "ediCode": "", "transporterName": "Postal service", "transporterCode": "POST", "transporterServiceCode": "P1",
                "transporterServices": [["transporterServiceName": "Parcel", "transporterServiceCode": "P1"]],
            ]
        ])
    }

    func getParcelTypes(_ visit: Visit) throws(Refusal) -> Response {
        var query = visit.query(beliefs)
        _ = try goodsOwner(visit, &query)
        return ok([
            [
                "id": 1, "code": "BOX", "name": "Box", "weight": nil, "length": nil, "width": nil, "height": nil,
                "loadMeters": nil, "area": nil, "barCode": nil,
            ]
        ])
    }

    // MARK: Writing classes and ways of delivery

    func putArticleClass(_ visit: Visit) throws(Refusal) -> Response {
        try putEntry(visit, Shapes.articleClass, .articleClass, "articleClassId", known: nil)
    }

    func putArticleClassByID(_ visit: Visit) throws(Refusal) -> Response {
        try putEntry(visit, Shapes.articleClass, .articleClass, "articleClassId", known: try visit.id("articleClassId"))
    }

    func deleteArticleClass(_ visit: Visit) throws(Refusal) -> Response {
        try deleteEntry(visit, .articleClass, "articleClassId")
    }

    func putWayOfDeliveryType(_ visit: Visit) throws(Refusal) -> Response {
        try putEntry(visit, Shapes.wayOfDeliveryType, .wayOfDelivery, "wayOfDeliveryTypeId", known: nil)
    }

    func putWayOfDeliveryTypeByID(_ visit: Visit) throws(Refusal) -> Response {
        let id = try visit.id("wayOfDeliveryTypeId")
        return try putEntry(visit, Shapes.wayOfDeliveryType, .wayOfDelivery, "wayOfDeliveryTypeId", known: id)
    }

    func deleteWayOfDeliveryType(_ visit: Visit) throws(Refusal) -> Response {
        try deleteEntry(visit, .wayOfDelivery, "wayOfDeliveryTypeId")
    }

    func putEntry(
        _ visit: Visit, _ shape: Shape, _ kind: Catalogues.Kind, _ idName: String, known: Int?
    ) throws(Refusal) -> Response {
        let body = try body(visit, shape, "m")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: visit.user)
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
                kind, code: code, name: body.text("name"), comment: body.text("comment"), ids: &tenant.ids)
        }
        var entry = owner.catalogues.find(kind, code: code)!
        entry.flags = entry.flags.merging(body.without("goodsOwnerId", "code", "name", "comment"))
        owner.catalogues.replace(kind, entry)
        owner.catalogueRevision += 1
        return success(idName, entry.id, "Saved.")
    }

    private func deleteEntry(_ visit: Visit, _ kind: Catalogues.Kind, _ idName: String) throws(Refusal) -> Response {
        let id = try visit.id(idName)
        guard let owner = goodsOwners(of: visit.user).first(where: { $0.catalogues.find(kind, id: id) != nil }) else {
            throw Self.noEntry(id)
        }
        owner.catalogues.remove(kind, id: id)
        owner.catalogueRevision += 1
        return success(idName, id, "Deleted.")
    }

    private static func noEntry(_ id: Int) -> Refusal { .notFound("Id \(id) was not found.") }
}
