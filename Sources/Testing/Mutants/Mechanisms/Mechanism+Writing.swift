import Exchange
import HTTPTypes
import JSON
import Units

extension Mechanism {
    static let writing: [Mechanism] = [
        Mechanism(
            "confirmation-of-a-cancellation", "What the warehouse accepted to cancel seems to be cancelled at once.",
            [
                .wire(.ongoing) {
                    var cancelled: Set<String> = []
                    return { request, wire in
                        let response = try wire.send(request)
                        let path = wire.segments(of: request)
                        guard let resource = path.first, ["orders", "purchaseOrders"].contains(resource), path.count <= 2 else {
                            return response
                        }
                        if request.method == .delete, response.isSuccess { cancelled.insert(path.joined(separator: "/")) }
                        if request.method == .put,
                            let id = response.json?["orderId"]?.idText ?? response.json?["purchaseOrderId"]?.idText
                        {
                            cancelled.remove("\(resource)/\(id)")
                        }
                        guard request.method == .get, !cancelled.isEmpty else { return response }
                        func disguise(_ document: JSON) -> JSON {
                            var document = document
                            for (info, id, status, number) in [
                                ("orderInfo", "orderId", "orderStatus", 1000),
                                ("purchaseOrderInfo", "purchaseOrderId", "purchaseOrderStatus", 900),
                            ] {
                                guard let value = document[info]?[id]?.idText, cancelled.contains("\(resource)/\(value)") else {
                                    continue
                                }
                                document = document.editing("\(info).\(status).number") { _ in JSON(number) }
                            }
                            return document
                        }
                        return response.editingBody { body in
                            if let rows = body.array { .array(rows.map(disguise)) } else { disguise(body) }
                        }
                    }
                }
            ]),
        Mechanism(
            "check-of-a-number-that-is-new", "Nothing seems to bear the number of an order that is sent for the first time.",
            [
                .wire(.ongoing) {
                    var sent: Set<String> = []
                    return { request, wire in
                        let names = ["orders": "orderNumber", "purchaseOrders": "purchaseOrderNumber"]
                        let path = wire.segments(of: request)
                        guard path.count == 1, let name = names[path[0]] else { return try wire.send(request) }
                        if request.method == .put, let number = request.json?[name]?.string { sent.insert(number) }
                        let response = try wire.send(request)
                        guard request.method == .get, let number = Query(parsing: request.queryText ?? "")[name],
                            !sent.contains(number)
                        else { return response }
                        return response.editingBody { _ in .array([]) }
                    }
                }
            ]),
        Mechanism(
            "comparison-of-a-draft", "A draft seems to hold what was asked for, whatever it holds.",
            [
                .wire(.rackbeat) {
                    let forged = ForgedDocuments()
                    return { request, wire in
                        let response = try wire.send(request)
                        guard isCall(request, wire, .post, "orders/*/create-shipment"), response.isSuccess,
                            let id = response.json?["order_shipment"]?["id"]?.idText
                        else { return forged.disguise(response) }
                        for line in request.json?["lines"]?.array ?? [] {
                            guard let name = line["order_line_id"]?.idText, let quantity = line["quantity"]?.decimal else {
                                continue
                            }
                            forged.remember(id, line: name, quantity: quantity)
                        }
                        return forged.disguise(response)
                    }
                }
            ]),
        Mechanism(
            "comparison-of-both-ledgers",
            "Rackbeat seems to hold no other document of an order than the engine's own, and the warehouse says nothing of what was reported.",
            [
                ownDocumentsAlone(hidesEarlier: true),
                inDocuments { body in
                    body.editing("orderLines.*.reportedNumberOfItems") { _ in nil }
                        .editing("*.orderLines.*.reportedNumberOfItems") { _ in nil }
                        .editing("purchaseOrderLines.*.reportedNumberOfItems") { _ in nil }
                        .editing("*.purchaseOrderLines.*.reportedNumberOfItems") { _ in nil }
                },
            ]),
        Mechanism(
            "later-copies", "What a second delivery of a request made is in no list.", [ownDocumentsAlone(hidesEarlier: false)]),
        Mechanism("look-up-before-a-retry", asIn: ["requests-repeated-by-the-http-library"]),
        Mechanism("confirmation-of-shipments", asIn: ["shipment-never-confirmed"]),
        Mechanism("confirmation-of-receipts", asIn: ["receipt-never-confirmed"]),
        Mechanism("cancellations-reach-the-warehouse", asIn: ["cancellation-swallowed"]),
        Mechanism("refusals-are-not-repeated", asIn: ["refusal-retried-without-end"]),
        Mechanism("a-bad-record-stops-no-other", asIn: ["bad-record-blocks-the-rest"]),
        Mechanism("identity-by-number", asIn: ["order-under-two-numbers"]),
        Mechanism("lines-by-their-id", asIn: ["lines-numbered-by-position"]),
        Mechanism("picked-and-not-ordered", asIn: ["ordered-instead-of-picked"]),
        Mechanism("received-and-not-announced", asIn: ["announced-instead-of-received"]),
        Mechanism("adjustments-are-differences", asIn: ["delta-as-total"]),
        Mechanism(
            "reports-to-the-warehouse", "What is booked is not reported to the warehouse.",
            [
                .wire(.ongoing) {
                    { request, wire in
                        guard request.method == .patch, wire.segments(of: request).last?.hasPrefix("reported") == true else {
                            return try wire.send(request)
                        }
                        return Response(status: 200, json: ["message": "Reported."])
                    }
                }
            ]),
    ]

    /// Rackbeat's shipments and receipts of an order, without those that no response of a request showed.
    ///
    /// - Parameter hidesEarlier: Also those that were there when the order was first looked at.
    private static func ownDocumentsAlone(hidesEarlier: Bool) -> Mutant.Act {
        .wire(.rackbeat) {
            var own: Set<String> = []
            /// Orders whose last create has an unknown outcome: what is new in their lists is the engine's own.
            var unknown: Set<String> = []
            var listed: Set<String> = []
            return { request, wire in
                let path = wire.segments(of: request)
                guard path.count >= 2 else { return try wire.send(request) }
                let order = path[0] + "/" + path[1]
                let isShipment = isCall(request, wire, .post, "orders/*/create-shipment")
                let isReceipt = request.method == .post && path[0] == "purchase-orders"
                guard isShipment || isReceipt else {
                    let response = try wire.send(request)
                    guard request.method == .get, path.count == 3, ["shipments", "receipts"].contains(path[2]) else {
                        return response
                    }
                    let isFirst = listed.insert(order).inserted
                    return response.editingBody { body in
                        guard case .object(let object) = body else { return body }
                        var edited = body
                        for name in object.names {
                            edited = edited.editing("\(name).*") { document in
                                guard let id = document["id"]?.idText ?? document["number"]?.idText else { return document }
                                if unknown.contains(order) || (isFirst && !hidesEarlier) { own.insert("\(path[2]) \(id)") }
                                return own.contains("\(path[2]) \(id)") ? document : JSON?.none
                            }
                        }
                        return edited
                    }
                }
                do {
                    let response = try wire.send(request)
                    if response.isSuccess { unknown.remove(order) } else if response.status >= 500 { unknown.insert(order) }
                    for (name, value) in response.json?.object.map({ $0.map { ($0.name, $0.value) } }) ?? [] {
                        guard let id = value["id"]?.idText ?? value["number"]?.idText else { continue }
                        own.insert((name.contains("shipment") ? "shipments " : "receipts ") + id)
                    }
                    return response
                } catch let failure as TransportFailure {
                    unknown.insert(order)
                    throw failure
                }
            }
        }
    }
}
