package import SyncCore

/// A property that holds in every run, whatever the scenario is about.
///
/// An invariant judges from the snapshots of both systems and from the action log, never from what the engine says of itself.
package protocol Invariant: Sendable {
    /// In kebab-case, as scenarios name it.
    static var id: String { get }
    /// The property, then «otherwise» and what a customer would lose.
    static var statement: String { get }

    init()
    func judge(_ evidence: Evidence) -> Verdict
}

package enum Verdict: Sendable, Equatable {
    case holds
    /// At least one finding, in a stable order.
    case broken([Finding])
    /// The invariant cannot tell, and why. Never a pass.
    case undecided(String)

    init(_ findings: [Finding]) { self = findings.isEmpty ? .holds : .broken(findings) }

    /// - Parameter contradictions: Where the action log and the warehouse's documents differ. As long as they differ, finding
    ///   nothing proves nothing.
    init(_ findings: [Finding], contradictions: [String]) {
        if findings.isEmpty, let first = contradictions.first {
            self = .undecided(first + (contradictions.count > 1 ? ", and \(contradictions.count - 1) more" : ""))
        } else {
            self.init(findings)
        }
    }
}

/// One place where an invariant is broken.
package struct Finding: Sendable, Equatable {
    /// The document or thing that is wrong, for people: `order 1042, line 1`.
    package var subject: String
    /// The record in Rackbeat that is wrong; `nil` when it is not about one.
    package var record: RecordRef?
    /// The connection at which it is wrong; `nil` when it is not about one.
    package var connection: String?
    /// What is wrong, in a whole sentence.
    package var sentence: String
    /// What should be there; `nil` when the sentence says it all.
    package var expected: String?
    package var rackbeatHolds: String?
    package var ongoingHolds: String?
    /// The numbers of the exchanges that wrote it, ascending.
    package var exchanges: [Int]

    package init(
        subject: String, record: RecordRef? = nil, connection: String? = nil, sentence: String, expected: String? = nil,
        rackbeatHolds: String? = nil, ongoingHolds: String? = nil, exchanges: [Int] = []
    ) {
        self.subject = subject
        self.record = record
        self.connection = connection
        self.sentence = sentence
        self.expected = expected
        self.rackbeatHolds = rackbeatHolds
        self.ongoingHolds = ongoingHolds
        self.exchanges = exchanges
    }
}

/// The verdict of one invariant on one run.
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
