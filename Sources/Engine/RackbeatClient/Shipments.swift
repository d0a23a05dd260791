import ClientKit
import Exchange
import JSON
package import Trade

extension RackbeatClient {
    /// How a shipment of less than what is outstanding is made. No public source says, so the profile does.
    package enum ShipmentMode: Sendable {
        /// The lines are named when it is created; a line that is left out ships nothing.
        case linesInBody
        /// It is created with everything that is outstanding, and its lines are lowered or removed while it is a draft.
        case editAfterCreate
        /// Less than what is outstanding cannot be shipped.
        case wholeOnly
    }

    package var shipmentMode: ShipmentMode {
        switch profile["shipment.partial_mode"] {
        case "edit_after_create": .editAfterCreate
        case "whole_only": .wholeOnly
        default: .linesInBody
        }
    }

    /// Every shipment of an order, drafts as well.
    package func shipments(of order: OrderNumber) throws -> [Shipment] {
        let rows = try all("orders/\(segment(order))/shipments", "order_shipments") { wire throws(WireError) in
            (shipment: try wire.rows("lines") == nil ? nil : Shipment(wire), id: DocumentID(try wire.required("id", .whole)))
        }
        return try rows.compactMap { row in try row.shipment ?? shipment(row.id) }
    }

    /// - Returns: `nil` when the account has no such shipment.
    package func shipment(_ id: DocumentID) throws -> Shipment? {
        try oneIfPresent(.get("order-shipments/\(id)"), "order_shipment") { wire throws(WireError) in try Shipment(wire) }
    }

    /// Makes a draft of a shipment, or a shipped one where the account does both in one step.
    ///
    /// - Parameter lines: `nil` for everything that is outstanding.
    /// - Returns: What was really made. A server may ignore the lines: compare before ``markShipped(_:)``.
    /// - Throws: ``ExchangeError``. When its effect is `unknown`, read ``shipments(of:)`` before making another.
    package func createShipment(for order: OrderNumber, lines: [(line: LineID, quantity: Quantity)]?) throws -> Shipment {
        let body = lines.map { lines -> JSON in
            ["lines": .array(lines.map { ["order_line_id": .key($0.line), "quantity": .decimal($0.quantity.units)] })]
        }
        return try one(.post("orders/\(segment(order))/create-shipment", body), "order_shipment") { wire throws(WireError) in
            try Shipment(wire)
        }
    }

    /// Changes how much a line of a draft ships.
    package func setShipmentLine(
        _ line: DocumentID, of shipment: DocumentID, order: OrderNumber, to quantity: Quantity
    ) throws {
        try perform(
            .put("orders/\(segment(order))/shipments/\(shipment)/lines/\(line)", ["quantity": .decimal(quantity.units)]))
    }

    package func removeShipmentLine(_ line: DocumentID, of shipment: DocumentID, order: OrderNumber) throws {
        try remove("orders/\(segment(order))/shipments/\(shipment)/lines/\(line)")
    }

    /// Removes a draft. Nothing happens when it is gone already.
    package func deleteShipment(_ id: DocumentID, order: OrderNumber) throws {
        try remove("orders/\(segment(order))/shipments/\(id)")
    }

    /// Marks every line as picked and the shipment as shipped. This is what moves the stock.
    package func markShipped(_ id: DocumentID) throws {
        try perform(.post("orders/shipments/\(id)/mark-shipped", ["pick": true]))
    }
}

extension Shipment {
    init(_ wire: WireReader) throws(WireError) {
        guard let order = try wire.first(.key, of: "order_id", "order/number") else {
            throw WireError(problem: "\(wire.pointer.appending("order_id")) is missing")
        }
        self.init(
            id: DocumentID(try wire.required("id", .whole)), order: OrderNumber(order),
            isShipped: try wire.required("is_shipped", .flag),
            lines: try wire.requiredRows("lines").map { line throws(WireError) in
                try ShipmentLine(line, orderLine: "order_line_id")
            }, createdAt: try wire.optional("created_at", .moment))
    }
}

extension ShipmentLine {
    /// - Parameter orderLine: The member that names the line of the order. No public shape has one, so it may be absent.
    init(_ wire: WireReader, orderLine: String) throws(WireError) {
        self.init(
            id: DocumentID(try wire.required("id", .whole)),
            orderLine: try wire.optional(orderLine, .key).map { LineID($0) }, item: try wire.itemNumber(),
            location: try wire.locationNumber(), quantity: Quantity(try wire.required("quantity", .decimal)))
    }
}
