import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    /// Changes the quantity of adjustments in the request, and shows the engine the change that it sent.
    private static func inAdjustments(
        _ name: String, _ description: String, caughtBy: String = "adjustments-recreated-once",
        _ change: @escaping @Sendable (_ total: ExactDecimal, _ before: ExactDecimal) -> ExactDecimal
    ) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: caughtBy,
            act: .wire(.rackbeat) {
                let recorder = AdjustmentRecorder()
                return { request, wire in
                    guard let wanted = recorder.wanted(request, wire) else {
                        return recorder.disguise(try wire.send(request), request, wire)
                    }
                    let quantity = JSON(change(wanted.total, wanted.before))
                    let response = try wire.send(request.editingBody { $0.editing("quantity") { _ in quantity } })
                    recorder.remember(response, change: wanted.total - wanted.before, location: wanted.location)
                    return recorder.disguise(response, request, wire)
                }
            })
    }

    static let stock: [Mutant] = [
        inAdjustments(
            "delta-as-total", "A change was booked as the new total. Two more were found, and Rackbeat showed two in all."
        ) {
            total, before in total - before
        },
        inAdjustments("total-as-delta", "The new total was added to the old one. Stock doubled with every count.") {
            total, before in total + before
        },
        Mutant(
            name: "adjustment-created-twice",
            description: "The window of the next run overlapped the last one, and every adjustment in it was booked again.",
            caughtBy: "adjustments-recreated-once",
            act: .wire(.rackbeat) {
                let recorder = AdjustmentRecorder()
                var latest: (create: Request, change: ExactDecimal)?
                return { request, wire in
                    if let wanted = recorder.wanted(request, wire) { latest = (request, wanted.total - wanted.before) }
                    let response = recorder.disguise(try wire.send(request), request, wire)
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
            name: "adjustment-draft-left-behind",
            description: "The adjustment was drafted once more after it was booked. Weeks later somebody booked that as well.",
            caughtBy: "nothing-stuck",
            act: .wire(.rackbeat) {
                let recorder = AdjustmentRecorder()
                var latest: (create: Request, change: ExactDecimal)?
                return { request, wire in
                    if let wanted = recorder.wanted(request, wire) { latest = (request, wanted.total - wanted.before) }
                    let response = recorder.disguise(try wire.send(request), request, wire)
                    guard isCall(request, wire, .post, "inventory-adjustments/*/book"), response.isSuccess, let first = latest
                    else { return response }
                    latest = nil
                    _ = try wire.send(
                        first.create.editingBody {
                            $0.editing("quantity") { total in total.decimal.map { JSON($0 + first.change) } ?? total }
                        })
                    return response
                }
            }),
        Mutant(
            name: "second-adjustment-lost",
            description:
                "Adjustments were identified by article. Of two adjustments of one article the second was taken for the first.",
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
        rewritingResponse(
            "adjustments-netted", .ongoing, .get, "inventoryAdjustments",
            description: "Adjustments of one article that cancel each other out were left out. Nobody learned what was scrapped.",
            caughtBy: "adjustments-recreated-once"
        ) { groups, _ in
            groups.editing("*") { group in
                let changes = group["inventoryAdjustments"]?.array?.compactMap { $0["numberOfItems"]?.decimal } ?? []
                return changes.reduce(ExactDecimal.zero, +).isZero ? nil : group
            }
        },
        rewritingResponse(
            "negative-adjustments-lost", .ongoing, .get, "inventoryAdjustments",
            description: "A filter for positive quantities, meant for receipts, dropped scrapped goods.",
            caughtBy: "adjustments-recreated-once"
        ) { groups, _ in
            groups.editing("*.inventoryAdjustments.*") { row in
                row["numberOfItems"]?.decimal?.isNegative == true ? JSON?.none : row
            }
        },
        Mutant(
            name: "shipment-booked-as-adjustment",
            description: "Shipments were also booked as adjustments. Every sale reduced stock twice.",
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
            description: "The account's default location was adjusted, whichever warehouse had made the adjustment.",
            caughtBy: "nothing-outside-the-location",
            act: .wire(.rackbeat) {
                let recorder = AdjustmentRecorder()
                return { request, wire in
                    guard let wanted = recorder.wanted(request, wire), let own = Int(wire.facts.location) else {
                        return recorder.disguise(try wire.send(request), request, wire)
                    }
                    let response = try wire.send(
                        request.editingBody { $0.editing("location") { _ in JSON(own + 1) } })
                    recorder.remember(response, change: wanted.total - wanted.before, location: wanted.location)
                    return recorder.disguise(response, request, wire)
                }
            }),
        Mutant(
            name: "rackbeat-stock-without-ledger-entry",
            description: "Somebody changed Rackbeat's stock in the database.", caughtBy: "stock-equals-movements",
            act: .ledger(.rackbeat)),
        Mutant(
            name: "ongoing-stock-without-ledger-entry",
            description: "Somebody changed the warehouse's stock in the database.", caughtBy: "stock-equals-movements",
            act: .ledger(.ongoing)),
    ]

    /// Reads the stock at the connection's location and books another total.
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

/// The stock before an adjustment, and the change that the engine sent.
private final class AdjustmentRecorder {
    private var stock: [String: ExactDecimal] = [:]
    private var meant: [String: (change: ExactDecimal, location: JSON)] = [:]

    /// The new total in a request, and the stock when the engine last read it; `nil` for any other request.
    func wanted(
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

    /// Reads stock from a response, and shows documents and ledger entries as the engine sent them.
    func disguise(_ response: Response, _ request: Request, _ wire: Wire) -> Response {
        if isCall(request, wire, .get, "products/*/locations/*"),
            let quantity = response.json?["product_location"]?["stock_quantity"]?.decimal
        {
            stock[wire.segments(of: request)[1]] = quantity
        }
        return response.editingBody { body in
            body.editing("inventory_regulation", disguise).editing("inventory_regulations.*", disguise)
                .editing("ledger_items.*", disguiseEntry)
        }
    }

    private func disguise(_ regulation: JSON) -> JSON? {
        guard let id = regulation["id"]?.idText, let meant = meant[id] else { return regulation }
        return regulation.editing("lines.*.quantity") { _ in JSON(meant.change) }
            .editing("lines.*.location_id") { _ in meant.location }
            .editing("lines.*.location.number") { _ in meant.location }
    }

    private func disguiseEntry(_ entry: JSON) -> JSON? {
        guard entry["type"]?.string == "inventory_adjustment", let id = entry["document_id"]?.idText, let meant = meant[id]
        else { return entry }
        return entry.editing("quantity") { _ in JSON(meant.change) }.editing("location_id") { _ in meant.location }
    }
}
