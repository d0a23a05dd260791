import Units

/// How a text that stands for a day or a moment is written. Several mean that each of them is allowed.
struct TextFormats: OptionSet, Sendable {
    let rawValue: UInt8

    /// `2026-03-01`
    static let date = TextFormats(rawValue: 1)
    /// `2026-03-01T08:00:00.5+01:00`; the zone is required, since without it the moment is unknown.
    static let dateTime = TextFormats(rawValue: 2)
    /// `2026-03-01 08:00:00`
    static let sqlDateTime = TextFormats(rawValue: 4)

    /// Keyword, format, words for messages.
    private static let named: [(keyword: String, format: TextFormats, words: String)] = [
        ("sql-date-time", .sqlDateTime, "a moment written YYYY-MM-DD HH:MM:SS"),
        ("date-time", .dateTime, "an ISO 8601 moment with a zone"),
        ("date", .date, "a date written YYYY-MM-DD"),
    ]

    /// Reads `date` and combinations such as `date-or-date-time`; `nil` for a format that is not of this kind.
    init?(keyword: String) {
        var rest = keyword[...]
        var formats: TextFormats = []
        while true {
            // The longest name first: "date" begins "date-time" as well.
            guard let match = Self.named.first(where: { rest.hasPrefix($0.keyword) }) else { return nil }
            formats.insert(match.format)
            rest = rest.dropFirst(match.keyword.count)
            if rest.isEmpty { break }
            guard rest.hasPrefix("-or-") else { return nil }
            rest = rest.dropFirst("-or-".count)
        }
        self = formats
    }

    init(rawValue: UInt8) { self.rawValue = rawValue }

    var words: String {
        Self.named.reversed().filter { contains($0.format) }.map(\.words).joined(separator: " or ")
    }

    /// Whether the text is written in one of the formats, with every number in its range, and stands for a day that there is.
    func accept(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var reader = DigitReader(bytes: bytes)
            guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
                let day = reader.number(2), CivilDate(year: year, month: month, day: day) != nil
            else { return false }
            if reader.isAtEnd { return contains(.date) }
            let isSQL = reader.peek == UInt8(ascii: " ")
            guard contains(isSQL ? .sqlDateTime : .dateTime), reader.skip(isSQL ? " " : "T"), reader.number(2, in: 0...23),
                reader.skip(":"), reader.number(2, in: 0...59), reader.skip(":"), reader.number(2, in: 0...60)
            else { return false }
            if isSQL { return reader.isAtEnd }
            if reader.skip("."), !reader.digits() { return false }
            if reader.skip("Z") { return reader.isAtEnd }
            guard reader.skip("+") || reader.skip("-") else { return false }
            return reader.number(2, in: 0...23) && reader.skip(":") && reader.number(2, in: 0...59) && reader.isAtEnd
        }
    }
}

/// Reads numbers of a fixed width from bytes.
private struct DigitReader {
    let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }
    var peek: UInt8? { isAtEnd ? nil : bytes[index] }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func number(_ width: Int, in range: ClosedRange<Int>) -> Bool { number(width).map(range.contains) ?? false }

    mutating func number(_ width: Int) -> Int? {
        guard index + width <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<index + width] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        index += width
        return value
    }

    /// One digit or more.
    mutating func digits() -> Bool {
        let start = index
        while let byte = peek, byte >= 0x30, byte <= 0x39 { index += 1 }
        return index > start
    }
}
