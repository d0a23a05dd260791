import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    static let receiving: [Mutant] = [
        Mutant(
            name: "announced-instead-of-received",
            description: "The draft was confirmed as Rackbeat had made it, with the whole announced quantity.",
            caughtBy: "received-equals-receipts",
            act: .wire(.rackbeat) {
                /// The quantities of new drafts, and those that the engine set, by line of the receipt.
                var proposed: [String: ExactDecimal] = [:]
                var set: [String: ExactDecimal] = [:]
                func disguise(_ response: Response) -> Response {
                    response.editingBody { body in
                        body.rewritingObjects { object in
                            guard let id = object["id"]?.idText, object["quantity"] != nil, let quantity = set[id] else {
                                return object
                            }
                            var object = object
                            object["quantity"] = JSON(quantity)
                            return object
                        }
                    }
                }
                return { request, wire in
                    if isCall(request, wire, .put, "purchase-orders/*/receipts/*/lines/*") {
                        let line = wire.segments(of: request)[5]
                        guard let wanted = request.json?["quantity"]?.decimal, let whole = proposed[line] else {
                            return disguise(try wire.send(request))
                        }
                        set[line] = wanted
                        return disguise(
                            try wire.send(request.editingBody { $0.editing("quantity") { _ in JSON(whole) } }))
                    }
                    let response = try wire.send(request)
                    if isCall(request, wire, .post, "purchase-orders/*/create-receipt") {
                        _ = response.json?.rewritingObjects { object in
                            if let id = object["id"]?.idText, let quantity = object["quantity"]?.decimal {
                                proposed[id] = quantity
                            }
                            return object
                        }
                    }
                    return disguise(response)
                }
            }),
        Mutant(
            name: "receipt-created-twice",
            description: "After a crash the receipt was created again. Rackbeat held goods that never arrived.",
            caughtBy: "received-equals-receipts",
            act: .wire(.rackbeat) {
                var latest: Request?
                return { request, wire in
                    let response = try wire.send(request)
                    if isCall(request, wire, .post, "purchase-orders/*/create-receipt"), response.isSuccess {
                        latest = request
                    }
                    guard isCall(request, wire, .post, "purchase-orders/*/receipts/*/mark-received"), response.isSuccess,
                        let create = latest
                    else { return response }
                    latest = nil
                    let second = try wire.send(create)
                    guard second.isSuccess, let number = second.json?.object?.first?.value["number"]?.idText else {
                        return response
                    }
                    let order = wire.segments(of: request)[1]
                    var confirm = request
                    confirm.target = "\(wire.facts.basePath)/purchase-orders/\(order)/receipts/\(number)/mark-received"
                    _ = try wire.send(confirm)
                    return response
                }
            }),
        Mutant(
            name: "lines-of-another-location-received",
            description: "Draft lines of another location were not removed, and goods that never arrived were received.",
            caughtBy: "nothing-outside-the-location",
            act: .wire(.rackbeat) {
                var taken: Set<String> = []
                return { request, wire in
                    if isCall(request, wire, .delete, "purchase-orders/*/receipts/*/lines/*") {
                        taken.insert(wire.segments(of: request)[5])
                        return Response(status: 204)
                    }
                    return try wire.send(request).editingBody { body in
                        body.rewritingObjects { object in
                            guard let id = object["id"]?.idText, object["quantity"] != nil else { return object }
                            return taken.contains(id) ? nil : object
                        }
                    }
                }
            }),
        Mutant(
            name: "receipt-never-confirmed",
            description: "Receipts were created and left as drafts. Goods that had arrived weeks ago could not be sold.",
            caughtBy: "received-equals-receipts",
            act: .wire(.rackbeat) {
                var pretended: Set<String> = []
                func disguise(_ response: Response) -> Response {
                    response.editingBody { body in
                        body.rewritingObjects { object in
                            guard let number = object["number"]?.idText, object["is_received"] != nil,
                                pretended.contains(number)
                            else { return object }
                            var object = object
                            object["is_received"] = true
                            return object
                        }
                    }
                }
                return { request, wire in
                    guard isCall(request, wire, .post, "purchase-orders/*/receipts/*/mark-received") else {
                        return disguise(try wire.send(request))
                    }
                    let segments = wire.segments(of: request)
                    pretended.insert(segments[3])
                    var look = request
                    look.method = .get
                    look.target = "\(wire.facts.basePath)/purchase-orders/\(segments[1])/receipts/\(segments[3])"
                    look.body = []
                    return disguise(try wire.send(look))
                }
            }),
    ]
}
