/// Every schema of one contract, prepared for walking: references resolved, names in place, nothing left to parse.
///
/// Schemas refer to one another by index and not by reference, so that a schema may contain itself and the whole can be
/// shared between threads without counting references on every step of a walk.
final class SchemaTree: Sendable {
    let nodes: [SchemaNode]
    let texts: [TextRule]
    let shapes: [ObjectShape]
    /// The members of all shapes, each shape's in one piece.
    let memberNames: [String]
    let memberRules: [MemberRule]
    /// Where each shape's members stand in `memberNames`, by name.
    let memberPlaces: [[String: Int]]

    init(
        nodes: [SchemaNode], texts: [TextRule], shapes: [ObjectShape], memberNames: [String], memberRules: [MemberRule],
        memberPlaces: [[String: Int]]
    ) {
        self.nodes = nodes
        self.texts = texts
        self.shapes = shapes
        self.memberNames = memberNames
        self.memberRules = memberRules
        self.memberPlaces = memberPlaces
    }
}

/// The kinds of value that a place may hold.
struct Kinds: OptionSet, Sendable {
    let rawValue: UInt8

    static let null = Kinds(rawValue: 1)
    static let boolean = Kinds(rawValue: 2)
    /// A number written without fraction and exponent.
    static let integer = Kinds(rawValue: 4)
    /// Any number, integers among them.
    static let number = Kinds(rawValue: 8)
    static let string = Kinds(rawValue: 16)
    static let array = Kinds(rawValue: 32)
    static let object = Kinds(rawValue: 64)
    static let all = Kinds(rawValue: 127)

    /// In the order in which messages name them.
    static let named: [(keyword: String, kind: Kinds, words: String)] = [
        ("string", .string, "a string"), ("integer", .integer, "a whole number"), ("number", .number, "a number"),
        ("boolean", .boolean, "true or false"), ("array", .array, "an array"), ("object", .object, "an object"),
        ("null", .null, "null"),
    ]
}

/// One schema. Nothing in it is counted, so that reading one costs a copy and no more.
struct SchemaNode: Sendable {
    static let none = -1

    var kinds: Kinds
    /// The rule for its texts; `none` when every text is allowed.
    var text = Self.none
    /// The schema of its elements; `none` when everything is allowed.
    var elements = Self.none
    /// The shape of its objects; `none` when every object is allowed.
    var shape = Self.none
}

/// What a text must be.
struct TextRule: Sendable {
    var choices: [String]?
    var minimumLength = 0
    var maximumLength = Int.max
    var formats: TextFormats = []
    /// Whether it is never to be shown.
    var isSecret = false
}

/// The members an object may and must have.
struct ObjectShape: Sendable {
    enum Further: Sendable {
        case refused
        /// Checked against that schema; `none` when everything is allowed.
        case allowed(Int)
    }

    /// Where its members stand among those of all shapes.
    var members: Range<Int>
    var requiredCount: Int
    var further: Further
    /// Whether the names of further members are made of digits.
    var furtherNamesAreDigits = false
    var minimumCount = 0
    var maximumCount = Int.max
}

struct MemberRule: Sendable {
    var schema: Int
    var isRequired: Bool
}
