import JSON
import Units

extension RequestShapes {
    static let returnOrder = RequestShape(
        "PostReturnOrderModel",
        [
            .required(.int, "goodsOwnerId"),
            .required(.code, "returnOrderNumber"),
            .required(.object(single("PostReturnOrderCustomerOrder", "orderId", .int, required: false)), "customerOrder"),
            .required(.list(.object(returnOrderLine)), "returnOrderLines"),
            .optional(.remark, "comment", "returnOrderHandlingComment"),
            .optional(.time, "inDate"),
            .optional(.int, "warehouseId"),
            .optional(
                .list(.object(RequestShape("PostReturnOrderTracking", [.optional(.words, "waybill", "trackingUrl")]))), "tracking"
            ),
        ])

    private static let returnOrderLine = RequestShape(
        "PostReturnOrderLine",
        [
            .required(.code, "returnOrderRowNumber"),
            .required(
                .object(single("PostReturnOrderLineCustomerOrderLine", "orderLineId", .int, required: false)), "customerOrderLine"
            ),
            .required(.quantity, "toBeReturnedNumberOfItems"),
            .optional(.object(codeName), "returnCause"),
        ])
}

extension OngoingFake {
    func show(_ record: ReturnOrderRecord, _ owner: GoodsOwner) -> JSON {
        let order = owner.orders[record.orderId]
        let text = store.returnOrderStatuses.first { $0.number == record.status }?.text
        return [
            "returnOrderInfo": [
                "returnOrderId": JSON(record.id), "returnOrderNumber": .string(record.number),
                "comment": record.fields["comment"] ?? "",
                "inDate": Wire.day(record.fields.time("inDate"), in: behaviour.zone),
                "returnOrderStatus": ["number": JSON(record.status), "text": Wire.text(text)],
                "warehouse": store.warehouse.json,
                "returnOrderHandlingComment": record.fields["returnOrderHandlingComment"] ?? nil,
            ],
            "customerOrderInfo": ["orderId": JSON(order.id), "orderNumber": .string(order.number)],
            "returnOrderLines": .array(record.lines.map { show($0, order, owner) }),
        ]
    }

    private func show(_ line: ReturnOrderLineRecord, _ order: OrderRecord, _ owner: GoodsOwner) -> JSON {
        let sold = order.lines.first { $0.id == line.orderLine }
        let article: JSON? = sold.map { sold in
            [
                "articleSystemId": JSON(sold.articleID), "articleNumber": .string(sold.article),
                "articleName": .string(owner.articles[sold.articleID].name),
            ]
        }
        return [
            "returnOrderLineId": JSON(line.id), "returnOrderRowNumber": .string(line.row),
            "customerOrderLine": ["orderLineId": JSON(line.orderLine), "customerOrderRowNumber": Wire.text(sold?.row)],
            "article": article ?? nil, "returnCause": line.cause?.json ?? nil,
            "returnedNumberOfItems": Wire.number(line.returned), "pickedNumberOfItems": Wire.number(sold?.picked ?? .zero),
            "toBeReturnedNumberOfItems": Wire.number(line.toBeReturned),
            "returnedRemovedByInventoryNumberOfItems": Wire.number(.zero), "returnedArticleItems": nil,
        ]
    }
}
