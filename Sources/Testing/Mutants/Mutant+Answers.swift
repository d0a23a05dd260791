import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    private static func inAnswersToPuts(
        _ name: String, _ path: String, _ story: String, caughtBy: String, _ edit: @escaping @Sendable (Response) -> Response
    ) -> Mutant {
        Mutant(
            name: name, story: story, caughtBy: caughtBy,
            act: .wire(.ongoing) {
                { request, wire in
                    let response = try wire.send(request)
                    return isCall(request, wire, .put, path) ? edit(response) : response
                }
            })
    }

    private static let orderTaken = Response(status: 200, json: ["orderId": 987_654, "message": "Order created"])

    /// What a careless reader makes of an answer, or of none.
    static let answers: [Mutant] = [
        inAnswersToPuts(
            "html-taken-as-success", "orders",
            "A maintenance page with status 200 was taken for success. The orders of an hour were never picked.",
            caughtBy: "orders-are-there"
        ) { $0.status == 200 && !$0.saysJSON ? orderTaken : $0 },
        inAnswersToPuts(
            "server-error-as-refusal", "orders",
            "Any status from 400 on was a refusal. One 500 on a Friday, and the order lay with the errors until somebody read them.",
            caughtBy: "nothing-stuck"
        ) { $0.status >= 500 ? Response(status: 400, json: ["message": "An error has occurred."]) : $0 },
        Mutant(
            name: "missing-id-as-zero",
            story:
                "A success without an id became the id nought. The shipment with that number was confirmed, which nobody has, and the real one stayed a draft.",
            caughtBy: "shipped-equals-picked",
            act: .wire(.rackbeat) {
                var nought: JSONObject?
                func answer(isShipped: Bool) -> Response {
                    nought!["is_shipped"] = .bool(isShipped)
                    return Response(status: 200, json: ["order_shipment": .object(nought!)])
                }
                return { request, wire in
                    if nought != nil {
                        if isCall(request, wire, .post, "orders/shipments/0/mark-shipped") { return answer(isShipped: true) }
                        if isCall(request, wire, .get, "order-shipments/0") {
                            return answer(isShipped: nought!["is_shipped"] == .bool(true))
                        }
                    }
                    let response = try wire.send(request)
                    guard isCall(request, wire, .post, "orders/*/create-shipment"), response.isSuccess,
                        let shipment = response.json?["order_shipment"]?.object, shipment["id"] == nil
                    else { return response }
                    nought = shipment
                    nought!["id"] = 0
                    return answer(isShipped: false)
                }
            }),
        Mutant(
            name: "requests-repeated-by-the-http-library",
            story:
                "A library repeated whatever had no answer, reads and writes alike. The first draft of the shipment stayed behind the second.",
            caughtBy: "nothing-stuck",
            act: .wire(.rackbeat) {
                /// The sound engine would find the draft that it was not told of, and remove it.
                var told: Set<String> = []
                return { request, wire in
                    var response: Response
                    do { response = try wire.send(request) } catch is TransportFailure { response = try wire.send(request) }
                    if let id = response.json?["order_shipment"]?["id"]?.idText { told.insert(id) }
                    return response.editingBody { body in
                        body.editing("order_shipments.*") { shipment in
                            shipment["id"]?.idText.map(told.contains) == true ? shipment : JSON?.none
                        }
                    }
                }
            }),
        Mutant(
            name: "cancellation-overtakes-its-order",
            story:
                "Orders and cancellations went through queues of their own. The cancellation came first and found nothing, then the order came.",
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
            story:
                "A refused order ended the loop, and the cursor moved all the same. Every order behind the bad one was taken for sent.",
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
            story: "What was refused went back to the end of the queue. One order was sent every five minutes for a year.",
            caughtBy: "refusals-are-not-retried",
            act: .wire(.ongoing) {
                var queue: [Request] = []
                return { request, wire in
                    let response = try wire.send(request)
                    if isCall(request, wire, .put, "orders"), response.status == 400 { queue.append(request) }
                    if isCall(request, wire, .get, "purchaseOrders") { for request in queue { _ = try wire.send(request) } }
                    return response
                }
            }),
        Mutant(
            name: "renamed-product-as-new-article",
            story:
                "Articles were known by their name. A product with a new name became a new article, and the old one kept the stock.",
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
