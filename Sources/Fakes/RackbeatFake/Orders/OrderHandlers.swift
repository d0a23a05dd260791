import Exchange
import FakeKit
import JSON
import Units

/// Sales orders and their lines.
extension RackbeatFake {
    static var orderRoutes: [Route<Handler>] {
        [
            .list("orders", listOrders),
            .post("orders", postOrder),
            .post("orders/drafts", postOrderDraft),
            .get("orders/{number}", getOrder),
            .put("orders/{number}", putOrder),
            .delete("orders/{number}", deleteOrder),
            .post("orders/{number}/book", postBookOrder),
            .post("orders/{number}/book-for-shipping", postBookOrder),
            .post("orders/{number}/reopen", postReopenOrder),
            .list("orders/{number}/lines", listOrderLines),
            .post("orders/{number}/lines", postOrderLine),
            .get("orders/{number}/lines/{line}", getOrderLine),
            .put("orders/{number}/lines/{line}", putOrderLine),
            .delete("orders/{number}/lines/{line}", deleteOrderLine),
        ]
    }

    func listOrders(_ context: RequestContext) throws(Refusal) -> Response {
        var filters: [Filter<OrderRecord>] = [
            .flag("is_booked", \.isBooked), .flag("is_shipped") { $0.state == .fulfilled },
            .flag("is_cancelled") { $0.state == .cancelled }, .flag("is_archived") { _ in false },
            .flag("is_paid") { _ in false }, .flag("is_ready_for_shipping") { [self] in isReadyForShipping($0) },
            .number("customer_number", \.customer), .from("date_from", \.orderDate), .to("date_to", \.orderDate),
            .search { [String($0.number), $0.otherReference, $0.heading, $0.note, $0.deliveryAddress.name] },
        ]
        filters += Filter.range("customer", \.customer)
        filters += Filter.range("employee", \.ourReference)
        let withFieldValues = withFieldValues(context)
        let listing = Listing<OrderRecord>(
            plural: "orders", keyName: "number", filters: filters,
            columns: [
                .by("order_date", \.orderDate), .byOptional("deliver_at", \.deliverAt), .byOptional("booked_at", \.bookedAt),
                .by("customer_id", \.customer),
            ],
            simpleFilters: [
                Filter.number("number", \.number), .stamp("created_at", zone: behaviour.zone, \.createdAt),
                .stamp("updated_at", zone: behaviour.zone, \.updatedAt),
            ],
            write: { [self] in
                wire($0, withLines: behaviour.orderListEmbedsLines, withFieldValues: withFieldValues)
            })
        return try list(store.orders, listing, context.query)
    }

    func order(_ context: RequestContext) throws(Refusal) -> OrderRecord {
        let order = try store.orders.found(context.number("number"))
        return order
    }

    func getOrder(_ context: RequestContext) throws(Refusal) -> Response {
        one("order", wire(try order(context), withFieldValues: withFieldValues(context)), fields: try context.fields())
    }

    func postOrder(_ context: RequestContext) throws(Refusal) -> Response {
        one("order", wire(try createOrder(context.body, booked: behaviour.postBooksOrders)), status: 201)
    }

    func postOrderDraft(_ context: RequestContext) throws(Refusal) -> Response {
        one("order", wire(try createOrder(context.body, booked: false)), status: 201)
    }

    func putOrder(_ context: RequestContext) throws(Refusal) -> Response {
        one("order", wire(try change(order: try order(context).number, context.body)))
    }

    func deleteOrder(_ context: RequestContext) throws(Refusal) -> Response {
        try delete(orderOf: ShipmentRecord.self, order(context).number)
        return deleted()
    }

    /// The response to a deletion.
    func deleted() -> Response { Response(status: 200, json: ["message": "Deleted."]) }

    func postBookOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let number = try order(context).number
        try book(OrderRecord.self, number)
        return one("order", wire(store.orders[number]!))
    }

    func postReopenOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let number = try order(context).number
        try reopen(OrderRecord.self, number)
        return one("order", wire(store.orders[number]!))
    }

    func listOrderLines(_ context: RequestContext) throws(Refusal) -> Response {
        try list(try order(context).lines.map(wire(sold:)), as: "order_lines", context.query)
    }

    func getOrderLine(_ context: RequestContext) throws(Refusal) -> Response {
        guard let line = try order(context).line(try context.number("line")) else { throw .notFound }
        return one("order_line", wire(sold: line), fields: try context.fields())
    }

    func postOrderLine(_ context: RequestContext) throws(Refusal) -> Response {
        let number = try order(context).number
        let problems = Problems()
        let reader = BodyReader(object: context.body, problems: problems)
        var seed = LineSeed()
        read(line: reader, into: &seed)
        if seed.item != nil { reader.require("quantity") }
        try problems.throwIfAny()
        return one("order_line", wire(sold: try addLine(seed, to: OrderRecord.self, number)), status: 201)
    }

    func putOrderLine(_ context: RequestContext) throws(Refusal) -> Response {
        let number = try order(context).number
        let problems = Problems()
        let reader = BodyReader(object: context.body, problems: problems)
        // Problems must be found before anything is changed.
        var probe = LineSeed(name: "text")
        read(line: reader, into: &probe)
        try problems.throwIfAny()
        let line = try changeLine(context.number("line"), of: OrderRecord.self, number) { read(line: reader, into: &$0) }
        return one("order_line", wire(sold: line))
    }

    func deleteOrderLine(_ context: RequestContext) throws(Refusal) -> Response {
        try removeLine(context.number("line"), of: OrderRecord.self, order(context).number)
        return deleted()
    }
}
