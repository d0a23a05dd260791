import Exchange
import HTTPTypes
import ScenarioKit
package import Simulation

/// One way in which the sweep disturbs a run: a blow, or several.
package struct SweepPoint: Sendable, Hashable {
    package let injectedFaults: [InjectedFault]

    package init(_ injectedFaults: [InjectedFault]) { self.injectedFaults = injectedFaults }

    /// As `--only` takes it.
    package var text: String { injectedFaults.map(\.description).joined(separator: ",") }

    /// - Returns: `nil` for a text that ``text`` cannot have written.
    package init?(_ text: String) {
        let injectedFaults = text.split(separator: ",").map { InjectedFault($0) }
        guard !injectedFaults.isEmpty, injectedFaults.allSatisfy({ $0 != nil }) else { return nil }
        self.init(injectedFaults.compactMap(\.self))
    }

    /// Every point of a run: each exchange with every fault that means something there, and a crash on either side of each
    /// exchange and each commit.
    ///
    /// - Parameter clean: A run without blows that lists its exchanges.
    static func all(of clean: ScenarioRun) -> [SweepPoint] {
        var points: [SweepPoint] = []
        var read: Set<Read> = []
        for exchange in clean.exchanges.prefix(while: { $0.number <= clean.exchangesUnderWay }) {
            let key = Read(system: exchange.system, connection: exchange.connection, target: exchange.request.target)
            let wasReadBefore = read.contains(key)
            if exchange.method == .get { read.insert(key) }
            for kind in FaultKind.allCases where kind.meansSomething(to: exchange.request, wasReadBefore: wasReadBefore) {
                points.append(SweepPoint([.fault(kind, exchange: exchange.number)]))
            }
            points.append(SweepPoint([.crash(.before, .exchange(exchange.number))]))
            // What the scenario's own trouble kept from the server has no «after» there.
            if exchange.wasServed { points.append(SweepPoint([.crash(.after, .exchange(exchange.number))])) }
        }
        for commit in 1...max(1, clean.commitsUnderWay) where commit <= clean.commitsUnderWay {
            points.append(SweepPoint([.crash(.before, .commit(commit))]))
            guard !clean.commitsRolledBack.contains(commit) else { continue }
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
    /// Whether it does something to such a request that no other kind does.
    ///
    /// A read has no effect: whether it was carried out before its answer was lost, late, or twice, nobody can tell.
    fileprivate func meansSomething(to request: Request, wasReadBefore: Bool) -> Bool {
        guard strikes(request) else { return false }
        switch self {
        case .staleRead: return wasReadBefore
        case .responseLost, .serverErrorAfter, .lateEffect, .duplicatedRequest: return request.method != .get
        default: return true
        }
    }
}
