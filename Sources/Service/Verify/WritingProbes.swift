import Exchange
import HTTPTypes
import JSON
import Trade
import Units

/// Probes that write, for a test account. They leave nothing behind.
final class WritingProbes {
    typealias Probe = (ProbeClient) throws -> ProbeResult

    private let location: String
    /// What the adjustment probe saw, by key; made once for all of them.
    private var adjustment: [String: ProbeResult]?

    init(location: LocationNumber) { self.location = location.text }

    var rackbeat: [String: Probe] {
        var probes: [String: Probe] = [
            "error_message_key": { probeClient in
                let response = try probeClient.write(.post, "webhooks", [:], isProvoking: true)
                guard response.status == 422, let body = try? JSON.parse(response.body), body["errors"] != nil else {
                    return .unexpected(response)
                }
                return .choice(body["message"] != nil ? "both" : "errors")
            }
        ]
        let keys = ["adjustment.line_quantity", "adjustment.needs_booking", "adjustment.deletable", "adjustment.zero_change"]
        for key in keys {
            probes[key] = { [self] probeClient in
                let seen = try adjustment ?? adjust(probeClient)
                adjustment = seen
                return seen[key] ?? .inconclusive("the draft that would show it could not be made")
            }
        }
        return probes
    }

    func ongoing(goodsOwner: Int) -> [String: Probe] {
        let refusal: (ProbeClient) throws -> JSON? = { probeClient in
            let response = try probeClient.write(.put, "orders", ["goodsOwnerId": JSON(goodsOwner)], isProvoking: true)
            return response.status == 400 ? try? JSON.parse(response.body) : nil
        }
        return [
            "error.key_case": { probeClient in
                guard let body = try refusal(probeClient) else {
                    return .inconclusive("an order without a number was not refused with 400")
                }
                return body["message"] != nil
                    ? .choice("lower") : body["Message"] != nil ? .choice("upper") : .inconclusive("the body has no message")
            },
            "error.shape": { probeClient in
                guard let names = try refusal(probeClient)?.object?.names.map({ $0.lowercased() }) else {
                    return .inconclusive("an order without a number was not refused with 400")
                }
                return names.contains("message") && names.contains("modelstate")
                    ? .choice("message_and_model_state") : .choice(names.joined(separator: ", "))
            },
        ]
    }

    // MARK: Adjustments

    private static let reason = "Tandem verify, to be deleted"

    /// Makes a draft that would add one, looks at it and at the stock, and deletes it. If the account booked at once, the one is
    /// taken off again.
    private func adjust(_ probeClient: ProbeClient) throws -> [String: ProbeResult] {
        guard let (item, stock) = try sample(probeClient) else { return [:] }
        var seen: [String: ProbeResult] = [:]
        let made = try create(item, stock + Self.one, probeClient)
        guard let draft = made.tree?["inventory_regulation"], let id = draft["id"]?.int else { return [:] }
        if let shown = draft["lines"]?[0]?["quantity"]?.quantity {
            seen["adjustment.line_quantity"] =
                shown == Self.one && stock != .zero ? .choice("change") : shown == stock + Self.one ? .choice("total") : nil
        }
        let now = try self.stock(of: item, probeClient)
        seen["adjustment.needs_booking"] = now.map { .flag($0 == stock) }
        let deleted = try probeClient.write(.delete, "inventory-adjustments/\(id)", nil)
        seen["adjustment.deletable"] = .flag(deleted.isSuccess)
        if let now, now != stock, try self.stock(of: item, probeClient) != stock { _ = try create(item, stock, probeClient) }
        let empty = try create(item, stock, probeClient)
        seen["adjustment.zero_change"] = empty.isSuccess ? .choice("accept") : .choice(String(empty.status))
        if let id = empty.tree?["inventory_regulation"]?["id"]?.int {
            _ = try probeClient.write(.delete, "inventory-adjustments/\(id)", nil)
        }
        return seen
    }

    private static let one = Quantity("1")!

    /// An item with stock at the location.
    private func sample(_ probeClient: ProbeClient) throws -> (item: String, stock: Quantity)? {
        for row in try probeClient.get("products", ["limit": "100"]).rows("products") ?? [] {
            guard row["inventory_enabled"]?.bool != false, let item = row["number"]?.string,
                row.at(["batch_control", "is_active"])?.bool != true, row.at(["serial_numbers", "is_active"])?.bool != true,
                let stock = try stock(of: item, probeClient), stock.isPositive
            else { continue }
            return (item, stock)
        }
        return nil
    }

    private func stock(of item: String, _ probeClient: ProbeClient) throws -> Quantity? {
        let path = "products/\(PercentEncoding.encode(item))/locations/\(PercentEncoding.encode(location))"
        return try probeClient.get(path, [(String, String)]()).tree?.at(["product_location", "stock_quantity"])?.quantity
    }

    private func create(_ item: String, _ total: Quantity, _ probeClient: ProbeClient) throws -> Response {
        try probeClient.write(
            .post, "inventory-adjustments",
            [
                "item_id": .string(item), "adjustment_type": "quantity", "quantity": total.json,
                "location": Int(location).map { JSON($0) } ?? .string(location),
                "regulated_at": .string(probeClient.now().date(in: .copenhagen).description), "reason": .string(Self.reason),
            ])
    }
}
