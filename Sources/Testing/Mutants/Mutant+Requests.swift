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

    /// Always draws the same number.
    private struct ConstantGenerator: RandomNumberGenerator {
        mutating func next() -> UInt64 { 0 }
    }
}
