package import ScenarioKit
import Simulation

/// One variant of a scenario, and what of it the sweep plays.
package struct SweepSubject: Sendable {
    package let scenario: Scenario
    package let variant: Scenario.Variant
    /// What the run without blows came to.
    package let clean: ScenarioRun
    /// What is played.
    package let points: [SweepPoint]
    /// How many there are to be played in all.
    package let pointsInAll: Int

    /// Exchanges that the runs of one variant may come to before they are sampled: what plays in well under a minute.
    static let mostExchanges = 400_000
    /// How many runs are played of a variant in any case.
    static let fewestRuns = 100

    /// Plays the run without blows, and decides what of its points is played.
    ///
    /// - Parameters:
    ///   - depth: How many blows strike one run.
    ///   - most: At most so many points; `nil`: all but those of a scenario so heavy that they would take minutes.
    package init(_ scenario: Scenario, _ variant: Scenario.Variant, depth: Int, most: Int?) {
        self.scenario = scenario
        self.variant = variant
        var runOptions = RunOptions.struck(by: [], demanding: .theEnd)
        runOptions.listsExchanges = true
        clean = Runner.run(scenario, variant, runOptions)
        let single = clean.result.outcome.isGood ? SweepPoint.all(of: clean) : []
        let affordable = max(Self.fewestRuns, Self.mostExchanges / max(1, clean.result.exchanges))
        if depth == 1 {
            pointsInAll = single.count
            points = single.sampledEvenly(min(most ?? .max, affordable))
        } else {
            pointsInAll = single.count * (single.count - 1) / 2
            points = Self.pairs(of: single, count: min(most ?? 200, affordable, pointsInAll), in: scenario, variant)
        }
    }

    /// Plays the points that are given, and no others.
    package init(_ scenario: Scenario, _ variant: Scenario.Variant, only points: [SweepPoint]) {
        self.scenario = scenario
        self.variant = variant
        var runOptions = RunOptions.struck(by: [], demanding: .theEnd)
        runOptions.listsExchanges = true
        clean = Runner.run(scenario, variant, runOptions)
        self.points = points
        pointsInAll = points.count
    }

    /// Pairs drawn from a generator of the variant's own, so that another scenario moves none of them.
    private static func pairs(
        of points: [SweepPoint], count: Int, in scenario: Scenario, _ variant: Scenario.Variant
    ) -> [SweepPoint] {
        guard points.count > 1 else { return [] }
        var random = Chance(seed: scenario.seed).generator(for: "pairs of \(scenario.title) \(variant.name ?? "")")
        var drawn: Set<SweepPoint> = []
        var pairs: [SweepPoint] = []
        for _ in 0..<count * 4 where pairs.count < count {
            let pair = [random.pick(points), random.pick(points)]
            let point = SweepPoint(pair.flatMap(\.injectedFaults))
            if pair[0] != pair[1], drawn.insert(point).inserted { pairs.append(point) }
        }
        return pairs
    }

    /// Why the sweep does not play a scenario; `nil` when it does.
    package static func reasonToLeaveOut(_ scenario: Scenario) -> String? {
        if scenario.mutant != nil { return "it breaks the engine or a fake on purpose" }
        if !scenario.caughtBy.isEmpty { return "its rules must be broken" }
        return nil
    }

    package var title: String { variant.name.map { "\(scenario.title) [\($0)]" } ?? scenario.title }
}

extension RunOptions {
    /// People wait for the engine where they must, trouble ends, and the schedule runs on for the bound.
    static func struck(by injectedFaults: [InjectedFault], demanding demands: Demands) -> RunOptions {
        var runOptions = RunOptions()
        runOptions.injectedFaults = injectedFaults
        runOptions.steps = .triedAgain
        runOptions.settles = true
        runOptions.demands = demands
        return runOptions
    }
}

extension Array {
    /// So many of the elements, from the first on at even distances.
    fileprivate func sampledEvenly(_ most: Int) -> [Element] {
        guard count > most, most > 0 else { return self }
        return (0..<most).map { self[$0 * count / most] }
    }
}
