import Exchange
import HTTPTypes
import Units

/// What a system has refused is not sent again as it was: the answer would be the same, and the account's calls are counted.
///
/// A person may have a record tried again, and a process that was started anew may have forgotten the answer; nobody does either
/// half a dozen times within two hours. What people did about the document in the meantime is a reason to ask once more.
package struct RefusalsAreBelieved: Invariant {
    package static let name = "refusals-are-believed"
    package static let statement =
        "A no is taken for an answer and shown to a person, or the same order is refused a hundred thousand times a year and nobody looks."

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

    /// Those before which nobody had done anything about what they name since the last one, nor started the engine anew. The book
    /// is only asked where there are enough of them to matter.
    private static func unprovoked(_ refusals: [Exchanged], _ evidence: Evidence) -> [Exchanged] {
        guard refusals.count >= mostRefusals else { return refusals }
        let request = refusals[0].request
        let owned = documents(named: request, evidence)
        let acts =
            evidence.book.entries.filter { entry in
                entry.act.subjects.contains { owned.contains($0) || names(request, $0) }
            }.map(\.time) + evidence.restarts
        return refusals.indices.filter { index in
            guard index > 0 else { return true }
            let since = refusals[index - 1].startedAt
            return !acts.contains { $0 > since && $0 <= refusals[index].startedAt }
        }.map { refusals[$0] }
    }

    /// The numbers of the warehouse's documents whose id stands in the path.
    private static func documents(named request: Request, _ evidence: Evidence) -> Set<String> {
        let parts = Set(request.path.split(separator: "/").map(String.init))
        let orders = evidence.warehouse.orders.filter { parts.contains(String($0.id)) }
        let purchases = evidence.warehouse.purchaseOrders.filter { parts.contains(String($0.id)) }
        return Set(orders.flatMap { [$0.number, $0.goodsOwnerOrderId ?? $0.number] } + purchases.map(\.number))
    }

    /// By the number itself, or by what stands before the suffix that the warehouse's number has.
    private static func names(_ request: Request, _ subject: String) -> Bool {
        let root = subject.prefix { $0.isNumber || $0.isLetter }
        return isNamed(subject, in: request) || (!root.isEmpty && isNamed(String(root), in: request))
    }

    private static func isNamed(_ number: String, in request: Request) -> Bool {
        request.path.split(separator: "/").contains { $0 == number[...] }
            || request.body.contains(Array("\"\(number)\"".utf8))
    }

    private static func judge(_ refusals: [Exchanged]) -> Finding? {
        for last in refusals.indices.dropFirst(mostRefusals - 1) {
            let first = last - mostRefusals + 1
            let span = refusals[last].startedAt - refusals[first].startedAt
            guard span < window else { continue }
            let exchange = refusals[last]
            return Finding(
                subject: "\(exchange.system.title) \(exchange.request.method) \(exchange.request.path)",
                sentence: "The same request was refused \(mostRefusals) times within \(span.forPeople).",
                expected: "a record that waits for a change or for a person",
                exchanges: refusals[first...last].map(\.number))
        }
        return nil
    }

    /// A refusal of what was asked; refused credentials and too many calls are answers to who asks, and when.
    private static func isRefusedWrite(_ exchange: Exchanged) -> Bool {
        guard exchange.request.method != .get, case .response(let response) = exchange.outcome else { return false }
        return (400..<500).contains(response.status) && ![401, 403, 408, 429].contains(response.status)
    }

    private static func key(_ exchange: Exchanged) -> String {
        "\(exchange.connection) \(exchange.system) \(exchange.request.method) \(exchange.request.target) "
            + String(decoding: exchange.request.body, as: UTF8.self)
    }
}
