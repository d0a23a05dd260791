/// The one place that makes text from outside safe in a page.
enum HTMLEscaping {
    /// As text of an element.
    static func text(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
    }

    /// JSON inside a `script` element: no `<` that could end the element. In JSON it stands only in texts, where the escape is the same
    /// character.
    static func data(_ json: [UInt8]) -> [UInt8] {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(json.count + json.count / 16)
        for byte in json {
            if byte == UInt8(ascii: "<") { escaped += Array("\\u003c".utf8) } else { escaped.append(byte) }
        }
        return escaped
    }
}
