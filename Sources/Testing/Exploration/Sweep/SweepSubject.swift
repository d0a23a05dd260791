package import ScenarioKit
import Simulation
import StrictYAML
import Units

/// One variant of a scenario, and the points of the sweep that run.
package struct SweepSubject: Sendable {
    package let scenario: Scenario
    package let variant: Scenario.Variant
    /// The run without injected faults.
    package let baseline: ScenarioRun
    /// The points that run.
    package let points: [SweepPoint]
    /// How many points there are; more than ``points`` when they are sampled.
    package let pointsInAll: Int

    /// How many exchanges the runs of one variant may add up to before its points are sampled: well under a minute of work.
    static let exchangeBudget = 400_000
    /// How many points of a variant run in any case.
    static let fewestPoints = 100

    /// Makes the run without faults and chooses the points.
    ///
    /// - Parameters:
    ///   - faultsPerRun: How many faults one run gets: 1 or 2.
    ///   - limit: At most this many points; `nil`: all, except for scenarios so heavy that they would take minutes.
    package init(_ scenario: Scenario, _ variant: Scenario.Variant, faultsPerRun: Int, limit: Int?) {
        self.scenario = scenario
        self.variant = variant
        baseline = Self.baseline(scenario, variant)
        let single = baseline.result.outcome.isGood ? SweepPoint.all(of: baseline) : []
        let affordable = max(Self.fewestPoints, Self.exchangeBudget / max(1, baseline.result.exchanges))
        if faultsPerRun == 1 {
            pointsInAll = single.count
            points = single.sampledEvenly(min(limit ?? .max, affordable))
        } else {
            pointsInAll = single.count * (single.count - 1) / 2
            points = Self.pairs(of: single, count: min(limit ?? 200, affordable, pointsInAll), in: scenario, variant)
        }
    }

    /// Runs exactly these points.
    package init(_ scenario: Scenario, _ variant: Scenario.Variant, points: [SweepPoint]) {
        self.scenario = scenario
        self.variant = variant
        baseline = Self.baseline(scenario, variant)
        self.points = points
        pointsInAll = points.count
    }

    private static func baseline(_ scenario: Scenario, _ variant: Scenario.Variant) -> ScenarioRun {
        var options = RunOptions.injecting([], demanding: .endState)
        options.listsExchanges = true
        return Runner.run(scenario, variant, options)
    }

    /// Draws pairs from a generator of the variant's own, so that other scenarios do not change them.
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

    /// The run without injected faults, as a failure.
    package var baselineFailure: Failure {
        var replay = "sweep \(scenario.path.quotedForShell)"
        if let name = variant.name { replay += " --variant \(name.quotedForShell)" }
        return Failure(
            result: baseline.result, scenario: scenario, variant: variant,
            options: .injecting([], demanding: .endState), conditions: ["without a fault, once both systems have settled"],
            replay: replay)
    }

    /// Why the sweep skips a scenario; `nil` when it does not.
    package static func reasonToSkip(_ scenario: Scenario) -> String? {
        if scenario.mutant != nil { return "it has a mutant" }
        if !scenario.caughtBy.isEmpty { return "its invariants must be broken" }
        // In a sweep all faults end before the judgement, and what is parked for as long as they last is unparked.
        if scenario.expectations.contains(where: {
            $0.kind.name == "parked" && $0.value.list.contains { $0["needs-person"] != nil }
        }) {
            return "it expects records that are parked while a fault lasts"
        }
        if scenario.steps.contains(where: { $0.kind.word == "engine.restore-journal" }) {
            return "it puts back an older journal, and a draft that this one never knew needs a person"
        }
        let words = scenario.steps.map(\.kind.word)
        if words.contains(where: { $0.hasSuffix(".request") }) {
            return "it says what another program is told at one moment, which a fault moves"
        }
        if words.contains("engine.crash"), words.contains(where: { $0.hasPrefix("rackbeat.draft-") }) {
            return "somebody drafts by hand what the engine was about to make, and a fault moves that moment"
        }
        if let hidden = words.lastIndex(of: "rackbeat.hide-records"), !words[hidden...].contains("rackbeat.show-records") {
            return "Rackbeat hides its records up to the end, also what had not reached the warehouse before"
        }
        if !scenario.faults.isEmpty, scenario.expectations.contains(where: { $0.kind.name == "findings" }) {
            return "it expects findings that a fault makes"
        }
        return nil
    }

    package var title: String { RunTitle.of(scenario.title, variant: variant.name) }
}

extension RunOptions {
    /// People repeat steps that cannot be taken yet. After the last step all faults end and the schedule runs on.
    static func injecting(_ injectedFaults: [InjectedFault], demanding demands: Demands) -> RunOptions {
        var options = RunOptions()
        options.injectedFaults = injectedFaults
        options.steps = .retried
        options.settles = true
        options.demands = demands
        return options
    }
}

extension Array {
    /// This many elements at even distances, starting with the first.
    fileprivate func sampledEvenly(_ limit: Int) -> [Element] {
        guard count > limit, limit > 0 else { return self }
        return (0..<limit).map { self[$0 * count / limit] }
    }
}
