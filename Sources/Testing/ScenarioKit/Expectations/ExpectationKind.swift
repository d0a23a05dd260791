import Invariants

/// One thing a scenario can expect beside the standing rules: how it is read, documented and checked.
package struct ExpectationKind: Sendable {
    package let name: String
    /// What must be so, in a sentence.
    let doc: String
    let shape: Shape
    /// A whole `expect` line as YAML, with the steps that make it true.
    let example: Example
    /// What it is about. Trouble changes the way, and must not change the end.
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

/// Something that was expected and is not so.
struct Mismatch: Sendable {
    let place: Place
    let expected: String
    let found: String
}

/// What an expectation is held against: the evidence of the run, and where its connections are.
struct EndState {
    let evidence: Evidence
    /// What the engine noticed while it mapped records, and let pass.
    let findings: [RecordedFinding]
    let basePaths: BasePaths
    /// Whether the way to the end is held against the scenario too: in which order records were booked, in which words a person was
    /// told. One that trouble put off is booked after its neighbours.
    var knowsTheWay = true

    /// The goods owner of a connection; of the first one when the scenario does not say which.
    func goodsOwner(of connection: Value?) -> Int {
        let facts = evidence.connections
        guard let connection else { return facts[0].goodsOwner }
        return facts.first { $0.name == connection.text }!.goodsOwner
    }
}

/// A value that could not be carried over as it was.
struct RecordedFinding: Sendable, Equatable {
    let connection: String
    let job: String
    /// The number of the record.
    let number: String
    let field: String
    let problem: String
}

extension Shape {
    /// One of a thing, or a list of several.
    static func oneOrMore(_ record: Record) -> Shape { .either([.record(record), .list(.record(record))]) }
}

extension Value {
    /// The values of a shape that takes one or a list of several.
    var oneOrMore: [Value] {
        if case .list(let values) = content { values } else { [self] }
    }
}

/// How many there must be: a number, or no fewer and no more than.
struct CountRange {
    private let low: Int
    /// `nil`: any number.
    private let high: Int?

    static let record = Record(
        "a range",
        [
            .optional("at-least", .whole(from: 0), "No fewer."),
            .optional("at-most", .whole(from: 0), "No more."),
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
