/// What a value in a scenario file may be.
///
/// The one description from which files are read, the JSON Schema is written and the reference page is made, so that none of
/// them can know a key that the others do not.
package indirect enum Shape: Sendable {
    /// Text exactly as it stands there: `no`, `007` and `12:30` stay what they are.
    case text
    case whole(ClosedRange<Int>)
    /// An exact decimal.
    case decimal
    case flag
    /// A length of time.
    case duration
    /// A length of time either way.
    case offset
    /// A point in time: so long after the start, a time of day, or a moment.
    case time
    case moment
    case date
    /// Names exchanges: `rackbeat POST /orders/{}/create-shipment`.
    case exchange
    case choice([String])
    /// The name of something that stands further up in the file.
    case name(Name)
    /// A name that is given here for the first time.
    case newName(Name)
    case list(Shape)
    case record(Record)
    /// Keys that the file chooses.
    case table(key: Shape, value: Shape)
    /// Alternatives of different form: at most one scalar, one list, one mapping.
    case either([Shape])
    /// Any tree at all, for members of the systems' own documents.
    case anything
    /// No value: the key says it all.
    case nothing
    /// The word of a step, standing alone.
    case stepWord
    /// A whole number from 1, or the word `all`.
    case countOrAll

    /// The things a scenario gives names or numbers to.
    package enum Name: String, Sendable, CaseIterable {
        case product
        case location
        case group
        case supplier
        case customer
        case paymentTerm = "payment term"
        case employee
        case connection
        case order
        case purchaseOrder = "purchase order"
    }

    /// Any whole number from `first`.
    static func whole(from first: Int) -> Shape { .whole(first...999_999_999) }
}

/// A mapping with known keys.
package struct Record: Sendable {
    /// What it is, in words that stand in a sentence: `an order line`.
    package let title: String
    package let fields: [Field]
    /// Keys of which exactly one must be there, group by group.
    package let exactlyOneOf: [[String]]
    /// What one of its keys is called in messages: `key`, `word`, `expectation`.
    package let keyTitle: String

    package init(_ title: String, _ fields: [Field], exactlyOneOf: [[String]] = [], keyTitle: String = "key") {
        precondition(Set(fields.map(\.name)).count == fields.count, "\(title) has a key twice")
        self.title = title
        self.fields = fields
        self.exactlyOneOf = exactlyOneOf
        self.keyTitle = keyTitle
    }

    package func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

/// One known key of a mapping.
package struct Field: Sendable {
    package let name: String
    package let shape: Shape
    package let isRequired: Bool
    /// A sentence or two for the reference page and for editors.
    package let doc: String
    /// The value as one would write it.
    package let example: String?

    package static func required(_ name: String, _ shape: Shape, _ doc: String, example: String? = nil) -> Field {
        Field(name: name, shape: shape, isRequired: true, doc: doc, example: example)
    }

    package static func optional(_ name: String, _ shape: Shape, _ doc: String, example: String? = nil) -> Field {
        Field(name: name, shape: shape, isRequired: false, doc: doc, example: example)
    }
}

extension Shape {
    /// What was expected, in words that stand in a sentence.
    var expectation: String {
        switch self {
        case .text: "text"
        case .whole(let range):
            range.upperBound == 999_999_999
                ? "a whole number from \(range.lowerBound)" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .decimal: "a number such as 5 or 0.25"
        case .flag: "true or false"
        case .duration: "a length of time such as 90s, 5m, 1h30m or 2d"
        case .offset: "a length of time such as 90s, or with a minus sign such as -5m"
        case .time: "a time after the start such as 5m, a time of day such as 18:00, or a moment"
        case .moment: "a moment such as 2026-03-02T08:00:00Z"
        case .date: "a date such as 2026-03-02"
        case .exchange: "an exchange such as 'ongoing PUT /orders'"
        case .choice(let choices): choices.count > 12 ? "one of \(choices.count) words" : Self.alternatives(choices)
        case .name(let name), .newName(let name): "the \(name.isNumber ? "number" : "name") of \(name.withArticle)"
        case .list(let element): "a list of \(element.plural)"
        case .record(let record): record.title
        case .table: "a mapping"
        case .either(let shapes): shapes.map(\.expectation).joined(separator: " or ")
        case .anything: "a value"
        case .nothing: "nothing"
        case .stepWord: "a step such as engine.sync"
        case .countOrAll: "a whole number from 1, or all"
        }
    }

    /// What several of them are called.
    private var plural: String {
        switch self {
        case .record(let record): "mappings, each \(record.title)"
        case .either: "steps"
        case .text, .name, .newName: "texts"
        default: "values, each \(expectation)"
        }
    }

    static func alternatives(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    /// The record behind this shape, its lists and its alternatives, if there is one.
    var record: Record? {
        switch self {
        case .record(let record): record
        case .list(let element): element.record
        case .either(let shapes): shapes.lazy.compactMap(\.record).first
        case .table(_, let value): value.record
        default: nil
        }
    }
}

extension Shape.Name {
    var isNumber: Bool { self != .connection }

    var withDefiniteArticle: String { "the \(rawValue)" }

    var withArticle: String {
        switch self {
        case .order, .employee: "an \(rawValue)"
        default: "a \(rawValue)"
        }
    }
}
