import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    private static func inResponsesToPuts(
        _ name: String, _ path: String, _ description: String, caughtBy: String,
        _ edit: @escaping @Sendable (Response) -> Response
    ) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: caughtBy,
            act: .wire(.ongoing) {
                { request, wire in
                    let response = try wire.send(request)
                    return isCall(request, wire, .put, path) ? edit(response) : response
                }
            })
    }

    private static let orderTaken = Response(status: 200, json: ["orderId": 987_654, "message": "Order created"])

    /// Responses that are misread, and requests whose response is missing.
    static let responses: [Mutant] = [
        inResponsesToPuts(
            "html-taken-as-success", "orders",
            "A maintenance page with status 200 was taken for success. The orders of an hour were never picked.",
            caughtBy: "orders-are-there"
        ) { $0.status == 200 && !$0.saysJSON ? orderTaken : $0 },
        inResponsesToPuts(
            "server-error-as-refusal", "orders",
            "Any status from 400 on was taken for a refusal. After one 500 the order stayed among the errors until somebody read them.",
            caughtBy: "nothing-stuck"
        ) { $0.status >= 500 ? Response(status: 400, json: ["message": "An error has occurred."]) : $0 },
        Mutant(
            name: "missing-id-as-zero",
            description:
                "A success without an id was read as the id zero. Shipment 0, which does not exist, was confirmed, and the real one stayed a draft.",
            caughtBy: "shipped-equals-picked",
            act: .wire(.rackbeat) {
                var zero: JSONObject?
                func zeroShipment(isShipped: Bool) -> Response {
                    zero!["is_shipped"] = .bool(isShipped)
                    return Response(status: 200, json: ["order_shipment": .object(zero!)])
                }
                return { request, wire in
                    if zero != nil {
                        if isCall(request, wire, .post, "orders/shipments/0/mark-shipped") {
                            return zeroShipment(isShipped: true)
                        }
                        if isCall(request, wire, .get, "order-shipments/0") {
                            return zeroShipment(isShipped: zero!["is_shipped"] == .bool(true))
                        }
                    }
                    let response = try wire.send(request)
                    guard isCall(request, wire, .post, "orders/*/create-shipment"), response.isSuccess,
                        let shipment = response.json?["order_shipment"]?.object, shipment["id"] == nil
                    else { return response }
                    zero = shipment
                    zero!["id"] = 0
                    return zeroShipment(isShipped: false)
                }
            }),
        Mutant(
            name: "requests-repeated-by-the-http-library",
            description:
                "A library repeated every request without a response, writes too. The first draft of the shipment was left behind.",
            caughtBy: "nothing-stuck",
            act: .wire(.rackbeat) {
                /// The unmodified engine would find the draft that no response named, and delete it.
                var known: Set<String> = []
                return { request, wire in
                    var response: Response
                    do { response = try wire.send(request) } catch is TransportFailure { response = try wire.send(request) }
                    if let id = response.json?["order_shipment"]?["id"]?.idText { known.insert(id) }
                    return response.editingBody { body in
                        body.editing("order_shipments.*") { shipment in
                            shipment["id"]?.idText.map(known.contains) == true ? shipment : JSON?.none
                        }
                    }
                }
            }),
        Mutant(
            name: "cancellation-overtakes-its-order",
            description:
                "Orders and cancellations had queues of their own. The cancellation arrived first and found nothing, then the order arrived.",
            caughtBy: "orders-are-there",
            act: .wire(.ongoing) {
                var queued: [String: Request] = [:]
                return { request, wire in
                    if isCall(request, wire, .put, "orders"), let number = request.json?["orderNumber"]?.string {
                        queued[number] = request
                        return orderTaken
                    }
                    let response = try wire.send(request)
                    if isCall(request, wire, .get, "orders"),
                        let number = Query(parsing: request.queryText ?? "")["orderNumber"],
                        let late = queued.removeValue(forKey: number)
                    {
                        _ = try wire.send(late)
                    }
                    return response
                }
            }),
        Mutant(
            name: "bad-record-blocks-the-rest",
            description:
                "A refused order ended the loop, but the cursor moved. Every order after the bad one was taken for sent.",
            caughtBy: "orders-are-there",
            act: .wire(.ongoing) {
                var isBlocked = false
                return { request, wire in
                    guard isCall(request, wire, .put, "orders") else { return try wire.send(request) }
                    if isBlocked { return orderTaken }
                    let response = try wire.send(request)
                    isBlocked = (400..<500).contains(response.status) && response.status != 429
                    return response
                }
            }),
        Mutant(
            name: "refusal-retried-without-end",
            description: "Refused orders went back to the end of the queue. One order was sent every five minutes for a year.",
            caughtBy: "refusals-are-not-retried",
            act: .wire(.ongoing) {
                var queue: [Request] = []
                return { request, wire in
                    let response = try wire.send(request)
                    if isCall(request, wire, .put, "orders"), [400, 404].contains(response.status) { queue.append(request) }
                    if isCall(request, wire, .get, "purchaseOrders") { for request in queue { _ = try wire.send(request) } }
                    return response
                }
            }),
        Mutant(
            name: "renamed-product-as-new-article",
            description:
                "Articles were identified by name. A renamed product became a new article, and the old one kept the stock.",
            caughtBy: "catalogue-agrees",
            act: .wire(.ongoing) {
                var names: [String: JSON] = [:]
                return { request, wire in
                    guard isCall(request, wire, .put, "articles"), let number = request.json?["articleNumber"]?.string,
                        let name = request.json?["articleName"]
                    else { return try wire.send(request) }
                    let first = names[number] ?? name
                    names[number] = first
                    guard first != name else { return try wire.send(request) }
                    return try wire.send(
                        request.editingBody { $0.editing("articleNumber") { _ in .string(number + "-2") } })
                }
            }),
    ]
}
