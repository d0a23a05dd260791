import Exchange
import JSON
import Units

/// The narrow updates of orders. They are taken whatever the status: none of them changes what is to be picked.
extension OngoingFake {
    /// A PATCH of one text of the header that is kept as it comes.
    static func patchOrderText(_ name: String, _ length: RequestShape.Length) -> Handler {
        patchOrderField(name, RequestShapes.singleText("PatchOrder", name, length))
    }

    /// A PATCH of one member of the header that is kept as it comes.
    static func patchOrderField(_ name: String, _ shape: RequestShape) -> Handler {
        { fake in
            { context throws(Refusal) in
                let (order, owner) = try fake.order(context)
                let body = try fake.body(context, shape, "m")
                owner.changeOrder(order.id, at: context.now, header: true) { $0.fields[name] = body[name] }
                return fake.orderPatched(order.id)
            }
        }
    }

    func orderPatched(_ id: Int) -> Response { ids("orderId", id, "Order updated.") }

    /// Whether another order bears the number already is not checked.
    func patchOrderNumber(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let number = try body(context, RequestShapes.single("PatchOrderNumberModel", "orderNumber", .text(.exactly(50))), "m")
            .text("orderNumber")!
        owner.changeOrder(order.id, at: context.now, header: true) { $0.number = number }
        return orderPatched(order.id)
    }

    func patchGoodsOwnerOrderID(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let value = try body(context, RequestShapes.singleText("PatchGoodsOwnerOrderIdModel", "goodsOwnerOrderId", .any), "m")
            .text("goodsOwnerOrderId")!
        owner.changeOrder(order.id, at: context.now, header: true) { $0.goodsOwnerOrderId = value }
        return orderPatched(order.id)
    }

    func patchWaybill(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let value = try body(context, RequestShapes.single("PatchOrderWaybill", "waybill", .text(.exactly(50))), "m").text(
            "waybill")!
        owner.changeOrder(order.id, at: context.now, header: true) { $0.waybill = value }
        return orderPatched(order.id)
    }

    func patchReturnWaybill(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let value = try body(context, RequestShapes.single("PatchOrderReturnWaybill", "returnWaybill", .text(.exactly(50))), "m")
            .text("returnWaybill")!
        owner.changeOrder(order.id, at: context.now, header: true) { $0.returnWaybill = value }
        return orderPatched(order.id)
    }

    func patchTransporter(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let body = try body(context, RequestShapes.transporter, "m")
        owner.changeOrder(order.id, at: context.now, header: true) { $0.fields["transporter"] = .object(body) }
        return orderPatched(order.id)
    }

    /// Going back behind the allocation fails while stock is allocated; 1000 cancels by the rules for cancelling.
    func patchOrderStatus(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let status = try body(context, RequestShapes.single("PatchOrderStatus", "orderStatusNumber", .int), "m")[
            "orderStatusNumber"]!
            .int!
        guard store.text(ofOrderStatus: status) != nil else { throw .business("Order status \(status) does not exist.") }
        if status == OrderStatus.cancelled { return ids("orderId", order.id, try owner.cancelOrder(order.id, at: context.now)) }
        guard !order.isCancelled else { throw .business("Order \(order.number) is cancelled.") }
        if status < OrderStatus.allocated, order.hasAllocations {
            throw .business("The status of order \(order.number) cannot be set to \(status): stock is allocated to it.")
        }
        owner.changeOrder(order.id, at: context.now, header: true) { owner.move(&$0, to: status, at: context.now) }
        return orderPatched(order.id)
    }

    // MARK: Reporting

    func reportPicked(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        owner.changeOrder(order.id, at: context.now) { order in
            for index in order.lines.indices { order.lines[index].reported = order.lines[index].picked }
        }
        return orderPatched(order.id)
    }

    func reportReturned(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        var query = context.query(behaviour)
        let onlyReturned = query.flag("onlyUpdateOrderLinesWhichHaveReturnedItems") ?? false
        try query.check()
        owner.changeOrder(order.id, at: context.now) { order in
            for index in order.lines.indices where !onlyReturned || !order.lines[index].returned.isZero {
                order.lines[index].reportedReturned = order.lines[index].returned
            }
        }
        return orderPatched(order.id)
    }

    // MARK: Lines

    /// The order, and the position of the line of the path in it.
    private func orderLine(_ context: RequestContext) throws(Refusal) -> (order: OrderRecord, index: Int, owner: GoodsOwner) {
        let (order, owner) = try order(context)
        let id = try context.id("orderLineId")
        guard let index = order.lines.firstIndex(where: { $0.id == id }) else {
            throw .notFound("Order line with id \(id) was not found on order \(order.number).")
        }
        return (order, index, owner)
    }

    func patchLineReported(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, index, owner) = try orderLine(context)
        let shape = RequestShapes.single("PatchOrderReportedNumberOfItemsModel", "reportedNumberOfItems", .quantity)
        let value = try body(context, shape, "m").decimal("reportedNumberOfItems")!
        owner.changeOrder(order.id, at: context.now) { $0.lines[index].reported = value }
        return orderPatched(order.id)
    }

    func patchLineReportedReturned(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, index, owner) = try orderLine(context)
        let name = "reportedReturnedNumberOfItems"
        let value = try body(context, RequestShapes.single("PatchOrderReportedReturnedNumberOfItemsModel", name, .quantity), "m")
            .decimal(name)!
        owner.changeOrder(order.id, at: context.now) { $0.lines[index].reportedReturned = value }
        return okWithoutJSON
    }

    func patchLineComment(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, index, owner) = try orderLine(context)
        let body = try body(context, RequestShapes.singleText("PatchOrderLineCommentModel", "comment", .any), "m")
        owner.changeOrder(order.id, at: context.now) { $0.lines[index].fields["comment"] = body["comment"] }
        return orderPatched(order.id)
    }

    /// A PATCH of one of the prices of a line.
    static func patchLinePrice(_ name: String) -> Handler {
        let shape = RequestShapes.single("PatchLinePriceModel", name, .decimal, required: false)
        return { fake in
            { context throws(Refusal) in
                let (order, index, owner) = try fake.orderLine(context)
                let body = try fake.body(context, shape, "m")
                owner.changeOrder(order.id, at: context.now) { order in
                    var prices = order.lines[index].fields["prices"]?.object ?? [:]
                    prices[name] = body[name]
                    order.lines[index].fields["prices"] = .object(prices)
                }
                return fake.orderPatched(order.id)
            }
        }
    }
}
