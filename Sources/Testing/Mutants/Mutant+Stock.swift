import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    /// Changes the quantity of adjustments in the request; the answers show the engine the change that it meant.
    private static func inAdjustments(
        _ name: String, _ story: String, caughtBy: String = "adjustments-recreated-once",
        _ change: @escaping @Sendable (_ total: ExactDecimal, _ before: ExactDecimal) -> ExactDecimal
    ) -> Mutant {
        Mutant(
            name: name, story: story, caughtBy: caughtBy,
            act: .wire(.rackbeat) {
                let watch = AdjustmentWatch()
                return { request, wire in
                    guard let asked = watch.asked(request, wire) else {
                        return watch.dress(try wire.send(request), request, wire)
                    }
                    let quantity = JSON(change(asked.total, asked.before))
                    let response = try wire.send(request.editingBody { $0.editing("quantity") { _ in quantity } })
                    watch.remember(response, change: asked.total - asked.before, location: asked.location)
                    return watch.dress(response, request, wire)
                }
            })
    }

    static let stock: [Mutant] = [
        inAdjustments("delta-as-total", "Two were found behind a rack, and the books said that two was all there was.") {
            total, before in total - before
        },
        inAdjustments("total-as-delta", "The new total was added to the old one. Stock doubled with every count.") {
            total, before in total + before
        },
        Mutant(
            name: "adjustment-created-twice",
            story: "The window of the next run overlapped the last one, and every adjustment in it was booked again.",
            caughtBy: "adjustments-recreated-once",
            act: .wire(.rackbeat) {
                let watch = AdjustmentWatch()
                var latest: (create: Request, change: ExactDecimal)?
                return { request, wire in
                    if let asked = watch.asked(request, wire) { latest = (request, asked.total - asked.before) }
                    let response = watch.dress(try wire.send(request), request, wire)
                    guard isCall(request, wire, .post, "inventory-adjustments/*/book"), response.isSuccess, let first = latest
                    else { return response }
                    latest = nil
                    let again = first.create.editingBody {
                        $0.editing("quantity") { total in total.decimal.map { JSON($0 + first.change) } ?? total }
                    }
                    try book(again, confirmingLike: request, wire)
                    return response
                }
            }),
        Mutant(
            name: "second-adjustment-lost",
            story: "Adjustments were told apart by their article. Of two on one article the second was taken for the first.",
            caughtBy: "adjustments-recreated-once",
            act: .wire(.ongoing) {
                var first: [String: JSON] = [:]
                return { request, wire in
                    let response = try wire.send(request)
                    guard isCall(request, wire, .get, "inventoryAdjustments") else { return response }
                    return response.editingBody { groups in
                        groups.editing("*") { group in
                            let article = group["article"]?["articleNumber"]?.string ?? ""
                            return group.editing("inventoryAdjustments.*") { row in
                                if first[article] == nil { first[article] = row["inventoryTime"] ?? .null }
                                return first[article] == row["inventoryTime"] ? row : JSON?.none
                            }
                        }
                    }
                }
            }),
        rewritingAnswer(
            "negative-adjustments-lost", .ongoing, .get, "inventoryAdjustments",
            story: "A filter for positive quantities, meant for receipts, dropped everything that was scrapped.",
            caughtBy: "adjustments-recreated-once"
        ) { groups, _ in
            groups.editing("*.inventoryAdjustments.*") { row in
                row["numberOfItems"]?.decimal?.isNegative == true ? JSON?.none : row
            }
        },
        Mutant(
            name: "shipment-booked-as-adjustment",
            story: "What was shipped was also booked as a correction. Every sale left the shelf twice.",
            caughtBy: "adjustments-recreated-once",
            act: .wire(.rackbeat) {
                var lines: [String: JSON] = [:]
                return { request, wire in
                    let response = try wire.send(request)
                    if isCall(request, wire, .post, "orders/*/create-shipment"),
                        let shipment = response.json?["order_shipment"], let id = shipment["id"]?.idText
                    {
                        lines[id] = shipment["lines"]?[0]
                    }
                    guard isCall(request, wire, .post, "orders/shipments/*/mark-shipped"), response.isSuccess,
                        let line = lines[wire.segments(of: request)[2]], let item = line["child_id"]?.string,
                        let shipped = line["quantity"]?.decimal
                    else { return response }
                    try correct(item, by: -shipped, asIn: request, wire)
                    return response
                }
            }),
        Mutant(
            name: "adjustment-at-another-location",
            story: "The account's default location was adjusted, whichever warehouse had counted.",
            caughtBy: "nothing-outside-the-location",
            act: .wire(.rackbeat) {
                let watch = AdjustmentWatch()
                return { request, wire in
                    guard let asked = watch.asked(request, wire), let own = Int(wire.facts.location) else {
                        return watch.dress(try wire.send(request), request, wire)
                    }
                    let response = try wire.send(
                        request.editingBody { $0.editing("location") { _ in JSON(own + 1) } })
                    watch.remember(response, change: asked.total - asked.before, location: asked.location)
                    return watch.dress(response, request, wire)
                }
            }),
        Mutant(
            name: "rackbeat-stock-without-ledger-entry",
            story: "Somebody mended the shop's stock in the database.", caughtBy: "stock-equals-movements",
            act: .ledger(.rackbeat)),
        Mutant(
            name: "ongoing-stock-without-ledger-entry",
            story: "Somebody mended the warehouse's stock in the database.", caughtBy: "stock-equals-movements",
            act: .ledger(.ongoing)),
    ]

    /// Reads what lies at the connection's location and books another total.
    private static func correct(_ item: String, by change: ExactDecimal, asIn request: Request, _ wire: Wire) throws {
        var look = request
        look.method = .get
        look.body = []
        look.target = "\(wire.facts.basePath)/products/\(PercentEncoding.encode(item))/locations/\(wire.facts.location)"
        guard let stock = try wire.send(look).json?["product_location"]?["stock_quantity"]?.decimal else { return }
        var create = request
        create.target = "\(wire.facts.basePath)/inventory-adjustments"
        let body: JSON = [
            "item_id": .string(item), "adjustment_type": "quantity", "quantity": JSON(stock + change),
            "location": Int(wire.facts.location).map { JSON($0) } ?? .null, "regulated_at": "2026-01-01", "reason": "Shipped",
        ]
        create.body = body.serialized
        try book(create, confirmingLike: request, wire)
    }

    private static func book(_ create: Request, confirmingLike request: Request, _ wire: Wire) throws {
        guard let id = try wire.send(create).json?["inventory_regulation"]?["id"]?.idText else { return }
        var confirm = request
        confirm.target = "\(wire.facts.basePath)/inventory-adjustments/\(id)/book"
        _ = try wire.send(confirm)
    }
}

/// What was read before an adjustment, and what the engine meant by it.
private final class AdjustmentWatch {
    private var stock: [String: ExactDecimal] = [:]
    private var meant: [String: (change: ExactDecimal, location: JSON)] = [:]

    /// The new total that a request asks for, and what lay there when the engine last looked; `nil` for any other request.
    func asked(
        _ request: Request, _ wire: Wire
    ) -> (total: ExactDecimal, before: ExactDecimal, location: JSON)? {
        guard isCall(request, wire, .post, "inventory-adjustments"), let body = request.json,
            let item = body["item_id"]?.string, let total = body["quantity"]?.decimal
        else { return nil }
        return (total, stock[item] ?? .zero, body["location"] ?? .null)
    }

    func remember(_ response: Response, change: ExactDecimal, location: JSON) {
        guard let id = response.json?["inventory_regulation"]?["id"]?.idText else { return }
        meant[id] = (change, location)
    }

    /// Learns from an answer what lies where, and shows documents and ledger entries as they were meant.
    func dress(_ response: Response, _ request: Request, _ wire: Wire) -> Response {
        if isCall(request, wire, .get, "products/*/locations/*"),
            let quantity = response.json?["product_location"]?["stock_quantity"]?.decimal
        {
            stock[wire.segments(of: request)[1]] = quantity
        }
        return response.editingBody { body in
            body.editing("inventory_regulation", dress).editing("inventory_regulations.*", dress)
                .editing("ledger_items.*", dressEntry)
        }
    }

    private func dress(_ regulation: JSON) -> JSON? {
        guard let id = regulation["id"]?.idText, let meant = meant[id] else { return regulation }
        return regulation.editing("lines.*.quantity") { _ in JSON(meant.change) }
            .editing("lines.*.location_id") { _ in meant.location }
            .editing("lines.*.location.number") { _ in meant.location }
    }

    private func dressEntry(_ entry: JSON) -> JSON? {
        guard entry["type"]?.string == "inventory_adjustment", let id = entry["document_id"]?.idText, let meant = meant[id]
        else { return entry }
        return entry.editing("quantity") { _ in JSON(meant.change) }.editing("location_id") { _ in meant.location }
    }
}
