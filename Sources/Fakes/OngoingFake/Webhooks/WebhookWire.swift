import JSON
import Units

/// What is told of goods: that they came in, were carried elsewhere, or were corrected.
extension WebhookOutbox {
    /// Goods of one purchase order line came in.
    func received(
        _ item: ReceivedItem, line: PurchaseOrderLineRecord, order: PurchaseOrderRecord, of owner: GoodsOwner, at now: Moment
    ) {
        tell(.inboundAndMove, of: owner, .always, at: now) { event in
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

    /// Goods were carried from one place to another.
    func moved(_ move: OngoingFake.MoveRecord, of owner: GoodsOwner, at now: Moment) {
        tell(.inboundAndMove, of: owner, .always, at: now) { event in
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
        tell(.inventory, of: owner, .always, at: now) { event in
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
            let warehouse = owner.tenant.warehouse
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
}
