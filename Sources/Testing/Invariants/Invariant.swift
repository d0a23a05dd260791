/// Something that holds in every run, whatever the scenario is about.
///
/// A rule judges from what the two systems hold and from what people did, never from what the engine says of itself.
package protocol Invariant: Sendable {
    /// In kebab-case, as scenarios name it.
    static var name: String { get }
    /// What is promised, in a sentence that says what a customer would lose.
    static var statement: String { get }

    init()
    func judge(_ evidence: Evidence) -> Verdict
}

package enum Verdict: Sendable, Equatable {
    case holds
    /// At least one finding, in a stable order.
    case broken([Finding])
    /// The rule could not tell, and why. Never a pass.
    case undecided(String)

    init(_ findings: [Finding]) { self = findings.isEmpty ? .holds : .broken(findings) }

    /// - Parameter contradictions: What the book and the warehouse's own documents tell differently. While they do, a rule that
    ///   finds nothing has found nothing out.
    init(_ findings: [Finding], contradictions: [String]) {
        if findings.isEmpty, let first = contradictions.first {
            self = .undecided(first + (contradictions.count > 1 ? ", and \(contradictions.count - 1) more" : ""))
        } else {
            self.init(findings)
        }
    }
}

/// One place where a rule is broken.
package struct Finding: Sendable, Equatable {
    /// What it is about: `order 1042, line 1`.
    package var subject: String
    /// What is wrong, in a sentence without the subject.
    package var sentence: String
    /// What ought to be; `nil` where the sentence says it all.
    package var expected: String?
    package var rackbeatHolds: String?
    package var ongoingHolds: String?
    /// The numbers of the exchanges that led there, ascending.
    package var exchanges: [Int]

    package init(
        subject: String, sentence: String, expected: String? = nil, rackbeatHolds: String? = nil, ongoingHolds: String? = nil,
        exchanges: [Int] = []
    ) {
        self.subject = subject
        self.sentence = sentence
        self.expected = expected
        self.rackbeatHolds = rackbeatHolds
        self.ongoingHolds = ongoingHolds
        self.exchanges = exchanges
    }
}

/// What one rule said of one run.
package struct InvariantResult: Sendable, Equatable {
    package var invariant: String
    package var statement: String
    package var verdict: Verdict

    package init(invariant: String, statement: String, verdict: Verdict) {
        self.invariant = invariant
        self.statement = statement
        self.verdict = verdict
    }
}
