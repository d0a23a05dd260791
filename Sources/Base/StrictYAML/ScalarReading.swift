package import Units

/// Reads what a scalar says, by the type that is expected there and never by YAML's own guesses, which
/// would make 750 of `12:30`, 1 of `1_000` and false of `no`.
package enum ScalarReading {
    package static func whole(_ text: String) -> Int? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit), digits == "0" || digits.first != "0" else { return nil }
        return Int(text)
    }

    /// Decimal notation with a point; no exponent, no leading zeros.
    package static func decimal(_ text: String) -> ExactDecimal? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, whole(String(parts[0])) != nil || parts[0] == "-0" else { return nil }
        return ExactDecimal(text)
    }

    package static func flag(_ text: String) -> Bool? {
        switch text {
        case "true": true
        case "false": false
        default: nil
        }
    }

    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Whole numbers with units, the largest first: `2d`, `1h30m`, `90s`, `250ms`.
    package static func duration(_ text: String) -> Duration? {
        var rest = text[...]
        var unitsLeft = units[...]
        var total: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty, digits.count <= 9, let count = Int64(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let suffix = rest.prefix { $0.isASCII && $0.isLetter }
            guard let index = unitsLeft.firstIndex(where: { $0.suffix == suffix }) else { return nil }
            rest = rest.dropFirst(suffix.count)
            total += count * unitsLeft[index].milliseconds
            unitsLeft = unitsLeft[(index + 1)...]
        }
        return text.isEmpty ? nil : .milliseconds(total)
    }

    /// A duration that may stand behind a minus sign.
    package static func offset(_ text: String) -> Duration? {
        guard text.first == "-" else { return duration(text) }
        return duration(String(text.dropFirst())).map { .zero - $0 }
    }

    /// `18:00` as minutes since midnight.
    package static func timeOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
        else { return nil }
        return hours * 60 + minutes
    }

    /// What the writer probably meant, where a number or a flag was expected.
    static func hint(for text: String, expecting shape: Shape) -> String? {
        switch shape {
        case .whole, .decimal:
            if text.contains("_"), decimal(text.filter { $0 != "_" }) != nil {
                return "write \(text.filter { $0 != "_" })"
            }
            let pointed = String(text.map { $0 == "," ? "." : $0 })
            if pointed != text, decimal(pointed) != nil { return "write \(pointed)" }
            return nil
        case .flag:
            switch text.lowercased() {
            case "yes", "on", "y": return "write true"
            case "no", "off", "n": return "write false"
            default: return nil
            }
        case .duration, .offset:
            return whole(text).map { "write \($0)s or \($0)m" }
        default: return nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension Duration {
    /// A length of time as files and the command line write it: `90s`, `1h30m`, `250ms`.
    ///
    /// - Returns: `nil` for anything else.
    package init?(written text: String) {
        guard let duration = ScalarReading.duration(text) else { return nil }
        self = duration
    }
}
