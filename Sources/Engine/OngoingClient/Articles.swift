package import ClientKit
import Exchange
import JSON
package import Trade

extension OngoingClient {
    /// Creates or replaces the article with this number.
    ///
    /// - Parameter isUpdate: Whether the warehouse holds the article already, so that what has no value any more is cleared.
    /// - Throws: ``ExchangeError``. Without an identifier in the response it is `.unreadable`.
    ///
    /// Source: Ongoing Goods Owner REST API v1, `PUT /articles`.
    @discardableResult
    package func put(_ article: Article, isUpdate: Bool = false) throws -> WarehouseID {
        let body = written(article, clearsTexts: clearsTexts(onUpdate: isUpdate))
        return try identifier(from: .put("articles", body, about: "article \(article.number)"), "articleSystemId")
    }

    func written(_ article: Article, clearsTexts: Bool) -> JSON {
        body(clearsTexts: clearsTexts) { body in
            body.code("articleNumber", article.number.text)
            body.text("articleName", article.name)
            body.text("productCode", article.productCode)
            body.text("description", article.description)
            body.flag("isActive", article.isActive)
            body.object("barCodeInfo") { $0.text("barCode", article.barcode) }
            body.decimal("customerPrice", article.customerPrice?.amount)
            body.object("articleGroup") { group in
                group.code("code", article.groupCode)
                group.code("name", article.groupName)
            }
            body.decimal("weight", article.weight)
            body.decimal("length", article.length)
            body.decimal("width", article.width)
            body.decimal("height", article.height)
            body.text("linkToPicture", article.pictureURL)
            body.object("supplierInfo") { supplier in
                supplier.code("supplierNumber", article.supplierNumber)
                supplier.code("supplierName", article.supplierName)
            }
            body.object("storageProperties") { properties in
                properties.flag("isBatchArticle", article.isBatchArticle)
                properties.flag("isSerialNumberArticle", article.isSerialNumberArticle)
            }
        }
    }

    /// Every article of the goods owner page by page, for lists that are too long to be kept.
    package func eachPageOfArticles(_ dealWith: ([Row<WarehouseArticle>]) throws -> Void) throws {
        try eachPage(
            "articles", query(), idFrom: "articleSystemIdFrom", limit: "maxArticlesToGet",
            id: { wire throws(WireError) in try wire.required("articleSystemId", .whole) },
            { try dealWith($0.map(articleRow)) })
    }

    /// - Returns: `nil` when the goods owner has no such article.
    package func article(_ number: ItemNumber) throws -> WarehouseArticle? {
        var query = query()
        query.append("articleNumber", number.text)
        let call = Call.get("articles", query)
        return try api.read(call) { wire throws(WireError) in try wire.list() }
            .map(articleRow).compactMap(\.value).first { $0.number == number }
    }

    private func articleRow(_ wire: WireReader) -> Row<WarehouseArticle> {
        row(wire, key: articleNumber) { wire throws(WireError) in try WarehouseArticle(wire) }
    }

    private func articleNumber(_ wire: WireReader) throws(WireError) -> String? { try wire.name("articleNumber") }

    /// How many of every article the goods owner has, over all warehouses together.
    package func stock() throws -> [WarehouseStock] {
        let rows = try keySetPages(
            "articles/inventoryPerWarehouse", query(), idFrom: "articleSystemIdFrom", limit: "maxArticlesToGet",
            id: { wire throws(WireError) in try wire.required("articleSystemId", .whole) })
        return try rows.map { wire in
            do {
                return try WarehouseStock(wire.loaded)
            } catch let error as WireError {
                throw api.unreadable(.get("articles/inventoryPerWarehouse"), error.problem, isMisshapen: true)
            }
        }
    }
}

extension WarehouseArticle {
    init(_ wire: WireReader) throws(WireError) {
        self.init(id: try wire.identifier("articleSystemId"), number: ItemNumber(try wire.required("articleNumber", .text)))
        name = try wire.name("articleName")
        // Said of nothing, an article is in use.
        isActive = try wire.optional("isActive", .flag) ?? true
        if let properties = try wire.object("storageProperties") {
            isBatchArticle = try properties.optional("isBatchArticle", .flag) ?? false
            isSerialNumberArticle = try properties.optional("isSerialNumberArticle", .flag) ?? false
        }
        guard let stock = try wire.object("inventoryInfo") else { return }
        onHand = try stock.quantity("numberOfItems")
        guard let reported = try stock.object("reported") else { return }
        pickedToBeReported = try reported.quantity("pickedToBeReportedNumberOfItems")
        receivedToBeReported = try reported.quantity("receivedToBeReportedNumberOfItems")
    }
}

extension WarehouseStock {
    init(_ wire: WireReader) throws(WireError) {
        self.init(
            articleID: try wire.identifier("articleSystemId"),
            article: ItemNumber(try wire.required("articleNumber", .text)), onHand: .zero, pickedToBeReported: .zero,
            receivedToBeReported: .zero)
        for warehouse in try wire.nullableRows("inventoryPerWarehouse") {
            onHand += try warehouse.quantity("numberOfItems")
            guard let reported = try warehouse.object("reported") else { continue }
            pickedToBeReported += try reported.quantity("pickedToBeReportedNumberOfItems")
            receivedToBeReported += try reported.quantity("receivedToBeReportedNumberOfItems")
        }
    }
}
