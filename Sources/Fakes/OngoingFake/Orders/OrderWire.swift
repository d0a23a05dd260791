import JSON
import Units

struct OrderView: KeptMembers {
    let record: OrderRecord
    let owner: GoodsOwner
    var kept: JSONObject { record.fields }
    var store: Store { owner.store }

    func sum(_ amount: (OrderLineRecord) -> ExactDecimal) -> JSON {
        Wire.number(record.lines.reduce(.zero) { $1.isKitHead ? $0 : $0 + amount($1) })
    }
}

struct OrderLineView: KeptMembers {
    let line: OrderLineRecord
    let order: OrderView
    var kept: JSONObject { line.fields }
}

struct ConsigneeView: KeptMembers {
    let id: Int
    let kept: JSONObject
}

extension ResponseShapes {
    static let order = ResponseShape<OrderView>([
        .made("goodsOwner") { ["id": JSON($0.owner.id), "name": .string($0.owner.name)] },
        .made("orderInfo") { orderInfo.render($0) },
        .made("consignee") { consignee.render(ConsigneeView(id: $0.record.consigneeID, kept: $0.record.consignee)) },
        .made("parcels") { Wire.list($0.record.parcels.map(parcel.render)) },
        .made("orderLines") { view in
            .array(view.record.lines.filter { $0.parent == nil }.map { orderLine(OrderLineView(line: $0, order: view)) })
        },
        .made("transporter") { transporter($0.kept["transporter"]?.object) },
        .made("returnTransporter") { transporter($0.kept["returnTransporter"]?.object) },
        .made("tracking") { Wire.list($0.record.tracking.filter { !$0.isReturn }.map(tracking)) },
        .made("classes") { Wire.list($0.record.classes.map(\.json)) },
        .absent("shipmentInfo"),
        .made("returnTracking") { Wire.list($0.record.tracking.filter(\.isReturn).map(tracking)) },
        .made("advanced") { orderModelAdvanced($0) },
        .absent("nonTransporterParcels"),
        .nested(transporterAddons, "transporterAddons", "returnTransporterAddons"),
        .made("wayBillRows") { Wire.list($0.record.wayBillRows.map(wayBillRow.render)) },
    ])

    static let orderInfo = ResponseShape<OrderView>([
        .made("orderId") { JSON($0.record.id) },
        .made("orderNumber") { .string($0.record.number) },
        .made("goodsOwnerOrderId") { Wire.text($0.record.goodsOwnerOrderId) },
        .kept(.empty, "referenceNumber", "salesCode", "orderRemark", "deliveryInstruction", "servicePointCode"),
        .kept(.empty, "freeText1", "freeText2", "freeText3"),
        .nested(codeName, "orderType", "wayOfDelivery"),
        .made("deliveryDate") { Wire.day($0.kept.time("deliveryDate"), in: $0.store.behaviour.zone) },
        .made("createdDate") { Wire.time($0.record.created) },
        .made("shippedTime") { Wire.time($0.record.shipped) },
        .made("wayBill") { .string($0.record.waybill) },
        .made("returnWayBill") { .string($0.record.returnWaybill) },
        .made("orderStatus") { view in
            [
                "number": JSON(view.record.status),
                "text": Wire.text(view.store.text(ofOrderStatus: view.record.status)),
            ]
        },
        .nested(notification, "emailNotification", "smsNotification", "telephoneNotification"),
        .made("orderedNumberOfItems") { $0.sum(\.ordered) },
        .made("allocatedNumberOfItems") { $0.sum(\.allocated) },
        .made("pickedNumberOfItems") { $0.sum(\.picked) },
        .nested(ResponseShape<JSONObject>([.kept(.null, "customsValueCurrencyCode")]), "customsInfo"),
        .kept(.null, "preparedTransportDocumentId"),
        .made("warehouse") { $0.store.warehouse.json },
        .nested(codeName, "termsOfDeliveryType"),
        .kept(.null, "customerPrice", "consigneeOrderNumber", "warehouseInstruction"),
        .nested(ResponseShape<JSONObject>([.kept(.null, "marketPlace", "marketPlaceOrderNumber")]), "marketPlace"),
        .kept(.null, "pickingPriority", "productionCode"),
        .made("advanced") { orderInfoAdvanced.render($0) },
        .kept(.null, "freightPrice", "invoiceUrl", "orderFreeDateTime1"),
        .absent("sortLocation", "printedTime"),
        .made("isPickedWithErrors") { _ in false },
        .kept(.null, "orderFreeDecimal1", "freeText4"),
        .kept(.null, "orderFreeDateTime2", "orderFreeDateTime3", "orderFreeDateTime4"),
    ])

    private static let orderInfoAdvanced = ResponseShape<OrderView>([
        .made("invoiceNumber") { $0.kept.member("advanced.invoiceNumber") ?? "" },
        .made("arrivalDate") { $0.kept.member("advanced.arrivalDate") ?? .null },
        .made("deliveryDateWithTime") { $0.kept["deliveryDate"] ?? .null },
        .made("backOrderInfo") { $0.record.backOrderFor.map { ["backOrderForOrderId": JSON($0)] } ?? nil },
        .made("orderHeaderUpdated") { Wire.time($0.record.headerUpdated) },
        .absent("transportPaymentType"),
    ])

    /// A line with the lines of its parts, if it is a kit.
    private static func orderLine(_ view: OrderLineView) -> JSON { orderLineTable.render(view) }

    private static let orderLineTable = ResponseShape<OrderLineView>([
        .made("id") { JSON($0.line.id) },
        .made("rowNumber") { Wire.text($0.line.row) },
        .made("article") { orderLineArticle($0.order.owner.articles[$0.line.articleID]) },
        .kept(.empty, "comment"),
        .made("orderedNumberOfItems") { Wire.number($0.line.ordered) },
        .made("allocatedNumberOfItems") { Wire.number($0.line.allocated) },
        .made("pickedNumberOfItems") { Wire.number($0.line.picked) },
        .made("packedNumberOfItems") { Wire.number($0.line.picked) },
        .made("reportedNumberOfItems") { Wire.number($0.line.reported) },
        .made("shouldBePicked") { .bool($0.line.shouldBePicked) },
        .made("pickedArticleItems") { view in Wire.list(view.line.pickedItems.map { pickedItem($0, view) }) },
        .made("subOrderLines") { view in
            let parts = view.order.record.lines.filter { $0.parent == view.line.id }
            return Wire.list(parts.map { orderLine(OrderLineView(line: $0, order: view.order)) })
        },
        .kept(.empty, "serialNumber"),
        .kept(.null, "lineTotalCustomsValue"),
        .kept(.empty, "batchNumber"),
        .made("reportedReturnedNumberOfItems") { Wire.number($0.line.reportedReturned) },
        .nested(codeName, "lineType"),
        .nested(
            ResponseShape<JSONObject>([.kept(.null, "linePrice", "customerLinePrice", "currencyCode", "discountPercentage")]),
            "prices"),
        .kept(.null, "customerArticleNumber", "externalId"),
        .made("returnedNumberOfItems") { Wire.number($0.line.returned) },
        .nested(
            "freeValues", from: "lineFreeValues",
            ResponseShape<JSONObject>([.kept(.null, "freeText1", "freeDecimal1", "freeText2", "freeDecimal2")])),
        .kept(.null, "minDaysToExpiryDate", "maxDaysToExpiryDate"),
        .made("deliveryDate") { Wire.day($0.kept.time("deliveryDate"), in: $0.order.store.behaviour.zone) },
        .kept(.null, "warehouseInstruction"),
        .nested(ResponseShape<JSONObject>([.kept(.null, "code"), .kept(.zero, "percent")]), "vat"),
        .absent("pickOrderInfo"),
    ])

    private static func orderLineArticle(_ article: ArticleRecord) -> JSON {
        [
            "articleSystemId": JSON(article.systemId), "articleNumber": .string(article.number),
            "articleName": .string(article.name), "productCode": article.field("productCode") ?? "",
            "articleKind": .string(article.kind), "prices": nil, "articleGroup": nil, "articleCategory": nil,
        ]
    }

    /// Goods are packed in the moment they are picked. `productionDateDate` is the vendor's name.
    private static func pickedItem(_ item: PickedItem, _ view: OrderLineView) -> JSON {
        [
            "articleItemId": JSON(item.id), "numberOfItems": Wire.number(item.quantity), "inDate": Wire.time(item.arrived),
            "serial": .string(item.serial), "caseNumber": "", "batchNumber": .string(item.batch), "container": "",
            "comment": "", "weight": nil, "volume": nil, "isPicked": true, "isReturned": .bool(item.returned != nil),
            "expiryDate": Wire.text(item.expiryDate?.description), "returnDate": Wire.time(item.returned?.time),
            "pickedTime": Wire.time(item.time), "returnCause": item.returned?.cause?.json ?? nil, "location": "",
            "locationTypeCode": nil, "articleItemStatus": nil, "freeText1": nil, "packedTime": Wire.time(item.time),
            "handling": nil,
            "parcel": nil, "zoneName": nil, "secondNumberOfItems": nil, "originalArticleItemId": JSON(item.originalID),
            "productionDateDate": nil, "locationId": 1, "warehouse": view.order.store.warehouse.json,
            "articleItemClasses": nil, "articleItemFreeDateTime1": nil, "purchaseOrderInfo": nil, "prices": nil,
            "returnOrderInfo": nil, "pickOrderInfo": nil,
        ]
    }

    private static func orderModelAdvanced(_ view: OrderView) -> JSON {
        let written = view.kept.member("advanced.orderTextLines")?.array ?? []
        let lines = written.compactMap(\.object) + view.record.textLines.map(\.fields)
        return [
            "orderTextLines": Wire.list(lines.map(textLine.render)),
            "orderTransportStatusEvents": nil,
            "additionalAddresses": view.kept.member("advanced.additionalAddresses") ?? nil,
        ]
    }

    /// Written with `transporterCode` and `transporterServiceCode`, read with `code` and `serviceCode`.
    private static func transporter(_ written: JSONObject?) -> JSON {
        guard let written else { return .null }
        return [
            "transporterName": "", "name": "", "code": written["transporterCode"] ?? "",
            "serviceCode": written["transporterServiceCode"] ?? "", "transporterContract": nil, "serviceComment": nil,
        ]
    }

    private static let transporterAddons = ResponseShape<JSONObject>([
        ResponseShape<JSONObject>.Row(members: RequestShapes.transporterAddonNames.map { ($0, .kept($0, .no)) })
    ])

    // MARK: Consignees

    static let consignee = ResponseShape<ConsigneeView>([
        .kept(.empty, "customerNumber", "name", "address1", "address2", "address3", "postCode", "city", "countryCode"),
        .kept(.empty, "countryStateCode", "remark", "doorCode"),
        .nested(
            ResponseShape<JSONObject>([
                .nested(notification, "telephoneNotification", "emailNotification", "smsNotification")
            ]), "advanced"),
        .nested(invoiceAddress, "invoiceAddress"),
        .made("id") { JSON($0.id) },
        .kept(.null, "deliveryInstruction"),
        .list(codeName, "customerClasses"),
        .nested(ResponseShape<JSONObject>([.kept(.null, "code", "name", "comment")]), "customerGroup"),
    ])

    private static let invoiceAddress = ResponseShape<JSONObject>([
        .kept(.empty, "name", "address1", "address2", "address3", "postCode", "city", "countryCode", "countryStateCode"),
        .nested(
            ResponseShape<JSONObject>([
                .nested(
                    ResponseShape<JSONObject>([.kept(.empty, "value")]), "telephoneNotification", "emailNotification",
                    "smsNotification")
            ]), "advanced"),
    ])
}

extension RequestShapes {
    static let order = RequestShape(
        "PostOrderModel",
        [
            .required(.int, "goodsOwnerId"),
            .required(.code, "orderNumber"),
            .required(.time, "deliveryDate"),
            .required(.object(consignee), "consignee"),
            .optional(.code, "goodsOwnerOrderId", "referenceNumber", "salesCode", "servicePointCode"),
            .optional(.remark, "orderRemark", "deliveryInstruction", "warehouseInstruction"),
            .optional(.words, "freeText1", "freeText2", "freeText3", "freeText4", "invoiceUrl"),
            .optional(.time, "orderFreeDateTime1", "orderFreeDateTime2", "orderFreeDateTime3", "orderFreeDateTime4"),
            .optional(.object(codeName), "orderType", "wayOfDelivery", "termsOfDeliveryType"),
            .optional(.object(notification), "emailNotification", "smsNotification", "telephoneNotification"),
            .optional(.object(transporter), "transporter"),
            .optional(.object(returnTransporter), "returnTransporter"),
            .optional(.list(.object(orderLine)), "orderLines"),
            .optional(.object(single("PostOrderCustomsInfo", "customsValueCurrencyCode", .code, required: false)), "customsInfo"),
            .optional(.code, "preparedTransportDocumentId", "consigneeOrderNumber", "productionCode", "transporterBulkId"),
            .optional(.code, "languageCode"),
            .optional(.decimal, "freightPrice", "customerPrice", "orderFreeDecimal1"),
            .optional(.int, "warehouseId", "pickingPriority"),
            .optional(.list(.object(orderClass)), "classes"),
            .optional(.object(orderAdvanced), "advanced"),
            .optional(
                .object(RequestShape("PostOrderMarketPlace", [.optional(.name, "marketPlace", "marketPlaceOrderNumber")])),
                "marketPlace"),
            .optional(.object(transporterAddons), "transporterAddons", "returnTransporterAddons"),
        ])

    static let orderLine = RequestShape(
        "PostOrderLine",
        orderLineRows + [.optional(.list(.object(RequestShape("PostOrderLine", orderLineRows))), "subOrderLines")])

    private static let orderLineRows: [RequestShape.Row] = [
        .required(.code, "rowNumber", "articleNumber"),
        .optional(.quantity, "numberOfItems"),
        .optional(.remark, "comment", "warehouseInstruction"),
        .optional(.flag, "shouldBePicked"),
        .optional(.code, "serialNumber", "batchNumber", "customerArticleNumber", "externalId"),
        .optional(.decimal, "lineTotalCustomsValue", "weight", "minWeight", "maxWeight"),
        .optional(.object(codeName), "lineType"),
        .optional(
            .object(
                RequestShape(
                    "PostOrderLinePrices",
                    [
                        .optional(.decimal, "linePrice", "customerLinePrice", "discountPercentage", "totalVat"),
                        .optional(.code, "currencyCode"),
                    ])), "prices"),
        .optional(.object(codeNameWithClear), "articleItemStatus"),
        .optional(
            .object(
                RequestShape(
                    "PostOrderLineFreeValues",
                    [.optional(.words, "freeText1", "freeText2"), .optional(.decimal, "freeDecimal1", "freeDecimal2")])),
            "lineFreeValues"),
        .optional(.int, "minDaysToExpiryDate", "maxDaysToExpiryDate"),
        .optional(.time, "deliveryDate"),
        .optional(.object(RequestShape("PostOrderLineVat", [.required(.code, "code"), .optional(.decimal, "percent")])), "vat"),
    ]

    static let consignee = RequestShape(
        "PostOrderConsignee",
        addressRows + [
            .optional(.code, "customerNumber", "doorCode", "organisationNumber", "vatNumber"),
            .optional(.remark, "remark", "deliveryInstruction"),
            .optional(
                .object(
                    RequestShape(
                        "PostOrderConsigneeAddressAdvanced",
                        [
                            .optional(.object(notification), "telephoneNotification", "emailNotification", "smsNotification"),
                            .optional(.code, "externalCustomerCode"), .optional(.list(.members), "transporterContracts"),
                        ])), "advanced"),
            .optional(.object(invoiceAddress), "invoiceAddress"),
            .optional(.object(codeName), "customerGroup"),
            .optional(.list(.object(codeNameComment)), "addressClasses", "customerClasses"),
            .optional(
                .object(
                    RequestShape("PostOrderConsigneeFreeValues", [.optional(.words, "addressFreeText1", "addressFreeText2")])),
                "freeValues"),
        ])

    private static let addressRows: [RequestShape.Row] = [
        .optional(.name, "name", "address1", "address2", "address3", "city"),
        .optional(.code, "postCode", "countryCode", "countryStateCode"),
    ]

    private static let invoiceAddress = RequestShape(
        "PostOrderConsigneeInvoiceAddress",
        addressRows + [
            .optional(
                .object(
                    RequestShape(
                        "PostOrderConsigneeInvoiceAddressAdvanced",
                        [
                            .optional(
                                .object(
                                    single("PostOrderConsigneeCustomerInvoiceNotification", "value", .name, required: false)),
                                "telephoneNotification", "emailNotification", "smsNotification")
                        ])), "advanced"),
            .optional(.list(.object(codeNameComment)), "addressClasses"),
        ])

    static let transporter = RequestShape(
        "PostOrderTransporter",
        [.optional(.code, "transporterCode", "transporterServiceCode"), .optional(.members, "paymentAdvanced")])

    private static let returnTransporter = RequestShape(
        "PostOrderReturnTransporter", [.optional(.code, "transporterCode", "transporterServiceCode")])

    static let orderClass = RequestShape(
        "PostOrderClass",
        [
            .optional(.code, "code"), .optional(.name, "name"), .optional(.remark, "comment"),
            .optional(.flag, "isParcelTypeSuggestion"),
        ])

    private static let orderAdvanced = RequestShape(
        "PostOrderAdvanced",
        [
            .optional(.list(.object(textLine)), "orderTextLines"),
            .optional(.time, "arrivalDate", "arrivalDateFrom"),
            .optional(.words, "wayOfDeliveryString", "termsOfPaymentString", "termsOfDeliveryString", "communication"),
            .optional(.code, "transporterOrderNumber", "invoiceNumber"),
            .optional(
                .list(
                    .object(
                        RequestShape(
                            "PostOrderAdditionalAddress",
                            [
                                .required(.code, "addressCode"), .optional(.code, "addressType"),
                                .optional(.members, "address"),
                            ]))), "additionalAddresses"),
        ])

    static let transporterAddons = RequestShape(
        "PostOrderTransporterAddons",
        [RequestShape.Row(members: transporterAddonNames.map { RequestShape.Member(name: $0, kind: .flag, isRequired: false) })])

    /// Every one is a yes or no; the same names are written and read.
    static let transporterAddonNames = """
        exactTime craneTruck carryIn optionalServicePoint deliveryAdvice deliveryWithoutPOD signatureAssurance \
        privateReceiver idCheck notToOutdoorParcelLocker flexibleDelivery greenDelivery collectionAtTerminal \
        deliveryBefore0700 deliveryBefore0900 deliveryBefore1000 deliveryBefore1200 deliveryBefore1500 tailLift \
        driverNotification exceptionNotificationByEmail exceptionNotificationBySMS noSignatureAssurance \
        temperatureControlledFrostFree temperatureControlledChilled temperatureControlledFrozen returnLabel parcelLocker \
        longGoods deliveryBefore1300 renewableFuel express temperatureControlledWarm simplifiedDelivery \
        reservationAgainstChange bulkSplit customNotificationBySms customNotificationByEmail customNotificationByLetter \
        insurance importOneStopShop doNotStack recycle extraPersonnel swap returnOfPackaging notToParcelLocker \
        dangerousGoods dangerousGoodsLimitedQuantities extendedRetentionTime cashOnDelivery alternativeName digitalReturn \
        deliveryDuringAM deliveryDuringEvening attendedDelivery daytimeDeliveryWithAdviceAndPOD \
        daytimeDeliveryWithoutNotificationAndReceipt eveningDeliveryWithAdviceAndPOD isTrackable voec leaveAtDoor
        """.split(separator: " ").map(String.init)
}
