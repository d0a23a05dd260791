package import Invariants
package import SyncCore
import Units

/// The result of one run of a scenario. Nothing in it depends on the machine or the time of day.
package struct ScenarioResult: Sendable, Equatable {
    package enum Outcome: String, Sendable, Equatable, CaseIterable {
        /// Every invariant and every expectation holds.
        case passed
        /// Something does not hold, or a step could not be taken.
        case failed
        /// The scenario could not be run: a bad file, or a defect.
        case error
        /// Every invariant that the scenario of a mutant names is broken.
        case caught
        /// One of them holds.
        case missed
        /// It would have passed or been caught, but is not what its baseline says.
        case changed

        package var isGood: Bool { self == .passed || self == .caught }
    }

    package var name: String
    /// As it was given, for `file:line`.
    package var path: String
    package var outcome: Outcome
    package var seed: UInt64
    package var simulated: Duration
    package var exchanges: Int
    /// Of the whole run, in sixteen hexadecimal digits.
    package var digest: String
    /// Which variant of a matrix; empty without one.
    package var variant: String
    /// The invariants that are violated or undecided.
    package var invariantResults: [InvariantResult]
    /// Expectations that are not met.
    package var failedExpectations: [FailedExpectation]
    /// Why the run could not complete, such as the step that could not be taken; for a mutant, which invariants were to catch it and which did.
    package var problem: String?
    /// The Swift type of the error that ended the run, where the problem has no place in the file: tells causes apart.
    package var errorType: String?
    /// Where in the file the problem is, from 1.
    package var line: Int?
    package var column: Int?
    /// The exchanges that findings refer to, or all if the options ask for them, by ascending number.
    package var excerpts: [ExchangeExcerpt]
    /// What caught a mutant.
    package var catches: [InvariantResult] = []
    /// What the expectations that are not met are about.
    package var expectationRecords: Set<RecordRef> = []
    /// How the run went beside its baseline; `nil` where there is none.
    package var baseline: ComparedCourse?
    /// What happened, where the options ask for it.
    package var trace: Trace?

    package init(name: String, path: String, outcome: Outcome, seed: UInt64) {
        self.name = name
        self.path = path
        self.outcome = outcome
        self.seed = seed
        simulated = .zero
        exchanges = 0
        digest = ""
        variant = ""
        invariantResults = []
        failedExpectations = []
        excerpts = []
    }
}

package struct FailedExpectation: Sendable, Equatable {
    /// As it is written in the file: `rackbeat.shipments`.
    package var expectation: String
    package var line: Int
    package var expected: String
    package var found: String

    package init(expectation: String, line: Int, expected: String, found: String) {
        self.expectation = expectation
        self.line = line
        self.expected = expected
        self.found = found
    }
}

/// A summary of one exchange.
package struct ExchangeExcerpt: Sendable, Equatable {
    package var number: Int
    /// Since the beginning of the run.
    package var after: Duration
    package var connection: String
    /// `rackbeat POST /api/orders/1042/create-shipment`.
    package var request: String
    package var requestBody: String
    /// The status, such as `201`, or why there is no response.
    package var response: String
    package var responseBody: String
    /// The injected fault.
    package var fault: String?

    package init(
        number: Int, after: Duration, connection: String, request: String, requestBody: String, response: String,
        responseBody: String, fault: String?
    ) {
        self.number = number
        self.after = after
        self.connection = connection
        self.request = request
        self.requestBody = requestBody
        self.response = response
        self.responseBody = responseBody
        self.fault = fault
    }
}
