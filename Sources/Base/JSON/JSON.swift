/// A JSON text as a tree: members in their order, numbers as their exact text.
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

/// A JSON number as it was written: `0.07` stays `0.07`, and `2.0` is not `2`.
package struct JSONNumber: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// - Returns: `nil` when the text is not a number by RFC 8259.
    package init?(_ text: String) {
        guard case .number(let number) = try? JSON.parse(text), number.text == text else { return nil }
        self = number
    }

    package init(_ value: Int) { text = String(value) }

    init(checked text: String) { self.text = text }

    /// The value when it is written as a whole number that fits.
    package var int: Int? { Int(text) }

    package var description: String { text }
}

/// The members of a JSON object in the order in which they were written.
package struct JSONObject: Hashable, Sendable, RandomAccessCollection, ExpressibleByDictionaryLiteral {
    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: JSON

        package init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }

        /// Code unit by code unit (RFC 8259, section 8.3): `==` would take é and e with an accent for the same name.
        func hasName(_ other: String) -> Bool {
            // Most names are told apart by their length, and most of the rest by their first bytes.
            guard name.utf8.count == other.utf8.count else { return false }
            let areEqual = name.utf8.withContiguousStorageIfAvailable { left in
                other.utf8.withContiguousStorageIfAvailable { right in left.elementsEqual(right) }
            }
            return (areEqual ?? nil) ?? name.utf8.elementsEqual(other.utf8)
        }
    }

    package private(set) var members: [Member]

    package init() { members = [] }

    package init(_ members: [Member]) { self.members = members }

    package init(dictionaryLiteral elements: (String, JSON)...) {
        members = elements.map { Member(name: $0.0, value: $0.1) }
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { members.count }
    package subscript(position: Int) -> Member { members[position] }

    package var names: [String] { members.map(\.name) }

    /// The member of that name; setting `nil` removes it, setting a new name appends it.
    package subscript(name: String) -> JSON? {
        get {
            for member in members where member.hasName(name) { return member.value }
            return nil
        }
        set {
            if let index = members.firstIndex(where: { $0.hasName(name) }) {
                if let newValue { members[index].value = newValue } else { members.remove(at: index) }
            } else if let newValue {
                members.append(Member(name: name, value: newValue))
            }
        }
    }

    /// Appends a member whose name the caller knows to be new.
    package mutating func append(_ name: String, _ value: JSON) { members.append(Member(name: name, value: value)) }
}

extension JSON {
    package var isNull: Bool {
        if case .null = self { true } else { false }
    }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    package var number: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The value of a number that is written as a whole number.
    package var int: Int? { number?.int }

    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member of an object; `nil` when there is none or this is no object.
    package subscript(name: String) -> JSON? { object?[name] }

    /// The element of an array; `nil` when there is none or this is no array.
    package subscript(index: Int) -> JSON? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// `null`, `a boolean`, `a number` …: the kind of value, for messages.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member(name: $0.0, value: $0.1) }))
    }
    package init(nilLiteral: ()) { self = .null }

    package init(_ value: Int) { self = .number(JSONNumber(value)) }
}
