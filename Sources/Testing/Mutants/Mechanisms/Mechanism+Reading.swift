import Exchange
import HTTPTypes
import JSON
import Units

extension Mechanism {
    private static let lists = ["products": "products", "orders": "orders", "purchase-orders": "purchase_orders"]

    /// Changes every page of Rackbeat's lists of products, orders and purchase orders.
    private static func inLists(_ edit: @escaping @Sendable (_ body: JSON, _ name: String) -> JSON) -> Mutant.Act {
        .wire(.rackbeat) {
            { request, wire in
                let response = try wire.send(request)
                guard request.method == .get, let name = lists[wire.segments(of: request).joined(separator: "/")] else {
                    return response
                }
                return response.editingBody { edit($0, name) }
            }
        }
    }

    /// Changes the responses to reads of one document of the warehouse.
    static func inDocuments(_ edit: @escaping @Sendable (JSON) -> JSON) -> Mutant.Act {
        .wire(.ongoing) {
            { request, wire in
                let response = try wire.send(request)
                guard
                    isCall(request, wire, .get, "orders") || isCall(request, wire, .get, "orders/*")
                        || isCall(request, wire, .get, "purchaseOrders") || isCall(request, wire, .get, "purchaseOrders/*")
                else { return response }
                return response.editingBody(edit)
            }
        }
    }

    /// When a row of Rackbeat last changed.
    private static func changed(_ row: JSON) -> Moment? {
        row["updated_at"]?.string.flatMap { Moment(iso: $0, zone: .copenhagen) }
    }

    static let reading: [Mechanism] = [
        Mechanism(
            "returns-are-told", "No customer seems to have sent anything back.",
            [
                inDocuments { body in
                    body.editing("orderLines.*.returnedNumberOfItems") { _ in nil }
                        .editing("*.orderLines.*.returnedNumberOfItems") { _ in nil }
                }
            ]),
        Mechanism(
            "rests-that-are-given-up", "No order of the warehouse seems to have a back order.",
            [
                .wire(.ongoing) {
                    { request, wire in
                        let response = try wire.send(request)
                        let asksForRest = Query(parsing: request.queryText ?? "")["backOrderForOrderId"] != nil
                        return asksForRest ? response.editingBody { _ in [] } : response
                    }
                }
            ]),
        Mechanism(
            "kits-are-not-sent", "Every line seems to be of a product.",
            [
                .wire(.rackbeat) {
                    { request, wire in
                        try wire.send(request).editingBody { body in
                            ["order", "orders.*", "purchase_order", "purchase_orders.*"].reduce(body) { body, document in
                                body.editing("\(document).lines.*.child_type") { _ in "product" }
                            }
                        }
                    }
                }
            ]),
        Mechanism("overlap-of-cursors", "Reads begin at the newest change that is known, not behind it.", [.without(.overlap)]),
        Mechanism("daily-sweep", "Nothing is read again once a day.", [.without(.sweep)]),
        Mechanism("nightly-comparison", "Both systems are never compared with the journal.", [.without(.reconcile)]),
        Mechanism("webhooks", "No webhook makes the engine look.", [.without(.nudge)]),
        Mechanism(
            "restart-of-a-scan",
            "The total of a list seems to stay the same, so nobody notices that a row went away between two pages.",
            [
                .wire(.rackbeat) {
                    var totals: [String: JSON] = [:]
                    return { request, wire in
                        let response = try wire.send(request)
                        let path = wire.segments(of: request).joined(separator: "/")
                        guard request.method == .get, lists[path] != nil else { return response }
                        if Query(parsing: request.queryText ?? "")["page"] ?? "1" == "1" {
                            totals[path] = response.json?["total"]
                        }
                        return response.editingBody { body in body.editing("total") { totals[path] ?? $0 } }
                    }
                }
            ]),
        Mechanism(
            "sort-check", "A list that is not sorted is not read twice: the second reading shows what the first did.",
            [
                .wire(.rackbeat) {
                    /// The pages of the latest reading, and what was requested last, without its page.
                    var pages: [String: Response] = [:]
                    var latest = ""
                    var totals: [Int] = []
                    var isRepeated = false
                    return { request, wire in
                        let path = wire.segments(of: request).joined(separator: "/")
                        let query = Query(parsing: request.queryText ?? "")
                        guard request.method == .get, lists[path] != nil else {
                            latest = ""
                            return try wire.send(request)
                        }
                        let list = path + "?" + query.without("page").text
                        if query["page"] ?? "1" == "1" {
                            // What begins anew because a row went away is read again rightly.
                            isRepeated = list == latest && !isRepeated && !zip(totals, totals.dropFirst()).contains { $0 > $1 }
                            if !isRepeated { (pages, totals) = ([:], []) }
                        }
                        latest = list
                        if isRepeated, let page = pages[request.target] { return page }
                        let response = try wire.send(request)
                        pages[request.target] = response
                        if let total = response.json?["total"]?.int { totals.append(total) }
                        return response
                    }
                }
            ]),
        Mechanism(
            "lines-missing-in-lists", "A document that the list shows without its lines seems to have none.",
            [
                inLists { body, name in
                    body.editing("\(name).*") { row in
                        guard case .object(var object) = row, name != "products", object["lines"]?.array == nil else {
                            return row
                        }
                        object["lines"] = .array([])
                        return .object(object)
                    }
                }
            ]),
        Mechanism(
            "services-are-no-goods", "Every product seems to be kept in stock.",
            [
                .wire(.rackbeat) {
                    { request, wire in
                        try wire.send(request).editingBody { body in
                            var body = body
                            for path in ["product", "products.*"] {
                                body = body.editing(path + ".inventory_enabled") { _ in true }
                                    .editing(path + ".group.has_inventory") { _ in true }
                            }
                            return body
                        }
                    }
                },
                .journal(
                    triggers: """
                        CREATE TRIGGER services AFTER INSERT ON products_without_inventory BEGIN
                            DELETE FROM products_without_inventory WHERE connection = NEW.connection AND item = NEW.item;
                        END
                        """),
            ]),
        Mechanism(
            "back-orders", "The warehouse does not say of which order one is the rest.",
            [
                inDocuments { body in
                    body.editing("orderInfo.advanced.backOrderInfo") { _ in nil }
                        .editing("*.orderInfo.advanced.backOrderInfo") { _ in nil }
                }
            ]),
        Mechanism(
            "reported-quantities", "The warehouse does not say what was reported to it.",
            [
                inDocuments { body in
                    var body = body
                    for path in ["orderLines.*", "*.orderLines.*"] {
                        body = body.editing(path + ".reportedNumberOfItems") { _ in nil }
                    }
                    for path in ["purchaseOrderLines.*", "*.purchaseOrderLines.*"] {
                        body = body.editing(path + ".reportedReturnedNumberOfItems") { _ in nil }
                            .editing(path + ".reportedNumberOfItems") { _ in nil }
                    }
                    return body
                }
            ]),
        Mechanism(
            "cursor-stays-in-the-present", "Each cursor follows the newest change of its list, also one in the future.",
            [
                .wire(.rackbeat) {
                    var cursors: [String: Moment] = [:]
                    var newest: [String: Moment] = [:]
                    return { request, wire in
                        let path = wire.segments(of: request).joined(separator: "/")
                        guard request.method == .get, let name = lists[path] else { return try wire.send(request) }
                        if Query(parsing: request.queryText ?? "")["page"] ?? "1" == "1" { cursors[path] = newest[path] }
                        let response = try wire.send(request)
                        let times = (response.json?[name]?.array ?? []).compactMap { changed($0) }
                        if let latest = times.max() { newest[path] = max(newest[path] ?? latest, latest) }
                        guard let cursor = cursors[path] else { return response }
                        return response.editingBody { body in
                            body.editing("\(name).*") { row in
                                guard let time = changed(row), time < cursor else { return row }
                                return nil
                            }
                        }
                    }
                }
            ]),
        Mechanism("cursor-waits-for-its-page", asIn: ["cursor-moved-before-the-page"]),
        Mechanism("equal-timestamps", asIn: ["equal-timestamps-skipped"]),
        Mechanism("warehouse-window", asIn: ["cursor-older-than-the-window"]),
        Mechanism("returned-orders", asIn: ["returned-order-left-out"]),
        Mechanism(
            "cancellations-by-the-warehouse",
            "What the warehouse cancelled by itself seems to be open, wherever it is shown.",
            [
                .wire(.ongoing) {
                    var requested: Set<String> = []
                    return { request, wire in
                        let response = try wire.send(request)
                        let path = wire.segments(of: request)
                        guard let resource = path.first, ["orders", "purchaseOrders"].contains(resource), path.count <= 2 else {
                            return response
                        }
                        if request.method == .delete { requested.insert(path.joined(separator: "/")) }
                        guard request.method == .get else { return response }
                        func disguise(_ document: JSON) -> JSON {
                            var document = document
                            for (info, id, status, number) in [
                                ("orderInfo", "orderId", "orderStatus", 1000),
                                ("purchaseOrderInfo", "purchaseOrderId", "purchaseOrderStatus", 900),
                            ] {
                                guard let value = document[info]?[id]?.idText, !requested.contains("\(resource)/\(value)"),
                                    document[info]?[status]?["number"]?.int == number
                                else { continue }
                                document = document.editing("\(info).\(status).number") { _ in JSON(200) }
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
            "check-of-statuses", "The warehouse does not say which statuses it has.",
            [
                .wire(.ongoing) {
                    { request, wire in
                        let response = try wire.send(request)
                        guard
                            isCall(request, wire, .get, "orders/statuses")
                                || isCall(request, wire, .get, "purchaseOrders/statuses")
                        else { return response }
                        return response.editingBody { $0.editing("orderStatuses") { _ in .array([]) } }
                    }
                }
            ]),
        Mechanism("cancellations-in-the-warehouse", asIn: ["cancelled-order-left-out"]),
        Mechanism("later-statuses", asIn: ["status-compared-with-equals"]),
        Mechanism("later-picks", asIn: ["sent-order-never-read-again"]),
        Mechanism("equal-adjustments-are-two", asIn: ["second-adjustment-lost"]),
        Mechanism("html-is-no-success", asIn: ["html-taken-as-success"]),
        Mechanism("server-errors-pass", asIn: ["server-error-as-refusal"]),
        Mechanism("own-location-alone", asIn: ["lines-of-another-location-sent"]),
        Mechanism("own-lines-alone", asIn: ["lines-of-another-connection-shipped"]),
        Mechanism("received-at-own-location", asIn: ["lines-of-another-location-received"]),
    ]
}
