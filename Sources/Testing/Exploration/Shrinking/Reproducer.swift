import Invariants
import ScenarioKit
import Simulation

/// A failing run made small and written down, to be kept and played again.
package struct Reproducer: Sendable {
    /// The file's name without its ending: the promise that was broken, and where the find came from.
    package let name: String
    /// The whole file.
    package let text: String
    package let steps: Int
    /// How many candidates were played.
    package let runs: Int
    package let ranOutOfTime: Bool

    /// - Parameters:
    ///   - isOver: Whether the time that shrinking may take is up.
    /// - Returns: `nil` when the failure does not come again by what its scenario says.
    package static func of(_ failure: Failure, isOver: @escaping () -> Bool) -> Reproducer? {
        guard let (scenario, runOptions) = told(failure) else { return nil }
        // A promise of its own a scenario breaks with less than the trouble: by nothing having happened.
        let isItsOwnPromise = failure.result.invariantResults.isEmpty && !failure.runOptions.injectedFaults.isEmpty
        let control: ((Scenario) -> Scenario)? =
            isItsOwnPromise ? { $0.without(blowsOf: scenario, count: failure.runOptions.injectedFaults.count) } : nil
        guard let small = Shrinker.shrink(scenario, runOptions: runOptions, control: control, isOver: isOver) else { return nil }
        var written = small.scenario
        if runOptions.predictsParked { written = written.with(expectations: small.played.prediction) }
        let result = small.played.result
        // A scenario with a defect made on purpose says which rule notices it.
        if written.mutant != nil, let rule = result.invariantResults.first?.invariant { written = written.catching(rule) }
        let broken = result.invariantResults.first?.invariant ?? (result.outcome == .error ? "the-run-ends" : "expectations")
        let finding = result.invariantResults.first.flatMap { invariantResult -> String? in
            guard case .broken(let findings) = invariantResult.verdict, let first = findings.first else { return nil }
            return "\(first.subject): \(first.sentence)"
        }
        let story = ([finding ?? result.problem ?? ""] + ["Found by: tandem \(failure.replay)"]).filter { !$0.isEmpty }
            .joined(separator: "\n")
        return Reproducer(
            name: name(of: failure, broken: broken),
            text: ScenarioWriting.text(written, story: story), steps: written.steps.count, runs: small.runs,
            ranOutOfTime: small.ranOutOfTime)
    }

    private static func name(of failure: Failure, broken: String) -> String {
        let whose = [broken, failure.scenario.title, failure.variant.name].compactMap(\.self)
        let name = (whose + failure.runOptions.injectedFaults.map(\.description)).joined(separator: "-").map {
            $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-"
        }
        return String(name)
    }

    /// The failing run as one scenario, and how it is played. Blows that were aimed by number become faults and crashes that it says
    /// itself.
    private static func told(_ failure: Failure) -> (Scenario, RunOptions)? {
        guard !failure.runOptions.injectedFaults.isEmpty else {
            // What is to end before a person is foreseen anew for each candidate.
            let isForeseen = failure.runOptions.predictsParked
            return (isForeseen ? failure.scenario.with(expectations: []) : failure.scenario, failure.runOptions)
        }
        guard let wanted = Complaint(failure.result) else { return nil }
        var struckManner = failure.runOptions
        struckManner.listsExchanges = true
        let struck = Runner.run(failure.scenario, failure.variant, struckManner)
        guard let scenario = failure.scenario.saying(failure.runOptions.injectedFaults, of: struck) else { return nil }
        let whole = scenario.playing(failure.variant, settling: struck.settled)
        // What the scenario expects may rest on what is left out, and is kept only where nothing else is wrong.
        var foreseeing = RunOptions()
        foreseeing.predictsParked = true
        let tellings = [
            (whole.with(expectations: []), foreseeing),
            (whole.with(expectations: whole.expectations.filter { $0.kind.scope == .end }), RunOptions()),
        ]
        return tellings.first { scenario, runOptions in
            var runOptions = runOptions
            runOptions.steps = .leftAtOnce
            return Complaint(Runner.run(scenario, failure.variant, runOptions).result) == wanted
        }
    }
}
