import Units

/// What came out of one scenario. Nothing in it depends on the machine or the time of day.
public struct ScenarioResult: Sendable, Equatable {
    public enum Outcome: String, Sendable, Equatable, CaseIterable {
        /// Every rule and every expectation held.
        case passed
        case failed
        /// It could not be played: a bad file, a step that could not be taken, a defect.
        case error
        /// A negative scenario whose rule broke as it should.
        case caught
        /// A negative scenario that no rule, or the wrong one, noticed.
        case notCaught = "not-caught"

        public var isGood: Bool { self == .passed || self == .caught }
    }

    public var name: String
    /// As it was given, for `file:line`.
    public var path: String
    public var outcome: Outcome
    public var seed: UInt64
    public var simulated: Duration
    public var exchanges: Int
    /// Of the whole run, in sixteen hexadecimal digits.
    public var digest: String
    /// Which variant of a matrix; empty without one.
    public var variant: String
    /// The rules that did not hold.
    public var judgements: [Judgement]
    /// Expectations of the scenario that did not come true.
    public var failedExpectations: [FailedExpectation]
    /// Why it could not be played; or, for a negative scenario, what was expected to catch it and what did.
    public var problem: String?
    /// Where in the file the problem is, from 1.
    public var line: Int?
    public var column: Int?
    /// The exchanges that findings refer to, or all when they are asked for, by ascending number.
    public var excerpts: [ExchangeExcerpt]

    public init(name: String, path: String, outcome: Outcome, seed: UInt64) {
        self.name = name
        self.path = path
        self.outcome = outcome
        self.seed = seed
        simulated = .zero
        exchanges = 0
        digest = ""
        variant = ""
        judgements = []
        failedExpectations = []
        excerpts = []
    }
}

extension ScenarioResult {
    /// What went wrong, in lines for people; empty when nothing did.
    package var linesOfFailure: [String] { FailureText(result: self).lines }
}

public struct FailedExpectation: Sendable, Equatable {
    /// As it stands in the file: `rackbeat.shipments`.
    public var expectation: String
    public var line: Int
    public var expected: String
    public var found: String

    public init(expectation: String, line: Int, expected: String, found: String) {
        self.expectation = expectation
        self.line = line
        self.expected = expected
        self.found = found
    }
}

/// One exchange in a few words.
public struct ExchangeExcerpt: Sendable, Equatable {
    public var number: Int
    /// Since the beginning of the run.
    public var after: Duration
    public var connection: String
    /// `rackbeat POST /api/orders/1042/create-shipment`.
    public var request: String
    public var requestBody: String
    /// `201`, or why there was no answer.
    public var answer: String
    public var answerBody: String
    /// The fault that struck.
    public var fault: String?

    public init(
        number: Int, after: Duration, connection: String, request: String, requestBody: String, answer: String,
        answerBody: String, fault: String?
    ) {
        self.number = number
        self.after = after
        self.connection = connection
        self.request = request
        self.requestBody = requestBody
        self.answer = answer
        self.answerBody = answerBody
        self.fault = fault
    }
}
