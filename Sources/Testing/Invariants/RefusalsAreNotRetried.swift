import Exchange
import HTTPTypes
import Units

/// A refused request is not sent again unchanged: the response would be the same, and calls are limited.
///
/// Somebody may retry a record, and a restarted process may have lost the response, but neither happens six times within two
/// hours. An action on the document in between is a reason to send the request once more, and so is a person who has both systems
/// compared.
package struct RefusalsAreNotRetried: Invariant {
    package static let id = "refusals-are-not-retried"
    package static let statement =
        "A refused request is not repeated, its record is parked; otherwise the same order is refused a hundred thousand times a year "
        + "and nobody looks at it."

    private static let mostRefusals = 6
    private static let window = Duration.seconds(2 * 3600)

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        var order: [String] = []
        var refusals: [String: [Exchanged]] = [:]
        for exchange in evidence.exchanges where Self.isRefusedWrite(exchange) {
            let key = Self.key(exchange)
            if refusals[key] == nil { order.append(key) }
            refusals[key, default: []].append(exchange)
        }
        return Verdict(order.compactMap { Self.judge(Self.unprovoked(refusals[$0]!, evidence)) })
    }

    /// Those without an action on the document, a restart of the engine, and a comparison that somebody asked for, since the one
    /// before. The action log is only searched when there are enough refusals to matter.
    private static func unprovoked(_ refusals: [Exchanged], _ evidence: Evidence) -> [Exchanged] {
        guard refusals.count >= mostRefusals else { return refusals }
        let request = refusals[0].request
        let owned = documents(named: request, evidence)
        let comparisons = evidence.engineUse?.work.filter { $0.kind == .comparison }.map(\.from) ?? []
        let actions =
            evidence.actionLog.entries.filter { entry in
                entry.action.subjects.contains { owned.contains($0) || names(request, $0) }
            }.map(\.time) + evidence.restarts + comparisons
        return refusals.indices.filter { index in
            guard index > 0 else { return true }
            let since = refusals[index - 1].startedAt
            return !actions.contains { $0 > since && $0 <= refusals[index].startedAt }
        }.map { refusals[$0] }
    }

    /// The numbers of the warehouse documents whose id is in the path.
    private static func documents(named request: Request, _ evidence: Evidence) -> Set<String> {
        let parts = Set(request.path.split(separator: "/").map(String.init))
        let orders = evidence.ongoing.orders.filter { parts.contains(String($0.id)) }
        let purchases = evidence.ongoing.purchaseOrders.filter { parts.contains(String($0.id)) }
        return Set(orders.flatMap { [$0.number, $0.goodsOwnerOrderId ?? $0.number] } + purchases.map(\.number))
    }

    /// By the number itself, or by the number without the suffix that the warehouse's number has.
    private static func names(_ request: Request, _ subject: String) -> Bool {
        let root = subject.prefix { $0.isNumber || $0.isLetter }
        return isNamed(subject, in: request) || (!root.isEmpty && isNamed(String(root), in: request))
    }

    private static func isNamed(_ number: String, in request: Request) -> Bool {
        request.path.split(separator: "/").contains { $0 == number[...] }
            || request.body.contains(bytes: Array("\"\(number)\"".utf8))
    }

    private static func judge(_ refusals: [Exchanged]) -> Finding? {
        for last in refusals.indices.dropFirst(mostRefusals - 1) {
            let first = last - mostRefusals + 1
            let span = refusals[last].startedAt - refusals[first].startedAt
            guard span < window else { continue }
            let exchange = refusals[last]
            return Finding(
                subject: "\(exchange.system.title) \(exchange.request.method) \(exchange.request.path)",
                sentence: "The system refused the same request \(mostRefusals) times within \(span.forPeople).",
                expected: "a parked record, and no retry before somebody changes something",
                exchanges: refusals[first...last].map(\.number))
        }
        return nil
    }

    /// A refusal of the request itself; 401, 403, 408 and 429 are about the caller and the time.
    private static func isRefusedWrite(_ exchange: Exchanged) -> Bool {
        guard exchange.request.method != .get, case .response(let response) = exchange.outcome else { return false }
        return (400..<500).contains(response.status) && ![401, 403, 408, 429].contains(response.status)
    }

    private static func key(_ exchange: Exchanged) -> String {
        "\(exchange.connection) \(exchange.system) \(exchange.request.method) \(exchange.request.target) "
            + String(decoding: exchange.request.body, as: UTF8.self)
    }
}
