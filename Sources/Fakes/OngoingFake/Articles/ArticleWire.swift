import JSON
import Units

struct ArticleView: KeptMembers {
    let record: ArticleRecord
    let owner: GoodsOwner
    var kept: JSONObject { record.fields }

    /// Sellable = on hand − locked for sale − ordered and not allocated, over orders not yet picked; a kit has as many as its
    /// scarcest part allows.
    var sellable: ExactDecimal {
        guard record.kind == "Structure", let rows = record.field("structureDefinition.rows")?.array, !rows.isEmpty else {
            return record.onHand - record.figures.allocated - record.figures.wanted
        }
        var fewest: ExactDecimal?
        for row in rows {
            guard let number = row["articleNumber"]?.string, let count = row["numberOfItems"].flatMap(BodyReader.exact),
                count > .zero
            else { continue }
            let part = owner.article(number).map { ArticleView(record: $0, owner: owner).plainSellable } ?? .zero
            let kits = ExactDecimal(Int(clamping: part.millionths / count.millionths))
            fewest = min(fewest ?? kits, kits)
        }
        return fewest ?? .zero
    }

    private var plainSellable: ExactDecimal { record.onHand - record.figures.allocated - record.figures.wanted }
}

extension ResponseShapes {
    static let article = ResponseShape<ArticleView>([
        .made("goodsOwner") { ["id": JSON($0.owner.id), "name": .string($0.owner.name)] },
        .made("articleSystemId") { JSON($0.record.systemId) },
        .made("articleNumber") { .string($0.record.number) },
        .kept(.empty, "articleName", "productCode", "unitCode", "description"),
        .kept(.yes, "isStockArticle", "isActive"),
        .made("supplierInfo") { articleSupplier($0) },
        .nested(barCodes, "barCodeInfo"),
        .kept(.null, "quantityPerPackage", "quantityPerPallet", "weight", "length", "width", "height", "volume"),
        .kept(.null, "purchasePrice", "stockValuationPrice", "customerPrice"),
        .kept(.empty, "purcaseCurrencyCode", "countryOfOriginCode", "statisticsNumber"),
        .made("articleGroup") { catalogued($0, "articleGroup", .articleGroup) },
        .made("articleCategory") { catalogued($0, "articleCategory", .articleCategory) },
        .made("inventoryInfo") { inventoryInfo.render($0) },
        .made("articleDataLastUpdated") { Wire.time($0.record.updated) },
        .made("articleKind") { .string($0.record.kind) },
        .kept(.null, "stockLimit", "minimumReorderQuantity", "netWeight"),
        .nested(articleFreeValues, "freeValues"),
        .kept(.null, "subQuantityPerItem"),
        .made("classes") { view in
            Wire.list(
                view.record.classIDs.compactMap { view.owner.catalogues.find(.articleClass, id: $0) }
                    .map { Wire.idCodeName($0.id, $0.code, $0.name) })
        },
        .kept(.null, "customsDescription"),
        .nested(taricNumbers, "taricNumbersInfo"),
        .absent("defaultLocationMaxNumberOfItems", "defaultLocationStockLimit"),
        .kept(.empty, "linkToPicture"),
        .made("storageProperties") { storage.render($0.kept["storageProperties"]?.object ?? [:]) },
        .absent("defaultLocation"),
        .kept(.null, "minDaysToExpiryDateAllowedOnDelivery"),
        .nested(codeName, "articleColor", "articleSize"),
        .kept(.null, "additionalStatisticsNumber", "customsExportConditions"),
        .list(nameTranslation, "articleNameTranslations"),
        .nested(codeName, "goodsCategory"),
        .made("created") { Wire.time($0.record.created) },
        .absent("articleHandlingComments"),
        .kept(.null, "storageClass"),
        .absent("replacementArticleInfo"),
        .kept(.null, "dangerousGoodsMeasures"),
    ])

    private static let barCodes = ResponseShape<JSONObject>([
        .kept(.empty, "barCode", "barCodePackage", "barCodePallet"),
        .list(
            ResponseShape<JSONObject>([.kept(.null, "barCode", "quantityPerBarCode"), .nested(codeName, "barCodeType")]),
            "alternativeBarCodes"),
        .kept(.null, "barCodeLayer"),
    ])

    private static let articleFreeValues = ResponseShape<JSONObject>([
        .kept(.null, "freeDecimal1", "freeDecimal2", "freeDecimal3"),
        .kept(.no, "freeBoolean1", "freeBoolean2", "freeBoolean3"),
        .kept(.null, "freeDecimal4"), .kept(.no, "freeBoolean4"),
        .kept(.null, "freeText1", "freeText2", "freeText3", "freeText4"),
        .kept(.null, "freeText5", "freeText6", "freeText7", "freeText8"),
    ])

    private static let taricNumbers = ResponseShape<JSONObject>([
        .list(ResponseShape<JSONObject>([.kept(.null, "countryCode", "taricNumber")]), "taricNumbers")
    ])

    private static let storage = ResponseShape<JSONObject>([
        .kept(.no, "isObsolete", "isSerialNumberArticle", "isBatchArticle", "isExpiryDateArticle")
    ])

    private static let nameTranslation = ResponseShape<JSONObject>([.kept(.null, "languageCode", "articleName")])

    private static let alternativeSupplier = ResponseShape<JSONObject>([
        .kept(.null, "supplierArticleNumber", "supplierNumber", "supplierName", "leadTime")
    ])

    /// Written in two objects, read in one.
    private static func articleSupplier(_ view: ArticleView) -> JSON {
        let supplier = view.kept["supplierInfo"]?.object
        let others = view.kept.member("alternativeSuppliersInfo.alternativeSuppliers")?.array ?? []
        guard supplier != nil || !others.isEmpty else { return .null }
        return [
            "supplierArticleNumber": supplier?["supplierArticleNumber"] ?? "",
            "supplierNumber": supplier?["supplierNumber"] ?? "",
            "supplierName": supplier?["supplierName"] ?? "",
            "alternativeSuppliers": Wire.list(others.compactMap { $0.object.map(alternativeSupplier.render) }),
        ]
    }

    /// Code and name; the name is the one last given for that code, by whichever article.
    private static func catalogued(_ view: ArticleView, _ member: String, _ kind: Catalogues.Kind) -> JSON {
        guard let code = view.kept.text("\(member).code"), let entry = view.owner.catalogues.find(kind, code: code) else {
            return .null
        }
        return Wire.codeAndName(code, entry.name)
    }

    static let dangerousGoods = ResponseShape<JSONObject>([
        .made("unNumber") { kept in
            ["unNumber": kept["unNumber"] ?? nil, "unTunnelCodes": nil, "unClassNumber": nil]
        },
        .kept(.null, "unPackageType", "unLabelNumbers"),
        .kept(.no, "unIsMarineHazard"),
        .kept(.null, "dangerousGoodsCoefficient", "emsCode", "unProperShippingNames"),
    ])
}

extension RequestShapes {
    static let article = RequestShape(
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

    private static let articleSupplier = RequestShape(
        "PostArticleSupplierInfo",
        [
            .optional(.code, "supplierArticleNumber", "supplierNumber"), .optional(.name, "supplierName"),
            .optional(.members, "advanced"),
        ])

    private static let barCodes = RequestShape(
        "PostArticleBarCodeInfo",
        [
            .optional(.code, "barCode", "barCodePackage", "barCodePallet", "barCodeLayer"),
            .optional(.list(.object(alternativeBarCode)), "alternativeBarCodes"),
        ])

    private static let alternativeBarCode = RequestShape(
        "PostArticleAlternativeBarCode",
        [
            .optional(.code, "barCode"), .optional(.decimal, "quantityPerBarCode"),
            .optional(.object(codeName), "barCodeType"),
        ])

    private static let nameTranslation = RequestShape(
        "PostArticleNameTranslation", [.optional(.code, "languageCode"), .optional(.name, "articleName")])

    private static let structure = RequestShape(
        "PostArticleStructureSpecification",
        [
            .optional(.choice(["Structure", "Production"]), "articleKind"),
            .optional(.list(.object(structureRow)), "rows"),
        ])

    private static let structureRow = RequestShape(
        "PostArticleStructureRow", [.required(.code, "articleNumber"), .optional(.quantity, "numberOfItems")])

    private static let storage = RequestShape(
        "PostArticleStorageProperties",
        [.optional(.flag, "isObsolete", "isSerialNumberArticle", "isBatchArticle", "isExpiryDateArticle")])

    private static let articleFreeValues = RequestShape(
        "PostArticleFreeValues",
        [
            .optional(.decimal, "freeDecimal1", "freeDecimal2", "freeDecimal3", "freeDecimal4"),
            .optional(.flag, "freeBoolean1", "freeBoolean2", "freeBoolean3", "freeBoolean4"),
            .optional(.time, "freeDateTime1"),
            .optional(.words, "freeText1", "freeText2", "freeText3", "freeText4"),
            .optional(.words, "freeText5", "freeText6", "freeText7", "freeText8"),
        ])

    private static let taricNumbers = RequestShape(
        "PostArticleTaricNumbersInfo",
        [
            .optional(
                .list(.object(RequestShape("PostArticleTaricNumber", [.required(.code, "countryCode", "taricNumber")]))),
                "taricNumbers")
        ])

    private static let alternativeSuppliers = RequestShape(
        "PostArticleAlternativeSupplierInfo",
        [
            .optional(
                .list(
                    .object(
                        RequestShape(
                            "PostArticleAlternativeSupplier",
                            [
                                .optional(.code, "supplierArticleNumber", "supplierNumber"),
                                .optional(.name, "supplierName"), .optional(.int, "leadTime"),
                            ]))),
                "alternativeSuppliers")
        ])

    private static let articleClassesOfArticle = RequestShape(
        "PostArticleArticleClassesInfo",
        [
            .optional(
                .list(
                    .object(
                        RequestShape(
                            "PostArticleClassDirectlyToArticle",
                            [.required(.code, "code"), .required(.name, "name"), .optional(.remark, "comment")]))),
                "classes"),
            .optional(.choice(["Add", "Set"]), "handlingMode"),
        ])

    static let articleQuery = RequestShape(
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

    static let classesOfArticle = RequestShape("PortArticleArticleClassesModel", [.required(.list(.int), "articleClassIds")])

    static let dangerousGoods = RequestShape(
        "PostArticleDangerousGoodsModel",
        [
            .required(.code, "unNumber"), .optional(.words, "unPackageType", "unLabelNumbers", "emsCode"),
            .optional(.flag, "unIsMarineHazard"), .optional(.decimal, "dangerousGoodsCoefficient"),
            .optional(
                .list(
                    .object(
                        RequestShape(
                            "PostArticleProperShippingNameModel", [.optional(.code, "languageCode"), .optional(.name, "name")])
                    )), "unProperShippingNames"),
        ])

    static let dangerousGoodsByNumber = RequestShape(
        "PostArticleDangerousGoodsByArticleNumberModel",
        [
            .required(.int, "goodsOwnerId"), .required(.code, "articleNumber"),
            .required(.object(dangerousGoods), "dangerousGoods"),
        ])
}
