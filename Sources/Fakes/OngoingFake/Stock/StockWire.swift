import JSON
import Units

extension ResponseShapes {
    static let inventoryInfo = ResponseShape<ArticleView>([
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

    static let toBeReported = ResponseShape<ArticleView>([
        .made("pickedToBeReportedNumberOfItems") { Wire.number($0.record.figures.pickedToBeReported) },
        .made("returnedToBeReportedNumberOfItems") { Wire.number($0.record.figures.returnedToBeReported) },
        .made("receivedToBeReportedNumberOfItems") { Wire.number($0.record.figures.receivedToBeReported) },
    ])

    static let perWarehouse = ResponseShape<ArticleView>([
        .made("warehouseId") { JSON($0.owner.store.warehouse.id) },
        .made("numberOfItems") { Wire.number($0.record.onHand) },
        .made("numberOfLockedItems") { _ in Wire.number(.zero) },
        .made("sellableNumberOfItems") { Wire.number($0.sellable) },
        .made("availableForSaleNumberOfItems") { Wire.number($0.record.onHand - $0.record.figures.allocated) },
        .made("reported") { toBeReported.render($0) },
        .made("allocatedNumberOfItems") { Wire.number($0.record.figures.allocated) },
    ])

    static let inventoryPerWarehouse = ResponseShape<ArticleView>([
        .made("articleSystemId") { JSON($0.record.systemId) },
        .made("articleNumber") { .string($0.record.number) },
        .made("inventoryPerWarehouse") { [perWarehouse.render($0)] },
    ])
}

extension OngoingFake {
    func articleItem(_ item: StockItem) -> JSON {
        [
            "batch": .string(item.batch), "container": "", "expiryDate": Wire.text(item.expiryDate?.description),
            "isLocked": false, "isLockedForSale": false, "location": .string(item.location),
            "numberOfItems": Wire.number(item.quantity),
            "serial": .string(item.serial), "status": nil, "comment": "", "warehouse": store.warehouse.json,
            "inDate": Wire.time(item.arrived), "articleItemId": JSON(item.id), "purchaseOrderInfo": nil, "lockCauses": nil,
        ]
    }

    func show(_ move: MoveRecord, _ owner: GoodsOwner) -> JSON {
        let article = owner.articles[move.articleID]
        return [
            "numberOfItems": Wire.number(move.item.quantity), "serial": .string(move.item.serial),
            "batchNumber": .string(move.item.batch), "expiryDate": Wire.text(move.item.expiryDate?.description),
            "moveTime": Wire.time(move.time), "originalArticleItemId": JSON(move.item.id),
            "article": ["articleSystemId": JSON(article.systemId), "articleNumber": .string(article.number)],
            "purchaseOrderInfo": nil, "fromLocation": ["location": .string(move.from)],
            "toLocation": ["location": .string(move.to)], "fromWarehouse": store.warehouse.json,
            "toWarehouse": store.warehouse.json, "byUser": nil,
        ]
    }
}
