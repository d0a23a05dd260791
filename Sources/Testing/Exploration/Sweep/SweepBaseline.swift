package import ScenarioKit
import Synchronization

/// Runs every variant once without injected faults, to learn at which points faults can be injected.
package final class SweepBaseline: Batch {
    private let variants: [(Scenario, Scenario.Variant)]
    private let faultsPerRun: Int
    private let limit: Int?
    private let points: [SweepPoint]?
    private let found: Mutex<[Int: SweepSubject]> = Mutex([:])

    /// - Parameter points: Run exactly these; `nil`: those that `faultsPerRun` and `limit` choose.
    package init(variants: [(Scenario, Scenario.Variant)], faultsPerRun: Int, limit: Int?, points: [SweepPoint]? = nil) {
        self.variants = variants
        self.faultsPerRun = faultsPerRun
        self.limit = limit
        self.points = points
    }

    package var count: Int? { variants.count }

    package func run(_ number: Int) -> ItemResult {
        let (scenario, variant) = variants[number]
        let subject =
            points.map { SweepSubject(scenario, variant, points: $0) }
            ?? SweepSubject(scenario, variant, faultsPerRun: faultsPerRun, limit: limit)
        found.withLock { $0[number] = subject }
        var item = ItemResult()
        item.add(subject.baseline)
        return item
    }

    /// In the order of the variants; those that have run.
    package var subjects: [SweepSubject] { found.withLock { found in variants.indices.compactMap { found[$0] } } }
}
