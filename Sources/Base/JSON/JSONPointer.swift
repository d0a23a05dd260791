/// The way to a place in a tree (RFC 6901), such as `/orderLines/0/rowNumber`.
package struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
    package private(set) var tokens: [String]

    package init(_ tokens: [String] = []) { self.tokens = tokens }

    package func appending(_ name: String) -> JSONPointer { JSONPointer(tokens + [name]) }

    package func appending(_ index: Int) -> JSONPointer { JSONPointer(tokens + [String(index)]) }

    package var description: String {
        var text = ""
        for token in tokens {
            text += "/"
            // By scalar: a tilde with a combining accent is one character, and still a tilde to whoever reads the pointer.
            for scalar in token.unicodeScalars {
                switch scalar {
                case "~": text += "~0"
                case "/": text += "~1"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
        return text
    }

    /// The value at this place of `root`; `nil` when there is none.
    package func value(in root: JSON) -> JSON? {
        var value = root
        for token in tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let elements):
                // `01` and `+1` are no indices (RFC 6901, section 4).
                guard let index = Int(token), String(index) == token, elements.indices.contains(index) else { return nil }
                value = elements[index]
            case .null, .bool, .number, .string: return nil
            }
        }
        return value
    }
}
