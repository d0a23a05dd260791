import Exchange
import HTTPTypes
import JSON
import Units

/// Looks at a real account for what the public material leaves open, without changing anything there.
enum RackbeatProbes {
    typealias Probe = (Prober) throws -> Sighting

    /// By key of the ledger.
    static var reading: [String: Probe] {
        [
            "list_status": { prober in
                let response = try products(prober)
                return response.isSuccess ? .choice(String(response.status)) : .odd(response)
            },
            "default_limit": { prober in
                let response = try prober.get("products")
                return response.tree?["limit"]?.int.map { .choice(String($0)) } ?? .odd(response)
            },
            "max_limit": { prober in
                let response = try prober.provoke("products", ["limit": "1001"])
                return response.tree?["limit"]?.int.map { .choice(String($0)) } ?? .odd(response)
            },
            "limit_over_max": { prober in
                let response = try prober.provoke("products", ["limit": "100000"])
                if response.status == 422 { return .choice("422") }
                guard let limit = response.tree?["limit"]?.int else { return .odd(response) }
                return limit < 100_000 ? .choice("clamp") : .nothing("a limit of 100000 is taken as it is")
            },
            "page_after_last": { prober in
                let response = try prober.get("products", ["limit": "1", "page": "1000000"])
                if response.status == 404 { return .choice("404") }
                return response.rows("products").map { $0.isEmpty ? .choice("empty") : .nothing("rows came") } ?? .odd(response)
            },
            "unknown_param": { prober in
                let response = try prober.provoke("products", ["limit": "1", "tandem_unknown": "1"])
                return response.isSuccess ? .choice("ignore") : response.status == 422 ? .choice("422") : .odd(response)
            },
            "updated_from_param": updatedFromParameter, "updated_from_inclusive": updatedFromInclusive, "time_zone": timeZone,
            "datetime_format": { prober in
                try firstRow(prober, "products") { row in
                    guard let text = row["updated_at"]?.string else { return .nothing("the product has no updated_at") }
                    return .choice(text.contains("T") ? "iso" : "sql")
                }
            },
            "require_accept_header": { prober in .flag(!(try prober.provoke("self", without: [.accept])).isSuccess) },
            "require_consumer_headers": { prober in
                let names = ["User-Agent", "Consumer-Name", "Consumer-Contact", "API-Version"].map { HTTPField.Name($0)! }
                return .flag(!(try prober.provoke("self", without: names)).isSuccess)
            },
            "url_decode_passes": decodePasses,
            "rate_limit": { prober in
                _ = try products(prober)
                return prober.rateLimit.map { .choice($0) } ?? .nothing("no answer bears X-RateLimit-Limit")
            },
            "orders.list_embeds_lines": { prober in try firstRow(prober, "orders") { .flag($0["lines"]?.array != nil) } },
            "po.list_embeds_lines": { prober in
                try firstRow(prober, "purchase-orders", "purchase_orders") { .flag($0["lines"]?.array != nil) }
            },
            "supplier.name_keys": { prober in
                try firstRow(prober, "suppliers") { row in
                    switch (row["name"] != nil, row["company_name"] != nil) {
                    case (true, true): .choice("both")
                    case (true, false): .choice("name")
                    case (false, true): .choice("company_name")
                    case (false, false): .nothing("a supplier has neither name nor company_name")
                    }
                }
            },
            "supplier.group_shape": { prober in
                try firstRow(prober, "suppliers") { row in
                    if row["supplier_group"] != nil { return .choice("object") }
                    return .choice(row["supplier_group_id"] != nil ? "id" : "absent")
                }
            },
            "delivery_terms_shape": { prober in
                let terms = try orders(prober).compactMap { $0["delivery_terms"] }.first { !$0.isNull }
                guard let terms else { return .nothing("no order among the latest has delivery terms") }
                return terms.string != nil ? .choice("string") : terms.object != nil ? .choice("object") : .nothing(terms.kind)
            },
            "order.address_name2": { prober in
                let addresses = try orders(prober).compactMap { $0["delivery_address"]?.object }
                guard !addresses.isEmpty else { return .nothing("no order among the latest has a delivery address") }
                return .choice(addresses.contains { $0["name2"] != nil } ? "present" : "absent")
            },
            "line.incl_vat_field": { prober in
                guard let line = try lines(prober, "orders").first else { return .nothing("no order line was seen") }
                return .choice(line["line_total_incl_vat"] != nil ? "line_total_incl_vat" : "absent")
            },
            "price.taxful": { prober in
                try firstRow(prober, "products") { row in
                    row["sales_price_incl_vat"] != nil
                        ? .choice("field")
                        : .nothing("no member names a price with VAT; whether sales_price is net, people must tell")
                }
            },
            "shipment.line_exposes_order_line_id": { prober in
                let response = try prober.get("order-shipments", ["limit": "1"])
                guard let line = response.rows("order_shipments")?.first?["lines"]?[0] else {
                    return .nothing("no shipment was seen")
                }
                return .flag(line["order_line_id"] != nil)
            },
            "receipt.envelope_key": receiptEnvelope,
            "cancelled_orders": { prober in
                let rows = try prober.get("orders", ["limit": "100", "is_cancelled": "true"]).rows("orders") ?? []
                return rows.contains { $0["is_cancelled"]?.bool == true }
                    ? .choice("flagged") : .nothing("no cancelled order was seen")
            },
            "ledger.shape": ledgerShape,
            "partly_shipped_when_shipped": { prober in
                let rows = try prober.get("orders", ["limit": "100", "is_shipped": "true"]).rows("orders") ?? []
                guard let flag = rows.first(where: { $0["is_shipped"]?.bool == true })?["is_partly_shipped"]?.bool else {
                    return .nothing("no shipped order was seen")
                }
                return .flag(flag)
            },
            "po.received_name": { prober in
                guard let line = try lines(prober, "purchase-orders").first else {
                    return .nothing("no purchase order line was seen")
                }
                return .choice(line["quantity_received"] != nil ? "quantity_received" : "absent")
            },
            "po.your_reference": { prober in
                try firstRow(prober, "purchase-orders", "purchase_orders") { row in
                    row["your_reference_id"] != nil
                        ? .choice("your_reference_id") : .nothing("a purchase order has no such member")
                }
            },
            "sort_param": sortParameter,
            "shipped_lists": { prober in
                let shipped = try prober.get("orders", ["limit": "100", "is_shipped": "true"]).rows("orders") ?? []
                guard let number = shipped.first(where: { $0["is_shipped"]?.bool == true })?["number"]?.key else {
                    return .nothing("no shipped order was seen")
                }
                let response = try prober.get("orders/\(number)/shipments")
                guard let answer = response.tree else { return .odd(response) }
                return answer["pages"] != nil ? .choice("paged") : .nothing("the list of an order's shipments bears no pages")
            },
            "adjustments.search": { prober in
                let rows = try prober.get("inventory-adjustments", ["limit": "100"]).rows("inventory_regulations") ?? []
                guard let reason = rows.lazy.compactMap({ $0["reason"]?.string }).first(where: { !$0.isEmpty }) else {
                    return .nothing("no adjustment with a reason was seen")
                }
                let found = try prober.get("inventory-adjustments", ["limit": "100", "search": reason])
                let finds = found.rows("inventory_regulations")?.contains { $0["reason"]?.string == reason } ?? false
                return finds ? .choice("reason") : .nothing("an adjustment is not found by its own reason")
            },
            "error.bodies": { prober in
                let response = try prober.get("orders/999999999")
                guard response.status == 404, let body = try? JSON.parse(response.body) else { return .odd(response) }
                return body["message"]?.string != nil ? .choice("message") : .nothing("a 404 carries no message")
            },
        ]
    }

    // MARK: Samples

    private static func products(_ prober: Prober) throws -> Response { try prober.get("products", ["limit": "1"]) }

    private static func firstRow(
        _ prober: Prober, _ path: String, _ key: String? = nil, _ look: (JSON) -> Sighting
    ) throws -> Sighting {
        let response = try prober.get(path, ["limit": "1"])
        guard let rows = response.rows(key ?? path) else { return .odd(response) }
        return rows.first.map(look) ?? .nothing("the list is empty")
    }

    private static func orders(_ prober: Prober) throws -> [JSON] {
        try prober.get("orders", ["limit": "100"]).rows("orders") ?? []
    }

    private static func lines(_ prober: Prober, _ path: String) throws -> [JSON] {
        let key = path.replacing("-", with: "_")
        return (try prober.get(path, ["limit": "100"]).rows(key) ?? []).flatMap { $0["lines"]?.array ?? [] }
    }

    // MARK: Time filters

    private static let lists = ["products", "orders", "purchase-orders"]

    /// A list that honours the filter is empty when asked for changes of the far future. An empty list proves nothing.
    private static func updatedFromParameter(_ prober: Prober) throws -> Sighting {
        var honouring: [String] = []
        var ignoring: [String] = []
        for list in lists {
            let key = list.replacing("-", with: "_")
            guard let all = try prober.get(list, ["limit": "1"]).rows(key), !all.isEmpty else { continue }
            let response = try prober.get(list, ["limit": "1", "updated_at_from": "2099-01-01 00:00:00"])
            guard let rows = response.rows(key) else { return .odd(response) }
            if rows.isEmpty { honouring.append(list) } else { ignoring.append(list) }
        }
        switch (honouring.isEmpty, ignoring.isEmpty) {
        case (true, true): return .nothing("every list is empty")
        case (false, true): return .choice("updated_at_from")
        case (true, false): return .choice("none")
        case (false, false):
            return .nothing(
                "honoured by \(honouring.joined(separator: ", ")), ignored by \(ignoring.joined(separator: ", "))")
        }
    }

    /// Whether the filter leaves anything out: else what comes proves nothing about its bound.
    private static func honoursFilter(_ prober: Prober) throws -> Bool {
        let response = try prober.get("products", ["limit": "1", "updated_at_from": "2099-01-01 00:00:00"])
        return response.rows("products")?.isEmpty ?? false
    }

    /// The product that changed last, and when.
    private static func newest(_ prober: Prober) throws -> (number: String, moment: Moment)? {
        var newest: (number: String, moment: Moment)?
        let parameters: KeyValuePairs = ["limit": "100", prober.profile["sort_param"]: "updated_at", "order_direction": "DESC"]
        for row in try prober.get("products", parameters).rows("products") ?? [] {
            guard let number = row["number"]?.key, let text = row["updated_at"]?.string,
                let moment = Moment(iso: text, zone: Zone(rawValue: prober.profile["time_zone"]))
            else { continue }
            if newest.map({ moment > $0.moment }) ?? true { newest = (number, moment) }
        }
        return newest
    }

    private static func comes(_ number: String, from text: String, _ prober: Prober) throws -> Bool {
        let response = try prober.get("products", ["limit": "100", "updated_at_from": text])
        return response.rows("products")?.contains { $0["number"]?.key == number } ?? false
    }

    private static func updatedFromInclusive(_ prober: Prober) throws -> Sighting {
        guard try honoursFilter(prober) else { return .nothing("the filter leaves nothing out: see updated_from_param") }
        guard let newest = try newest(prober), let zone = Zone(rawValue: prober.profile["time_zone"]) else {
            return .nothing("no product was seen")
        }
        guard try comes(newest.number, from: (newest.moment - .seconds(1)).sql(in: zone), prober) else {
            return .nothing("a product does not come a second before its own change: see updated_from_param and time_zone")
        }
        return .flag(try comes(newest.number, from: newest.moment.sql(in: zone), prober))
    }

    /// Asked by the clock of Copenhagen, a server that reads UTC looks an hour or two too late.
    private static func timeZone(_ prober: Prober) throws -> Sighting {
        guard try honoursFilter(prober) else { return .nothing("the filter leaves nothing out: see updated_from_param") }
        guard let newest = try newest(prober) else { return .nothing("no product was seen") }
        let bound = newest.moment - .seconds(1)
        guard try comes(newest.number, from: bound.sql(in: .utc), prober) else {
            return .nothing("a product does not come by either clock: see updated_from_param")
        }
        return .choice(try comes(newest.number, from: bound.sql(in: .copenhagen), prober) ? "Europe/Copenhagen" : "UTC")
    }

    /// A sort that is honoured turns the list round when its direction is turned round.
    private static func sortParameter(_ prober: Prober) throws -> Sighting {
        for name in ["order_by", "sort"] {
            func moments(_ direction: String) throws -> [Moment] {
                let response = try prober.get(
                    "products", ["limit": "2", name: "updated_at", "order_direction": direction])
                return (response.rows("products") ?? []).compactMap { row in
                    row["updated_at"]?.string.flatMap { Moment(iso: $0, zone: .copenhagen) }
                }
            }
            let (rising, falling) = (try moments("ASC"), try moments("DESC"))
            guard let first = rising.first, let last = falling.first else { return .nothing("no product was seen") }
            if first < last, rising == rising.sorted(), falling == falling.sorted(by: >) { return .choice(name) }
        }
        return .nothing("neither turned the list round; there may be too few products")
    }

    // MARK: Others

    private static func decodePasses(_ prober: Prober) throws -> Sighting {
        let rows = try prober.get("products", ["limit": "100"]).rows("products") ?? []
        let number = rows.compactMap { $0["number"]?.string }.first { PercentEncoding.encode($0) != $0 }
        guard let number else { return .nothing("no product's number needs encoding") }
        let once = PercentEncoding.encode(number)
        guard try prober.get("products/\(once)").isSuccess else { return .nothing("\(number) is not found when encoded once") }
        return .choice(try prober.get("products/\(PercentEncoding.encode(once))").isSuccess ? "2" : "1")
    }

    private static func receiptEnvelope(_ prober: Prober) throws -> Sighting {
        let list = try prober.get("purchase-order-receipts", ["limit": "1"])
        let row = list.tree?.object?.first { $0.value.array != nil }?.value[0]
        guard let row, let number = row["number"]?.key else { return .nothing("no receipt was seen") }
        let single = try prober.get("purchase-order-receipts/\(number)")
        return single.tree?.object?.names.first.map { .choice($0) } ?? .odd(single)
    }

    private static func ledgerShape(_ prober: Prober) throws -> Sighting {
        for row in try prober.get("products", ["limit": "20"]).rows("products") ?? [] {
            guard let number = row["number"]?.key else { continue }
            let response = try prober.get("reports/ledger/\(PercentEncoding.encode(number))")
            guard let rows = response.rows("ledger_items") else { return .odd(response) }
            guard let entry = rows.first else { continue }
            let missing = ["quantity", "type", "location_id", "document_id"].filter { entry[$0] == nil }
            return missing.isEmpty ? .choice("tandem") : .choice("a row without \(missing.joined(separator: ", "))")
        }
        return .nothing("no item among the first has moved")
    }
}

extension [JSON]? {
    fileprivate var isNilOrEmpty: Bool { self?.isEmpty ?? true }
}
