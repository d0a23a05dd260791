import Invariants
package import ScenarioKit

/// What must stay the same about a failure while its scenario shrinks: the invariant, expectation or error. Figures and names may
/// change from candidate to candidate, and no text for people is compared.
package enum FailureSignature: Hashable, Sendable {
    case invariant(String)
    /// As it is named in the file: `rackbeat.shipments`.
    case expectation(String)
    /// The Swift type of the error that ended the run; `nil` when none was thrown.
    case error(type: String?)

    /// - Returns: `nil` for a run that did not fail, and for one that did not end because the scenario itself is wrong.
    package init?(_ result: ScenarioResult) {
        switch result.outcome {
        case .passed, .caught, .missed: return nil
        case .failed:
            if let invariantResult = result.invariantResults.first {
                self = .invariant(invariantResult.invariant)
            } else if let failed = result.failedExpectations.first {
                self = .expectation(failed.expectation)
            } else {
                return nil
            }
        case .error:
            guard result.line == nil, result.problem != nil else { return nil }
            self = .error(type: result.errorType)
        }
    }
}
