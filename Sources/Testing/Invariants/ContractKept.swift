/// Every request and every answer is one that the contracts know.
package struct ContractKept: Invariant {
    package static let name = "contract-kept"
    package static let statement =
        "Only what the two systems are known to understand is asked of them, or it works here and fails, or is ignored, there."

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
