extension Shapes {
    static let returnOrder = Shape(
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
                .list(.object(Shape("PostReturnOrderTracking", [.optional(.words, "waybill", "trackingUrl")]))), "tracking"),
        ])

    private static let returnOrderLine = Shape(
        "PostReturnOrderLine",
        [
            .required(.code, "returnOrderRowNumber"),
            .required(
                .object(single("PostReturnOrderLineCustomerOrderLine", "orderLineId", .int, required: false)), "customerOrderLine"
            ),
            .required(.quantity, "toBeReturnedNumberOfItems"),
            .optional(.object(codeName), "returnCause"),
        ])

    static let returnCause = Shape(
        "PostReturnCauseModel",
        [
            .required(.int, "goodsOwnerId"), .required(.code, "code"), .required(.name, "name"),
            .optional(.flag, "isRemoveCause", "isChangeCause", "isReturnCommentMandatory"),
        ])
}
