import JSON
import Units

extension OngoingFake {
    func group(_ rows: [AdjustmentRecord], _ owner: GoodsOwner) -> JSON {
        let article = owner.articles[rows[0].articleID]
        return [
            "article": [
                "articleSystemId": JSON(article.systemId), "articleNumber": .string(article.number),
                "articleName": .string(article.name), "productCode": article.field("productCode") ?? "",
                "prices": ["stockValuationPrice": article.field("stockValuationPrice") ?? nil],
            ],
            "inventoryAdjustments": .array(rows.map(row)),
        ]
    }

    private func row(_ row: AdjustmentRecord) -> JSON {
        [
            "inventoryId": JSON(row.inventoryId), "numberOfItems": Wire.number(row.change),
            "inventoryTime": Wire.time(row.time), "articleItemComment": "", "inventoryItemComment": .string(row.comment),
            "inventoryAdjustmentCause": row.cause?.json ?? nil, "location": "", "batchNumber": .string(row.batch),
            "serial": .string(row.serial), "articleItemStatus": nil, "expiryDate": nil, "warehouse": store.warehouse.json,
            "prices": ["articleItemPrice": nil, "inOrderLineUnitPrice": nil], "articleItemClasses": nil,
        ]
    }
}
