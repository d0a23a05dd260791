extension Shapes {
    static let article = Shape(
        "PostArticleModel",
        [
            .required(.int, "goodsOwnerId"),
            .required(.code, "articleNumber"),
            .optional(.name, "articleName"),
            .optional(.code, "productCode", "unitCode", "purcaseCurrencyCode", "countryOfOriginCode", "statisticsNumber"),
            .optional(.words, "description", "linkToPicture"),
            .optional(.flag, "isStockArticle", "isActive"),
            .optional(.object(articleSupplier), "supplierInfo"),
            .optional(.object(barCodes), "barCodeInfo"),
            .optional(.int, "quantityPerPackage", "quantityPerPallet", "quantityPerLayerOnPallet", "stockLimit"),
            .optional(.decimal, "weight", "netWeight", "length", "width", "height", "volume"),
            .optional(.decimal, "purchasePrice", "stockValuationPrice", "customerPrice"),
            .optional(.decimal, "minimumReorderQuantity", "subQuantityPerItem"),
            .optional(.int, "minDaysToExpiryDateAllowedOnDelivery", "minDaysToExpiryDateAllowedOnDeliveryDuringInbound"),
            .optional(.object(codeName), "articleGroup", "articleCategory", "articleColor", "articleSize", "goodsCategory"),
            .optional(.list(.object(nameTranslation)), "articleNameTranslations"),
            .optional(.object(structure), "structureDefinition"),
            .optional(.object(storage), "storageProperties"),
            .optional(.object(articleFreeValues), "freeValues"),
            .optional(.object(single("PostArticleStorageClass", "name", .name)), "storageClass"),
            .optional(.words, "customsDescription", "additionalStatisticsNumber", "customsExportConditions"),
            .optional(.object(taricNumbers), "taricNumbersInfo"),
            .optional(.remark, "articleInboundHandlingComment", "articlePickingHandlingComment"),
            .optional(.remark, "articleReturnHandlingComment", "articlePackingHandlingComment"),
            .optional(.object(alternativeSuppliers), "alternativeSuppliersInfo"),
            .optional(.object(articleClassesOfArticle), "articleClassesInfo"),
            .optional(.members, "advanced", "defaultLocation", "dangerousGoodsMeasures"),
        ])

    private static let articleSupplier = Shape(
        "PostArticleSupplierInfo",
        [
            .optional(.code, "supplierArticleNumber", "supplierNumber"), .optional(.name, "supplierName"),
            .optional(.members, "advanced"),
        ])

    private static let barCodes = Shape(
        "PostArticleBarCodeInfo",
        [
            .optional(.code, "barCode", "barCodePackage", "barCodePallet", "barCodeLayer"),
            .optional(.list(.object(alternativeBarCode)), "alternativeBarCodes"),
        ])

    private static let alternativeBarCode = Shape(
        "PostArticleAlternativeBarCode",
        [
            .optional(.code, "barCode"), .optional(.decimal, "quantityPerBarCode"),
            .optional(.object(codeName), "barCodeType"),
        ])

    private static let nameTranslation = Shape(
        "PostArticleNameTranslation", [.optional(.code, "languageCode"), .optional(.name, "articleName")])

    private static let structure = Shape(
        "PostArticleStructureSpecification",
        [
            .optional(.choice(["Structure", "Production"]), "articleKind"),
            .optional(.list(.object(structureRow)), "rows"),
        ])

    private static let structureRow = Shape(
        "PostArticleStructureRow", [.required(.code, "articleNumber"), .optional(.quantity, "numberOfItems")])

    private static let storage = Shape(
        "PostArticleStorageProperties",
        [.optional(.flag, "isObsolete", "isSerialNumberArticle", "isBatchArticle", "isExpiryDateArticle")])

    private static let articleFreeValues = Shape(
        "PostArticleFreeValues",
        [
            .optional(.decimal, "freeDecimal1", "freeDecimal2", "freeDecimal3", "freeDecimal4"),
            .optional(.flag, "freeBoolean1", "freeBoolean2", "freeBoolean3", "freeBoolean4"),
            .optional(.time, "freeDateTime1"),
            .optional(.words, "freeText1", "freeText2", "freeText3", "freeText4"),
            .optional(.words, "freeText5", "freeText6", "freeText7", "freeText8"),
        ])

    private static let taricNumbers = Shape(
        "PostArticleTaricNumbersInfo",
        [
            .optional(
                .list(.object(Shape("PostArticleTaricNumber", [.required(.code, "countryCode", "taricNumber")]))),
                "taricNumbers")
        ])

    private static let alternativeSuppliers = Shape(
        "PostArticleAlternativeSupplierInfo",
        [
            .optional(
                .list(
                    .object(
                        Shape(
                            "PostArticleAlternativeSupplier",
                            [
                                .optional(.code, "supplierArticleNumber", "supplierNumber"),
                                .optional(.name, "supplierName"), .optional(.int, "leadTime"),
                            ]))),
                "alternativeSuppliers")
        ])

    private static let articleClassesOfArticle = Shape(
        "PostArticleArticleClassesInfo",
        [
            .optional(
                .list(
                    .object(
                        Shape(
                            "PostArticleClassDirectlyToArticle",
                            [.required(.code, "code"), .required(.name, "name"), .optional(.remark, "comment")]))),
                "classes"),
            .optional(.choice(["Add", "Set"]), "handlingMode"),
        ])

    static let articleQuery = Shape(
        "GetArticlesByQueryModel",
        [
            .required(.int, "goodsOwnerId"),
            .optional(.int, "articleSystemIdFrom", "maxArticlesToGet"),
            .optional(.time, "stockInfoChangedFrom", "articleDataLastUpdatedFrom"),
            .optional(.list(.words), "articleNumbers", "productCodes", "articleNameContains", "barCodes"),
            .optional(.list(.int), "articleClassIds"),
            .optional(.flag, "onlyArticlesInStock", "onlyArticlesBelowStockLimit", "isObsolete"),
            .optional(.flag, "onlyArticlesBelowStockLimitConsideringNumberOfBookedItems"),
        ])

    static let articleClass = Shape(
        "PostArticleClassModel",
        [
            .required(.int, "goodsOwnerId"), .required(.code, "code"), .required(.name, "name"),
            .optional(.remark, "comment"),
        ])

    static let classesOfArticle = Shape("PortArticleArticleClassesModel", [.required(.list(.int), "articleClassIds")])

    static let dangerousGoods = Shape(
        "PostArticleDangerousGoodsModel",
        [
            .required(.code, "unNumber"), .optional(.words, "unPackageType", "unLabelNumbers", "emsCode"),
            .optional(.flag, "unIsMarineHazard"), .optional(.decimal, "dangerousGoodsCoefficient"),
            .optional(
                .list(
                    .object(
                        Shape("PostArticleProperShippingNameModel", [.optional(.code, "languageCode"), .optional(.name, "name")])
                    )), "unProperShippingNames"),
        ])

    static let dangerousGoodsByNumber = Shape(
        "PostArticleDangerousGoodsByArticleNumberModel",
        [
            .required(.int, "goodsOwnerId"), .required(.code, "articleNumber"),
            .required(.object(dangerousGoods), "dangerousGoods"),
        ])
}
