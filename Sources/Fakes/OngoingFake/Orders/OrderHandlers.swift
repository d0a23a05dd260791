import Exchange
import JSON
import Units

/// Orders: put, read, cancel.
extension OngoingFake {
    func putOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, RequestShapes.order, "o")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let done = try owner.putOrder(body, at: context.now)
        var response = ids("orderId", done.id, done.message)
        if done.isNew { response.status = behaviour.orderCreateStatus }
        return response
    }

    func putOrderByID(_ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, RequestShapes.order, "o")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: context.user)
        let id = try context.id("orderId")
        guard owner.orders.slot(id) != nil else { throw Self.noOrder(id) }
        let done = try owner.putOrder(body, known: id, at: context.now)
        return ids("orderId", done.id, done.message)
    }

    static func noOrder(_ id: Int) -> Refusal { .notFound("Order with id \(id) was not found.") }

    /// The order of an id in the path in its current state, and its goods owner: for calls that change it.
    func order(_ context: RequestContext) throws(Refusal) -> (record: OrderRecord, owner: GoodsOwner) {
        let id = try context.id("orderId")
        for owner in goodsOwners(of: context.user) {
            if let slot = owner.orders.slot(id) { return (slot.record, owner) }
        }
        throw Self.noOrder(id)
    }

    func getOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.id("orderId")
        for owner in goodsOwners(of: context.user) {
            if let bytes = rendered(id, owner, context.now) { return ok(bytes) }
        }
        throw Self.noOrder(id)
    }

    func getOrders(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let filter = OrderQuery(&query)
        let owner = try goodsOwner(context, &query)
        return list(try filter.run(on: owner, at: context.now).compactMap { rendered($0, owner, context.now) })
    }

    private func rendered(_ id: Int, _ owner: GoodsOwner, _ now: Moment) -> [UInt8]? {
        owner.orders.rendered(id, at: now, catalogue: owner.catalogueRevision) { record in
            ResponseShapes.order.render(OrderView(record: record, owner: owner)).serialized
        }
    }

    func deleteOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        return ids("orderId", order.id, try owner.cancelOrder(order.id, at: context.now))
    }

    func deleteOrderByNumber(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let number = query.text("orderNumber")
        query.require("orderNumber", number)
        let owner = try goodsOwner(context, &query)
        guard let order = owner.order(numbered: number!) else {
            throw .notFound("Order with number \(number!) was not found.")
        }
        return ids("orderId", order.id, try owner.cancelOrder(order.id, at: context.now))
    }

    // MARK: Catalogues

    func getOrderStatuses(_ context: RequestContext) -> Response {
        ok(["orderStatuses": Self.statuses(store.orderStatuses)])
    }

    func getPickability(_ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let from = query.int("orderIdFrom") ?? .min
        let limit = query.int("maxOrdersToGet") ?? .max
        let onlyBooked = query.flag("onlyBookedOrders") ?? false
        let wantedIDs = query.ints("orderIds")
        let wantedNumbers = query.texts("orderNumbers")
        let owner = try goodsOwner(context, &query)
        let pickability = Pickability(owner)
        var results: [JSON] = []
        for id in owner.orders.ids.ids where results.count < limit && id >= from {
            guard let order = owner.orders.visible(id, at: context.now), !order.isCancelled else { continue }
            if onlyBooked, order.status >= OrderStatus.picked { continue }
            if wantedIDs?.contains(id) == false || wantedNumbers?.contains(order.number) == false { continue }
            results.append([
                "orderId": JSON(id), "orderNumber": .string(order.number),
                "pickability": .string(pickability.result(of: order).rawValue),
            ])
        }
        return ok(["pickabilityResults": .array(results)])
    }
}
