package import ScenarioKit
import Simulation
import Units

/// Shrinks a failing scenario to a minimal one with the same failure (delta debugging: Zeller and Hildebrandt, «Simplifying and
/// Isolating Failure-Inducing Input», 2002; over the scenario's tree instead of its text).
///
/// Steps that can no longer be taken because an earlier step is gone are removed too.
package struct Shrinker {
    /// The smallest scenario that was found, and how the search ended.
    package struct Result: Sendable {
        package var scenario: Scenario
        package var run: ScenarioRun
        /// How many candidates ran.
        package var runs: Int
        /// Whether time ran out before the scenario was minimal.
        package var ranOutOfTime: Bool
    }

    private let signature: FailureSignature
    private let options: RunOptions
    private let control: ((Scenario) -> Scenario)?
    private let isTimeUp: () -> Bool
    private var best: Scenario
    private var run: ScenarioRun
    private var runs = 0

    /// - Parameters:
    ///   - options: Those of the failing run. Steps that cannot be taken are skipped.
    ///   - control: Makes the control run of a candidate: the candidate without its faults. It must pass, or the candidate fails for
    ///     another reason.
    ///   - isTimeUp: Asked before each run.
    /// - Returns: `nil` when the scenario does not fail again.
    package static func shrink(
        _ scenario: Scenario, _ options: RunOptions = RunOptions(), control: ((Scenario) -> Scenario)? = nil,
        isTimeUp: @escaping () -> Bool
    ) -> Result? {
        var options = options
        options.steps = .skipped
        let first = Runner.run(scenario, scenario.variants[0], options)
        guard let signature = FailureSignature(first.result) else { return nil }
        var shrinker = Shrinker(signature, options, scenario, first, control, isTimeUp)
        let isDone = shrinker.search()
        return Result(
            scenario: shrinker.best, run: shrinker.run, runs: shrinker.runs, ranOutOfTime: !isDone)
    }

    private init(
        _ signature: FailureSignature, _ options: RunOptions, _ scenario: Scenario, _ run: ScenarioRun,
        _ control: ((Scenario) -> Scenario)?, _ isTimeUp: @escaping () -> Bool
    ) {
        self.signature = signature
        self.options = options
        self.control = control
        self.isTimeUp = isTimeUp
        self.run = run
        best = scenario.without(steps: Set(run.skippedSteps))
    }

    // MARK: Searching

    /// - Returns: Whether the scenario is minimal.
    private mutating func search() -> Bool {
        var hasShrunk = true
        while hasShrunk {
            guard !isTimeUp() else { return false }
            hasShrunk = dropSteps()
            for candidates in [Reductions.faults, Reductions.world, Reductions.steps, Reductions.times] {
                guard !isTimeUp() else { return false }
                hasShrunk = tryAll(candidates) || hasShrunk
            }
        }
        return true
    }

    /// Removes half of the steps at once, then quarters, and so on to single steps.
    private mutating func dropSteps() -> Bool {
        var hasShrunk = false
        var size = max(1, best.steps.count / 2)
        while true {
            var start = 0
            while start < best.steps.count, !isTimeUp() {
                let end = min(start + size, best.steps.count)
                if attempt(best.without(steps: Set(start..<end))) {
                    hasShrunk = true
                } else {
                    start = end
                }
            }
            if size == 1 { return hasShrunk }
            size = max(1, size / 2)
        }
    }

    /// Tries the reductions in order. After each success it tries those of the smaller scenario.
    private mutating func tryAll(_ reductions: (Scenario) -> [Scenario]) -> Bool {
        var hasShrunk = false
        var place = 0
        var candidates = reductions(best)
        while place < candidates.count, !isTimeUp() {
            if attempt(candidates[place]) {
                hasShrunk = true
                // Earlier reductions failed before and seldom succeed now.
                candidates = reductions(best)
            } else {
                place += 1
            }
        }
        return hasShrunk
    }

    /// Runs a candidate and keeps it when it fails in the same way.
    private mutating func attempt(_ candidate: Scenario) -> Bool {
        runs += 1
        let run = Runner.run(candidate, candidate.variants[0], options)
        guard FailureSignature(run.result) == signature else { return false }
        let smaller = candidate.without(steps: Set(run.skippedSteps))
        if let control {
            runs += 1
            let undisturbed = control(smaller)
            guard Runner.run(undisturbed, undisturbed.variants[0], options).result.outcome.isGood else {
                return false
            }
        }
        best = smaller
        self.run = run
        return true
    }
}
