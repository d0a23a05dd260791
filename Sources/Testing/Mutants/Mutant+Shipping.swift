import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    /// Changes the quantities of shipments in the request, and shows the engine those that it sent.
    private static func inShipments(
        _ name: String, _ description: String, caughtBy: String = "shipped-equals-picked",
        _ makeChange: @escaping @Sendable () -> (_ wanted: ExactDecimal, _ line: String, _ seen: OrderLinesSeen) -> ExactDecimal
    ) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: caughtBy,
            act: .wire(.rackbeat) {
                let seen = OrderLinesSeen()
                let forged = ForgedDocuments()
                let change = makeChange()
                return { request, wire in
                    guard isCall(request, wire, .post, "orders/*/create-shipment"), let body = request.json else {
                        let response = forged.disguise(try wire.send(request))
                        seen.record(response)
                        return response
                    }
                    var wanted: [(line: String, quantity: ExactDecimal)] = []
                    let changed = body.editing("lines.*") { line in
                        guard let id = line["order_line_id"]?.idText, let quantity = line["quantity"]?.decimal else {
                            return line
                        }
                        wanted.append((id, quantity))
                        return line.editing("quantity") { _ in JSON(change(quantity, id, seen)) }
                    }
                    let response = try wire.send(request.editingBody { _ in changed })
                    guard let id = response.json?["order_shipment"]?["id"]?.idText else { return response }
                    for (line, quantity) in wanted { forged.remember(id, line: line, quantity: quantity) }
                    return forged.disguise(response)
                }
            })
    }

    static let shipping: [Mutant] = [
        inShipments(
            "ordered-instead-of-picked",
            "The shipment was booked with the ordered quantity. Customers were invoiced for goods that were still on the shelf."
        ) { { wanted, line, seen in seen.lines[line]?.ordered ?? wanted } },
        inShipments(
            "remaining-instead-of-picked",
            "The remaining quantity was booked as shipped, however little of it was picked."
        ) {
            { wanted, line, seen in seen.lines[line].map { $0.ordered - $0.shipped } ?? wanted }
        },
        inShipments(
            "cumulative-count-as-delta",
            "The warehouse counts picks cumulatively. Each count was booked as if it were new."
        ) {
            var sent: [String: ExactDecimal] = [:]
            return { wanted, line, _ in
                sent[line, default: .zero] += wanted
                return sent[line]!
            }
        },
        Mutant(
            name: "shipment-created-twice",
            description: "The response to a confirmed shipment was lost, and the shipment was created again.",
            caughtBy: "shipped-equals-picked",
            act: .wire(.rackbeat) {
                var latest: Request?
                return { request, wire in
                    let response = try wire.send(request)
                    if isCall(request, wire, .post, "orders/*/create-shipment"), response.isSuccess { latest = request }
                    guard isCall(request, wire, .post, "orders/shipments/*/mark-shipped"), response.isSuccess,
                        let create = latest
                    else { return response }
                    latest = nil
                    let second = try wire.send(create)
                    guard second.isSuccess, let id = second.json?["order_shipment"]?["id"]?.idText else { return response }
                    var confirm = request
                    confirm.target = "\(wire.facts.basePath)/orders/shipments/\(id)/mark-shipped"
                    _ = try wire.send(confirm)
                    return response
                }
            }),
        Mutant(
            name: "shipment-draft-left-behind",
            description:
                "A shipment was created, lost track of, and created again. Weeks later somebody confirmed the draft by hand.",
            caughtBy: "nothing-stuck",
            act: .wire(.rackbeat) {
                /// The unmodified engine would find the draft and delete it.
                var lost: Set<String> = []
                return { request, wire in
                    if isCall(request, wire, .post, "orders/*/create-shipment"),
                        let id = try wire.send(request).json?["order_shipment"]?["id"]?.idText
                    {
                        lost.insert(id)
                    }
                    return try wire.send(request).editingBody { body in
                        body.editing("order_shipments.*") { shipment in
                            shipment["id"]?.idText.map(lost.contains) == true ? JSON?.none : shipment
                        }
                    }
                }
            }),
        Mutant(
            name: "shipment-never-confirmed",
            description: "The call that confirms went to a path that responds 200 and does nothing. Stock never decreased.",
            caughtBy: "shipped-equals-picked",
            act: .wire(.rackbeat) {
                var pretended: Set<String> = []
                func disguise(_ shipment: JSON) -> JSON? {
                    guard let id = shipment["id"]?.idText, pretended.contains(id) else { return shipment }
                    return shipment.editing("is_shipped") { _ in true }
                }
                return { request, wire in
                    if isCall(request, wire, .post, "orders/shipments/*/mark-shipped") {
                        let id = wire.segments(of: request)[2]
                        pretended.insert(id)
                        var look = request
                        look.method = .get
                        look.target = "\(wire.facts.basePath)/order-shipments/\(id)"
                        look.body = []
                        return try wire.send(look).editingBody { $0.editing("order_shipment", disguise) }
                    }
                    return try wire.send(request).editingBody {
                        $0.editing("order_shipment", disguise).editing("order_shipments.*", disguise)
                    }
                }
            }),
        Mutant(
            name: "lines-of-another-connection-shipped",
            description: "When a warehouse sent its own lines, those of another warehouse were booked as shipped too.",
            caughtBy: "nothing-outside-the-location",
            act: .wire(.rackbeat) {
                let seen = OrderLinesSeen()
                let forged = ForgedDocuments()
                return { request, wire in
                    guard isCall(request, wire, .post, "orders/*/create-shipment"),
                        let own = request.json?["lines"]?.array
                    else {
                        let response = forged.disguise(try wire.send(request))
                        seen.record(response)
                        return response
                    }
                    let order = wire.segments(of: request)[1]
                    let foreign = seen.ids.filter { id in
                        guard let line = seen.lines[id], line.order == order else { return false }
                        return line.location != wire.facts.location && line.shipped < line.ordered
                    }
                    let added = foreign.map { id -> JSON in
                        ["order_line_id": Int(id).map { JSON($0) } ?? .null, "quantity": JSON(seen.lines[id]!.ordered)]
                    }
                    let response = try wire.send(request.editingBody { $0.editing("lines") { _ in .array(own + added) } })
                    guard let id = response.json?["order_shipment"]?["id"]?.idText else { return response }
                    for line in own {
                        guard let name = line["order_line_id"]?.idText, let quantity = line["quantity"]?.decimal else { continue }
                        forged.remember(id, line: name, quantity: quantity)
                    }
                    return forged.disguise(response)
                }
            }),
        rewritingBody(
            "more-reported-than-booked", .ongoing, .patch, "orders/*/lines/*/reportedNumberOfItems",
            description: "One more than was booked was reported back. The last pick of an order was never listed again.",
            caughtBy: "shipped-equals-picked"
        ) {
            $0.editing("reportedNumberOfItems") { value in value.decimal.map { JSON($0 + 1) } ?? value }
        },
    ]
}
