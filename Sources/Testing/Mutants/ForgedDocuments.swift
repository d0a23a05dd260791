import Exchange
import JSON
import Units

/// What a blind engine would believe of the documents it made: the quantities it asked for, not those that are there.
///
/// The sound engine compares what was created with what it meant before it confirms, and looks again later. A sabotage that
/// did not answer those looks would be found by the engine itself, which is not what it is to show.
final class ForgedDocuments {
    /// By document id and line of the order.
    private var meant: [String: [String: ExactDecimal]] = [:]

    func remember(_ document: String, line: String, quantity: ExactDecimal) {
        meant[document, default: [:]][line] = quantity
    }

    /// Shows every shipment in an answer as it was meant.
    func dress(_ response: Response) -> Response {
        response.editingBody { body in
            body.editing("order_shipment", dress).editing("order_shipments.*", dress)
        }
    }

    private func dress(_ shipment: JSON) -> JSON? {
        guard let id = shipment["id"]?.idText, let lines = meant[id] else { return shipment }
        return shipment.editing("lines.*") { line in
            guard let orderLine = line["order_line_id"]?.idText, let quantity = lines[orderLine] else { return nil }
            return line.editing("quantity") { _ in JSON(quantity) }
        }
    }
}

/// What the shop said of its order lines, as seen on the wire.
final class OrderLinesSeen {
    struct Line {
        var order: String
        var ordered: ExactDecimal
        var shipped: ExactDecimal
        var location: String?
    }

    private(set) var lines: [String: Line] = [:]
    /// In the order in which they were first seen.
    private(set) var ids: [String] = []

    func watch(_ response: Response) {
        guard let body = response.json else { return }
        let orders = (body["orders"]?.array ?? []) + (body["order"].map { [$0] } ?? [])
        for order in orders {
            for line in order["lines"]?.array ?? [] {
                guard let id = line["id"]?.idText, let number = order["number"]?.idText else { continue }
                if lines[id] == nil { ids.append(id) }
                lines[id] = Line(
                    order: number, ordered: line["quantity"]?.decimal ?? .zero,
                    shipped: line["quantity_shipped"]?.decimal ?? .zero,
                    location: line["location"]?["number"]?.idText ?? line["location_id"]?.idText)
            }
        }
    }
}
