import JSON
import Trade
import Units

/// A shipment or receipt that exists in the rehearsal alone, or a real draft as the rehearsal has changed it.
struct RehearsedDocument {
    enum Kind { case shipment, receipt }

    struct Line {
        let id: Int
        /// The order's line, as it was written there.
        let orderLine: JSON
        let item: JSON
        let location: JSON
        var quantity: Quantity
    }

    let kind: Kind
    let id: Int
    /// The number of the order or purchase order, as it was written.
    let order: String
    var lines: [Line]
    var isConfirmed: Bool
    var isRemoved = false
    /// Where it stands in the plan.
    var handle: Int

    /// As the account would show it.
    var json: JSON {
        let orderLine = kind == .shipment ? "order_line_id" : "purchase_order_line_id"
        let lines = lines.map { line -> JSON in
            .object([
                "id": JSON(line.id), orderLine: line.orderLine, "item": ["number": line.item], "child_id": line.item,
                "location": ["number": line.location], "location_id": line.location, "quantity": line.quantity.json,
            ])
        }
        let order: JSON = Int(order).map { JSON($0) } ?? .string(order)
        return kind == .shipment
            ? [
                "id": JSON(id), "order_id": order, "is_shipped": .bool(isConfirmed), "lines": .array(lines),
            ]
            : [
                "number": JSON(id), "purchase_order_id": order, "is_received": .bool(isConfirmed), "lines": .array(lines),
            ]
    }

    /// Its lines for people.
    var fields: [PlannedWrite.Field] {
        lines.map { line in
            PlannedWrite.Field(
                name:
                    "line \(line.orderLine.isNull ? line.item.shown : line.orderLine.shown), \(line.item.shown) at \(line.location.shown)",
                held: .nothing, new: line.quantity.description)
        }
    }

    /// The lines of a real draft as the account shows them.
    static func lines(of json: JSON, _ kind: Kind) -> [Line] {
        (json["lines"]?.array ?? []).compactMap { line in
            guard let id = line["id"]?.int, let quantity = line["quantity"]?.quantity else { return nil }
            return Line(
                id: id, orderLine: line[kind == .shipment ? "order_line_id" : "purchase_order_line_id"] ?? .null,
                item: line.at(["item", "number"]) ?? line["child_id"] ?? .null,
                location: line.at(["location", "number"]) ?? line["location_id"] ?? .null, quantity: quantity)
        }
    }
}

extension JSON {
    var quantity: Quantity? { number.flatMap { Quantity($0.text) } }
}

extension Quantity {
    var json: JSON { JSONNumber(description).map(JSON.number) ?? .null }
}
