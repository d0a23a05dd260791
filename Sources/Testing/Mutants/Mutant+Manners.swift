import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    static let reading: [Mutant] = [
        Mutant(
            name: "equal-timestamps-skipped",
            story:
                "The cursor asked for what was newer than the newest row. A second product changed in that second and was never read.",
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
        rewritingAnswer(
            "last-page-never-read", .rackbeat, .get, "products",
            story: "A loop ran while the page was less than the number of pages. The last page of every list was never read.",
            caughtBy: "catalogue-agrees"
        ) { body, _ in
            body.editing("pages") { pages in pages.int.map { JSON(max(1, $0 - 1)) } ?? pages }
        },
        rewritingQuery(
            "page-numbers-for-keyset-paging", .ongoing, "orders",
            story: "The warehouse pages by key, the client sent page numbers, and read the first page for ever.",
            caughtBy: "contract-kept"
        ) { query, _ in query.without("orderIdFrom").without("maxOrdersToGet").adding("page", "1").adding("pageSize", "200") },
        rewritingQuery(
            "guessed-query-parameter", .rackbeat, "orders",
            story: "A filter was guessed by its name. The server ignored it, and drafts went to the warehouse.",
            caughtBy: "contract-kept"
        ) { query, _ in query.adding("booked", "true") },
    ]

    static let manners: [Mutant] = [
        Mutant(
            name: "retry-after-ignored",
            story: "A call refused with 429 was made again at once, and again, until the account was closed.",
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
            story: "Every list was read a hundred times over, once for each row of the last one.",
            caughtBy: "rate-limits-kept",
            act: .wire(.rackbeat) {
                { request, wire in
                    if request.method == .get { for _ in 0..<120 { _ = try wire.send(request) } }
                    return try wire.send(request)
                }
            }),
        Mutant(
            name: "token-in-the-query",
            story: "The token was put into the address as well, and from there into every proxy's log.",
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
            story:
                "Retry-After was read as a number. A server that named a date got a nought out of it, and the same call at once.",
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
            story:
                "Every client waited the same quarter of a second. When the server came back, a hundred of them came back with it, in step, until it went down again.",
            caughtBy: "rate-limits-kept", act: .chance { Standstill() }),
        Mutant(
            name: "token-in-the-log",
            story: "Requests were logged with their headers. The log went to three people and a search engine.",
            caughtBy: "no-secret-anywhere",
            act: .wire(.rackbeat) {
                { request, wire in
                    let headers = request.headers.map { "\($0.name.rawName): \($0.value)" }.joined(separator: ", ")
                    wire.log("\(request.method) \(request.target) (\(headers))")
                    return try wire.send(request)
                }
            }),
    ]

    /// Chance that always comes out the same.
    private struct Standstill: RandomNumberGenerator {
        mutating func next() -> UInt64 { 0 }
    }
}
