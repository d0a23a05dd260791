import JSON
import Units

struct OrderView: Keeping {
    let record: OrderRecord
    let owner: GoodsOwner
    var kept: JSONObject { record.fields }
    var tenant: Tenant { owner.tenant }

    func sum(_ amount: (OrderLineRecord) -> ExactDecimal) -> JSON {
        Wire.number(record.lines.reduce(.zero) { $1.isKitHead ? $0 : $0 + amount($1) })
    }
}

struct OrderLineView: Keeping {
    let line: OrderLineRecord
    let order: OrderView
    var kept: JSONObject { line.fields }
}

extension ReadTables {
    static let order = ReadTable<OrderView>([
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

    static let orderInfo = ReadTable<OrderView>([
        .made("orderId") { JSON($0.record.id) },
        .made("orderNumber") { .string($0.record.number) },
        .made("goodsOwnerOrderId") { Wire.text($0.record.goodsOwnerOrderId) },
        .kept(.empty, "referenceNumber", "salesCode", "orderRemark", "deliveryInstruction", "servicePointCode"),
        .kept(.empty, "freeText1", "freeText2", "freeText3"),
        .nested(codeName, "orderType", "wayOfDelivery"),
        .made("deliveryDate") { Wire.day($0.kept.time("deliveryDate"), in: $0.tenant.behaviour.zone) },
        .made("createdDate") { Wire.time($0.record.created) },
        .made("shippedTime") { Wire.time($0.record.shipped) },
        .made("wayBill") { .string($0.record.waybill) },
        .made("returnWayBill") { .string($0.record.returnWaybill) },
        .made("orderStatus") { view in
            [
                "number": JSON(view.record.status),
                "text": Wire.text(view.tenant.text(ofOrderStatus: view.record.status)),
            ]
        },
        .nested(notification, "emailNotification", "smsNotification", "telephoneNotification"),
        .made("orderedNumberOfItems") { $0.sum(\.ordered) },
        .made("allocatedNumberOfItems") { $0.sum(\.allocated) },
        .made("pickedNumberOfItems") { $0.sum(\.picked) },
        .nested(ReadTable<JSONObject>([.kept(.null, "customsValueCurrencyCode")]), "customsInfo"),
        .kept(.null, "preparedTransportDocumentId"),
        .made("warehouse") { $0.tenant.warehouse.json },
        .nested(codeName, "termsOfDeliveryType"),
        .kept(.null, "customerPrice", "consigneeOrderNumber", "warehouseInstruction"),
        .nested(ReadTable<JSONObject>([.kept(.null, "marketPlace", "marketPlaceOrderNumber")]), "marketPlace"),
        .kept(.null, "pickingPriority", "productionCode"),
        .made("advanced") { orderInfoAdvanced.render($0) },
        .kept(.null, "freightPrice", "invoiceUrl", "orderFreeDateTime1"),
        .absent("sortLocation", "printedTime"),
        .made("isPickedWithErrors") { _ in false },
        .kept(.null, "orderFreeDecimal1", "freeText4"),
        .kept(.null, "orderFreeDateTime2", "orderFreeDateTime3", "orderFreeDateTime4"),
    ])

    private static let orderInfoAdvanced = ReadTable<OrderView>([
        .made("invoiceNumber") { $0.kept.member("advanced.invoiceNumber") ?? "" },
        .made("arrivalDate") { $0.kept.member("advanced.arrivalDate") ?? .null },
        .made("deliveryDateWithTime") { $0.kept["deliveryDate"] ?? .null },
        .made("backOrderInfo") { $0.record.backOrderFor.map { ["backOrderForOrderId": JSON($0)] } ?? nil },
        .made("orderHeaderUpdated") { Wire.time($0.record.headerUpdated) },
        .absent("transportPaymentType"),
    ])

    /// A line with the lines of its parts, if it is a kit.
    private static func orderLine(_ view: OrderLineView) -> JSON { orderLineTable.render(view) }

    private static let orderLineTable = ReadTable<OrderLineView>([
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
            ReadTable<JSONObject>([.kept(.null, "linePrice", "customerLinePrice", "currencyCode", "discountPercentage")]),
            "prices"),
        .kept(.null, "customerArticleNumber", "externalId"),
        .made("returnedNumberOfItems") { Wire.number($0.line.returned) },
        .nested(
            "freeValues", from: "lineFreeValues",
            ReadTable<JSONObject>([.kept(.null, "freeText1", "freeDecimal1", "freeText2", "freeDecimal2")])),
        .kept(.null, "minDaysToExpiryDate", "maxDaysToExpiryDate"),
        .made("deliveryDate") { Wire.day($0.kept.time("deliveryDate"), in: $0.order.tenant.behaviour.zone) },
        .kept(.null, "warehouseInstruction"),
        .nested(ReadTable<JSONObject>([.kept(.null, "code"), .kept(.zero, "percent")]), "vat"),
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
            "productionDateDate": nil, "locationId": 1, "warehouse": view.order.tenant.warehouse.json,
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

    static func tracking(_ tracking: TrackingRecord) -> JSON {
        [
            "trackingUrl": .string(tracking.url), "waybill": .string(tracking.waybill), "created": Wire.time(tracking.created),
            "freightPrice": nil,
        ]
    }

    private static let transporterAddons = ReadTable<JSONObject>([
        ReadTable<JSONObject>.Row(members: Shapes.transporterAddonNames.map { ($0, .kept($0, .no)) })
    ])
}

extension ParcelRecord: Keeping {
    var kept: JSONObject { fields }
}

extension WayBillRowRecord: Keeping {
    var kept: JSONObject { fields }
}

extension ReadTables {
    static let parcel = ReadTable<ParcelRecord>([
        .made("id") { JSON($0.id) },
        .made("parcelNumber") { .string($0.number) },
        .made("isReturnParcel") { .bool($0.isReturn) },
        .made("tracking") { parcel in
            guard let tracking = parcel.tracking else { return .null }
            return ["trackingUrl": .string(tracking.url), "waybill": .string(tracking.waybill), "freightPrice": nil]
        },
        .made("advanced") { parcelAdvanced.render($0.fields["advanced"]?.object ?? [:]) },
    ])

    private static let parcelAdvanced = ReadTable<JSONObject>([
        .absent("parcelSerialNumber"), .kept(.null, "length", "width", "height", "weight", "parcelType"),
    ])

    static let wayBillRow = ReadTable<WayBillRowRecord>([
        .made("wayBillRowId") { JSON($0.id) },
        .kept(.null, "weight", "volume", "length", "width", "height", "numberOfPackages", "approvedNumberOfPackages"),
        .kept(.null, "comment", "category"),
        .nested(
            ReadTable<JSONObject>([
                .kept(.null, "code"), .absent("name", "weight", "length", "width", "height", "loadMeters", "barCode"),
            ]), "parcelType"),
    ])
}
