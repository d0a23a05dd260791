import Invariants
import ScenarioKit
import Simulation

/// A minimal scenario that reproduces a failure, ready to be saved.
package struct Reproducer: Sendable {
    /// The file's name without its extension: what failed, in which scenario, under which fault.
    package let name: String
    /// The whole file.
    package let text: String
    package let steps: Int
    /// How many candidates ran.
    package let runs: Int
    package let ranOutOfTime: Bool

    /// Turns the failing run into a scenario of its own and shrinks it.
    ///
    /// - Parameter isTimeUp: Asked before each candidate.
    /// - Returns: `nil` when no scenario can express what made the run fail.
    package static func of(_ failure: Failure, isTimeUp: @escaping () -> Bool) -> Reproducer? {
        guard let (scenario, options) = standalone(failure) else { return nil }
        // An expectation also fails when nothing happens at all. A candidate must therefore pass without the fault.
        let isExpectation = failure.result.invariantResults.isEmpty && !failure.options.injectedFaults.isEmpty
        let control: ((Scenario) -> Scenario)? =
            isExpectation ? { $0.without(faultsWrittenInto: scenario, count: failure.options.injectedFaults.count) } : nil
        guard let shrunk = Shrinker.shrink(scenario, options, control: control, isTimeUp: isTimeUp) else { return nil }
        var written = shrunk.scenario
        if options.predictsParked { written = written.with(expectations: shrunk.run.prediction) }
        let result = shrunk.run.result
        let violated = result.invariantResults.first
        // A scenario with a mutant names the invariant that catches it.
        if written.mutant != nil, let violated { written = written.caught(by: violated.invariant) }
        let comment = [firstFinding(violated) ?? result.problem, "Found by: tandem \(failure.replay)"].compactMap(\.self)
        return Reproducer(
            name: name(
                of: failure, violating: violated?.invariant ?? (result.outcome == .error ? "the-run-ends" : "expectations")),
            text: ScenarioWriting.text(written, summary: comment.joined(separator: "\n")), steps: written.steps.count,
            runs: shrunk.runs, ranOutOfTime: shrunk.ranOutOfTime)
    }

    private static func firstFinding(_ violated: InvariantResult?) -> String? {
        guard case .broken(let findings) = violated?.verdict, let first = findings.first else { return nil }
        return "\(first.subject): \(first.sentence)"
    }

    private static func name(of failure: Failure, violating what: String) -> String {
        let parts = [what, failure.scenario.title, failure.variant.name].compactMap(\.self)
        let name = (parts + failure.options.injectedFaults.map(\.description)).joined(separator: "-").map {
            $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-"
        }
        return String(name)
    }

    /// The failing run as one scenario, and the options it runs with. Faults that were injected by number become faults and crashes
    /// in the file.
    private static func standalone(_ failure: Failure) -> (Scenario, RunOptions)? {
        guard !failure.options.injectedFaults.isEmpty else {
            // What must end up parked is predicted anew for each candidate.
            let isPredicted = failure.options.predictsParked
            return (isPredicted ? failure.scenario.with(expectations: []) : failure.scenario, failure.options)
        }
        guard let wanted = FailureSignature(failure.result) else { return nil }
        var listing = failure.options
        listing.listsExchanges = true
        let disturbed = Runner.run(failure.scenario, failure.variant, listing)
        guard let scenario = failure.scenario.writing(failure.options.injectedFaults, from: disturbed) else { return nil }
        let whole = scenario.only(failure.variant, settling: disturbed.settled)
        // Expectations may depend on steps that shrinking removes. They are kept only when nothing else fails.
        var predicting = RunOptions()
        predicting.predictsParked = true
        let candidates = [
            (whole.with(expectations: []), predicting),
            (whole.with(expectations: whole.expectations.filter { $0.kind.scope == .end }), RunOptions()),
        ]
        return candidates.first { scenario, options in
            var options = options
            options.steps = .skipped
            return FailureSignature(Runner.run(scenario, failure.variant, options).result) == wanted
        }
    }
}
