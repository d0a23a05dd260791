import Exchange
import JSON
import Units

/// What `GET /purchaseOrders` can be asked for.
private struct PurchaseOrderQuery {
    private var numbers: [String]?
    private var received: (from: Moment?, to: Moment?)
    private var statuses: (from: Int?, to: Int?)
    private var onlyToReport: Bool
    private var idFrom: Int?
    private var limit: Int?
    private var statusChangedFrom: Moment?
    private var articles: Set<String>?
    private var inDate: (from: Moment?, to: Moment?)
    private var typeCode: String?
    private var updatedFrom: Moment?

    init(_ query: inout QueryReader) {
        let number = query.text("purchaseOrderNumber")
        let list = query.texts("purchaseOrderNumbers")
        if number != nil || list != nil { numbers = (list ?? []) + [number].compactMap { $0 } }
        received = (query.time("lastReceiveTimeFrom"), query.time("lastReceiveTimeTo"))
        statuses = (query.int("purchaseOrderStatusFrom"), query.int("purchaseOrderStatusTo"))
        onlyToReport = query.flag("onlyPurchaseOrdersWithOrderLinesToReport") ?? false
        idFrom = query.int("purchaseOrderIdFrom")
        limit = query.int("maxPurchaseOrdersToGet")
        statusChangedFrom = query.time("purchaseOrderStatusChangedTimeFrom")
        articles = query.texts("articleNumbers").map(Set.init)
        inDate = (query.time("inDateFrom"), query.time("inDateTo"))
        typeCode = query.text("purchaseOrderTypeCode")
        updatedFrom = query.time("purchaseOrderHeadOrLinesChangedTimeFrom")
        _ = query.flag("includePurchaseOrderPalletItems")
    }

    func run(on owner: GoodsOwner, at now: Moment) -> [Int] {
        let times = TimeFilter(includesTheSecond: owner.tenant.behaviour.afterIncludesTheSecond)
        let candidates = owner.purchaseOrders.withYoung(candidates(in: owner))
        let limit = limit ?? .max
        var result: [Int] = []
        for id in candidates.ids[candidates.lowerBound(idFrom ?? .min)...] where result.count < limit {
            guard let order = owner.purchaseOrders.visible(id, at: now), matches(order, times) else { continue }
            result.append(id)
        }
        return result
    }

    /// The shortest list that has every match.
    private func candidates(in owner: GoodsOwner) -> SortedIDs {
        let index = owner.purchaseOrderIndex
        if let numbers { return SortedIDs(unsorted: numbers.flatMap { index.ids(numbered: $0) }) }
        if onlyToReport { return index.toReport }
        let logs = [(index.statusChanges, statusChangedFrom), (index.updates, updatedFrom), (index.receipts, received.from)]
        for (log, time) in logs {
            if let time, log.count(from: time) < owner.purchaseOrders.ids.count { return log.changed(from: time) }
        }
        return owner.purchaseOrders.ids
    }

    private func matches(_ order: PurchaseOrderRecord, _ times: TimeFilter) -> Bool {
        if let numbers, !numbers.contains(order.number) { return false }
        if order.status < statuses.from ?? .min || order.status > statuses.to ?? .max { return false }
        if onlyToReport, !order.hasLinesToReport { return false }
        guard times.after(order.statusChanged, statusChangedFrom), times.after(order.updated, updatedFrom),
            times.after(order.lastReceived, received.from), times.until(order.lastReceived, received.to)
        else { return false }
        let expected = order.fields.time("inDate")
        guard times.after(expected, inDate.from), times.until(expected, inDate.to) else { return false }
        if let typeCode, order.fields.text("purchaseOrderType.code") != typeCode { return false }
        if let articles, !order.lines.contains(where: { articles.contains($0.article) }) { return false }
        return true
    }
}

/// Purchase orders.
extension OngoingFake {
    func putPurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, Shapes.purchaseOrder, "o")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let done = try owner.putPurchaseOrder(body, at: context.now)
        return ids("purchaseOrderId", done.id, done.message)
    }

    func putPurchaseOrderByID(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, Shapes.purchaseOrder, "o")
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
        // Pallets are not told apart here, so the answer is the same with them and without.
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
            ReadTables.purchaseOrder.render(PurchaseOrderView(record: record, owner: owner)).serialized
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

    /// The wrapper bears the name of the order statuses here too.
    func getPurchaseOrderStatuses(_ context: RequestContext) -> Response {
        ok(["orderStatuses": Self.statuses(tenant.purchaseOrderStatuses)])
    }

    // MARK: Narrow updates

    private func purchaseOrderPatched(_ id: Int) -> Response { ids("purchaseOrderId", id, "Purchase order updated.") }

    func patchPurchaseOrderStatus(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try purchaseOrder(context)
        let name = "purchaseOrderStatusNumber"
        let status = try body(context, Shapes.single("PatchPurchaseOrderStatus", name, .int), "m")[name]!.int!
        guard tenant.text(ofPurchaseOrderStatus: status) != nil else {
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
        let number = try body(context, Shapes.single("PatchPurchaseOrderNumber", name, .text(.exactly(50))), "m").text(name)!
        owner.changePurchaseOrder(order.id, at: context.now) { $0.number = number }
        return purchaseOrderPatched(order.id)
    }

    func patchInDate(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try purchaseOrder(context)
        let body = try body(context, Shapes.single("PatchPurchaseOrderInDate", "inDate", .time, required: false), "m")
        owner.changePurchaseOrder(order.id, at: context.now) { $0.fields["inDate"] = body["inDate"] }
        return purchaseOrderPatched(order.id)
    }

    func patchAdvisedDate(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, Shapes.single("PatchPurchaseOrderAdvisedDate", "advisedDate", .time, required: false), "m")
        return try patchNested(context, "advanced", "advisedDate", body["advisedDate"])
    }

    func patchFreeBool1(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, Shapes.single("PatchPurchaseOrderFreeBool1", "freeBool1", .flag), "m")
        return try patchNested(context, "freeValues", "freeBoolean1", body["freeBool1"])
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
        let shape = Shapes.single("PatchPurchaseOrderReportedNumberOfItemsModel", "reportedNumberOfItems", .quantity)
        let value = try body(context, shape, "m").decimal("reportedNumberOfItems")!
        owner.changePurchaseOrder(order.id, at: context.now) { $0.lines[index].reported = value }
        return okWithoutJSON
    }

    /// Batches and serials that are announced; each item is taken or refused by itself.
    func putAdvisedItems(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try purchaseOrder(context)
        let items = (try body(context, Shapes.advisedItems, "m")["items"]?.array ?? []).compactMap(\.object)
        var answers: [JSON] = []
        var accepted: [(line: Int, item: JSONObject)] = []
        for item in items {
            let line = item["purchaseOrderLineId"]!.int!
            let isKnown = order.lines.contains { $0.id == line }
            if isKnown { accepted.append((line, item)) }
            answers.append([
                "purchaseOrderLineId": JSON(line), "articleItemId": isKnown ? JSON(tenant.ids.next(\.articleItem)) : nil,
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
        return ok(["success": .bool(accepted.count == items.count), "messages": .array(answers)])
    }
}
