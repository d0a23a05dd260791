import Invariants
package import ScenarioKit
package import SyncCore

/// What must stay the same about a failure while its scenario shrinks: the invariant and the kind of record, the expectation, or the
/// error. Figures and names may change from candidate to candidate, and no text for people is compared.
package enum FailureSignature: Hashable, Sendable {
    /// With the kind of record that the first finding is about; `nil` when it is not about one.
    case invariant(String, about: RecordRef.Kind?)
    /// As it is named in the file: `rackbeat.shipments`.
    case expectation(String)
    /// The Swift type of the error that ended the run; `nil` when none was thrown.
    case error(type: String?)

    /// - Returns: `nil` for a run that did not fail, and for one that did not end because the scenario itself is wrong.
    package init?(_ result: ScenarioResult) {
        switch result.outcome {
        case .passed, .caught, .missed, .changed: return nil
        case .failed:
            if let invariantResult = result.invariantResults.first {
                var kind: RecordRef.Kind?
                if case .broken(let findings) = invariantResult.verdict { kind = findings.first?.record?.kind }
                self = .invariant(invariantResult.invariant, about: kind)
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
