import FakeKit
import HTTPTypes

extension OngoingFake {
    /// Orders: put, read, cancel.
    static func addOrderRoutes(to router: Router<Handler>) {
        router.add(.put, "orders", putOrder)
        router.add(.get, "orders", getOrders)
        router.add(.delete, "orders", deleteOrderByNumber)
        router.add(.get, "orders/statuses", getOrderStatuses)
        router.add(.get, "orders/pickability", getPickability)
        router.add(.get, "orders/{orderId}", getOrder)
        router.add(.put, "orders/{orderId}", putOrderByID)
        router.add(.delete, "orders/{orderId}", deleteOrder)
    }

    /// Narrow updates of orders and their lines.
    static func addOrderPatchRoutes(to router: Router<Handler>) {
        router.add(.patch, "orders/{orderId}/orderStatus", patchOrderStatus)
        router.add(.patch, "orders/{orderId}/orderNumber", patchOrderNumber)
        router.add(.patch, "orders/{orderId}/goodsOwnerOrderId", patchGoodsOwnerOrderID)
        router.add(
            .patch, "orders/{orderId}/deliveryDate",
            patchOrderField("deliveryDate", RequestShapes.single("PatchOrderDeliveryDate", "deliveryDate", .time)))
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
            patchOrderField("freightPrice", RequestShapes.single("PatchFreightPrice", "freightPrice", .decimal, required: false)))
        router.add(.patch, "orders/{orderId}/setReportedNumberOfItemsToPickedNumberOfItems", reportPicked)
        router.add(.patch, "orders/{orderId}/setReportedReturnedNumberOfItemsToReturnedNumberOfItems", reportReturned)
        router.add(.patch, "orders/{orderId}/lines/{orderLineId}/comment", patchLineComment)
        router.add(.patch, "orders/{orderId}/lines/{orderLineId}/linePrice", patchLinePrice("linePrice"))
        router.add(.patch, "orders/{orderId}/lines/{orderLineId}/customerLinePrice", patchLinePrice("customerLinePrice"))
        router.add(.patch, "orders/{orderId}/lines/{orderLineId}/reportedNumberOfItems", patchLineReported)
        router.add(.patch, "orders/{orderId}/lines/{orderLineId}/reportedReturnedNumberOfItems", patchLineReportedReturned)
    }
}
