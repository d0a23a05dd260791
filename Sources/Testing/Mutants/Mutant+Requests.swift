import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    static let reading: [Mutant] = [
        Mutant(
            name: "equal-timestamps-skipped",
            description:
                "The cursor requested rows newer than the newest row. A second product that changed in the same second was never read.",
            caughtBy: "catalogue-agrees",
            act: .wire(.rackbeat) {
                /// The newest row of the reads before this one, and of this one so far.
                var known: Moment?
                var newest: Moment?
                return { request, wire in
                    guard isCall(request, wire, .get, "products") else { return try wire.send(request) }
                    if Query(parsing: request.queryText ?? "")["page"] ?? "1" == "1" { known = newest }
                    return try wire.send(request).editingBody { body in
                        body.editing("products.*") { row in
                            guard let time = row["updated_at"]?.string.flatMap({ Moment(iso: $0, zone: .copenhagen) }) else {
                                return row
                            }
                            newest = max(newest ?? time, time)
                            return known.map { time <= $0 } ?? false ? JSON?.none : row
                        }
                    }
                }
            }),
        rewritingResponse(
            "last-page-never-read", .rackbeat, .get, "products",
            description: "A loop ended before the last page. The last page of every list was never read.",
            caughtBy: "catalogue-agrees"
        ) { body, _ in
            body.editing("pages") { pages in pages.int.map { JSON(max(1, $0 - 1)) } ?? pages }
        },
        rewritingQuery(
            "page-numbers-for-keyset-paging", .ongoing, "orders",
            description: "The warehouse pages by key. The client sent page numbers and read the first page again and again.",
            caughtBy: "contract-kept"
        ) { query, _ in query.without("orderIdFrom").without("maxOrdersToGet").adding("page", "1").adding("pageSize", "200") },
        rewritingQuery(
            "guessed-query-parameter", .rackbeat, "orders",
            description: "The name of a filter was guessed. The server ignored it, and drafts went to the warehouse.",
            caughtBy: "contract-kept"
        ) { query, _ in query.adding("booked", "true") },
    ]

    static let requests: [Mutant] = [
        Mutant(
            name: "retry-after-ignored",
            description: "A call refused with 429 was repeated at once, until the account was blocked.",
            caughtBy: "rate-limits-kept",
            act: .wire(.rackbeat) {
                { request, wire in
                    var response = try wire.send(request)
                    for _ in 0..<3 where response.status == 429 { response = try wire.send(request) }
                    return response
                }
            }),
        Mutant(
            name: "lists-read-a-hundred-times",
            description: "Every list was read a hundred times, once for each row.",
            caughtBy: "rate-limits-kept",
            act: .wire(.rackbeat) {
                { request, wire in
                    if request.method == .get { for _ in 0..<120 { _ = try wire.send(request) } }
                    return try wire.send(request)
                }
            }),
        Mutant(
            name: "parameter-sent-twice",
            description: "Two layers of the client set the size of a page, and the server took whichever it liked.",
            caughtBy: "contract-kept",
            act: .wire(.rackbeat) {
                { request, wire in
                    guard isCall(request, wire, .get, "products") else { return try wire.send(request) }
                    return try wire.send(request.editingQuery { $0.adding("limit", "50") })
                }
            }),
        Mutant(
            name: "token-in-the-query",
            description: "The token was also put into the URL, and from there into every proxy's log.",
            caughtBy: "no-secret-anywhere",
            act: .wire(.rackbeat) {
                { request, wire in
                    guard request.method == .get, let token = request.headers[.authorization]?.split(separator: " ").last else {
                        return try wire.send(request)
                    }
                    return try wire.send(request.editingQuery { $0.adding("api_token", String(token)) })
                }
            }),
        Mutant(
            name: "retry-after-date-read-as-seconds",
            description:
                "Retry-After was read as a number. A date was read as zero, and the call was repeated at once.",
            caughtBy: "rate-limits-kept",
            act: .wire(.rackbeat) {
                { request, wire in
                    var response = try wire.send(request)
                    if let text = response.headers[.retryAfter], Int(text) == nil { response.headers[.retryAfter] = "0" }
                    return response
                }
            }),
        Mutant(
            name: "retries-without-jitter",
            description:
                "Every client waited the same quarter of a second. When the server came back, a hundred clients retried at the same moment, and it went down again.",
            caughtBy: "rate-limits-kept", act: .chance { ConstantGenerator() }),
        Mutant(
            name: "token-in-the-log",
            description: "Requests were logged with their headers. The log went to three people and a search engine.",
            caughtBy: "no-secret-anywhere",
            act: .wire(.rackbeat) {
                { request, wire in
                    let headers = request.headers.map { "\($0.name.rawName): \($0.value)" }.joined(separator: ", ")
                    wire.log("\(request.method) \(request.target) (\(headers))")
                    return try wire.send(request)
                }
            }),
    ]

    /// More calls than the work needs. Nothing is wrong in the end, until the account is closed.
    static let needlessCalls: [Mutant] = [
        rewriting401(
            "refused-credentials-taken-for-an-outage",
            "A revoked token was taken for an outage that passes. Every job asked on and on, until the address was blocked."),
        remembering(
            "articles-polled-for-every-line",
            "Each round asked the warehouse for the article of every line. A thousand lines made a thousand calls in five minutes."
        ) { request, wire in
            guard isCall(request, wire, .put, "articles"), let body = request.json, let number = body["articleNumber"]?.string,
                let owner = body["goodsOwnerId"]?.int
            else { return nil }
            let query = Query().adding("goodsOwnerId", String(owner)).adding("articleNumber", number)
            let path = request.target.prefix { $0 != "?" }
            return Request(.get, path + "?" + query.text, headers: request.headers)
        },
        remembering(
            "orders-sent-again-in-every-round",
            "Nobody compared an order with what was sent before. Every order was sent in every round, and the warehouse printed it each time."
        ) { request, wire in isCall(request, wire, .put, "orders") ? request : nil },
        Mutant(
            name: "retries-without-growing-pauses",
            description:
                "What failed was tried again in every round. When the warehouse came back after a night, it was busy with refusals first.",
            caughtBy: "calls-are-few",
            act: .journal(
                triggers: """
                    CREATE TRIGGER impatient AFTER INSERT ON parked WHEN NEW.retry_at IS NOT NULL BEGIN
                        UPDATE parked SET retry_at = NEW.since WHERE id = NEW.id;
                    END;
                    CREATE TRIGGER still_impatient AFTER UPDATE OF retry_at ON parked WHEN NEW.retry_at > NEW.since BEGIN
                        UPDATE parked SET retry_at = NEW.since WHERE id = NEW.id;
                    END
                    """)),
    ]

    private static func rewriting401(_ name: String, _ description: String) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: "calls-are-few",
            act: .wire(.rackbeat) {
                { request, wire in
                    var response = try wire.send(request)
                    if response.status == 401 { response.status = 503 }
                    return response
                }
            })
    }

    /// Sends, before each list of orders with something to report, what it made of each request before.
    private static func remembering(
        _ name: String, _ description: String, _ make: @escaping @Sendable (Request, Wire) -> Request?
    ) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: "calls-are-few",
            act: .wire(.ongoing) {
                var known: [(target: String, request: Request)] = []
                return { request, wire in
                    if let more = make(request, wire) {
                        let key = more.target + String(decoding: more.body, as: UTF8.self)
                        if !known.contains(where: { $0.target == key }) { known.append((key, more)) }
                    }
                    let query = Query(parsing: request.queryText ?? "")
                    if isCall(request, wire, .get, "orders"), query["onlyOrdersWithOrderLinesToReport"] != nil {
                        for one in known { _ = try wire.send(one.request) }
                    }
                    return try wire.send(request)
                }
            })
    }

    /// Always draws the same number.
    private struct ConstantGenerator: RandomNumberGenerator {
        mutating func next() -> UInt64 { 0 }
    }
}
