import Exchange
import FakeKit
import HTTPTypes
import JSON
import Units

/// Return orders. They name an order and its lines by internal id.
extension OngoingFake {
    /// Return orders.
    static var returnRoutes: [Route<Handler>] {
        [
            .put("returnOrders", putReturnOrder),
            .get("returnOrders", getReturnOrders),
            .delete("returnOrders", deleteReturnOrderByNumber),
            .get("returnOrders/statuses", getReturnOrderStatuses),
            .get("returnOrders/{returnOrderId}", getReturnOrder),
            .delete("returnOrders/{returnOrderId}", deleteReturnOrder),
            .patch("returnOrders/{returnOrderId}/returnOrderStatus", patchReturnOrderStatus),
        ]
    }

    func putReturnOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, RequestShapes.returnOrder, "o")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let number = body.text("returnOrderNumber")!
        let orderID = body.member("customerOrder.orderId")?.int ?? 0
        guard let order = owner.orders.slot(orderID)?.record else {
            throw .business("Order with id \(orderID) does not exist.")
        }
        let drafts = body["returnOrderLines"]!.array!.compactMap(\.object)
        for draft in drafts {
            let line = draft.member("customerOrderLine.orderLineId")?.int ?? 0
            guard order.lines.contains(where: { $0.id == line }) else {
                throw .business("Order line with id \(line) does not exist on order \(order.number).")
            }
        }
        let index = owner.returnOrders.firstIndex { $0.number == number }
        if let index, owner.returnOrders[index].status != ReturnOrderStatus.open {
            throw .business("Return order \(number) cannot be updated: its status is \(owner.returnOrders[index].status).")
        }
        let old = index.map { owner.returnOrders[$0] }
        let id = old?.id ?? store.ids.next(\.returnOrder)
        let record = ReturnOrderRecord(
            id: id, goodsOwner: owner.id, number: number, status: ReturnOrderStatus.open, orderId: orderID,
            fields: body.without("goodsOwnerId", "returnOrderNumber", "customerOrder", "returnOrderLines"),
            lines: drafts.map { line($0, of: old) }, created: old?.created ?? context.now, lastReturned: old?.lastReturned)
        if let index { owner.returnOrders[index] = record } else { owner.returnOrders.append(record) }
        return ids("returnOrderId", id, "Return order \(number) \(old == nil ? "created" : "updated").")
    }

    private func line(_ draft: JSONObject, of old: ReturnOrderRecord?) -> ReturnOrderLineRecord {
        let row = draft.text("returnOrderRowNumber")!
        let known = old?.lines.first { $0.row == row }
        return ReturnOrderLineRecord(
            id: known?.id ?? store.ids.next(\.returnOrderLine), row: row,
            orderLine: draft.member("customerOrderLine.orderLineId")?.int ?? 0,
            toBeReturned: draft.decimal("toBeReturnedNumberOfItems")!, returned: known?.returned ?? .zero,
            cause: draft.text("returnCause.code").map { CodeName(code: $0, name: draft.text("returnCause.name")) })
    }

    // MARK: Reading

    func getReturnOrders(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let numbers = query.texts("returnOrderNumbers")
        let orderNumbers = query.texts("customerOrderNumbers")
        let returnedFrom = query.time("goodsReturnedFromDate")
        let lowest = query.int("returnOrderStatusFrom") ?? .min
        let highest = query.int("returnOrderStatusTo") ?? .max
        let owner = try goodsOwner(context, &query)
        let times = TimeFilter(includesTheSecond: behaviour.afterIncludesTheSecond)
        let records = owner.returnOrders.filter { record in
            numbers?.contains(record.number) != false
                && orderNumbers?.contains(owner.orders[record.orderId].number) != false
                && times.after(record.lastReturned, returnedFrom) && record.status >= lowest && record.status <= highest
        }
        return ok(.array(records.map { show($0, owner) }))
    }

    private func returnOrder(_ context: RequestContext) throws(Refusal) -> (index: Int, owner: GoodsOwner) {
        let id = try context.id("returnOrderId")
        for owner in goodsOwners(of: context.user) {
            if let index = owner.returnOrders.firstIndex(where: { $0.id == id }) { return (index, owner) }
        }
        throw .notFound("Return order with id \(id) was not found.")
    }

    func getReturnOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let (index, owner) = try returnOrder(context)
        return ok(show(owner.returnOrders[index], owner))
    }

    // MARK: Status

    func deleteReturnOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let (index, owner) = try returnOrder(context)
        return try cancel(index, owner)
    }

    func deleteReturnOrderByNumber(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let number = query.text("returnOrderNumber")
        query.require("returnOrderNumber", number)
        let owner = try goodsOwner(context, &query)
        guard let index = owner.returnOrders.firstIndex(where: { $0.number == number }) else {
            throw .notFound("Return order with number \(number!) was not found.")
        }
        return try cancel(index, owner)
    }

    private func cancel(_ index: Int, _ owner: GoodsOwner) throws(Refusal) -> Response {
        let record = owner.returnOrders[index]
        guard record.lines.allSatisfy({ $0.returned.isZero }) else {
            throw .business("Return order \(record.number) cannot be cancelled: goods have come back.")
        }
        owner.returnOrders[index].status = ReturnOrderStatus.cancelled
        return ids("returnOrderId", record.id, "Return order \(record.number) cancelled.")
    }

    func patchReturnOrderStatus(_ context: RequestContext) throws(Refusal) -> Response {
        let (index, owner) = try returnOrder(context)
        let name = "returnOrderStatusNumber"
        let status = try body(context, RequestShapes.single("PatchReturnOrderStatus", name, .int), "m")[name]!.int!
        guard store.returnOrderStatuses.contains(where: { $0.number == status }) else {
            throw .business("Return order status \(status) does not exist.")
        }
        owner.returnOrders[index].status = status
        return ids("returnOrderId", owner.returnOrders[index].id, "Return order updated.")
    }

    func getReturnOrderStatuses(_ context: RequestContext) -> Response {
        ok(["returnOrderStatuses": Self.statuses(store.returnOrderStatuses)])
    }
}
