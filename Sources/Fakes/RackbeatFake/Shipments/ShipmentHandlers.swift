import Exchange
import FakeKit
import JSON
import Units

/// Shipments, under today's paths and those of 2018.
extension RackbeatFake {
    static var shipmentRoutes: [Route<Handler>] {
        [
            .list("order-shipments", listShipments),
            .get("order-shipments/{id}", getShipment),
            .post("orders/{number}/create-shipment", postShipment),
            .post("orders/shipments/{id}/mark-shipped", postMarkShipped),
            .list("orders/{number}/shipments", listShipmentsOfOrder),
            .post("orders/{number}/shipments", postShipment),
            .get("orders/{number}/shipments/{id}", getShipment),
            .delete("orders/{number}/shipments/{id}", deleteShipment),
            .post("orders/{number}/shipments/{id}/mark-picked", postMarkPicked),
            .post("orders/{number}/shipments/{id}/mark-shipped", postMarkShipped),
            .list("orders/{number}/shipments/{id}/lines", listShipmentLines),
            .get("orders/{number}/shipments/{id}/lines/{line}", getShipmentLine),
            .put("orders/{number}/shipments/{id}/lines/{line}", putShipmentLine),
            .delete("orders/{number}/shipments/{id}/lines/{line}", deleteShipmentLine),
            .post("orders/{number}/shipments/{id}/lines/{line}/mark-picked", postMarkLinePicked),
            .post("orders/{number}/shipments/{id}/lines/{line}/mark-unpicked", postMarkLineUnpicked),
        ]
    }

    private var shipmentListing: Listing<ShipmentRecord> {
        Listing(
            plural: "order_shipments", keyName: "id",
            filters: [
                .flag("is_shipped", \.isShipped), .flag("is_picked") { $0.lines.allSatisfy(\.isPicked) },
                .number("order_number", \.order),
                .number("customer_number") { [self] in store.orders[any: $0.order]?.customer },
                .number("employee_number") { [self] in store.orders[any: $0.order]?.ourReference },
                locationFilter { $0.lines.map(\.location) }, .search { [String($0.id), String($0.order)] },
            ],
            columns: [.by("order_id", \.order), .byOptional("shipping_date", \.shippedAt)], write: { [self] in wire($0) })
    }

    func listShipments(_ context: RequestContext) throws(Refusal) -> Response {
        try list(store.shipments, shipmentListing, context.query)
    }

    func listShipmentsOfOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let order = try context.number("number")
        _ = try store.orders.found(order)
        return try list(parts(ShipmentRecord.self, of: order), shipmentListing, context.query)
    }

    /// The number of the order in the path; `nil` on paths that name only the shipment.
    private func orderNumber(_ context: RequestContext) throws(Refusal) -> Int? {
        context.has("number") ? try context.number("number") : nil
    }

    func shipment(_ context: RequestContext) throws(Refusal) -> ShipmentRecord {
        let order = try orderNumber(context)
        guard let shipment = store.shipments[try context.number("id")], order == nil || order == shipment.order else {
            throw .notFound
        }
        return shipment
    }

    func getShipment(_ context: RequestContext) throws(Refusal) -> Response {
        one("order_shipment", wire(try shipment(context)), fields: try context.fields())
    }

    func postShipment(_ context: RequestContext) throws(Refusal) -> Response {
        let order = try context.number("number")
        _ = try store.orders.found(order)
        let wanted =
            behaviour.ignoresShipmentBody
            ? nil
            : try wantedLines(
                ShipmentRecord.self, context.body, isAllowed: behaviour.shipmentMode == .linesInBody, withLocations: false)
        let shipment = try createShipment(of: order, wanted)
        return one("order_shipment", wire(shipment), status: behaviour.shipmentCreateStatus)
    }

    func postMarkShipped(_ context: RequestContext) throws(Refusal) -> Response {
        let problems = Problems()
        var picking = false
        BodyReader(object: context.body, problems: problems).flag("pick", into: &picking)
        try problems.throwIfAny()
        let shipment = try ship(try context.number("id"), of: try orderNumber(context), picking: picking)
        return one("order_shipment", wire(shipment))
    }

    func deleteShipment(_ context: RequestContext) throws(Refusal) -> Response {
        try delete(ShipmentRecord.self, context.number("id"), of: context.number("number"))
        return deleted()
    }

    func postMarkPicked(_ context: RequestContext) throws(Refusal) -> Response { try markPicked(true, context, line: nil) }

    func postMarkLinePicked(_ context: RequestContext) throws(Refusal) -> Response {
        try markPicked(true, context, line: try context.number("line"))
    }

    func postMarkLineUnpicked(_ context: RequestContext) throws(Refusal) -> Response {
        try markPicked(false, context, line: try context.number("line"))
    }

    private func markPicked(_ picked: Bool, _ context: RequestContext, line: Int?) throws(Refusal) -> Response {
        let shipment = try markPicked(
            picked, shipment: try context.number("id"), of: try context.number("number"), line: line)
        return one("order_shipment", wire(shipment))
    }

    func listShipmentLines(_ context: RequestContext) throws(Refusal) -> Response {
        try list(try shipment(context).lines.map { wire($0) }, as: "order_shipment_lines", context.query)
    }

    func getShipmentLine(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.number("line")
        guard let line = try shipment(context).lines.first(where: { $0.id == id }) else { throw .notFound }
        return one("order_shipment_line", wire(line), fields: try context.fields())
    }

    /// Lines of a shipment can be changed in one of the three modes only. In the others the path does not exist.
    private func requireLineEditing() throws(Refusal) {
        guard behaviour.shipmentMode == .editAfterCreate else { throw .notFound }
    }

    func putShipmentLine(_ context: RequestContext) throws(Refusal) -> Response {
        try requireLineEditing()
        let problems = Problems()
        let reader = BodyReader(object: context.body, problems: problems)
        var quantity = ExactDecimal.zero
        reader.require("quantity")
        reader.quantity("quantity", into: &quantity)
        try problems.throwIfAny()
        let line = try setQuantity(
            quantity, line: try context.number("line"), shipment: try context.number("id"), of: try context.number("number"))
        return one("order_shipment_line", wire(line))
    }

    func deleteShipmentLine(_ context: RequestContext) throws(Refusal) -> Response {
        try requireLineEditing()
        try removeLine(
            context.number("line"), from: ShipmentRecord.self, context.number("id"), of: context.number("number"))
        return deleted()
    }
}
