/// Every request and every answer is one that the contracts know.
public struct ContractKept: Rule {
    public static let name = "contract-kept"
    public static let promise =
        "Only what the two systems are known to understand is asked of them, or it works here and fails, or is ignored, there."

    public init() {}

    public func judge(_ evidence: Evidence) -> Verdict {
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
