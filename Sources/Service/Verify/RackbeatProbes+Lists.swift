import Exchange
import HTTPTypes
import JSON
import Units

/// How every list and every request is answered: pages, filters, times, headers, errors.
extension RackbeatProbes {
    static var listProbes: [String: Probe] {
        [
            "list_status": { probeClient in
                let response = try products(probeClient)
                return response.isSuccess ? .choice(String(response.status)) : .unexpected(response)
            },
            "default_limit": { probeClient in
                let response = try probeClient.get("products")
                return response.tree?["limit"]?.int.map { .choice(String($0)) } ?? .unexpected(response)
            },
            "max_limit": { probeClient in
                let response = try probeClient.provoke("products", ["limit": "1001"])
                return response.tree?["limit"]?.int.map { .choice(String($0)) } ?? .unexpected(response)
            },
            "limit_over_max": { probeClient in
                let response = try probeClient.provoke("products", ["limit": "100000"])
                if response.status == 422 { return .choice("422") }
                guard let limit = response.tree?["limit"]?.int else { return .unexpected(response) }
                return limit < 100_000 ? .choice("clamp") : .inconclusive("a limit of 100000 is accepted")
            },
            "page_after_last": { probeClient in
                let response = try probeClient.get("products", ["limit": "1", "page": "1000000"])
                if response.status == 404 { return .choice("404") }
                return response.rows("products").map { $0.isEmpty ? .choice("empty") : .inconclusive("rows were returned") }
                    ?? .unexpected(response)
            },
            "list.paging_members": { probeClient in
                let response = try products(probeClient)
                guard response.isSuccess, let tree = response.tree else { return .unexpected(response) }
                return .choice(tree["pages"] != nil ? "both" : tree["total"] != nil ? "total" : "none")
            },
            "unknown_param": { probeClient in
                let response = try probeClient.provoke("products", ["limit": "1", "tandem_unknown": "1"])
                return response.isSuccess ? .choice("ignore") : response.status == 422 ? .choice("422") : .unexpected(response)
            },
            "updated_from_param": updatedFromParameter, "updated_from_inclusive": updatedFromInclusive, "time_zone": timeZone,
            "datetime_format": { probeClient in
                try firstRow(probeClient, "products") { row in
                    guard let text = row["updated_at"]?.string else { return .inconclusive("the product has no updated_at") }
                    return .choice(text.contains("T") ? "iso" : "sql")
                }
            },
            "require_accept_header": { probeClient in needs(try probeClient.provoke("self", without: [.accept])) },
            "require_consumer_headers": { probeClient in
                let names = ["User-Agent", "Consumer-Name", "Consumer-Contact", "API-Version"].map { HTTPField.Name($0)! }
                return needs(try probeClient.provoke("self", without: names))
            },
            "url_decode_passes": decodePasses,
            "rate_limit": { probeClient in
                _ = try products(probeClient)
                return probeClient.rateLimit.map { .choice($0) } ?? .inconclusive("no response has X-RateLimit-Limit")
            },
            "sort_param": sortParameter,
            "error.bodies": { probeClient in
                let response = try probeClient.get("orders/999999999")
                guard response.status == 404, let body = try? JSON.parse(response.body) else { return .unexpected(response) }
                return body["message"]?.string != nil ? .choice("message") : .inconclusive("a 404 has no message")
            },
        ]
    }

    /// Whether a request that lacks something was refused for it. A server that is busy or failing says nothing about it.
    private static func needs(_ response: Response) -> ProbeResult {
        if response.isSuccess { return .flag(false) }
        return response.status < 500 && response.status != 429 ? .flag(true) : .unexpected(response)
    }

    private static func decodePasses(_ probeClient: ProbeClient) throws -> ProbeResult {
        let rows = try probeClient.get("products", ["limit": "100"]).rows("products") ?? []
        let number = rows.compactMap { $0["number"]?.string }.first { PercentEncoding.encode($0) != $0 }
        guard let number else { return .inconclusive("no product's number needs encoding") }
        let once = PercentEncoding.encode(number)
        guard try probeClient.get("products/\(once)").isSuccess else {
            return .inconclusive("\(number) is not found when encoded once")
        }
        return .choice(try probeClient.get("products/\(PercentEncoding.encode(once))").isSuccess ? "2" : "1")
    }

    // MARK: Time filters

    private static let lists = ["products", "orders", "purchase-orders"]

    /// A list that honours the filter is empty when asked for changes of the far future. An empty list proves nothing.
    private static func updatedFromParameter(_ probeClient: ProbeClient) throws -> ProbeResult {
        var honouring: [String] = []
        var ignoring: [String] = []
        for list in lists {
            let key = list.replacing("-", with: "_")
            guard let all = try probeClient.get(list, ["limit": "1"]).rows(key), !all.isEmpty else { continue }
            let response = try probeClient.get(list, ["limit": "1", "updated_at_from": "2099-01-01 00:00:00"])
            guard let rows = response.rows(key) else { return .unexpected(response) }
            if rows.isEmpty { honouring.append(list) } else { ignoring.append(list) }
        }
        switch (honouring.isEmpty, ignoring.isEmpty) {
        case (true, true): return .inconclusive("every list is empty")
        case (false, true): return .choice("updated_at_from")
        case (true, false): return .choice("none")
        case (false, false):
            return .inconclusive(
                "honoured by \(honouring.joined(separator: ", ")), ignored by \(ignoring.joined(separator: ", "))")
        }
    }

    /// Whether the filter excludes anything: otherwise the result proves nothing about its bound.
    private static func honoursFilter(_ probeClient: ProbeClient) throws -> Bool {
        let response = try probeClient.get("products", ["limit": "1", "updated_at_from": "2099-01-01 00:00:00"])
        return response.rows("products")?.isEmpty ?? false
    }

    /// When the product changed that changed last, as far as the list tells.
    private static func newest(_ probeClient: ProbeClient) throws -> Moment? {
        let parameters: KeyValuePairs = [
            "limit": "100", probeClient.profile["sort_param"]: "updated_at", "order_direction": "DESC",
        ]
        return moments(try probeClient.get("products", parameters), probeClient).max()
    }

    private static func moments(_ response: Response, _ probeClient: ProbeClient) -> [Moment] {
        (response.rows("products") ?? []).compactMap { row in
            row["updated_at"]?.string.flatMap { Moment(iso: $0, zone: Zone(rawValue: probeClient.profile["time_zone"])) }
        }
    }

    /// What the list returns from that time on. Asked anew each time: others go on working.
    private static func changes(from text: String, _ probeClient: ProbeClient) throws -> [Moment] {
        moments(try probeClient.provoke("products", ["limit": "100", "updated_at_from": text]), probeClient)
    }

    /// Asks from the very second of the newest change. How many products changed in it makes no difference: any row tells.
    private static func updatedFromInclusive(_ probeClient: ProbeClient) throws -> ProbeResult {
        guard try honoursFilter(probeClient) else { return .inconclusive("the filter excludes nothing: see updated_from_param") }
        guard let zone = Zone(rawValue: probeClient.profile["time_zone"]), var newest = try newest(probeClient)?.truncatedToSecond
        else { return .inconclusive("no product was seen") }
        for _ in 0..<3 {
            let rows = try changes(from: newest.sql(in: zone), probeClient)
            if let later = rows.max()?.truncatedToSecond, later > newest {
                newest = later
                continue
            }
            if !rows.isEmpty { return .flag(true) }
            let earlier = try changes(from: (newest - .seconds(1)).sql(in: zone), probeClient)
            return earlier.isEmpty
                ? .inconclusive("no product is returned from one second before its own change: see time_zone") : .flag(false)
        }
        return .inconclusive("products change faster than they can be asked for")
    }

    /// Asked in Copenhagen time, a server that reads UTC looks an hour or two too late.
    private static func timeZone(_ probeClient: ProbeClient) throws -> ProbeResult {
        guard try honoursFilter(probeClient) else { return .inconclusive("the filter excludes nothing: see updated_from_param") }
        guard let newest = try newest(probeClient) else { return .inconclusive("no product was seen") }
        let bound = newest - .seconds(1)
        guard try !changes(from: bound.sql(in: .utc), probeClient).isEmpty else {
            return .inconclusive("no product is returned under either time zone: see updated_from_param")
        }
        return .choice(try changes(from: bound.sql(in: .copenhagen), probeClient).isEmpty ? "UTC" : "Europe/Copenhagen")
    }

    /// A sort parameter that is honoured reverses the list when its direction is reversed.
    private static func sortParameter(_ probeClient: ProbeClient) throws -> ProbeResult {
        for name in ["order_by", "sort"] {
            func moments(_ direction: String) throws -> [Moment] {
                let response = try probeClient.get(
                    "products", ["limit": "2", name: "updated_at", "order_direction": direction])
                return (response.rows("products") ?? []).compactMap { row in
                    row["updated_at"]?.string.flatMap { Moment(iso: $0, zone: .copenhagen) }
                }
            }
            let (rising, falling) = (try moments("ASC"), try moments("DESC"))
            guard let first = rising.first, let last = falling.first else { return .inconclusive("no product was seen") }
            if first < last, rising == rising.sorted(), falling == falling.sorted(by: >) { return .choice(name) }
        }
        return .inconclusive("neither parameter reverses the list; there may be too few products")
    }
}
