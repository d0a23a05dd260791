import FakeKit
import HTTPTypes

extension OngoingFake {
    /// Every call of the API that is answered.
    static func makeRouter() -> Router<Handler> {
        let router = Router<Handler>()
        addArticles(to: router)
        addOrders(to: router)
        addOrderPatches(to: router)
        addOrderLogistics(to: router)
        addPurchaseOrders(to: router)
        addOthers(to: router)
        return router
    }

    private static func addArticles(to router: Router<Handler>) {
        router.add(.put, "articles", putArticle)
        router.add(.get, "articles", getArticles)
        router.add(.post, "articles/byQuery", queryArticles)
        router.add(.get, "articles/inventoryPerWarehouse", getInventoryPerWarehouse)
        router.add(.get, "articles/historicalInventory", getHistoricalInventory)
        router.add(.get, "articles/groups", getArticleGroups)
        router.add(.get, "articles/categories", getArticleCategories)
        router.add(.get, "articles/classes", getArticleClasses)
        router.add(.put, "articles/classes", putArticleClass)
        router.add(.put, "articles/classes/{articleClassId}", putArticleClassByID)
        router.add(.delete, "articles/classes/{articleClassId}", deleteArticleClass)
        router.add(.get, "articles/dangerousGoods", getDangerousGoods)
        router.add(.put, "articles/dangerousGoods", putDangerousGoods)
        router.add(.get, "articles/structureDefinitions", getStructureDefinitions)
        router.add(.get, "articles/{articleSystemId}", getArticle)
        router.add(.put, "articles/{articleSystemId}", putArticleByID)
        router.add(.put, "articles/{articleSystemId}/classes", putClassesOfArticle)
        router.add(.get, "articles/{articleSystemId}/dangerousGoods", getDangerousGoodsOfArticle)
        router.add(.put, "articles/{articleSystemId}/dangerousGoods", putDangerousGoodsOfArticle)
        router.add(.get, "articles/{articleSystemId}/structureDefinition", getStructureDefinition)
        router.add(.get, "articles/{articleSystemId}/files", getArticleFiles)
        router.add(.put, "articles/{articleSystemId}/files", putArticleFile)
        router.add(.post, "articles/{articleSystemId}/files", postArticleFile)
        router.add(.put, "articles/{articleSystemId}/files/{fileId}", putArticleFileByID)
        router.add(.get, "articleItems", getArticleItems)
        router.add(.get, "articleItems/statuses", getArticleItemStatuses)
    }

    private static func addOrders(to router: Router<Handler>) {
        router.add(.put, "orders", putOrder)
        router.add(.get, "orders", getOrders)
        router.add(.delete, "orders", deleteOrderByNumber)
        router.add(.get, "orders/statuses", getOrderStatuses)
        router.add(.get, "orders/types", getOrderTypes)
        router.add(.get, "orders/classes", getOrderClasses)
        router.add(.get, "orders/pickability", getPickability)
        router.add(.get, "orders/wayOfDeliveryTypes", getWayOfDeliveryTypes)
        router.add(.put, "orders/wayOfDeliveryTypes", putWayOfDeliveryType)
        router.add(.put, "orders/wayOfDeliveryTypes/{wayOfDeliveryTypeId}", putWayOfDeliveryTypeByID)
        router.add(.delete, "orders/wayOfDeliveryTypes/{wayOfDeliveryTypeId}", deleteWayOfDeliveryType)
        router.add(.get, "orders/{orderId}", getOrder)
        router.add(.put, "orders/{orderId}", putOrderByID)
        router.add(.delete, "orders/{orderId}", deleteOrder)
    }

    private static func addOrderPatches(to router: Router<Handler>) {
        router.add(.patch, "orders/{orderId}/orderStatus", patchOrderStatus)
        router.add(.patch, "orders/{orderId}/orderNumber", patchOrderNumber)
        router.add(.patch, "orders/{orderId}/goodsOwnerOrderId", patchGoodsOwnerOrderID)
        router.add(
            .patch, "orders/{orderId}/deliveryDate",
            patchOrderField("deliveryDate", Shapes.single("PatchOrderDeliveryDate", "deliveryDate", .time)))
        router.add(.patch, "orders/{orderId}/transporter", patchTransporter)
        router.add(.patch, "orders/{orderId}/servicePointCode", patchOrderText("servicePointCode", .exactly(50)))
        router.add(.patch, "orders/{orderId}/waybill", patchWaybill)
        router.add(.patch, "orders/{orderId}/returnWaybill", patchReturnWaybill)
        router.add(.patch, "orders/{orderId}/orderRemark", patchOrderText("orderRemark", .exactly(500)))
        router.add(
            .patch, "orders/{orderId}/warehouseInstruction", patchOrderText("warehouseInstruction", .exactly(500)))
        for name in ["freeText1", "freeText2", "freeText3"] {
            router.add(.patch, "orders/{orderId}/\(name)", patchOrderText(name, .any))
        }
        router.add(
            .patch, "orders/{orderId}/freightPrice",
            patchOrderField("freightPrice", Shapes.single("PatchFreightPrice", "freightPrice", .decimal, required: false)))
        router.add(.patch, "orders/{orderId}/setReportedNumberOfItemsToPickedNumberOfItems", reportPicked)
        router.add(.patch, "orders/{orderId}/setReportedReturnedNumberOfItemsToReturnedNumberOfItems", reportReturned)
        router.add(.patch, "orders/{orderId}/lines/{orderLineId}/comment", patchLineComment)
        router.add(.patch, "orders/{orderId}/lines/{orderLineId}/linePrice", patchLinePrice("linePrice"))
        router.add(.patch, "orders/{orderId}/lines/{orderLineId}/customerLinePrice", patchLinePrice("customerLinePrice"))
        router.add(.patch, "orders/{orderId}/lines/{orderLineId}/reportedNumberOfItems", patchLineReported)
        router.add(.patch, "orders/{orderId}/lines/{orderLineId}/reportedReturnedNumberOfItems", patchLineReportedReturned)
    }

    private static func addOrderLogistics(to router: Router<Handler>) {
        router.add(.patch, "orders/{orderId}/setOrderClasses", setOrderClasses)
        router.add(.patch, "orders/{orderId}/addOrderClasses", addOrderClasses)
        router.add(.delete, "orders/{orderId}/classes", deleteOrderClasses)
        router.add(.put, "orders/{orderId}/orderTracking", putTracking)
        router.add(.put, "orders/{orderId}/parcels", putParcel)
        router.add(.put, "orders/{orderId}/parcels/{parcelId}", putParcelByID)
        router.add(.delete, "orders/{orderId}/parcels/{parcelId}", deleteParcel)
        router.add(.put, "orders/{orderId}/parcels/{parcelId}/parcelTracking", putParcelTracking)
        router.add(.get, "orders/{orderId}/wayBillRows", getWayBillRows)
        router.add(.post, "orders/{orderId}/wayBillRows", postWayBillRow)
        router.add(.patch, "orders/{orderId}/wayBillRows/{wayBillRowId}", patchWayBillRow)
        router.add(.delete, "orders/{orderId}/wayBillRows/{wayBillRowId}", deleteWayBillRow)
        router.add(.put, "orders/{orderId}/orderTextLines", putOrderTextLine)
        router.add(.get, "orders/{orderId}/invoiceCharges", getInvoiceCharges)
        router.add(.get, "orders/{orderId}/files", getOrderFiles)
        router.add(.put, "orders/{orderId}/files", putOrderFile)
        router.add(.post, "orders/{orderId}/files", postOrderFile)
        router.add(.put, "orders/{orderId}/files/{fileId}", putOrderFileByID)
        router.add(.delete, "orders/{orderId}/files/{fileId}", deleteOrderFile)
    }

    private static func addPurchaseOrders(to router: Router<Handler>) {
        router.add(.put, "purchaseOrders", putPurchaseOrder)
        router.add(.get, "purchaseOrders", getPurchaseOrders)
        router.add(.delete, "purchaseOrders", deletePurchaseOrderByNumber)
        router.add(.get, "purchaseOrders/statuses", getPurchaseOrderStatuses)
        router.add(.get, "purchaseOrders/types", getPurchaseOrderTypes)
        router.add(.get, "purchaseOrders/{purchaseOrderId}", getPurchaseOrder)
        router.add(.put, "purchaseOrders/{purchaseOrderId}", putPurchaseOrderByID)
        router.add(.delete, "purchaseOrders/{purchaseOrderId}", deletePurchaseOrder)
        router.add(.patch, "purchaseOrders/{purchaseOrderId}/purchaseOrderStatus", patchPurchaseOrderStatus)
        router.add(.patch, "purchaseOrders/{purchaseOrderId}/purchaseOrderNumber", patchPurchaseOrderNumber)
        router.add(.patch, "purchaseOrders/{purchaseOrderId}/inDate", patchInDate)
        router.add(.patch, "purchaseOrders/{purchaseOrderId}/advisedDate", patchAdvisedDate)
        router.add(.patch, "purchaseOrders/{purchaseOrderId}/freeBool1", patchFreeBool1)
        router.add(
            .patch, "purchaseOrders/{purchaseOrderId}/setReportedNumberOfItemsToReceivedNumberOfItems", reportReceived)
        router.add(
            .patch, "purchaseOrders/{purchaseOrderId}/lines/{purchaseOrderLineId}/reportedNumberOfItems",
            patchPurchaseOrderLineReported)
        router.add(.put, "purchaseOrders/{purchaseOrderId}/articleItems", putAdvisedItems)
        router.add(.get, "purchaseOrders/{purchaseOrderId}/files", getPurchaseOrderFiles)
        router.add(.put, "purchaseOrders/{purchaseOrderId}/files", putPurchaseOrderFile)
        router.add(.post, "purchaseOrders/{purchaseOrderId}/files", postPurchaseOrderFile)
        router.add(.put, "purchaseOrders/{purchaseOrderId}/files/{fileId}", putPurchaseOrderFileByID)
    }

    private static func addOthers(to router: Router<Handler>) {
        router.add(.get, "inventoryAdjustments", getAdjustments)
        router.add(.get, "inventoryAdjustments/{inventoryId}", getAdjustment)
        router.add(
            .patch, "inventoryAdjustments/{inventoryId}/articles/{articleSystemId}/setReported", setAdjustmentReported)
        router.add(.get, "warehouses", getWarehouses)
        router.add(.get, "warehouses/locations/types", getLocationTypes)
        router.add(.get, "warehouses/{warehouseId}/zones", getZones)
        router.add(.get, "goodsOwners", getGoodsOwners)
        router.add(.get, "goodsOwners/{id}", getGoodsOwner)
        router.add(.get, "transporterContracts", getTransporterContracts)
        router.add(.get, "parcelTypes", getParcelTypes)
        router.add(.get, "movements", getMovements)
        router.add(.put, "returnOrders", putReturnOrder)
        router.add(.get, "returnOrders", getReturnOrders)
        router.add(.delete, "returnOrders", deleteReturnOrderByNumber)
        router.add(.get, "returnOrders/statuses", getReturnOrderStatuses)
        router.add(.get, "returnOrders/returnCauses", getReturnCauses)
        router.add(.put, "returnOrders/returnCauses", putReturnCause)
        router.add(.put, "returnOrders/returnCauses/{returnCauseId}", putReturnCauseByID)
        router.add(.get, "returnOrders/{returnOrderId}", getReturnOrder)
        router.add(.delete, "returnOrders/{returnOrderId}", deleteReturnOrder)
        router.add(.patch, "returnOrders/{returnOrderId}/returnOrderStatus", patchReturnOrderStatus)
    }
}
