extension Shapes {
    static let purchaseOrder = Shape(
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
                    Shape(
                        "PostPurchaseOrderFreeValues",
                        [
                            .optional(.words, "freeText1", "freeText2", "freeText3", "freeText4", "freeText5"),
                            .optional(.decimal, "freeDecimal1", "freeDecimal2", "freeDecimal3"),
                            .optional(.flag, "freeBoolean1", "freeBoolean2"),
                        ])), "freeValues"),
            .optional(.object(purchaseOrderAdvanced), "advanced"),
            .optional(
                .object(
                    Shape(
                        "PostPurchaseOrderCustoms",
                        [
                            .optional(.object(codeName), "termsOfDeliveryType"),
                            .optional(.words, "termsOfDeliveryTypeLocation"), .optional(.time, "customsDeclaredDate"),
                        ])), "customsInfo"),
            .optional(
                .object(
                    Shape(
                        "PostPurchaseOrderSellerInfo",
                        [
                            .optional(.code, "sellerNumber"), .optional(.name, "sellerName"),
                            .optional(.object(supplierAddress), "sellerAddress"),
                        ])), "sellerInfo"),
            .optional(.list(.object(codeNameComment)), "classes"),
            .optional(
                .list(.object(Shape("PostPurchaseOrderTracking", [.optional(.words, "waybill", "trackingUrl")]))), "tracking"),
            .optional(.list(.object(purchaseOrderTextLine)), "textLines"),
        ])

    static let purchaseOrderLine = Shape(
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
                    Shape(
                        "PostPurchaseOrderLineFreeValues",
                        [
                            .optional(.decimal, "freeDecimal1"), .optional(.words, "freeText1", "freeText2"),
                            .optional(.time, "freeDateTime1"),
                        ])), "lineFreeValues"),
            .optional(.object(codeName), "lineType", "returnCause", "articleItemStatus"),
            .optional(.list(.object(purchaseOrderTextLine)), "textLines"),
        ])

    private static let supplier = Shape(
        "PostPurchaseOrderSupplierInfo",
        [
            .optional(.code, "supplierNumber"), .optional(.name, "supplierName"), .optional(.remark, "remark"),
            .optional(.object(supplierAddress), "supplierAddress"),
        ])

    /// Written with `address`, `address2` and `telePhone`, unlike every other address.
    private static let supplierAddress = Shape(
        "PostPurchaseOrderSupplierAddress",
        [
            .optional(.name, "name", "address", "address2", "address3", "city", "email"),
            .optional(.code, "postCode", "telePhone", "mobilePhone", "countryStateCode", "countryCode"),
            .optional(.remark, "remark", "deliveryInstruction"),
            .optional(.flag, "isVisible", "notifyBySMS", "notifyByEmail", "notifyByTelephone"),
        ])

    private static let purchaseOrderAdvanced = Shape(
        "PostPurchaseOrderAdvanced",
        [
            .optional(.code, "container"), .optional(.time, "orderDate", "advisedDate"),
            .optional(.int, "purchaseOrderStatusCreated"), .optional(.flag, "purchaseOrderIsReturnType"),
            .optional(.members, "customer"),
        ])

    private static let purchaseOrderTextLine = Shape(
        "PostPurchaseOrderTextLine",
        [.optional(.code, "rowNumber"), .optional(.words, "comment"), .optional(.decimal, "numberOfItems")])

    static let advisedItems = Shape(
        "PostPurchaseOrderArticleItemsModel",
        [
            .optional(
                .list(
                    .object(
                        Shape(
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
