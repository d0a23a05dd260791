import Exchange
import HTTPTypes
import JSON
import Units

/// The same for a warehouse.
struct OngoingProbes {
    let goodsOwner: Int

    typealias Probe = (Prober) throws -> Sighting

    var reading: [String: Probe] {
        [
            "wrong_goods_owner": { prober in
                let stranger = String(goodsOwner + 1_000_000)
                let response = try prober.provoke("orders", ["goodsOwnerId": stranger, "maxOrdersToGet": "1"])
                return [400, 403].contains(response.status) ? .choice(String(response.status)) : .odd(response)
            },
            "shipped_status_sets_time": { prober in
                let rows = try orders(prober, ["orderStatusFrom": "450", "orderStatusTo": "450", "maxOrdersToGet": "1"])
                guard let order = rows.first else { return .nothing("no order stands at 450") }
                return .choice(order.at(["orderInfo", "shippedTime"])?.string != nil ? "450" : "500")
            },
            "order.orders_updated_filter_hours": { prober in
                try reach(
                    prober, "orders", "orderUpdatedTimeFrom", limit: "maxOrdersToGet", key: "order.orders_updated_filter_hours")
            },
            "articles.stock_filter_hours": { prober in
                try reach(
                    prober, "articles", "stockInfoChangedFrom", limit: "maxArticlesToGet", key: "articles.stock_filter_hours")
            },
            "date_header": { prober in
                .choice(try prober.get("orders/statuses").headers[.date] == nil ? "absent" : "present")
            },
            "adjustments.is_reported_false": reported,
            "back_order.number_suffix": { try backOrder($0).map(suffix) ?? noBackOrder },
            "back_order.row_numbers": { prober in
                guard let order = try backOrder(prober)?.order else { return noBackOrder }
                let rows = (order["orderLines"]?.array ?? []).compactMap { $0["rowNumber"]?.string }
                return .choice(rows.contains { !$0.isEmpty } ? "copied" : "absent")
            },
            "back_order.goods_owner_order_id": { prober in
                guard let order = try backOrder(prober)?.order else { return noBackOrder }
                return .choice(
                    order.at(["orderInfo", "goodsOwnerOrderId"])?.string.map { !$0.isEmpty } == true ? "copied" : "absent")
            },
        ]
    }

    /// How far back a filter may reach: an hour less than assumed is taken, an hour more is refused.
    private func reach(_ prober: Prober, _ path: String, _ filter: String, limit: String, key: String) throws -> Sighting {
        let hours = prober.profile.int(key)
        func status(_ hours: Int) throws -> Int {
            let bound = (prober.now() - .seconds(Int64(hours) * 3600)).isoUTCMilliseconds
            return try prober.provoke(path, ["goodsOwnerId": "\(goodsOwner)", filter: bound, limit: "1"]).status
        }
        guard try status(hours - 1) < 300 else { return .choice("less than \(hours)") }
        return try status(hours + 1) == 400 ? .choice("\(hours)") : .choice("more than \(hours)")
    }

    private var noBackOrder: Sighting { .nothing("no back order among the latest orders") }

    private func orders(_ prober: Prober, _ filters: KeyValuePairs<String, String>) throws -> [JSON] {
        var parameters: [(String, String)] = [("goodsOwnerId", "\(goodsOwner)")]
        for filter in filters { parameters.append((filter.key, filter.value)) }
        return try prober.get("orders", parameters).tree?.array ?? []
    }

    private func backOrder(_ prober: Prober) throws -> (order: JSON, origin: JSON)? {
        let rows = try orders(prober, ["sort": "descending", "maxOrdersToGet": "200"])
        for order in rows {
            guard let origin = order.at(["orderInfo", "advanced", "backOrderInfo", "backOrderForOrderId"])?.int else { continue }
            if let held = try prober.get("orders/\(origin)").tree { return (order, held) }
        }
        return nil
    }

    private func suffix(_ pair: (order: JSON, origin: JSON)) -> Sighting {
        let path = ["orderInfo", "orderNumber"]
        guard let number = pair.order.at(path)?.string, let origin = pair.origin.at(path)?.string, number.hasPrefix(origin) else {
            return .nothing("a back order's number does not begin with its order's")
        }
        return .choice(String(number.dropFirst(origin.count)))
    }

    private func reported(_ prober: Prober) throws -> Sighting {
        let from = (prober.now() - .seconds(90 * 86_400)).isoUTCMilliseconds
        func count(_ isReported: String?) throws -> Int? {
            var parameters: [(String, String)] = [("goodsOwnerId", "\(goodsOwner)"), ("from", from)]
            if let isReported { parameters.append(("isReported", isReported)) }
            let rows = try prober.get("inventoryAdjustments", parameters).tree?.array
            return rows?.reduce(0) { $0 + ($1["inventoryAdjustments"]?.array?.count ?? 0) }
        }
        guard let all = try count(nil), let reported = try count("true"), let others = try count("false") else {
            return .nothing("the adjustments cannot be read")
        }
        guard reported > 0 else { return .nothing("no adjustment of the last 90 days is reported") }
        if others == all - reported { return .choice("unreported") }
        return others == all ? .choice("all") : .nothing("\(others) of \(all) came, \(reported) are reported")
    }
}
