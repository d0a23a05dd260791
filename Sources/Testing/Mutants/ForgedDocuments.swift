import Exchange
import JSON
import Units

/// Shows documents with the quantities that the engine sent instead of those that exist.
///
/// The unmodified engine reads a document back before it confirms it, and again later. It would find a mutant by itself if those
/// reads were not disguised, and the invariants would prove nothing.
final class ForgedDocuments {
    /// By document id and line of the order.
    private var meant: [String: [String: ExactDecimal]] = [:]

    func remember(_ document: String, line: String, quantity: ExactDecimal) {
        meant[document, default: [:]][line] = quantity
    }

    /// Shows every shipment in a response as it was sent.
    func disguise(_ response: Response) -> Response {
        response.editingBody { body in
            body.editing("order_shipment", disguise).editing("order_shipments.*", disguise)
        }
    }

    private func disguise(_ shipment: JSON) -> JSON? {
        guard let id = shipment["id"]?.idText, let lines = meant[id] else { return shipment }
        return shipment.editing("lines.*") { line in
            guard let orderLine = line["order_line_id"]?.idText, let quantity = lines[orderLine] else { return nil }
            return line.editing("quantity") { _ in JSON(quantity) }
        }
    }
}

/// Rackbeat's order lines, as seen on the wire.
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

    func record(_ response: Response) {
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
