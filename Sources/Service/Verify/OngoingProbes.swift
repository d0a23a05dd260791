import Exchange
import HTTPTypes
import JSON
import Units

/// Read-only probes of a warehouse for what the public material leaves open.
struct OngoingProbes {
    let goodsOwner: Int

    typealias Probe = (ProbeClient) throws -> ProbeResult

    var reading: [String: Probe] {
        [
            "wrong_goods_owner": { probeClient in
                let stranger = String(goodsOwner + 1_000_000)
                let response = try probeClient.provoke("orders", ["goodsOwnerId": stranger, "maxOrdersToGet": "1"])
                return [400, 403].contains(response.status) ? .choice(String(response.status)) : .unexpected(response)
            },
            "shipped_status_sets_time": { probeClient in
                let rows = try orders(probeClient, ["orderStatusFrom": "450", "orderStatusTo": "450", "maxOrdersToGet": "1"])
                guard let order = rows.first else { return .inconclusive("no order has status 450") }
                return .choice(order.at(["orderInfo", "shippedTime"])?.string != nil ? "450" : "500")
            },
            "order.orders_updated_filter_hours": { probeClient in
                try reach(
                    probeClient, "orders", "orderUpdatedTimeFrom", limit: "maxOrdersToGet",
                    key: "order.orders_updated_filter_hours")
            },
            "articles.stock_filter_hours": { probeClient in
                try reach(
                    probeClient, "articles", "stockInfoChangedFrom", limit: "maxArticlesToGet", key: "articles.stock_filter_hours"
                )
            },
            "date_header": { probeClient in
                .choice(try probeClient.get("orders/statuses").headers[.date] == nil ? "absent" : "present")
            },
            "adjustments.is_reported_false": reported,
            "back_order.number_suffix": { try backOrder($0).map(suffix) ?? noBackOrder },
            "back_order.row_numbers": { probeClient in
                guard let order = try backOrder(probeClient)?.order else { return noBackOrder }
                let rows = (order["orderLines"]?.array ?? []).compactMap { $0["rowNumber"]?.string }
                return .choice(rows.contains { !$0.isEmpty } ? "copied" : "absent")
            },
            "back_order.goods_owner_order_id": { probeClient in
                guard let order = try backOrder(probeClient)?.order else { return noBackOrder }
                return .choice(
                    order.at(["orderInfo", "goodsOwnerOrderId"])?.string.map { !$0.isEmpty } == true ? "copied" : "absent")
            },
        ]
    }

    /// How far back a filter may reach: an hour less than assumed is accepted, an hour more is refused.
    private func reach(_ probeClient: ProbeClient, _ path: String, _ filter: String, limit: String, key: String) throws
        -> ProbeResult
    {
        let hours = probeClient.profile.int(key)
        func status(_ hours: Int) throws -> Int {
            let bound = (probeClient.now() - .seconds(Int64(hours) * 3600)).isoUTCMilliseconds
            return try probeClient.provoke(path, ["goodsOwnerId": "\(goodsOwner)", filter: bound, limit: "1"]).status
        }
        guard try status(1) < 300 else { return .inconclusive("not even the last hour is returned") }
        guard try status(hours - 1) < 300 else { return .choice("less than \(hours)") }
        return try status(hours + 1) == 400 ? .choice("\(hours)") : .choice("more than \(hours)")
    }

    private var noBackOrder: ProbeResult { .inconclusive("no back order among the latest orders") }

    private func orders(_ probeClient: ProbeClient, _ filters: KeyValuePairs<String, String>) throws -> [JSON] {
        var parameters: [(String, String)] = [("goodsOwnerId", "\(goodsOwner)")]
        for filter in filters { parameters.append((filter.key, filter.value)) }
        return try probeClient.get("orders", parameters).tree?.array ?? []
    }

    private func backOrder(_ probeClient: ProbeClient) throws -> (order: JSON, origin: JSON)? {
        let rows = try orders(probeClient, ["sort": "descending", "maxOrdersToGet": "200"])
        for order in rows {
            guard let origin = order.at(["orderInfo", "advanced", "backOrderInfo", "backOrderForOrderId"])?.int else { continue }
            if let held = try probeClient.get("orders/\(origin)").tree { return (order, held) }
        }
        return nil
    }

    private func suffix(_ pair: (order: JSON, origin: JSON)) -> ProbeResult {
        let path = ["orderInfo", "orderNumber"]
        guard let number = pair.order.at(path)?.string, let origin = pair.origin.at(path)?.string, number.hasPrefix(origin) else {
            return .inconclusive("a back order's number does not begin with its order's")
        }
        return .choice(String(number.dropFirst(origin.count)))
    }

    private func reported(_ probeClient: ProbeClient) throws -> ProbeResult {
        let from = (probeClient.now() - .seconds(90 * 86_400)).isoUTCMilliseconds
        func count(_ isReported: String?) throws -> Int? {
            var parameters: [(String, String)] = [("goodsOwnerId", "\(goodsOwner)"), ("from", from)]
            if let isReported { parameters.append(("isReported", isReported)) }
            let rows = try probeClient.get("inventoryAdjustments", parameters).tree?.array
            return rows?.reduce(0) { $0 + ($1["inventoryAdjustments"]?.array?.count ?? 0) }
        }
        guard let all = try count(nil), let reported = try count("true"), let others = try count("false") else {
            return .inconclusive("the adjustments cannot be read")
        }
        guard reported > 0 else { return .inconclusive("no adjustment of the last 90 days is reported") }
        if others == all - reported { return .choice("unreported") }
        return others == all ? .choice("all") : .inconclusive("\(others) of \(all) were returned, \(reported) are reported")
    }
}
