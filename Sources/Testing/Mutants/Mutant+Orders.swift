import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    private static func inOrders(_ name: String, _ description: String, _ edit: @escaping @Sendable (JSON) -> JSON) -> Mutant {
        rewritingBody(name, .ongoing, .put, "orders", description: description, caughtBy: "orders-are-there", edit)
    }

    private static func inPurchaseOrders(
        _ name: String, _ description: String, _ edit: @escaping @Sendable (JSON) -> JSON
    ) -> Mutant {
        rewritingBody(
            name, .ongoing, .put, "purchaseOrders", description: description, caughtBy: "purchase-orders-are-there", edit)
    }

    static let orders: [Mutant] = [
        inOrders("delivery-terms-never-sent", "The delivery terms were read as an object where the account sends text.") {
            $0.removing("deliveryInstruction")
        },
        inOrders(
            "country-name-as-code",
            "The country's name was sent instead of its code. The carrier's label printer refused it."
        ) { $0.editing("consignee.countryCode") { _ in "Denmark" } },
        inOrders("invoice-address-never-sent", "The billing address was not sent. Invoices were packed with the goods.") {
            $0.editing("consignee") { $0.removing("invoiceAddress") }
        },
        inOrders(
            "notification-flag-never-sent", "The email address was sent without its flag. No customer was told of the delivery."
        ) {
            $0.editing("consignee.advanced.emailNotification.toBeNotified") { _ in false }
        },
        inOrders("quantity-cut-to-whole-units", "The quantity went through an integer. 2.5 metres were ordered, 2 were picked.") {
            $0.editing("orderLines.*.numberOfItems") { quantity in
                quantity.decimal.map { JSON(ExactDecimal(Int($0.millionths / 1_000_000))) } ?? quantity
            }
        },
        inOrders(
            "lines-numbered-by-position",
            "Lines were numbered by their position. When one was removed, the picks of the others went to the wrong lines."
        ) { body in
            var row = 0
            return body.editing("orderLines.*.rowNumber") { _ in
                row += 1
                return .string(String(row))
            }
        },
        inOrders("last-line-lost", "A loop ended one line early.") {
            $0.editing("orderLines") { lines in lines.array.map { .array($0.dropLast()) } }
        },
        Mutant(
            name: "order-under-two-numbers",
            description: "A retry used a new order number when the response was late. Two parcels left the warehouse.",
            caughtBy: "orders-are-there",
            act: .wire(.ongoing) {
                { request, wire in
                    let response = try wire.send(request)
                    if isCall(request, wire, .put, "orders"), response.isSuccess {
                        let again = request.editingBody {
                            $0.editing("orderNumber") { number in number.string.map { .string($0 + "-R") } }
                        }
                        _ = try wire.send(again)
                    }
                    return response
                }
            }),
        Mutant(
            name: "stale-values-in-update",
            description: "Updates were built from a cache that was filled only once. The customer's new address never arrived.",
            caughtBy: "orders-are-there",
            act: .wire(.ongoing) {
                var first: [String: [UInt8]] = [:]
                return { request, wire in
                    guard isCall(request, wire, .put, "orders"), let number = request.json?["orderNumber"]?.string else {
                        return try wire.send(request)
                    }
                    var request = request
                    if let body = first[number] { request.body = body } else { first[number] = request.body }
                    return try wire.send(request)
                }
            }),
        swallowing(
            "order-swallowed", .ongoing, .put, "orders",
            description: "A maintenance page with status 200 was taken for success. The orders of an hour were never picked.",
            caughtBy: "orders-are-there"
        ) { _ in Response(status: 200, json: ["orderId": 987_654, "message": "Order created"]) },
        swallowing(
            "cancellation-swallowed", .ongoing, .delete, "orders/*",
            description: "A cancellation was reported as done, but the warehouse shipped.",
            caughtBy: "orders-are-there"
        ) { request in
            let id = request.path.split(separator: "/").last.flatMap { Int($0) } ?? 0
            return Response(status: 200, json: ["orderId": JSON(id), "message": "Order cancelled"])
        },
        Mutant(
            name: "lines-of-another-location-sent",
            description:
                "The filter by location was left to a query parameter that the server ignores. Two warehouses picked every order.",
            caughtBy: "orders-are-there",
            act: .wire(.rackbeat) {
                { request, wire in
                    let response = try wire.send(request)
                    guard isCall(request, wire, .get, "orders") || isCall(request, wire, .get, "orders/*") else {
                        return response
                    }
                    let location = Int(wire.facts.location).map { JSON($0) } ?? .null
                    return response.editingBody { body in
                        ["orders.*.lines.*", "order.lines.*"].reduce(body) { body, lines in
                            body.editing(lines + ".location_id") { _ in location }
                                .editing(lines + ".location.number") { _ in location }
                        }
                    }
                }
            }),
    ]

    static let purchaseOrders: [Mutant] = [
        inPurchaseOrders("remark-never-sent", "The note for the gate was not sent. The truck was turned away.") {
            $0.removing("purchaseOrderRemark")
        },
        inPurchaseOrders(
            "supplier-phone-never-sent",
            "The supplier's phone number was not sent. Nobody could call when a delivery did not arrive."
        ) {
            $0.removing("supplierInfo.supplierAddress.telePhone")
        },
        inPurchaseOrders("unit-price-as-row-price", "The unit price was sent where the vendor expects the price of the row.") {
            $0.editing("purchaseOrderLines.*") { line in
                guard let quantity = line["numberOfItems"]?.decimal, quantity > 1 else { return line }
                return line.editing("rowPrice") { price in
                    price.decimal.map { JSON(ExactDecimal(millionths: $0.millionths * 1_000_000 / quantity.millionths)) }
                }
            }
        },
        swallowing(
            "purchase-order-swallowed", .ongoing, .put, "purchaseOrders",
            description: "A response without an error was taken for success. The goods arrived unannounced and were turned away.",
            caughtBy: "purchase-orders-are-there"
        ) { _ in Response(status: 200, json: ["purchaseOrderId": 987_654, "message": "Inorder created"]) },
    ]
}
