/// Every request and every response is one that the contracts allow.
package struct ContractKept: Invariant {
    package static let id = "contract-kept"
    package static let statement =
        "Every request and every response follows the contract of its system; otherwise what works against the fakes fails, or is "
        + "ignored, in production."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        // The same mistake in a thousand requests is one mistake.
        var order: [String] = []
        var findings: [String: Finding] = [:]
        for breach in evidence.violations {
            let key = breach.operation + "\n" + breach.sentence
            if findings[key] == nil {
                order.append(key)
                findings[key] = Finding(subject: breach.operation, sentence: breach.sentence)
            }
            if findings[key]!.exchanges.count < 3 { findings[key]!.exchanges.append(breach.exchange) }
        }
        return Verdict(order.map { findings[$0]! })
    }
}
