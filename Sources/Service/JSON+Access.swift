import JSON

extension JSON {
    /// The text of what names something: a number or a text.
    var key: String? { string ?? number?.text }

    /// The value of a chain of members; `nil` where one is missing.
    func at(_ path: [String]) -> JSON? {
        var value = self
        for name in path {
            guard let next = value[name] else { return nil }
            value = next
        }
        return value
    }

    /// The same with the value of a chain of members replaced; members that are missing are made.
    func replacing(_ path: [String], with value: JSON) -> JSON {
        guard let name = path.first else { return value }
        var members = object ?? JSONObject()
        members[name] = (members[name] ?? .null).replacing(Array(path.dropFirst()), with: value)
        return .object(members)
    }

    /// As it is shown to people: texts bare, numbers as written.
    var shown: String {
        switch self {
        case .null: ""
        case .bool(let flag): "\(flag)"
        case .number(let number): number.text
        case .string(let text): text
        case .array, .object: String(decoding: serialized, as: UTF8.self)
        }
    }
}
