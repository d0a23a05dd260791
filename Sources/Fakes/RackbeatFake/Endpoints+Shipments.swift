import Exchange
import JSON
import Units

/// Shipments, under today's paths and those of 2018.
extension RackbeatFake {
    private var shipmentListing: Listing<ShipmentRecord> {
        Listing(
            plural: "order_shipments", keyName: "id",
            filters: [
                .flag("is_shipped", \.isShipped), .flag("is_picked") { $0.lines.allSatisfy(\.isPicked) },
                .number("order_number", \.order),
                .number("customer_number") { [self] in orderBook[any: $0.order]?.customer },
                .number("employee_number") { [self] in orderBook[any: $0.order]?.ourReference },
                locationFilter { $0.lines.map(\.location) }, .search { [String($0.id), String($0.order)] },
            ],
            columns: [.by("order_id", \.order), .byOptional("shipping_date", \.shippedAt)], write: { [self] in wire($0) })
    }

    func locationFilter<Row>(_ locations: @escaping (Row) -> [Int]) -> Filter<Row> {
        Filter(name: "location") { [self] text in
            guard let wanted = Int(text) else {
                return .failure(Problem(path: "location", text: "The location parameter must be an integer."))
            }
            return .success { [self] row in locations(row).contains { location($0, matches: wanted) } }
        }
    }

    func listShipments(_ asked: Asked) throws(Refusal) -> Response {
        try list(shipmentBook, shipmentListing, asked.query)
    }

    func listShipmentsOfOrder(_ asked: Asked) throws(Refusal) -> Response {
        let order = try asked.number("number")
        guard orderBook[order] != nil else { throw .notFound }
        let rows = (shipmentsOfOrder[order] ?? []).map { shipmentBook[$0]! }
        return try list(rows, shipmentListing, asked.query)
    }

    /// The number of the order in the path; `nil` on paths that name the shipment alone.
    private func orderNumber(_ asked: Asked) throws(Refusal) -> Int? {
        asked.has("number") ? try asked.number("number") : nil
    }

    func shipment(_ asked: Asked) throws(Refusal) -> ShipmentRecord {
        let order = try orderNumber(asked)
        guard let shipment = shipmentBook[try asked.number("id")], order == nil || order == shipment.order else {
            throw .notFound
        }
        return shipment
    }

    func getShipment(_ asked: Asked) throws(Refusal) -> Response {
        one("order_shipment", wire(try shipment(asked)), fields: try asked.fields())
    }

    func postShipment(_ asked: Asked) throws(Refusal) -> Response {
        let order = try asked.number("number")
        guard orderBook[order] != nil else { throw .notFound }
        let wanted = choices.ignoresShipmentBody ? nil : try wantedShipmentLines(asked.body)
        let shipment = try createShipment(of: order, wanted)
        return one("order_shipment", wire(shipment), status: choices.shipmentCreateStatus)
    }

    private func wantedShipmentLines(_ body: JSONObject) throws(Refusal) -> [WantedShipmentLine]? {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        guard let lines = reader.elements("lines") else {
            try problems.throwIfAny()
            return nil
        }
        guard choices.shipmentMode == .linesInBody else {
            throw .rule("lines", "The lines of a shipment cannot be chosen when it is created.")
        }
        let wanted = lines.map { line in
            line.require("order_line_id", "quantity")
            var id: Int?
            var quantity = ExactDecimal.zero
            line.int("order_line_id", into: &id)
            line.quantity("quantity", into: &quantity)
            return WantedShipmentLine(orderLine: id ?? 0, quantity: quantity, path: line.prefix)
        }
        try problems.throwIfAny()
        return wanted
    }

    func postMarkShipped(_ asked: Asked) throws(Refusal) -> Response {
        let problems = Problems()
        var picking = false
        Reader(object: asked.body, problems: problems).flag("pick", into: &picking)
        try problems.throwIfAny()
        let shipment = try ship(try asked.number("id"), of: try orderNumber(asked), picking: picking)
        return one("order_shipment", wire(shipment))
    }

    func deleteShipment(_ asked: Asked) throws(Refusal) -> Response {
        try delete(shipment: try asked.number("id"), of: try asked.number("number"))
        return deleted()
    }

    func postMarkPicked(_ asked: Asked) throws(Refusal) -> Response { try markPicked(true, asked, line: nil) }

    func postMarkLinePicked(_ asked: Asked) throws(Refusal) -> Response {
        try markPicked(true, asked, line: try asked.number("line"))
    }

    func postMarkLineUnpicked(_ asked: Asked) throws(Refusal) -> Response {
        try markPicked(false, asked, line: try asked.number("line"))
    }

    private func markPicked(_ picked: Bool, _ asked: Asked, line: Int?) throws(Refusal) -> Response {
        let shipment = try markPicked(
            picked, shipment: try asked.number("id"), of: try asked.number("number"), line: line)
        return one("order_shipment", wire(shipment))
    }

    func listShipmentLines(_ asked: Asked) throws(Refusal) -> Response {
        try list(try shipment(asked).lines.map { wire($0) }, as: "order_shipment_lines", asked.query)
    }

    func getShipmentLine(_ asked: Asked) throws(Refusal) -> Response {
        let id = try asked.number("line")
        guard let line = try shipment(asked).lines.first(where: { $0.id == id }) else { throw .notFound }
        return one("order_shipment_line", wire(line), fields: try asked.fields())
    }

    /// Lines of a shipment can be changed in one of the three modes only; in the others there is no such path.
    private func requireLineEditing() throws(Refusal) {
        guard choices.shipmentMode == .editAfterCreate else { throw .notFound }
    }

    func putShipmentLine(_ asked: Asked) throws(Refusal) -> Response {
        try requireLineEditing()
        let problems = Problems()
        let reader = Reader(object: asked.body, problems: problems)
        var quantity = ExactDecimal.zero
        reader.require("quantity")
        reader.quantity("quantity", into: &quantity)
        try problems.throwIfAny()
        let line = try setQuantity(
            quantity, line: try asked.number("line"), shipment: try asked.number("id"), of: try asked.number("number"))
        return one("order_shipment_line", wire(line))
    }

    func deleteShipmentLine(_ asked: Asked) throws(Refusal) -> Response {
        try requireLineEditing()
        try removeLine(
            try asked.number("line"), shipment: try asked.number("id"), of: try asked.number("number"))
        return deleted()
    }
}
