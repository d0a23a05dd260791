import Exchange
package import JSON
import Units

extension JSON {
    /// Calls `visit` with the path and the value of every member, those that hold others included. `null` is no value.
    package func visitMembers(below path: String = "", _ visit: (String, JSON) -> Void) {
        switch self {
        case .object(let object):
            for member in object {
                let inside = path.isEmpty ? member.name : path + "." + member.name
                if !member.value.isNull { visit(inside, member.value) }
                member.value.visitMembers(below: inside, visit)
            }
        case .array(let elements):
            let inside = path.isEmpty ? "*" : path + ".*"
            for element in elements {
                if element.isScalar, !element.isNull { visit(inside, element) }
                element.visitMembers(below: inside, visit)
            }
        case .null, .bool, .number, .string: break
        }
    }

    package var isScalar: Bool {
        switch self {
        case .null, .bool, .number, .string: true
        case .array, .object: false
        }
    }

    /// The same kind of value, and as little as possible another; `nil` where there is nothing to alter.
    var altered: JSON? {
        switch self {
        case .null, .array, .object: nil
        case .bool(let value): .bool(!value)
        case .number(let number): ExactDecimal(number.text).map { JSON($0 + 1) }
        case .string(let text): .string(Self.altered(text))
        }
    }

    /// With another last letter or digit; a time of day is another second.
    static func altered(_ text: String) -> String {
        var bytes = Array(text.utf8)
        let isTime = bytes.count >= 19 && bytes[10] == UInt8(ascii: "T") && bytes[13] == UInt8(ascii: ":")
        let last = isTime ? 18 : bytes.lastIndex { next(after: $0) != nil }
        guard let last, let next = next(after: bytes[last]) else { return text + "x" }
        bytes[last] = next
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func next(after byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "9"): UInt8(ascii: "0")
        case UInt8(ascii: "Z"): UInt8(ascii: "A")
        case UInt8(ascii: "z"): UInt8(ascii: "a")
        case UInt8(ascii: "0")...UInt8(ascii: "8"), UInt8(ascii: "A")...UInt8(ascii: "Y"), UInt8(ascii: "a")...UInt8(ascii: "y"):
            byte + 1
        default: nil
        }
    }
}

/// Makes one member wrong in one exchange after the other. It remembers what it saw, so each connection has one of its own.
final class MemberEdit {
    let mutant: GeneratedMutant
    private let path: [Substring]
    private var first: JSON?
    private var previous: JSON?

    init(_ mutant: GeneratedMutant) {
        self.mutant = mutant
        path = mutant.member.name.split(separator: ".")
    }

    /// - Returns: `nil` when nothing in it changes.
    func edit(_ body: JSON) -> JSON? {
        let values = Self.values(in: body, at: path[...])
        guard !values.isEmpty else { return nil }
        if mutant.alteration == .dropped {
            return Self.replacing(in: body, at: path[...]) { _ in nil }
        }
        let replacements = replacements(of: values)
        guard replacements != values else { return nil }
        var index = -1
        return Self.replacing(in: body, at: path[...]) { _ in
            index += 1
            return replacements[index]
        }
    }

    /// What stands instead of the values of one body, query or path.
    func replacements(of values: [JSON]) -> [JSON] {
        guard let head = values.first, let last = values.last else { return values }
        defer { previous = last }
        switch mutant.alteration {
        case .dropped: return []
        case .altered: return values.map { $0.altered ?? $0 }
        case .frozen:
            if first == nil { first = head }
            return values.map { _ in first! }
        case .neighbour:
            return values.count > 1 ? Array(values.dropFirst()) + [head] : [previous ?? head]
        }
    }

    private static func values(in json: JSON, at path: ArraySlice<Substring>) -> [JSON] {
        guard let name = path.first else { return json.isNull ? [] : [json] }
        switch json {
        case .array(let elements) where name == "*": return elements.flatMap { values(in: $0, at: path.dropFirst()) }
        case .object(let object): return object[String(name)].map { values(in: $0, at: path.dropFirst()) } ?? []
        case .null, .bool, .number, .string, .array: return []
        }
    }

    private static func replacing(in json: JSON, at path: ArraySlice<Substring>, _ edit: (JSON) -> JSON?) -> JSON? {
        guard let name = path.first else { return json.isNull ? json : edit(json) }
        switch json {
        case .array(let elements) where name == "*":
            return .array(elements.compactMap { replacing(in: $0, at: path.dropFirst(), edit) })
        case .object(var object):
            guard let member = object[String(name)] else { return json }
            object[String(name)] = replacing(in: member, at: path.dropFirst(), edit)
            return .object(object)
        case .null, .bool, .number, .string, .array: return json
        }
    }
}
