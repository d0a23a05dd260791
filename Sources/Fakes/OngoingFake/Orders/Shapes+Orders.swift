extension Shapes {
    static let order = Shape(
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
                .object(Shape("PostOrderMarketPlace", [.optional(.name, "marketPlace", "marketPlaceOrderNumber")])),
                "marketPlace"),
            .optional(.object(transporterAddons), "transporterAddons", "returnTransporterAddons"),
        ])

    static let orderLine = Shape(
        "PostOrderLine", orderLineRows + [.optional(.list(.object(Shape("PostOrderLine", orderLineRows))), "subOrderLines")])

    private static let orderLineRows: [Shape.Row] = [
        .required(.code, "rowNumber", "articleNumber"),
        .optional(.quantity, "numberOfItems"),
        .optional(.remark, "comment", "warehouseInstruction"),
        .optional(.flag, "shouldBePicked"),
        .optional(.code, "serialNumber", "batchNumber", "customerArticleNumber", "externalId"),
        .optional(.decimal, "lineTotalCustomsValue", "weight", "minWeight", "maxWeight"),
        .optional(.object(codeName), "lineType"),
        .optional(
            .object(
                Shape(
                    "PostOrderLinePrices",
                    [
                        .optional(.decimal, "linePrice", "customerLinePrice", "discountPercentage", "totalVat"),
                        .optional(.code, "currencyCode"),
                    ])), "prices"),
        .optional(.object(codeNameWithClear), "articleItemStatus"),
        .optional(
            .object(
                Shape(
                    "PostOrderLineFreeValues",
                    [.optional(.words, "freeText1", "freeText2"), .optional(.decimal, "freeDecimal1", "freeDecimal2")])),
            "lineFreeValues"),
        .optional(.int, "minDaysToExpiryDate", "maxDaysToExpiryDate"),
        .optional(.time, "deliveryDate"),
        .optional(.object(Shape("PostOrderLineVat", [.required(.code, "code"), .optional(.decimal, "percent")])), "vat"),
    ]

    static let consignee = Shape(
        "PostOrderConsignee",
        addressRows + [
            .optional(.code, "customerNumber", "doorCode", "organisationNumber", "vatNumber"),
            .optional(.remark, "remark", "deliveryInstruction"),
            .optional(
                .object(
                    Shape(
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
                    Shape("PostOrderConsigneeFreeValues", [.optional(.words, "addressFreeText1", "addressFreeText2")])),
                "freeValues"),
        ])

    private static let addressRows: [Shape.Row] = [
        .optional(.name, "name", "address1", "address2", "address3", "city"),
        .optional(.code, "postCode", "countryCode", "countryStateCode"),
    ]

    private static let invoiceAddress = Shape(
        "PostOrderConsigneeInvoiceAddress",
        addressRows + [
            .optional(
                .object(
                    Shape(
                        "PostOrderConsigneeInvoiceAddressAdvanced",
                        [
                            .optional(
                                .object(
                                    single("PostOrderConsigneeCustomerInvoiceNotification", "value", .name, required: false)),
                                "telephoneNotification", "emailNotification", "smsNotification")
                        ])), "advanced"),
            .optional(.list(.object(codeNameComment)), "addressClasses"),
        ])

    static let notification = Shape("PostOrderNotification", [.optional(.flag, "toBeNotified"), .optional(.name, "value")])

    static let transporter = Shape(
        "PostOrderTransporter",
        [.optional(.code, "transporterCode", "transporterServiceCode"), .optional(.members, "paymentAdvanced")])

    private static let returnTransporter = Shape(
        "PostOrderReturnTransporter", [.optional(.code, "transporterCode", "transporterServiceCode")])

    static let orderClass = Shape(
        "PostOrderClass",
        [
            .optional(.code, "code"), .optional(.name, "name"), .optional(.remark, "comment"),
            .optional(.flag, "isParcelTypeSuggestion"),
        ])

    static let orderClasses = Shape("PatchOrderClassesModel", [.optional(.list(.object(orderClass)), "classes")])

    private static let orderAdvanced = Shape(
        "PostOrderAdvanced",
        [
            .optional(.list(.object(textLine)), "orderTextLines"),
            .optional(.time, "arrivalDate", "arrivalDateFrom"),
            .optional(.words, "wayOfDeliveryString", "termsOfPaymentString", "termsOfDeliveryString", "communication"),
            .optional(.code, "transporterOrderNumber", "invoiceNumber"),
            .optional(
                .list(
                    .object(
                        Shape(
                            "PostOrderAdditionalAddress",
                            [
                                .required(.code, "addressCode"), .optional(.code, "addressType"),
                                .optional(.members, "address"),
                            ]))), "additionalAddresses"),
        ])

    static let textLine = Shape(
        "PostOrderTextLine",
        [.required(.code, "rowNumber"), .optional(.words, "comment"), .optional(.decimal, "numberOfItems")])

    static let transporterAddons = Shape(
        "PostOrderTransporterAddons",
        [Shape.Row(members: transporterAddonNames.map { Shape.Member(name: $0, kind: .flag, isRequired: false) })])

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

    static let tracking = Shape(
        "PostOrderTrackingModel", [.required(.words, "waybill", "trackingUrl"), .required(.flag, "isReturnTracking")])

    static let parcel = Shape(
        "PostParcelTypeModel",
        [.required(.code, "parcelNumber", "transportAdministrationType"), .optional(.object(parcelAdvanced), "advanced")]
            + parcelTracking)

    static let parcelByID = Shape(
        "PostParcelUsingIdTypeModel",
        [.optional(.code, "parcelNumber", "transportAdministrationType"), .optional(.object(parcelAdvanced), "advanced")]
            + parcelTracking)

    private static let parcelTracking: [Shape.Row] = [
        .optional(
            .object(Shape("PostParcelTrackingInParcelModel", [.required(.words, "waybill", "trackingUrl")])), "tracking")
    ]

    private static let parcelAdvanced = Shape(
        "PostParcelAdvanced",
        [
            .optional(.decimal, "length", "width", "height", "weight"), .optional(.remark, "comment"),
            .optional(.members, "parcelType", "parcelStatus"),
        ])

    static let wayBillRow = Shape(
        "PostWayBillRowModel",
        [
            .required(.int, "numberOfPackages"),
            .required(
                .object(Shape("PostWaybillParcelParcelType", [.optional(.int, "id"), .optional(.code, "code")])), "parcelType"),
            .optional(.decimal, "weight", "volume", "length", "width", "height", "loadMeters"),
            .optional(.int, "approvedNumberOfPackages"), .optional(.remark, "comment"), .optional(.code, "category"),
        ])

    static let wayOfDeliveryType = Shape(
        "PostWayOfDeliveryTypeModel",
        [.required(.int, "goodsOwnerId"), .required(.code, "code"), .required(.name, "name")])
}
