extension StringProtocol {
    /// The text without anything that a terminal or a reader of logs obeys instead of showing it: control characters (ESC, BEL, CR and those of
    /// 0x80 to 0x9F, with which a text moves the cursor, sets the title or forges lines), separators of lines and paragraphs, and marks that
    /// turn the direction of writing. The one place for it.
    ///
    /// Escapes are those of JSON, so that JSON stays JSON and means the same.
    ///
    /// - Parameter keepsLines: Whether line breaks and tabs stay, for a text of several lines of our own.
    package func escapingControls(keepsLines: Bool = false) -> String {
        // Of what is escaped, everything has one of these bytes; hardly any text has.
        let mayBeObeyed = utf8.contains {
            $0 < 0x20 && !(keepsLines && ($0 == 0x0A || $0 == 0x09)) || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2
        }
        guard mayBeObeyed else { return String(self) }
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n", "\t":
                if keepsLines { result.unicodeScalars.append(scalar) } else { result += scalar == "\n" ? "\\n" : "\\t" }
            case "\r": result += "\\r"
            default:
                if scalar.isObeyed {
                    result += "\\u" + zeroPadded(scalar.value, 4, radix: 16)
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }
}

extension Unicode.Scalar {
    /// Never above U+FFFF.
    fileprivate var isObeyed: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
