import JSON
import Units

/// The messages of webhooks about orders, purchase orders and goods.
extension WebhookOutbox {
    // MARK: Orders and purchase orders

    func orderChanged(from before: OrderRecord?, to after: OrderRecord, of owner: GoodsOwner, at now: Moment) {
        guard !settings.isEmpty else { return }
        let isPicked = after.status >= OrderStatus.picked && !after.isCancelled && after.hasPicks
        let wasPicked = before.map { $0.status >= OrderStatus.picked && $0.hasPicks } ?? false
        let trigger = Trigger.status(old: before?.status, new: after.status, isFirstWork: isPicked && !wasPicked)
        enqueue(.order, of: owner, trigger, at: now) { event in
            var body = event
            body.append("webhookOrdersId", JSON(self.events))
            body.append("orderId", JSON(after.id))
            body.append("orderNumber", .string(after.number))
            Self.append(owner, to: &body)
            body.append("goodsOwnerClasses", [])
            body.append("path", .string("orders/\(after.id)"))
            body.append("byUser", nil)
            body.append("byComputer", nil)
            body.append("orderStatus", ["number": JSON(after.status)])
            body.append("currentShipmentId", nil)
            body.append("webhookTemplate", nil)
            body.append("tracking", .array(after.tracking.map(Self.tracking)))
            body.append("parcels", .array(after.parcels.map(Self.parcel)))
            return body
        }
    }

    func purchaseOrderChanged(
        from before: PurchaseOrderRecord?, to after: PurchaseOrderRecord, of owner: GoodsOwner, at now: Moment
    ) {
        guard !settings.isEmpty else { return }
        let isReceived = after.status >= PurchaseOrderStatus.deviation && !after.isCancelled && after.hasReceipts
        let wasReceived = before.map { $0.status >= PurchaseOrderStatus.deviation && $0.hasReceipts } ?? false
        let trigger = Trigger.status(old: before?.status, new: after.status, isFirstWork: isReceived && !wasReceived)
        enqueue(.purchaseOrder, of: owner, trigger, at: now) { event in
            var body = event
            body.append("webhookPurchaseOrdersId", JSON(self.events))
            body.append("purchaseOrderId", JSON(after.id))
            body.append("purchaseOrderNumber", .string(after.number))
            Self.append(owner, to: &body)
            body.append("path", .string("purchaseOrders/\(after.id)"))
            body.append("webhookTemplate", nil)
            body.append("purchaseOrderStatus", ["number": JSON(after.status)])
            body.append("purchaseOrderType", Self.type(of: after, owner))
            return body
        }
        for line in Self.changedLines(before, after) {
            enqueue(.purchaseOrderLine, of: owner, .always, at: now) { event in
                var body = event
                Self.append(owner, to: &body)
                body.append("path", .string("purchaseOrders/\(after.id)"))
                body.append(
                    "purchaseOrderInfo",
                    [
                        "purchaseOrderId": JSON(after.id), "purchaseOrderNumber": .string(after.number),
                        "purchaseOrderStatus": ["number": JSON(after.status)],
                    ])
                body.append("purchaseOrderLineInfo", ["purchaseOrderLineId": JSON(line)])
                return body
            }
        }
    }

    // MARK: Goods

    /// Goods of one purchase order line came in.
    func received(
        _ item: ReceivedItem, line: PurchaseOrderLineRecord, order: PurchaseOrderRecord, of owner: GoodsOwner, at now: Moment
    ) {
        enqueue(.inboundAndMove, of: owner, .always, at: now) { event in
            var body = event
            Self.append(owner, to: &body)
            body.append("path", .string("purchaseOrders/\(order.id)"))
            body.append("isReceive", true)
            body.append("isMove", false)
            body.append("article", Self.article(line.articleID, owner))
            body.append(
                "articleItem", Self.item(item.id, item.quantity, item.batch, item.serial, item.expiryDate))
            body.append("movement", ["from": nil, "to": nil])
            body.append(
                "purchaseOrder",
                [
                    "purchaseOrderId": JSON(order.id), "purchaseOrderNumber": .string(order.number),
                    "purchaseOrderLine": [
                        "id": JSON(line.id), "rowNumber": Wire.text(line.row),
                        "reportedNumberOfItems": Wire.number(line.reported),
                    ],
                ])
            return body
        }
    }

    /// Goods moved from one place to another.
    func moved(_ move: OngoingFake.MoveRecord, of owner: GoodsOwner, at now: Moment) {
        enqueue(.inboundAndMove, of: owner, .always, at: now) { event in
            var body = event
            Self.append(owner, to: &body)
            body.append("path", .string("articles/\(move.articleID)"))
            body.append("isReceive", false)
            body.append("isMove", true)
            body.append("article", Self.article(move.articleID, owner))
            let item = move.item
            body.append(
                "articleItem", Self.item(item.id, item.quantity, item.batch, item.serial, item.expiryDate))
            body.append("movement", ["from": .string(move.from), "to": .string(move.to)])
            body.append("purchaseOrder", nil)
            return body
        }
    }

    func adjusted(_ row: AdjustmentRecord, of owner: GoodsOwner, at now: Moment) {
        enqueue(.inventory, of: owner, .always, at: now) { event in
            var body = event
            Self.append(owner, to: &body)
            body.append("path", .string("inventoryAdjustments/\(row.inventoryId)"))
            body.append(
                "transaction",
                [
                    "transactionNumberOfItems": Wire.number(row.change),
                    "inventoryAdjustmentCause": row.cause.map { ["id": nil, "code": .string($0.code)] } ?? nil,
                    "returnRemovedByOrder": nil,
                ])
            body.append(
                "inventory",
                [
                    "inventoryId": JSON(row.inventoryId), "isCountInventory": .bool(row.cause?.code == "COUNT"),
                    "inventoryComment": .string(row.comment),
                ])
            body.append("article", Self.article(row.articleID, owner))
            let item = owner.articles[row.articleID].items.first { $0.id == row.itemID }
            body.append(
                "articleItem",
                Self.item(row.itemID, item?.quantity ?? .zero, row.batch, row.serial, item?.expiryDate))
            body.append("purchaseOrder", nil)
            let warehouse = owner.store.warehouse
            body.append(
                "location",
                [
                    "location": .string(item?.location ?? ""), "locationId": nil,
                    "warehouse": [
                        "warehouseId": JSON(warehouse.id), "warehouseCode": .string(warehouse.code),
                        "warehouseName": .string(warehouse.name),
                    ],
                ])
            return body
        }
    }

    private static func item(
        _ id: Int, _ quantity: ExactDecimal, _ batch: String, _ serial: String, _ expiryDate: CivilDate?
    ) -> JSON {
        [
            "articleItemId": JSON(id), "originalArticleItemId": JSON(id), "serial": .string(serial),
            "batch": .string(batch), "expiryDate": Wire.text(expiryDate?.description), "numberOfItems": Wire.number(quantity),
        ]
    }

    // MARK: Parts

    static func append(_ owner: GoodsOwner, to body: inout JSONObject) {
        body.append("goodsOwnerId", JSON(owner.id))
        body.append("goodsOwnerName", .string(owner.name))
    }

    static func article(_ id: Int, _ owner: GoodsOwner) -> JSON {
        let record = owner.articles[id]
        return [
            "articleSystemId": JSON(id), "articleNumber": .string(record.number),
            "barCode": record.field("barCodeInfo.barCode") ?? "",
        ]
    }

    private static func tracking(_ tracking: TrackingRecord) -> JSON {
        [
            "trackingUrl": .string(tracking.url), "waybill": .string(tracking.waybill), "isReturn": .bool(tracking.isReturn),
        ]
    }

    private static func parcel(_ parcel: ParcelRecord) -> JSON {
        [
            "id": JSON(parcel.id), "parcelNumber": .string(parcel.number), "isReturnParcel": .bool(parcel.isReturn),
            "tracking": parcel.tracking.map { ["trackingUrl": .string($0.url)] } ?? nil,
        ]
    }

    private static func type(of order: PurchaseOrderRecord, _ owner: GoodsOwner) -> JSON {
        guard let code = order.fields.text("purchaseOrderType.code"),
            let entry = owner.catalogues.find(.purchaseOrderType, code: code)
        else { return .null }
        return ["purchaseOrderTypeId": JSON(entry.id), "purchaseOrderTypeCode": .string(code)]
    }

    /// The ids of lines that came, went, or look different.
    private static func changedLines(_ before: PurchaseOrderRecord?, _ after: PurchaseOrderRecord) -> [Int] {
        let old = before?.lines ?? []
        let gone = old.filter { line in !after.lines.contains { $0.id == line.id } }
        let changed = after.lines.filter { line in
            guard let former = old.first(where: { $0.id == line.id }) else { return true }
            return former.advised != line.advised || former.received != line.received || former.article != line.article
                || former.fields != line.fields
        }
        return (gone + changed).map(\.id)
    }
}
