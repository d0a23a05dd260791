package import JSON

/// What a value in a file may be.
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
    case moment
    case date
    case choice([String])
    /// The name of something that stands further up in the file.
    case name(NameKind)
    /// A name that is given here for the first time.
    case newName(NameKind)
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
    /// A scalar that the user of this module reads.
    case custom(CustomScalar)
    /// Messages quote nothing of what stands here, since it may be a secret that was put in the wrong place.
    ///
    /// - Parameter remark: What they say to somebody who put a scalar there.
    case confidential(Shape, remark: String)

    /// Any whole number from `first`.
    package static func whole(from first: Int) -> Shape { .whole(first...999_999_999) }
}

/// A scalar that the user of this module reads, with what the schema and the messages say of it.
package struct CustomScalar: Sendable {
    /// What was expected, in words that stand in a sentence.
    let expectation: String
    /// The words it can be, for hints.
    let words: [String]
    /// The JSON Schema of such a value.
    package let schema: JSON
    /// - Returns: `nil` for something else. Throws a ``ScalarRefusal`` to say more than what was expected.
    let read: @Sendable (String) throws(ScalarRefusal) -> Value.Content?

    package init(
        _ expectation: String, words: [String] = [], schema: JSON = true,
        read: @escaping @Sendable (String) throws(ScalarRefusal) -> Value.Content?
    ) {
        self.expectation = expectation
        self.words = words
        self.schema = schema
        self.read = read
    }
}

/// Why a scalar is not what it should be, in the words of whoever reads it.
package struct ScalarRefusal: Error {
    let text: String

    package init(_ text: String) { self.text = text }
}

/// A mapping with known keys.
package struct Record: Sendable {
    /// What it is, in words that stand in a sentence: `an order line`.
    package let title: String
    package let fields: [Field]
    /// Keys of which exactly one must be there, group by group.
    package let exactlyOneOf: [[String]]
    /// Which keys need or bar others.
    package let rules: [KeyRule]
    /// What one of its keys is called in messages: `key`, `word`, `expectation`.
    package let keyTitle: String
    /// What several of them are called, where there is a word for them: `steps`.
    package let plural: String?

    package init(
        _ title: String, _ fields: [Field], exactlyOneOf: [[String]] = [], rules: [KeyRule] = [], keyTitle: String = "key",
        plural: String? = nil
    ) {
        precondition(Set(fields.map(\.name)).count == fields.count, "\(title) has a key twice")
        self.title = title
        self.fields = fields
        self.exactlyOneOf = exactlyOneOf
        self.rules = rules
        self.keyTitle = keyTitle
        self.plural = plural
    }

    package func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

/// What a key needs beside it, or cannot stand beside.
package struct KeyRule: Sendable {
    package enum Relation: Sendable {
        case requires(String)
        case excludes([String])
    }

    package let key: String
    package let relation: Relation
    /// The sentence of the refusal, from the key that is missing or in the way.
    let sentence: @Sendable (String) -> String

    package init(_ key: String, _ relation: Relation, sentence: @escaping @Sendable (String) -> String) {
        self.key = key
        self.relation = relation
        self.sentence = sentence
    }
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

    /// Sorts fields whose names are paths into sections: `schedule.orders` becomes `orders` in the section `schedule`.
    ///
    /// - Parameter section: Makes the key of a section from its name and what stands in it.
    package static func nested(_ fields: [Field], section: (_ name: String, _ fields: [Field]) -> Field) -> [Field] {
        var sorted: [(name: String, fields: [Field])] = []
        for field in fields {
            let parts = field.name.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                sorted.append((field.name, [field]))
                continue
            }
            let inner = Field(
                name: parts[1], shape: field.shape, isRequired: field.isRequired, doc: field.doc, example: field.example)
            if let index = sorted.firstIndex(where: { $0.name == parts[0] }) {
                sorted[index].fields.append(inner)
            } else {
                sorted.append((parts[0], [inner]))
            }
        }
        return sorted.map { name, fields in
            fields.count == 1 && fields[0].name == name ? fields[0] : section(name, nested(fields, section: section))
        }
    }
}

extension Shape {
    /// What was expected, in words that stand in a sentence.
    package var expectation: String {
        switch self {
        case .text: "text"
        case .whole(let range):
            range.upperBound == 999_999_999
                ? "a whole number from \(range.lowerBound)" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .decimal: "a number such as 5 or 0.25"
        case .flag: "true or false"
        case .duration: "a length of time such as 90s, 5m, 1h30m or 2d"
        case .offset: "a length of time such as 90s, or with a minus sign such as -5m"
        case .moment: "a moment such as 2026-03-02T08:00:00Z"
        case .date: "a date such as 2026-03-02"
        case .choice(let choices): choices.count > 12 ? "one of \(choices.count) words" : Self.alternatives(choices)
        case .name(let kind), .newName(let kind): "the \(kind.handle) of \(kind.withArticle)"
        case .list(let element): "a list of \(element.plural)"
        case .record(let record): record.title
        case .table: "a mapping"
        case .either(let shapes): shapes.map(\.expectation).joined(separator: " or ")
        case .anything: "a value"
        case .nothing: "nothing"
        case .custom(let scalar): scalar.expectation
        case .confidential(let shape, _): shape.expectation
        }
    }

    /// What several of them are called.
    private var plural: String {
        switch self {
        case .record(let record): record.plural ?? "mappings, each \(record.title)"
        case .either(let shapes): shapes.lazy.compactMap(\.record?.plural).first ?? "values, each \(expectation)"
        case .confidential(let shape, _): shape.plural
        case .text, .name, .newName: "texts"
        default: "values, each \(expectation)"
        }
    }

    package static func alternatives(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    /// The record behind this shape, its lists and its alternatives, if there is one.
    package var record: Record? {
        switch self {
        case .record(let record): record
        case .list(let element), .confidential(let element, _): element.record
        case .either(let shapes): shapes.lazy.compactMap(\.record).first
        case .table(_, let value): value.record
        default: nil
        }
    }
}
