import Invariants
import StrictYAML

/// One thing that a scenario can expect in addition to the invariants: how it is read, documented and checked.
package struct ExpectationKind: Sendable {
    package let name: String
    /// What is expected, in a sentence.
    let doc: String
    let shape: Shape
    /// A whole `expect` line in YAML, with the steps that make it true.
    let example: Example
    /// Whether it is about the way or the end. Injected faults change the way and must not change the end.
    package let scope: Scope
    let check: @Sendable (Value, EndState) -> [Mismatch]

    package enum Scope: Sendable { case way, end }

    struct Example: Sendable {
        let steps: String
        let expect: String
    }

    init(
        _ name: String, _ doc: String, _ shape: Shape, of scope: Scope = .end, steps: String, example: String,
        check: @escaping @Sendable (Value, EndState) -> [Mismatch]
    ) {
        self.name = name
        self.doc = doc
        self.shape = shape
        self.example = Example(steps: steps, expect: example)
        self.scope = scope
        self.check = check
    }

    package static let all: [ExpectationKind] = inRackbeat + inOngoing + betweenBoth + ofTheRun

    package static func named(_ name: String) -> ExpectationKind? { all.first { $0.name == name } }
}

/// An expectation that does not hold, at one place.
struct Mismatch: Sendable {
    let place: Place
    let expected: String
    let found: String
}

/// What expectations are checked against: the evidence of the run, and the base paths of its requests.
struct EndState {
    let evidence: Evidence
    /// Values that the engine could not map and left out.
    let findings: [RecordedFinding]
    let basePaths: BasePaths
    /// Whether the way is checked too: the order of bookings, and the reasons of parked records. An injected fault may delay a
    /// booking.
    var checksTheWay = true

    /// The goods owner of a connection; by default of the first one.
    func goodsOwner(of connection: Value?) -> Int {
        let facts = evidence.connections
        guard let connection else { return facts[0].goodsOwner }
        return facts.first { $0.name == connection.text }!.goodsOwner
    }
}

/// A value that the engine could not map.
struct RecordedFinding: Sendable, Equatable {
    let connection: String
    let job: String
    /// The number of the record.
    let number: String
    let field: String
    let problem: String
}

extension Shape {
    /// One record, or a list of records.
    static func oneOrMore(_ record: Record) -> Shape { .either([.record(record), .list(.record(record))]) }
}

extension Value {
    /// The values of a shape that is one record or a list.
    var oneOrMore: [Value] {
        if case .list(let values) = content { values } else { [self] }
    }
}

/// An expected count: a number, or a minimum and a maximum.
struct CountRange {
    private let low: Int
    /// `nil` for no maximum.
    private let high: Int?

    static let record = Record(
        "a range",
        [
            .optional("at-least", .whole(from: 0), "Minimum."),
            .optional("at-most", .whole(from: 0), "Maximum."),
        ])

    /// - Returns: `nil` when the value is neither a number nor a range.
    init?(_ value: Value) {
        switch value.content {
        case .whole(let count):
            low = count
            high = count
        case .record:
            low = value["at-least"]?.int ?? 0
            high = value["at-most"]?.int
        default: return nil
        }
    }

    func contains(_ count: Int) -> Bool { count >= low && high.map { count <= $0 } ?? true }

    var text: String {
        guard let high else { return "at least \(low)" }
        return low == high ? "\(low)" : "\(low) to \(high)"
    }
}
