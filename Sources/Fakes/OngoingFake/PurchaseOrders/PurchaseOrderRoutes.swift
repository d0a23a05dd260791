import FakeKit
import HTTPTypes

extension OngoingFake {
    /// Purchase orders: put, read, cancel, update in part.
    static func addPurchaseOrderRoutes(to router: Router<Handler>) {
        router.add(.put, "purchaseOrders", putPurchaseOrder)
        router.add(.get, "purchaseOrders", getPurchaseOrders)
        router.add(.delete, "purchaseOrders", deletePurchaseOrderByNumber)
        router.add(.get, "purchaseOrders/statuses", getPurchaseOrderStatuses)
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
    }
}
