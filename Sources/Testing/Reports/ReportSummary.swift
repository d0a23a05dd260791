import Invariants
package import ScenarioKit
import Units

/// The number of scenarios by outcome, with totals.
package struct ReportSummary: Sendable, Equatable {
    package var counts: [(outcome: ScenarioResult.Outcome, count: Int)]
    package var scenarios: Int
    package var exchanges: Int
    package var simulated: Duration

    package init(_ results: [ScenarioResult]) {
        counts = ScenarioResult.Outcome.allCases.map { outcome in (outcome, results.count { $0.outcome == outcome }) }
        scenarios = results.count
        exchanges = results.reduce(0) { $0 + $1.exchanges }
        simulated = results.reduce(.zero) { $0 + $1.simulated }
    }

    package func number(of outcome: ScenarioResult.Outcome) -> Int { counts.first { $0.outcome == outcome }?.count ?? 0 }

    package static func == (left: Self, right: Self) -> Bool {
        left.counts.elementsEqual(right.counts) { $0 == $1 } && left.scenarios == right.scenarios
            && left.exchanges == right.exchanges && left.simulated == right.simulated
    }

    /// `93 scenarios: 90 passed, 2 caught, 1 failed · 1234 exchanges in 3d 2h of simulated time`
    package var text: String {
        let parts = counts.filter { $0.count > 0 }.map { "\($0.count) \($0.outcome.rawValue)" }
        let outcomes = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
        return "\(counted(scenarios, "scenario"))\(outcomes) · "
            + "\(counted(exchanges, "exchange")) in \(simulated.forPeople) of simulated time"
    }
}
