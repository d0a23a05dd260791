import JSON
import Units

struct PurchaseOrderView: KeptMembers {
    let record: PurchaseOrderRecord
    let owner: GoodsOwner
    var kept: JSONObject { record.fields }
    var store: Store { owner.store }
}

struct PurchaseOrderLineView: KeptMembers {
    let line: PurchaseOrderLineRecord
    let owner: GoodsOwner
    var kept: JSONObject { line.fields }
}

extension ResponseShapes {
    static let purchaseOrder = ResponseShape<PurchaseOrderView>([
        .made("goodsOwner") { ["id": JSON($0.owner.id), "name": .string($0.owner.name)] },
        .nested(supplier, "supplierInfo"),
        .made("purchaseOrderInfo") { purchaseOrderInfo.render($0) },
        .made("purchaseOrderLines") { view in
            .array(view.record.lines.map { purchaseOrderLine.render(PurchaseOrderLineView(line: $0, owner: view.owner)) })
        },
        .nested(ResponseShape<JSONObject>([.kept(.null, "sellerNumber", "sellerName")]), "sellerInfo"),
        .list(codeName, "classes"),
        .list(textLine, "textLines"),
    ])

    /// Written as `supplierAddress.address`, read as `address.address1`; telephone and mail cannot be read back.
    private static let supplier = ResponseShape<JSONObject>([
        .kept(.empty, "supplierNumber", "supplierName"),
        .nested(
            "address", from: "supplierAddress",
            ResponseShape<JSONObject>([
                .kept("address1", from: "address", .empty), .kept(.empty, "address2", "postCode", "city", "countryCode"),
            ])),
    ])

    private static let purchaseOrderInfo = ResponseShape<PurchaseOrderView>([
        .made("purchaseOrderId") { JSON($0.record.id) },
        .made("purchaseOrderNumber") { .string($0.record.number) },
        .kept(.empty, "supplierOrderNumber", "goodsOwnerReference", "referenceNumber"),
        .made("purchaseOrderStatus") { view in
            [
                "number": JSON(view.record.status),
                "text": Wire.text(view.store.text(ofPurchaseOrderStatus: view.record.status)),
            ]
        },
        .nested(codeName, "purchaseOrderType"),
        .made("inDate") { Wire.day($0.kept.time("inDate"), in: $0.store.behaviour.zone) },
        .kept(.empty, "purchaseOrderRemark"),
        .made("warehouse") { $0.store.warehouse.json },
        .made("createdDate") { Wire.time($0.record.created) },
        .made("advanced") { purchaseOrderAdvanced.render($0) },
        .nested(purchaseOrderFreeValues, "freeValues"),
        .kept(.null, "invoiceNumber"),
        .nested(codeName, "wayOfDelivery"),
        .kept(.null, "goodsOwnerPurchaseOrderId"),
        .absent("createdByUser"),
    ])

    private static let purchaseOrderAdvanced = ResponseShape<PurchaseOrderView>([
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
    private static let purchaseOrderFreeValues = ResponseShape<JSONObject>([
        .kept(.null, "freeText1", "freeText2", "freeText3", "freeText4", "freeText5", "freeDecimal1", "freeDecimal2"),
        .kept("freeBool1", from: "freeBoolean1", .null), .kept("freeBool2", from: "freeBoolean2", .null),
        .kept(.null, "freeDecimal3"),
    ])

    static let purchaseOrderLine = ResponseShape<PurchaseOrderLineView>([
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
            ResponseShape<JSONObject>([.kept(.null, "freeText1", "freeText2", "freeDateTime1", "freeDecimal1")])),
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

extension RequestShapes {
    static let purchaseOrder = RequestShape(
        "PostPurchaseOrderModel",
        [
            .required(.int, "goodsOwnerId"),
            .required(.code, "purchaseOrderNumber"),
            .optional(.code, "supplierOrderNumber", "goodsOwnerReference", "referenceNumber", "invoiceNumber"),
            .optional(.code, "goodsOwnerPurchaseOrderId"),
            .optional(.time, "inDate"),
            .optional(.object(supplier), "supplierInfo"),
            .optional(.object(codeName), "purchaseOrderType", "wayOfDelivery"),
            .optional(.list(.object(purchaseOrderLine)), "purchaseOrderLines"),
            .optional(.remark, "purchaseOrderRemark"),
            .optional(.int, "warehouseId"),
            .optional(
                .object(
                    RequestShape(
                        "PostPurchaseOrderFreeValues",
                        [
                            .optional(.words, "freeText1", "freeText2", "freeText3", "freeText4", "freeText5"),
                            .optional(.decimal, "freeDecimal1", "freeDecimal2", "freeDecimal3"),
                            .optional(.flag, "freeBoolean1", "freeBoolean2"),
                        ])), "freeValues"),
            .optional(.object(purchaseOrderAdvanced), "advanced"),
            .optional(
                .object(
                    RequestShape(
                        "PostPurchaseOrderCustoms",
                        [
                            .optional(.object(codeName), "termsOfDeliveryType"),
                            .optional(.words, "termsOfDeliveryTypeLocation"), .optional(.time, "customsDeclaredDate"),
                        ])), "customsInfo"),
            .optional(
                .object(
                    RequestShape(
                        "PostPurchaseOrderSellerInfo",
                        [
                            .optional(.code, "sellerNumber"), .optional(.name, "sellerName"),
                            .optional(.object(supplierAddress), "sellerAddress"),
                        ])), "sellerInfo"),
            .optional(.list(.object(codeNameComment)), "classes"),
            .optional(
                .list(.object(RequestShape("PostPurchaseOrderTracking", [.optional(.words, "waybill", "trackingUrl")]))),
                "tracking"),
            .optional(.list(.object(purchaseOrderTextLine)), "textLines"),
        ])

    static let purchaseOrderLine = RequestShape(
        "PostPurchaseOrderLine",
        [
            .required(.code, "rowNumber", "articleNumber"),
            .optional(.quantity, "numberOfItems"),
            .optional(.remark, "comment"),
            .optional(.decimal, "rowPrice", "weight"),
            .optional(.code, "currencyCode", "batchNumber", "externalOrderLineId", "serialNumber"),
            .optional(.int, "articleItemStatusId"),
            .optional(.time, "inDate", "expiryDate", "productionDate"),
            .optional(
                .object(
                    RequestShape(
                        "PostPurchaseOrderLineFreeValues",
                        [
                            .optional(.decimal, "freeDecimal1"), .optional(.words, "freeText1", "freeText2"),
                            .optional(.time, "freeDateTime1"),
                        ])), "lineFreeValues"),
            .optional(.object(codeName), "lineType", "returnCause", "articleItemStatus"),
            .optional(.list(.object(purchaseOrderTextLine)), "textLines"),
        ])

    private static let supplier = RequestShape(
        "PostPurchaseOrderSupplierInfo",
        [
            .optional(.code, "supplierNumber"), .optional(.name, "supplierName"), .optional(.remark, "remark"),
            .optional(.object(supplierAddress), "supplierAddress"),
        ])

    /// Written with `address`, `address2` and `telePhone`, unlike every other address.
    private static let supplierAddress = RequestShape(
        "PostPurchaseOrderSupplierAddress",
        [
            .optional(.name, "name", "address", "address2", "address3", "city", "email"),
            .optional(.code, "postCode", "telePhone", "mobilePhone", "countryStateCode", "countryCode"),
            .optional(.remark, "remark", "deliveryInstruction"),
            .optional(.flag, "isVisible", "notifyBySMS", "notifyByEmail", "notifyByTelephone"),
        ])

    private static let purchaseOrderAdvanced = RequestShape(
        "PostPurchaseOrderAdvanced",
        [
            .optional(.code, "container"), .optional(.time, "orderDate", "advisedDate"),
            .optional(.int, "purchaseOrderStatusCreated"), .optional(.flag, "purchaseOrderIsReturnType"),
            .optional(.members, "customer"),
        ])

    private static let purchaseOrderTextLine = RequestShape(
        "PostPurchaseOrderTextLine",
        [.optional(.code, "rowNumber"), .optional(.words, "comment"), .optional(.decimal, "numberOfItems")])

    static let advisedItems = RequestShape(
        "PostPurchaseOrderArticleItemsModel",
        [
            .optional(
                .list(
                    .object(
                        RequestShape(
                            "PostPurchaseOrderArticleItemModel",
                            [
                                .required(.int, "purchaseOrderLineId"), .optional(.quantity, "numberOfItems"),
                                .optional(.code, "serial", "batch", "container", "caseNumber"), .optional(.remark, "comment"),
                                .optional(.decimal, "weight", "length", "width", "height", "volume", "price"),
                                .optional(.int, "statusId"), .optional(.time, "expiryDate", "productionDate"),
                                .optional(.object(codeName), "articleItemCategory"), .optional(.members, "advanced"),
                            ]))), "items")
        ])
}
