package import ScenarioKit
import Synchronization

/// Plays every variant once without blows, to know what there is to strike.
package final class Survey: Batch {
    private let variants: [(Scenario, Scenario.Variant)]
    private let depth: Int
    private let most: Int?
    private let only: [SweepPoint]?
    private let found: Mutex<[Int: SweepSubject]> = Mutex([:])

    package init(variants: [(Scenario, Scenario.Variant)], depth: Int, most: Int?, only: [SweepPoint]?) {
        self.variants = variants
        self.depth = depth
        self.most = most
        self.only = only
    }

    package var count: Int? { variants.count }

    package func work(on number: Int) -> Outcome {
        let (scenario, variant) = variants[number]
        let subject =
            only.map { SweepSubject(scenario, variant, only: $0) } ?? SweepSubject(scenario, variant, depth: depth, most: most)
        found.withLock { $0[number] = subject }
        var outcome = Outcome()
        outcome.add(subject.clean)
        return outcome
    }

    /// In the order of the variants; those that have been worked on.
    package var subjects: [SweepSubject] { found.withLock { found in variants.indices.compactMap { found[$0] } } }
}
