import JSON
import Units

struct PurchaseOrderView: Keeping {
    let record: PurchaseOrderRecord
    let owner: GoodsOwner
    var kept: JSONObject { record.fields }
    var tenant: Tenant { owner.tenant }
}

struct PurchaseOrderLineView: Keeping {
    let line: PurchaseOrderLineRecord
    let owner: GoodsOwner
    var kept: JSONObject { line.fields }
}

extension ReadTables {
    static let purchaseOrder = ReadTable<PurchaseOrderView>([
        .made("goodsOwner") { ["id": JSON($0.owner.id), "name": .string($0.owner.name)] },
        .nested(supplier, "supplierInfo"),
        .made("purchaseOrderInfo") { purchaseOrderInfo.render($0) },
        .made("purchaseOrderLines") { view in
            .array(view.record.lines.map { purchaseOrderLine.render(PurchaseOrderLineView(line: $0, owner: view.owner)) })
        },
        .nested(ReadTable<JSONObject>([.kept(.null, "sellerNumber", "sellerName")]), "sellerInfo"),
        .list(codeName, "classes"),
        .list(textLine, "textLines"),
    ])

    /// Written as `supplierAddress.address`, read as `address.address1`; telephone and mail cannot be read back.
    private static let supplier = ReadTable<JSONObject>([
        .kept(.empty, "supplierNumber", "supplierName"),
        .nested(
            "address", from: "supplierAddress",
            ReadTable<JSONObject>([
                .kept("address1", from: "address", .empty), .kept(.empty, "address2", "postCode", "city", "countryCode"),
            ])),
    ])

    private static let purchaseOrderInfo = ReadTable<PurchaseOrderView>([
        .made("purchaseOrderId") { JSON($0.record.id) },
        .made("purchaseOrderNumber") { .string($0.record.number) },
        .kept(.empty, "supplierOrderNumber", "goodsOwnerReference", "referenceNumber"),
        .made("purchaseOrderStatus") { view in
            [
                "number": JSON(view.record.status),
                "text": Wire.text(view.tenant.text(ofPurchaseOrderStatus: view.record.status)),
            ]
        },
        .nested(codeName, "purchaseOrderType"),
        .made("inDate") { Wire.day($0.kept.time("inDate"), in: $0.tenant.behaviour.zone) },
        .kept(.empty, "purchaseOrderRemark"),
        .made("warehouse") { $0.tenant.warehouse.json },
        .made("createdDate") { Wire.time($0.record.created) },
        .made("advanced") { purchaseOrderAdvanced.render($0) },
        .nested(purchaseOrderFreeValues, "freeValues"),
        .kept(.null, "invoiceNumber"),
        .nested(codeName, "wayOfDelivery"),
        .kept(.null, "goodsOwnerPurchaseOrderId"),
        .absent("createdByUser"),
    ])

    private static let purchaseOrderAdvanced = ReadTable<PurchaseOrderView>([
        .made("arrivalDate") { Wire.time($0.record.arrived) },
        .made("orderDate") { $0.kept.member("advanced.orderDate") ?? .null },
        .made("container") { $0.kept.member("advanced.container") ?? "" },
        .made("purchaseOrderIsReturnType") { $0.kept.member("advanced.purchaseOrderIsReturnType") ?? false },
        .made("advisedDate") { $0.kept.member("advanced.advisedDate") ?? .null },
        .made("customsDeclaredDate") { $0.kept.member("customsInfo.customsDeclaredDate") ?? .null },
        .made("customerInfo") { $0.kept.member("advanced.customer") ?? .null },
        .absent("purchaseOrderPalletItems"),
    ])

    /// Written as `freeBoolean1`, read as `freeBool1`.
    private static let purchaseOrderFreeValues = ReadTable<JSONObject>([
        .kept(.null, "freeText1", "freeText2", "freeText3", "freeText4", "freeText5", "freeDecimal1", "freeDecimal2"),
        .kept("freeBool1", from: "freeBoolean1", .null), .kept("freeBool2", from: "freeBoolean2", .null),
        .kept(.null, "freeDecimal3"),
    ])

    static let purchaseOrderLine = ReadTable<PurchaseOrderLineView>([
        .made("id") { JSON($0.line.id) },
        .made("rowNumber") { Wire.text($0.line.row) },
        .made("article") { view in
            let article = view.owner.articles[view.line.articleID]
            return [
                "articleSystemId": JSON(article.systemId), "articleNumber": .string(article.number),
                "articleName": .string(article.name), "productCode": article.field("productCode") ?? "",
            ]
        },
        .kept(.empty, "comment"),
        .kept(.null, "rowPrice"),
        .made("advisedNumberOfItems") { Wire.number($0.line.advised) },
        .made("receivedNumberOfItems") { Wire.number($0.line.received) },
        .made("reportedNumberOfItems") { Wire.number($0.line.reported) },
        .made("articleItems") { Wire.list($0.line.receivedItems.map(receivedItem)) },
        .absent("subPurchaseOrderLines"),
        .kept(.null, "externalOrderLineId"),
        .nested(codeName, "lineType"),
        .nested(
            "freeValues", from: "lineFreeValues",
            ReadTable<JSONObject>([.kept(.null, "freeText1", "freeText2", "freeDateTime1", "freeDecimal1")])),
        .kept(.null, "inDate"),
        .list(textLine, "textLines"),
        .nested(codeName, "returnCause"),
        .kept(.empty, "batchNumber"),
        .kept(.null, "weight"),
        .made("currency") { view in
            guard let code = view.kept["currencyCode"] else { return .null }
            return ["code": code, "name": nil]
        },
    ])

    private static func receivedItem(_ item: ReceivedItem) -> JSON {
        [
            "originalArticleItemId": JSON(item.id), "numberOfItems": Wire.number(item.quantity),
            "inDate": Wire.time(item.time), "serial": .string(item.serial), "caseNumber": "",
            "batchNumber": .string(item.batch), "container": "", "comment": "", "weight": nil,
            "expiryDate": Wire.text(item.expiryDate?.description), "location": "", "articleItemStatus": nil,
            "receivedByUser": nil, "isLocked": false, "isLockedForSale": false, "articleItemFreeText1": nil,
            "secondNumberOfItems": nil, "articleItemClasses": nil, "articleItemPalletItemInfo": nil,
        ]
    }
}
