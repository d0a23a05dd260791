import JSON

/// What `fields=number,lines(id,quantity)` leaves of an object.
struct FieldSelection {
    private struct Field {
        let name: String
        let inner: FieldSelection?
    }

    private var fields: [Field] = []
    private var takesEverything = false

    /// - Returns: `nil` when the parentheses do not match or nest deeper than four levels.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard let selection = Self.read(&rest, depth: 0), rest.isEmpty else { return nil }
        self = selection
    }

    private init() {}

    private static func read(_ rest: inout ArraySlice<UInt8>, depth: Int) -> FieldSelection? {
        guard depth <= 4 else { return nil }
        var selection = FieldSelection()
        while true {
            let bytes = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") }
            rest = rest.dropFirst(bytes.count)
            let name = String(decoding: bytes, as: UTF8.self)
            var inner: FieldSelection?
            if rest.first == UInt8(ascii: "(") {
                rest = rest.dropFirst()
                guard let found = read(&rest, depth: depth + 1), rest.first == UInt8(ascii: ")") else { return nil }
                rest = rest.dropFirst()
                inner = found
            }
            if name == "*" { selection.takesEverything = true } else { selection.fields.append(Field(name: name, inner: inner)) }
            guard rest.first == UInt8(ascii: ",") else { return selection }
            rest = rest.dropFirst()
        }
    }

    /// Members stay in the order of the object. Names that it does not have are ignored.
    func applied(to json: JSON) -> JSON {
        switch json {
        case .array(let elements): return .array(elements.map(applied))
        case .object(let object):
            if takesEverything { return json }
            return .object(
                JSONObject(
                    object.members.compactMap { member in
                        guard let field = fields.first(where: { $0.name == member.name }) else { return nil }
                        return .init(name: member.name, value: field.inner?.applied(to: member.value) ?? member.value)
                    }))
        case .null, .bool, .number, .string: return json
        }
    }
}
