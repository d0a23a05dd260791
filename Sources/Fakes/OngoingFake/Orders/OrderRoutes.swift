import FakeKit
import HTTPTypes

extension OngoingFake {
    /// Orders: put, read, cancel.
    static var orderRoutes: [Route<Handler>] {
        [
            .put("orders", putOrder),
            .get("orders", getOrders),
            .delete("orders", deleteOrderByNumber),
            .get("orders/statuses", getOrderStatuses),
            .get("orders/pickability", getPickability),
            .get("orders/{orderId}", getOrder),
            .put("orders/{orderId}", putOrderByID),
            .delete("orders/{orderId}", deleteOrder),
        ]
    }

    /// Narrow updates of orders and their lines.
    static var orderPatchRoutes: [Route<Handler>] {
        [
            .patch("orders/{orderId}/orderStatus", patchOrderStatus),
            .patch("orders/{orderId}/orderNumber", patchOrderNumber),
            .patch("orders/{orderId}/goodsOwnerOrderId", patchGoodsOwnerOrderID),
            .patch(
                "orders/{orderId}/deliveryDate",
                patchOrderField("deliveryDate", RequestShapes.single("PatchOrderDeliveryDate", "deliveryDate", .time))),
            .patch("orders/{orderId}/transporter", patchTransporter),
            .patch("orders/{orderId}/servicePointCode", patchOrderText("servicePointCode", .exactly(50))),
            .patch("orders/{orderId}/waybill", patchWaybill),
            .patch("orders/{orderId}/returnWaybill", patchReturnWaybill),
            .patch("orders/{orderId}/orderRemark", patchOrderText("orderRemark", .exactly(500))),
            .patch("orders/{orderId}/warehouseInstruction", patchOrderText("warehouseInstruction", .exactly(500))),
            .patch("orders/{orderId}/freeText1", patchOrderText("freeText1", .any)),
            .patch("orders/{orderId}/freeText2", patchOrderText("freeText2", .any)),
            .patch("orders/{orderId}/freeText3", patchOrderText("freeText3", .any)),
            .patch(
                "orders/{orderId}/freightPrice",
                patchOrderField(
                    "freightPrice", RequestShapes.single("PatchFreightPrice", "freightPrice", .decimal, required: false))),
            .patch("orders/{orderId}/setReportedNumberOfItemsToPickedNumberOfItems", reportPicked),
            .patch("orders/{orderId}/setReportedReturnedNumberOfItemsToReturnedNumberOfItems", reportReturned),
            .patch("orders/{orderId}/lines/{orderLineId}/comment", patchLineComment),
            .patch("orders/{orderId}/lines/{orderLineId}/linePrice", patchLinePrice("linePrice")),
            .patch("orders/{orderId}/lines/{orderLineId}/customerLinePrice", patchLinePrice("customerLinePrice")),
            .patch("orders/{orderId}/lines/{orderLineId}/reportedNumberOfItems", patchLineReported),
            .patch("orders/{orderId}/lines/{orderLineId}/reportedReturnedNumberOfItems", patchLineReportedReturned),
        ]
    }
}
