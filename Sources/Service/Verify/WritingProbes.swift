import Exchange
import HTTPTypes
import JSON
import Trade
import Units

/// Probes that write, for a test account: nothing of them is left when they are done.
final class WritingProbes {
    typealias Probe = (Prober) throws -> Sighting

    private let location: String
    /// What the adjustment probe saw, by key; made once for all of them.
    private var adjustment: [String: Sighting]?

    init(location: LocationNumber) { self.location = location.text }

    var rackbeat: [String: Probe] {
        var probes: [String: Probe] = [
            "error_message_key": { prober in
                let response = try prober.write(.post, "webhooks", [:], isProvoking: true)
                guard response.status == 422, let body = try? JSON.parse(response.body), body["errors"] != nil else {
                    return .odd(response)
                }
                return .choice(body["message"] != nil ? "both" : "errors")
            }
        ]
        let keys = ["adjustment.line_quantity", "adjustment.needs_booking", "adjustment.deletable", "adjustment.zero_change"]
        for key in keys {
            probes[key] = { [self] prober in
                let seen = try adjustment ?? adjust(prober)
                adjustment = seen
                return seen[key] ?? .nothing("the draft that would show it could not be made")
            }
        }
        return probes
    }

    func ongoing(goodsOwner: Int) -> [String: Probe] {
        let refusal: (Prober) throws -> JSON? = { prober in
            let response = try prober.write(.put, "orders", ["goodsOwnerId": JSON(goodsOwner)], isProvoking: true)
            return response.status == 400 ? try? JSON.parse(response.body) : nil
        }
        return [
            "error.key_case": { prober in
                guard let body = try refusal(prober) else {
                    return .nothing("an order without a number was not refused with 400")
                }
                return body["message"] != nil
                    ? .choice("lower") : body["Message"] != nil ? .choice("upper") : .nothing("it says no message")
            },
            "error.shape": { prober in
                guard let names = try refusal(prober)?.object?.names.map({ $0.lowercased() }) else {
                    return .nothing("an order without a number was not refused with 400")
                }
                return names.contains("message") && names.contains("modelstate")
                    ? .choice("message_and_model_state") : .choice(names.joined(separator: ", "))
            },
        ]
    }

    // MARK: Adjustments

    private static let reason = "Tandem verify, to be deleted"

    /// Makes a draft that would add one, looks at it and at the stock, and deletes it. Should the account book at once, the
    /// one is taken off again.
    private func adjust(_ prober: Prober) throws -> [String: Sighting] {
        guard let (item, stock) = try sample(prober) else { return [:] }
        var seen: [String: Sighting] = [:]
        let made = try create(item, stock + Self.one, prober)
        guard let draft = made.tree?["inventory_regulation"], let id = draft["id"]?.int else { return [:] }
        if let shown = draft["lines"]?[0]?["quantity"]?.quantity {
            seen["adjustment.line_quantity"] =
                shown == Self.one && stock != .zero ? .choice("change") : shown == stock + Self.one ? .choice("total") : nil
        }
        let now = try self.stock(of: item, prober)
        seen["adjustment.needs_booking"] = now.map { .flag($0 == stock) }
        let deleted = try prober.write(.delete, "inventory-adjustments/\(id)", nil)
        seen["adjustment.deletable"] = .flag(deleted.isSuccess)
        if let now, now != stock, try self.stock(of: item, prober) != stock { _ = try create(item, stock, prober) }
        let empty = try create(item, stock, prober)
        seen["adjustment.zero_change"] = empty.isSuccess ? .choice("accept") : .choice(String(empty.status))
        if let id = empty.tree?["inventory_regulation"]?["id"]?.int {
            _ = try prober.write(.delete, "inventory-adjustments/\(id)", nil)
        }
        return seen
    }

    private static let one = Quantity("1")!

    /// An item with stock at the location.
    private func sample(_ prober: Prober) throws -> (item: String, stock: Quantity)? {
        for row in try prober.get("products", ["limit": "100"]).rows("products") ?? [] {
            guard row["inventory_enabled"]?.bool != false, let item = row["number"]?.string,
                row.at(["batch_control", "is_active"])?.bool != true, row.at(["serial_numbers", "is_active"])?.bool != true,
                let stock = try stock(of: item, prober), stock.isPositive
            else { continue }
            return (item, stock)
        }
        return nil
    }

    private func stock(of item: String, _ prober: Prober) throws -> Quantity? {
        let path = "products/\(PercentEncoding.encode(item))/locations/\(PercentEncoding.encode(location))"
        return try prober.get(path, [(String, String)]()).tree?.at(["product_location", "stock_quantity"])?.quantity
    }

    private func create(_ item: String, _ total: Quantity, _ prober: Prober) throws -> Response {
        try prober.write(
            .post, "inventory-adjustments",
            [
                "item_id": .string(item), "adjustment_type": "quantity", "quantity": total.json,
                "location": Int(location).map { JSON($0) } ?? .string(location),
                "regulated_at": .string(prober.now().date(in: .copenhagen).description), "reason": .string(Self.reason),
            ])
    }
}
