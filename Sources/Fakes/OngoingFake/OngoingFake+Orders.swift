import Exchange
import JSON
import Units

/// Orders: put, read, cancel.
extension OngoingFake {
    func putOrder(_ visit: Visit) throws(Refusal) -> Response {
        let body = try body(visit, Shapes.order, "o")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: visit.user)
        let done = try owner.putOrder(body, at: visit.now)
        var response = ids("orderId", done.id, done.message)
        if done.isNew { response.status = beliefs.orderCreateStatus }
        return response
    }

    func putOrderByID(_ visit: Visit) throws(Refusal) -> Response {
        let body = try body(visit, Shapes.order, "o")
        let owner = try goodsOwner(body["goodsOwnerId"]!.int!, for: visit.user)
        let id = try visit.id("orderId")
        guard owner.orders.slot(id) != nil else { throw Self.noOrder(id) }
        let done = try owner.putOrder(body, known: id, at: visit.now)
        return ids("orderId", done.id, done.message)
    }

    static func noOrder(_ id: Int) -> Refusal { .notFound("Order with id \(id) was not found.") }

    /// The order of an id in the path, as it is, and its goods owner: for calls that change it.
    func order(_ visit: Visit) throws(Refusal) -> (record: OrderRecord, owner: GoodsOwner) {
        let id = try visit.id("orderId")
        for owner in goodsOwners(of: visit.user) {
            if let slot = owner.orders.slot(id) { return (slot.record, owner) }
        }
        throw Self.noOrder(id)
    }

    func getOrder(_ visit: Visit) throws(Refusal) -> Response {
        let id = try visit.id("orderId")
        for owner in goodsOwners(of: visit.user) {
            if let bytes = rendered(id, owner, visit.now) { return ok(bytes) }
        }
        throw Self.noOrder(id)
    }

    func getOrders(_ visit: Visit) throws(Refusal) -> Response {
        var query = visit.query(beliefs)
        let filter = OrderQuery(&query)
        let owner = try goodsOwner(visit, &query)
        return list(try filter.run(on: owner, at: visit.now).compactMap { rendered($0, owner, visit.now) })
    }

    private func rendered(_ id: Int, _ owner: GoodsOwner, _ now: Moment) -> [UInt8]? {
        owner.orders.rendered(id, at: now, catalogue: owner.catalogueRevision) { record in
            ReadTables.order.render(OrderView(record: record, owner: owner)).serialized
        }
    }

    func deleteOrder(_ visit: Visit) throws(Refusal) -> Response {
        let (order, owner) = try order(visit)
        return ids("orderId", order.id, try owner.cancelOrder(order.id, at: visit.now))
    }

    func deleteOrderByNumber(_ visit: Visit) throws(Refusal) -> Response {
        var query = visit.query(beliefs)
        let number = query.text("orderNumber")
        query.require("orderNumber", number)
        let owner = try goodsOwner(visit, &query)
        guard let order = owner.order(numbered: number!) else {
            throw .notFound("Order with number \(number!) was not found.")
        }
        return ids("orderId", order.id, try owner.cancelOrder(order.id, at: visit.now))
    }

    // MARK: Catalogues

    func getOrderStatuses(_ visit: Visit) -> Response {
        ok(["orderStatuses": Self.statuses(tenant.orderStatuses)])
    }

    static func statuses(_ statuses: [(number: Int, text: String)]) -> JSON {
        .array(statuses.map { ["number": JSON($0.number), "text": .string($0.text)] })
    }

    func getPickability(_ visit: Visit) throws(Refusal) -> Response {
        var query = visit.query(beliefs)
        let from = query.int("orderIdFrom") ?? .min
        let limit = query.int("maxOrdersToGet") ?? .max
        let onlyBooked = query.flag("onlyBookedOrders") ?? false
        let wantedIDs = query.ints("orderIds")
        let wantedNumbers = query.texts("orderNumbers")
        let owner = try goodsOwner(visit, &query)
        let pickability = Pickability(owner)
        var results: [JSON] = []
        for id in owner.orders.ids.ids where results.count < limit && id >= from {
            guard let order = owner.orders.visible(id, at: visit.now), !order.isCancelled else { continue }
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
