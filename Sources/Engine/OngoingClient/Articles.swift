import ClientKit
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

    /// How many of every article the goods owner has, over all warehouses together.
    package func stock() throws -> [WarehouseStock] {
        let rows = try keySetPages(
            "articles/inventoryPerWarehouse", query(), idFrom: "articleSystemIdFrom", limit: "maxArticlesToGet",
            id: { wire throws(WireError) in try wire.required("articleSystemId", .whole) })
        return try rows.map { wire in
            do {
                return try WarehouseStock(wire)
            } catch let error as WireError {
                throw api.unreadable(.get("articles/inventoryPerWarehouse"), error.problem)
            }
        }
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
