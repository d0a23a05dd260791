import Exchange
import HTTPTypes
import Units

/// The faults of a run in their order of precedence, and how often each has matched.
struct FaultPlan {
    private var entries: [(fault: Fault, matches: Int)] = []
    /// What is injected into the exchange of that number.
    private var injected: [Int: FaultKind] = [:]
    /// Whether a stale read was injected, so that the response to every read may be needed again.
    private var keepsEveryRead = false
    /// How often a fault was applied.
    private(set) var applied = 0
    /// How often an injected one was.
    private(set) var injectedApplied = 0
    /// How often an injected fault took the place of a planned one.
    private(set) var displaced = 0

    /// In their order of precedence, and how often each was applied.
    var planned: [(fault: Fault, applied: Int)] {
        entries.map { fault, matches in
            let reached = max(0, matches - fault.nth + 1)
            return (fault, fault.times.map { min($0, reached) } ?? reached)
        }
    }

    mutating func add(_ fault: Fault) { entries.append((fault, 0)) }

    mutating func add(_ kind: FaultKind, exchange number: Int) {
        injected[number] = kind
        if kind == .staleRead { keepsEveryRead = true }
    }

    mutating func removeAll() {
        removePlanned()
        injected = [:]
    }

    /// Those that are injected at a number of an exchange stay.
    mutating func removePlanned() { entries = [] }

    func mayServeStale(_ system: System, _ request: Request, path: Substring) -> Bool {
        keepsEveryRead
            || entries.contains { $0.fault.kind == .staleRead && $0.fault.match.matches(system, request.method, path: path) }
    }

    /// The fault that is injected into the exchange of this number, if it can happen to the request.
    mutating func fault(on request: Request, number: Int, hasEarlierResponse: Bool) -> Fault? {
        guard let kind = injected[number], kind.applies(to: request), kind != .staleRead || hasEarlierResponse else {
            return nil
        }
        applied += 1
        injectedApplied += 1
        return Fault(ExchangePattern(.rackbeat, nil, "/**"), kind)
    }

    /// The first planned fault whose turn it is. Those that match before their turn count the exchange and let it pass.
    ///
    /// - Parameter isTaken: Whether another fault is injected into the exchange. The turn of a planned one is then used up.
    mutating func fault(
        on request: Request, to system: System, of connection: String, path: Substring, at now: Moment, hasEarlierResponse: Bool,
        isTaken: Bool = false
    ) -> Fault? {
        for index in entries.indices {
            let fault = entries[index].fault
            guard fault.match.matches(system, request.method, path: path), fault.kind.applies(to: request),
                fault.kind != .staleRead || hasEarlierResponse,
                fault.connection.map({ $0 == connection }) ?? true, fault.from.map({ now >= $0 }) ?? true,
                fault.until.map({ now < $0 }) ?? true
            else { continue }
            entries[index].matches += 1
            let turn = entries[index].matches - fault.nth
            guard turn >= 0, fault.times.map({ turn < $0 }) ?? true else { continue }
            guard !isTaken else {
                displaced += 1
                return nil
            }
            applied += 1
            return fault
        }
        return nil
    }
}
