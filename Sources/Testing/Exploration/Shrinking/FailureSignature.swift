import Invariants
package import ScenarioKit

/// What is wrong with a run, as far as it must stay the same while its scenario shrinks: which rule and in what way, not which
/// figures.
package struct Complaint: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// - Returns: `nil` for a run with which nothing is wrong, and for one that could not be played to its end because the
    ///   scenario itself is wrong.
    package init?(_ result: ScenarioResult) {
        switch result.outcome {
        case .passed, .caught, .missed: return nil
        case .failed:
            if let invariantResult = result.invariantResults.first {
                // The sentence tells what is wrong, the figures and names in it change from candidate to candidate.
                guard case .broken(let findings) = invariantResult.verdict, let first = findings.first else {
                    description = "rule \(invariantResult.invariant)"
                    return
                }
                description = "rule \(invariantResult.invariant): " + first.sentence.filter { !$0.isNumber }
            } else if let failed = result.failedExpectations.first {
                description = "expectation \(failed.expectation): " + failed.found.filter { !$0.isNumber }
            } else {
                return nil
            }
        case .error:
            guard result.line == nil, let problem = result.problem else { return nil }
            // Figures in the text change from candidate to candidate.
            description = "error " + problem.filter { !$0.isNumber }
        }
    }
}
