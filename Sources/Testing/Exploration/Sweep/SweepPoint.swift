import Exchange
import HTTPTypes
import ScenarioKit
package import Simulation

/// The faults that the sweep injects into one run: one or several.
package struct SweepPoint: Sendable, Hashable {
    package let injectedFaults: [InjectedFault]

    package init(_ injectedFaults: [InjectedFault]) { self.injectedFaults = injectedFaults }

    /// As `--inject` takes it.
    package var text: String { injectedFaults.map(\.description).joined(separator: ",") }

    /// - Returns: `nil` for a text that ``text`` cannot have written.
    package init?(_ text: String) {
        let injectedFaults = text.split(separator: ",").map { InjectedFault($0) }
        guard !injectedFaults.isEmpty, injectedFaults.allSatisfy({ $0 != nil }) else { return nil }
        self.init(injectedFaults.compactMap(\.self))
    }

    /// Every point of a run: each exchange with every fault that applies to it, and a crash before and after each exchange and each
    /// commit.
    ///
    /// - Parameter baseline: A run without injected faults that lists its exchanges.
    static func all(of baseline: ScenarioRun) -> [SweepPoint] {
        var points: [SweepPoint] = []
        var read: Set<Read> = []
        for exchange in baseline.exchanges.prefix(while: { $0.number <= baseline.exchangesBeforeSettling }) {
            let key = Read(system: exchange.system, connection: exchange.connection, target: exchange.request.target)
            let wasReadBefore = read.contains(key)
            // What a fault of the scenario kept from the server, or made of its response, cannot be repeated.
            if exchange.method == .get, exchange.wasServed, !exchange.hadFault { read.insert(key) }
            for kind in FaultKind.allCases where kind.isDistinct(for: exchange.request, wasReadBefore: wasReadBefore) {
                points.append(SweepPoint([.fault(kind, exchange: exchange.number)]))
            }
            points.append(SweepPoint([.crash(.before, .exchange(exchange.number))]))
            // A request that a fault of the scenario kept from the server has no «after».
            if exchange.wasServed { points.append(SweepPoint([.crash(.after, .exchange(exchange.number))])) }
        }
        for commit in 1...max(1, baseline.commitsBeforeSettling) where commit <= baseline.commitsBeforeSettling {
            points.append(SweepPoint([.crash(.before, .commit(commit))]))
            guard !baseline.commitsRolledBack.contains(commit) else { continue }
            points.append(SweepPoint([.crash(.after, .commit(commit))]))
        }
        return points
    }

    private struct Read: Hashable {
        let system: System
        let connection: String
        let target: String
    }
}

extension FaultKind {
    /// Whether it has an effect on this request that no other kind has.
    ///
    /// A read changes nothing, so a lost, late or repeated response to it is the same as other faults.
    func isDistinct(for request: Request, wasReadBefore: Bool) -> Bool {
        guard applies(to: request), isComplete else { return false }
        switch self {
        case .staleRead: return wasReadBefore
        case .responseLost, .serverErrorAfter, .lateEffect, .duplicatedRequest: return request.method != .get
        // To the engine the same as a 500; a late second delivery is a matter of scenarios, as no look of the round can show it.
        case .serviceUnavailableAfter, .requestTimeoutAfter, .duplicatedLater: return false
        // The first page by identifiers is what was asked for.
        case .endlessList: return EndlessList.isNumberedPage(request) || !EndlessList.isFirstPage(request)
        // To the engine the same as any response that breaks off; once for each list.
        case .oversized: return EndlessList.isFirstPage(request)
        // To the engine the same as the other 502 and 503; or a matter of single lists, which scenarios and random cases disturb.
        case .badGatewayAfter, .serviceUnavailableWithRetryAfter, .notFoundPage, .unsorted, .filterIgnored, .lateRow,
            .numbersAsTexts:
            return false
        // Where a cursor goes by the dates of the rows.
        case .futureRow:
            let path = request.target.prefix { $0 != "?" }
            return ["/orders", "/products", "/purchase-orders", "/inventoryAdjustments"].contains { path.hasSuffix($0) }
        default: return true
        }
    }
}
