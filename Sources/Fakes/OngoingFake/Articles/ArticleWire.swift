import JSON
import Units

struct ArticleView: Keeping {
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

extension ReadTables {
    static let article = ReadTable<ArticleView>([
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

    static let inventoryInfo = ReadTable<ArticleView>([
        .made("numberOfItems") { Wire.number($0.record.onHand) },
        .made("numberOfBookedItems") { Wire.number($0.record.figures.booked) },
        .made("numberOfLockedItems") { _ in Wire.number(.zero) },
        .made("toReceiveNumberOfItems") { Wire.number($0.record.figures.toReceive) },
        .made("allocatedNumberOfItems") { Wire.number($0.record.figures.allocated) },
        .made("lockedForSaleNumberOfItems") { Wire.number($0.record.figures.allocated) },
        .made("pickedToBeCollectedNumberOfItems") { Wire.number($0.record.figures.pickedToBeCollected) },
        .made("receivedToBeFinishedNumberOfItems") { Wire.number($0.record.figures.receivedToBeFinished) },
        .made("lastInDate") { Wire.time($0.record.lastReceived) },
        .made("sellableNumberOfItems") { Wire.number($0.sellable) },
        .made("totalStockValue") { view in
            let price = view.record.fields.decimal("stockValuationPrice") ?? view.record.fields.decimal("purchasePrice")
            return Wire.number((price ?? .zero).multiplied(by: view.record.onHand))
        },
        .made("reported") { toBeReported.render($0) },
    ])

    static let toBeReported = ReadTable<ArticleView>([
        .made("pickedToBeReportedNumberOfItems") { Wire.number($0.record.figures.pickedToBeReported) },
        .made("returnedToBeReportedNumberOfItems") { Wire.number($0.record.figures.returnedToBeReported) },
        .made("receivedToBeReportedNumberOfItems") { Wire.number($0.record.figures.receivedToBeReported) },
    ])

    static let perWarehouse = ReadTable<ArticleView>([
        .made("warehouseId") { JSON($0.owner.tenant.warehouse.id) },
        .made("numberOfItems") { Wire.number($0.record.onHand) },
        .made("numberOfLockedItems") { _ in Wire.number(.zero) },
        .made("sellableNumberOfItems") { Wire.number($0.sellable) },
        .made("availableForSaleNumberOfItems") { Wire.number($0.record.onHand - $0.record.figures.allocated) },
        .made("reported") { toBeReported.render($0) },
        .made("allocatedNumberOfItems") { Wire.number($0.record.figures.allocated) },
    ])

    static let inventoryPerWarehouse = ReadTable<ArticleView>([
        .made("articleSystemId") { JSON($0.record.systemId) },
        .made("articleNumber") { .string($0.record.number) },
        .made("inventoryPerWarehouse") { [perWarehouse.render($0)] },
    ])

    private static let barCodes = ReadTable<JSONObject>([
        .kept(.empty, "barCode", "barCodePackage", "barCodePallet"),
        .list(
            ReadTable<JSONObject>([.kept(.null, "barCode", "quantityPerBarCode"), .nested(codeName, "barCodeType")]),
            "alternativeBarCodes"),
        .kept(.null, "barCodeLayer"),
    ])

    private static let articleFreeValues = ReadTable<JSONObject>([
        .kept(.null, "freeDecimal1", "freeDecimal2", "freeDecimal3"),
        .kept(.no, "freeBoolean1", "freeBoolean2", "freeBoolean3"),
        .kept(.null, "freeDecimal4"), .kept(.no, "freeBoolean4"),
        .kept(.null, "freeText1", "freeText2", "freeText3", "freeText4"),
        .kept(.null, "freeText5", "freeText6", "freeText7", "freeText8"),
    ])

    private static let taricNumbers = ReadTable<JSONObject>([
        .list(ReadTable<JSONObject>([.kept(.null, "countryCode", "taricNumber")]), "taricNumbers")
    ])

    private static let storage = ReadTable<JSONObject>([
        .kept(.no, "isObsolete", "isSerialNumberArticle", "isBatchArticle", "isExpiryDateArticle")
    ])

    private static let nameTranslation = ReadTable<JSONObject>([.kept(.null, "languageCode", "articleName")])

    private static let alternativeSupplier = ReadTable<JSONObject>([
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
}
