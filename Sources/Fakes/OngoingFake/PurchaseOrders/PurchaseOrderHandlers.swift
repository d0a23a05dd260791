import Exchange
import JSON
import Units

/// Purchase orders.
extension OngoingFake {
    func putPurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, RequestShapes.purchaseOrder, "o")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let done = try owner.putPurchaseOrder(body, at: context.now)
        return ids("purchaseOrderId", done.id, done.message)
    }

    func putPurchaseOrderByID(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, RequestShapes.purchaseOrder, "o")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let id = try context.id("purchaseOrderId")
        guard owner.purchaseOrders.slot(id) != nil else { throw Self.noPurchaseOrder(id) }
        let done = try owner.putPurchaseOrder(body, known: id, at: context.now)
        return ids("purchaseOrderId", done.id, done.message)
    }

    private static func noPurchaseOrder(_ id: Int) -> Refusal { .notFound("Purchase order with id \(id) was not found.") }

    func purchaseOrder(_ context: RequestContext) throws(Refusal) -> (record: PurchaseOrderRecord, owner: GoodsOwner) {
        let id = try context.id("purchaseOrderId")
        for owner in goodsOwners(of: context.user) {
            if let slot = owner.purchaseOrders.slot(id) { return (slot.record, owner) }
        }
        throw Self.noPurchaseOrder(id)
    }

    func getPurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.id("purchaseOrderId")
        var query = context.query(behaviour)
        // The fake has no pallets, so the response is the same with them and without.
        _ = query.flag("includePurchaseOrderPalletItems")
        try query.check()
        for owner in goodsOwners(of: context.user) {
            if let bytes = rendered(id, owner, context.now) { return ok(bytes) }
        }
        throw Self.noPurchaseOrder(id)
    }

    func getPurchaseOrders(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let filter = PurchaseOrderQuery(&query)
        let owner = try goodsOwner(context, &query)
        return list(filter.run(on: owner, at: context.now).compactMap { rendered($0, owner, context.now) })
    }

    private func rendered(_ id: Int, _ owner: GoodsOwner, _ now: Moment) -> [UInt8]? {
        owner.purchaseOrders.rendered(id, at: now, catalogue: owner.catalogueRevision) { record in
            ResponseShapes.purchaseOrder.render(PurchaseOrderView(record: record, owner: owner)).serialized
        }
    }

    func deletePurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try purchaseOrder(context)
        return ids("purchaseOrderId", order.id, try owner.cancelPurchaseOrder(order.id, at: context.now))
    }

    func deletePurchaseOrderByNumber(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let number = query.text("purchaseOrderNumber")
        query.require("purchaseOrderNumber", number)
        let owner = try goodsOwner(context, &query)
        guard let order = owner.purchaseOrder(numbered: number!) else {
            throw .notFound("Purchase order with number \(number!) was not found.")
        }
        return ids("purchaseOrderId", order.id, try owner.cancelPurchaseOrder(order.id, at: context.now))
    }

    /// The vendor wraps these in `orderStatuses` too.
    func getPurchaseOrderStatuses(_ context: RequestContext) -> Response {
        ok(["orderStatuses": Self.statuses(store.purchaseOrderStatuses)])
    }

    // MARK: Narrow updates

    private func purchaseOrderPatched(_ id: Int) -> Response { ids("purchaseOrderId", id, "Purchase order updated.") }

    func patchPurchaseOrderStatus(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try purchaseOrder(context)
        let name = "purchaseOrderStatusNumber"
        let status = try body(context, RequestShapes.single("PatchPurchaseOrderStatus", name, .int), "m")[name]!.int!
        guard store.text(ofPurchaseOrderStatus: status) != nil else {
            throw .business("Purchase order status \(status) does not exist.")
        }
        if status == PurchaseOrderStatus.cancelled {
            return ids("purchaseOrderId", order.id, try owner.cancelPurchaseOrder(order.id, at: context.now))
        }
        guard !order.isCancelled else { throw .business("Purchase order \(order.number) is cancelled.") }
        owner.changePurchaseOrder(order.id, at: context.now) { owner.move(&$0, to: status, at: context.now) }
        return purchaseOrderPatched(order.id)
    }

    func patchPurchaseOrderNumber(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try purchaseOrder(context)
        let name = "purchaseOrderNumber"
        let number = try body(context, RequestShapes.single("PatchPurchaseOrderNumber", name, .text(.exactly(50))), "m").text(
            name)!
        owner.changePurchaseOrder(order.id, at: context.now) { $0.number = number }
        return purchaseOrderPatched(order.id)
    }

    func patchInDate(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try purchaseOrder(context)
        let body = try body(context, RequestShapes.single("PatchPurchaseOrderInDate", "inDate", .time, required: false), "m")
        owner.changePurchaseOrder(order.id, at: context.now) { $0.fields["inDate"] = body["inDate"] }
        return purchaseOrderPatched(order.id)
    }

    func patchAdvisedDate(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(
            context, RequestShapes.single("PatchPurchaseOrderAdvisedDate", "advisedDate", .time, required: false), "m")
        return try patchNested(context, "advanced", "advisedDate", body["advisedDate"])
    }

    func patchFreeBool1(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, RequestShapes.single("PatchPurchaseOrderFreeBool1", "freeBool1", .flag), "m")
        return try patchNested(context, "freeValues", "freeBoolean1", body["freeBool1"])
    }

    /// A PATCH of one free text, which stands among the free values.
    static func patchFreeText(_ name: String) -> Handler {
        let shape = RequestShapes.singleText("PatchPurchaseOrder", name, .any)
        return { fake in
            { context throws(Refusal) in
                try fake.patchNested(context, "freeValues", name, try fake.body(context, shape, "m")[name])
            }
        }
    }

    private func patchNested(_ context: RequestContext, _ outer: String, _ inner: String, _ value: JSON?) throws(Refusal)
        -> Response
    {
        let (order, owner) = try purchaseOrder(context)
        owner.changePurchaseOrder(order.id, at: context.now) { order in
            var object = order.fields[outer]?.object ?? [:]
            object[inner] = value
            order.fields[outer] = .object(object)
        }
        return purchaseOrderPatched(order.id)
    }

    // MARK: Reporting

    func reportReceived(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try purchaseOrder(context)
        owner.changePurchaseOrder(order.id, at: context.now) { order in
            for index in order.lines.indices { order.lines[index].reported = order.lines[index].received }
        }
        return okWithoutJSON
    }

    func patchPurchaseOrderLineReported(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try purchaseOrder(context)
        let id = try context.id("purchaseOrderLineId")
        guard let index = order.lines.firstIndex(where: { $0.id == id }) else {
            throw .notFound("Purchase order line with id \(id) was not found on purchase order \(order.number).")
        }
        let shape = RequestShapes.single("PatchPurchaseOrderReportedNumberOfItemsModel", "reportedNumberOfItems", .quantity)
        let value = try body(context, shape, "m").decimal("reportedNumberOfItems")!
        owner.changePurchaseOrder(order.id, at: context.now) { $0.lines[index].reported = value }
        return okWithoutJSON
    }

    /// Batches and serials that are announced; each item is taken or refused by itself.
    func putAdvisedItems(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try purchaseOrder(context)
        let items = (try body(context, RequestShapes.advisedItems, "m")["items"]?.array ?? []).compactMap(\.object)
        var messages: [JSON] = []
        var accepted: [(line: Int, item: JSONObject)] = []
        for item in items {
            let line = item["purchaseOrderLineId"]!.int!
            let isKnown = order.lines.contains { $0.id == line }
            if isKnown { accepted.append((line, item)) }
            messages.append([
                "purchaseOrderLineId": JSON(line), "articleItemId": isKnown ? JSON(store.ids.next(\.articleItem)) : nil,
                "success": .bool(isKnown),
                "message": .string(isKnown ? "Item saved." : "Purchase order line \(line) was not found."),
            ])
        }
        owner.changePurchaseOrder(order.id, at: context.now) { order in
            for (line, item) in accepted {
                let index = order.lines.firstIndex { $0.id == line }!
                order.lines[index].advisedItems.append(item)
            }
        }
        return ok(["success": .bool(accepted.count == items.count), "messages": .array(messages)])
    }
}
