import FakeKit
import HTTPTypes

extension OngoingFake {
    /// Purchase orders: put, read, cancel, update in part.
    static var purchaseOrderRoutes: [Route<Handler>] {
        [
            .put("purchaseOrders", putPurchaseOrder),
            .get("purchaseOrders", getPurchaseOrders),
            .delete("purchaseOrders", deletePurchaseOrderByNumber),
            .get("purchaseOrders/statuses", getPurchaseOrderStatuses),
            .get("purchaseOrders/{purchaseOrderId}", getPurchaseOrder),
            .put("purchaseOrders/{purchaseOrderId}", putPurchaseOrderByID),
            .delete("purchaseOrders/{purchaseOrderId}", deletePurchaseOrder),
            .patch("purchaseOrders/{purchaseOrderId}/purchaseOrderStatus", patchPurchaseOrderStatus),
            .patch("purchaseOrders/{purchaseOrderId}/purchaseOrderNumber", patchPurchaseOrderNumber),
            .patch("purchaseOrders/{purchaseOrderId}/inDate", patchInDate),
            .patch("purchaseOrders/{purchaseOrderId}/advisedDate", patchAdvisedDate),
            .patch("purchaseOrders/{purchaseOrderId}/freeBool1", patchFreeBool1),
            .patch("purchaseOrders/{purchaseOrderId}/freeText1", patchFreeText("freeText1")),
            .patch("purchaseOrders/{purchaseOrderId}/freeText2", patchFreeText("freeText2")),
            .patch("purchaseOrders/{purchaseOrderId}/freeText3", patchFreeText("freeText3")),
            .patch("purchaseOrders/{purchaseOrderId}/setReportedNumberOfItemsToReceivedNumberOfItems", reportReceived),
            .patch(
                "purchaseOrders/{purchaseOrderId}/lines/{purchaseOrderLineId}/reportedNumberOfItems",
                patchPurchaseOrderLineReported),
            .put("purchaseOrders/{purchaseOrderId}/articleItems", putAdvisedItems),
        ]
    }
}
