import Exchange
package import OngoingClient
package import RackbeatClient
package import Units

/// How many calls an audit takes and how long, told before it starts: from the lengths of Rackbeat's lists, the pages of both systems
/// and the rate limits.
package struct AuditEstimate: Sendable, Equatable {
    package private(set) var rackbeatCalls = 0
    package private(set) var ongoingCalls = 0
    package private(set) var duration = Duration.zero
    /// The lengths that are known, with their nouns.
    package private(set) var lengths: [String] = []
    /// Whether it is an upper bound: part of the documents is left out, or a list does not tell its length.
    package private(set) var isVague = false

    package init(_ client: RackbeatClient, connections: [OngoingClient], since: Moment?) throws {
        var totals: [RackbeatClient.WholeList: Int] = [:]
        for list in RackbeatClient.WholeList.allCases {
            let total = try client.total(of: list)
            totals[list] = total ?? 0
            if let total { lengths.append(counted(total, list.noun)) } else { isVague = true }
        }
        if since != nil { isVague = true }
        func pages(_ rows: Int, _ size: Int) -> Int { max(1, (rows + size - 1) / size) }
        let size = client.pageSize
        // The probe above, the locations, and every list with its front a second time.
        rackbeatCalls = totals.count + 1
        for list in RackbeatClient.WholeList.allCases {
            let rows = totals[list]!
            rackbeatCalls += pages(rows, size) + (rows > size ? 1 : 0)
        }
        if !client.profile.isOn("orders.list_embeds_lines") { rackbeatCalls += totals[.orders]! }
        if !client.profile.isOn("po.list_embeds_lines") { rackbeatCalls += totals[.purchaseOrders]! }
        // The ledgers of the adjusted items.
        rackbeatCalls += min(totals[.adjustments]!, totals[.products]!)
        rackbeatCalls += connections.count * pages(totals[.products]!, size)
        for ongoing in connections {
            let rows = ongoing.rowsOfAPage
            // Key-set pages end with an empty one.
            ongoingCalls += 2 * (pages(totals[.products]!, rows) + 1) + pages(totals[.orders]!, rows) + 2
            ongoingCalls += pages(totals[.purchaseOrders]!, rows) + 2 + 1
        }
        duration =
            Self.time(
                rackbeatCalls, limit: client.profile.int("rate_limit"), window: client.profile.int("rate_window_s"))
            + Self.time(ongoingCalls, limit: connections.first?.profile.int("rate_limit") ?? 0, window: 60)
    }

    /// A third of a second for each call, or what the rate limit makes of it.
    private static func time(_ calls: Int, limit: Int, window: Int) -> Duration {
        let byCalls = Duration.milliseconds(333 * calls)
        guard limit > 0 else { return byCalls }
        let allowed = max(1, limit * 11 / 12)
        return max(byCalls, .seconds(window * ((calls - 1) / allowed)))
    }

    package var text: String {
        "\(isVague ? "At most" : "About") \(rackbeatCalls + ongoingCalls) calls (Rackbeat \(rackbeatCalls), Ongoing \(ongoingCalls)) in "
            + "\(duration.forPeople): " + lengths.joined(separator: ", ") + "."
    }
}

extension RackbeatClient.WholeList {
    fileprivate var noun: String {
        switch self {
        case .products: "product"
        case .orders: "order"
        case .purchaseOrders: "purchase order"
        case .shipments: "shipment"
        case .receipts: "receipt"
        case .adjustments: "adjustment"
        }
    }
}
