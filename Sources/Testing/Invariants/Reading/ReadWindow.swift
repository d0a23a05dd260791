import Exchange
import HTTPTypes
import JSON
import SyncCore
import Units

/// Which documents a list was asked for, and since when. A list that begins nowhere grows with every year of business.
struct ReadWindow {
    /// Two calls of one name differ in where they begin alone.
    let name: String
    /// `nil`: with the oldest document.
    let from: Moment?
    /// The last status that the warehouse is asked for; `nil`: every one.
    let lastStatus: Int?

    /// - Returns: `nil` for what is not the first page of a list, or has only documents of one name or with something to report.
    init?(_ call: Exchanged) {
        guard call.request.method == .get, let list = call.request.path.split(separator: "/").last,
            Self.lists(of: call.system).contains(String(list))
        else { return nil }
        let parameters = Query(parsing: call.request.queryText ?? "").parameters
        guard !parameters.contains(where: { Self.isNarrow($0.name) || Self.isLaterPage($0.name, $0.value) }) else { return nil }
        let bound = parameters.first { $0.name.hasSuffix("TimeFrom") || $0.name.contains("updated_at") }
        let others = parameters.map { $0.name == bound?.name ? $0.name : "\($0.name)=\($0.value)" }.sorted()
        lastStatus = parameters.first { $0.name.hasSuffix("StatusTo") }.flatMap { Int($0.value) }
        name = "\(call.system) \(call.request.path)?" + others.joined(separator: "&")
        // Rackbeat's bounds bear no zone, and go by its newest row: there it only counts whether there is one.
        from = bound.map { Moment(iso: $0.value) ?? Moment(milliseconds: .max) }
    }

    private static func lists(of system: System) -> Set<String> {
        switch system {
        case .rackbeat: ["products", "orders", "purchase-orders"]
        case .ongoing: ["orders", "purchaseOrders"]
        }
    }

    private static func isNarrow(_ name: String) -> Bool {
        name.hasPrefix("only")
            || ["orderNumber", "goodsOwnerOrderId", "backOrderForOrderId", "purchaseOrderNumber", "search"].contains(name)
    }

    private static func isLaterPage(_ name: String, _ value: String) -> Bool {
        name.hasSuffix("IdFrom") && value != "0" || name == "page" && value != "1"
    }

    /// Whether a call names one end of a range of statuses and not the other.
    static func hasOneEnd(_ call: Exchanged) -> Bool {
        guard call.request.method == .get, let text = call.request.queryText, text.contains("tatus") else { return false }
        return Query(parsing: text).parameters.count { $0.name.hasSuffix("StatusFrom") || $0.name.hasSuffix("StatusTo") } == 1
    }

    /// Whether it begins far before what is new since the call before, which nothing disturbed.
    ///
    /// - Parameter overlap: By how much each reading goes back before the one before.
    func isTooEarly(after previous: Exchanged, overlap: Duration) -> Bool {
        guard case .response(let response) = previous.outcome else { return false }
        guard let from else { return Self.hasRows(response, of: previous.system) }
        // A server that does not tell its time is read from the newest row that it showed.
        guard let date = response.headers[.date].flatMap({ HTTPDate.parse($0) }) else { return false }
        let took: Duration = (previous.endedAt - previous.startedAt) * 10
        let needed: Moment = date - (overlap + Self.slack + took)
        return from < needed
    }

    /// Whether it shows whatever the warehouse ever did, where it was told before what time it was there.
    func isHistory(after previous: Exchanged, _ settings: ConnectionSettings) -> Bool {
        guard from == nil, previous.system == .ongoing, case .response(let response) = previous.outcome,
            response.headers[.date] != nil
        else { return false }
        let isPurchase = previous.request.path.hasSuffix("/purchaseOrders")
        let done = isPurchase ? settings.completedStatuses.min() ?? settings.cancelledPurchaseStatus : settings.shippedStatusFrom
        return lastStatus.map { $0 >= done } ?? true
    }

    private static let slack = Duration.seconds(60)

    /// Where nothing is, there is nothing to begin behind, unless the warehouse tells its time.
    private static func hasRows(_ response: Response, of system: System) -> Bool {
        if system == .ongoing, response.headers[.date] != nil { return true }
        guard let json = try? JSON.parse(response.body) else { return false }
        let rows = json.array ?? json.object?.lazy.compactMap(\.value.array).first { !$0.isEmpty } ?? []
        return !rows.isEmpty
    }
}
