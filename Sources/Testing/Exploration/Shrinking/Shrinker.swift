package import ScenarioKit
import Simulation
import Units

/// Makes a failing run the smallest scenario that still breaks the same rule (delta debugging: Zeller and Hildebrandt, «Simplifying
/// and Isolating Failure-Inducing Input», 2002; over the scenario's own tree instead of its text).
///
/// What people could no longer do, because what it rested on is gone, is left out with it.
package struct Shrinker {
    /// The smallest that was found, and how the search went.
    package struct Result: Sendable {
        package var scenario: Scenario
        package var played: ScenarioRun
        /// How many candidates were played.
        package var runs: Int
        /// Whether time was up before nothing could be left out any more.
        package var ranOutOfTime: Bool
    }

    private let complaint: Complaint
    private let runOptions: RunOptions
    private let control: ((Scenario) -> Scenario)?
    private let isOver: () -> Bool
    private var best: Scenario
    private var played: ScenarioRun
    private var runs = 0

    /// - Parameters:
    ///   - manner: How the failing run was played; the steps are left where they cannot be taken.
    ///   - control: What of a candidate must pass, or what is wrong with the candidate is another thing: itself without its trouble.
    ///   - isOver: Whether the time that shrinking may take is up. Asked before each run.
    /// - Returns: `nil` when the scenario does not fail when it is played again: what found it did not say all.
    package static func shrink(
        _ scenario: Scenario, runOptions: RunOptions = RunOptions(), control: ((Scenario) -> Scenario)? = nil,
        isOver: @escaping () -> Bool
    ) -> Result? {
        var runOptions = runOptions
        runOptions.steps = .leftAtOnce
        let first = Runner.run(scenario, scenario.variants[0], runOptions)
        guard let complaint = Complaint(first.result) else { return nil }
        var shrinker = Shrinker(complaint, runOptions, scenario, first, control, isOver)
        let isDone = shrinker.search()
        return Result(
            scenario: shrinker.best, played: shrinker.played, runs: shrinker.runs, ranOutOfTime: !isDone)
    }

    private init(
        _ complaint: Complaint, _ runOptions: RunOptions, _ scenario: Scenario, _ played: ScenarioRun,
        _ control: ((Scenario) -> Scenario)?, _ isOver: @escaping () -> Bool
    ) {
        self.complaint = complaint
        self.runOptions = runOptions
        self.control = control
        self.isOver = isOver
        best = scenario
        self.played = played
        best = scenario.without(steps: Set(played.stepsLeft))
    }

    // MARK: Searching

    /// - Returns: whether it came to an end by itself.
    private mutating func search() -> Bool {
        var hasShrunk = true
        while hasShrunk {
            guard !isOver() else { return false }
            hasShrunk = dropSteps()
            for candidates in [Reductions.faults, Reductions.world, Reductions.steps, Reductions.times] {
                guard !isOver() else { return false }
                hasShrunk = tryAll(candidates) || hasShrunk
            }
        }
        return true
    }

    /// Half of the steps at once, then quarters, and so on to single ones.
    private mutating func dropSteps() -> Bool {
        var hasShrunk = false
        var size = max(1, best.steps.count / 2)
        while true {
            var start = 0
            while start < best.steps.count, !isOver() {
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

    /// Tries the reductions in their order, and after each that does, those of what is left.
    private mutating func tryAll(_ reductions: (Scenario) -> [Scenario]) -> Bool {
        var hasShrunk = false
        var place = 0
        var candidates = reductions(best)
        while place < candidates.count, !isOver() {
            if attempt(candidates[place]) {
                hasShrunk = true
                // What stood before this place was tried and did not do; it seldom does afterwards.
                candidates = reductions(best)
            } else {
                place += 1
            }
        }
        return hasShrunk
    }

    /// Plays a candidate and keeps it when it breaks the same rule.
    private mutating func attempt(_ candidate: Scenario) -> Bool {
        runs += 1
        let played = Runner.run(candidate, candidate.variants[0], runOptions)
        guard let found = Complaint(played.result), found == complaint else { return false }
        let smaller = candidate.without(steps: Set(played.stepsLeft))
        if let control {
            runs += 1
            let undisturbed = control(smaller)
            guard Runner.run(undisturbed, undisturbed.variants[0], runOptions).result.outcome.isGood else {
                return false
            }
        }
        best = smaller
        self.played = played
        return true
    }
}
