extension JSON {
    /// Reads one JSON text in UTF-8, by RFC 8259 and nothing beyond it.
    ///
    /// Refused, although the RFC leaves it open: a byte order mark, two members of one name in one object, and a lone
    /// surrogate in an escape.
    package static func parse(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSON {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            var parser = JSONParser(bytes: buffer, limits: limits)
            return try parser.parseDocument()
        }
    }

    package static func parse(_ text: String, limits: JSONLimits = .standard) throws(JSONError) -> JSON {
        try parse(Array(text.utf8), limits: limits)
    }

    /// Reads a text of which one array is too long to be kept as a tree: the array at the top, or the one under `name` there. The
    /// whole text is checked as by ``parse(_:limits:)``, and each element may be read later from its place.
    ///
    /// - Returns: The text with that array empty, and the place of each of its elements. Limits hold for each element alone.
    package static func parse(
        _ bytes: [UInt8], leavingOut name: String?, limits: JSONLimits = .standard
    ) throws(JSONError) -> (rest: JSON, elements: [Range<Int>]) {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            var parser = JSONParser(bytes: buffer, limits: limits)
            parser.omission = JSONParser.Omission(name: name)
            let rest = try parser.parseDocument()
            return (rest, parser.omission?.elements ?? [])
        }
    }

    /// Reads one element of a text that was checked before.
    package static func parse(_ bytes: [UInt8], element: Range<Int>, limits: JSONLimits = .standard) throws(JSONError) -> JSON {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            var parser = JSONParser(bytes: UnsafeBufferPointer(rebasing: buffer[element]), limits: limits)
            return try parser.parseDocument()
        }
    }
}

/// Reads by recursive descent. The bytes are borrowed: a parser lives no longer than the closure that lent them.
///
/// A pointer without bounds checks in release builds, because an exchange in a simulation costs little more than its JSON. So
/// every read of `bytes[index]` stands behind a comparison with `bytes.count`.
struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let limits: JSONLimits
    private var index = 0
    private var depth = 0
    private var values = 0
    /// The array whose elements are checked and not kept.
    fileprivate var omission: Omission?

    fileprivate struct Omission {
        /// Of the member at the top that holds it; `nil`: it is the text itself.
        let name: String?
        var elements: [Range<Int>] = []
        /// Whether the value that is read next is that array.
        var isNext: Bool

        init(name: String?) {
            self.name = name
            isNext = name == nil
        }
    }

    init(bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parseDocument() throws(JSONError) -> JSON {
        guard bytes.count <= limits.bytes else {
            throw failure("the text has \(bytes.count) bytes; at most \(limits.bytes) are read", at: 0)
        }
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
            throw failure("a byte order mark, which JSON does not have", at: 0)
        }
        if let place = UTF8Check.firstError(in: bytes) { throw failure("the byte \(bytes[place]) is not UTF-8 here", at: place) }
        skipWhitespace()
        let value = try parseValue()
        skipWhitespace()
        guard index == bytes.count else { throw unexpected("the end of the text") }
        return value
    }

    private mutating func parseValue() throws(JSONError) -> JSON {
        guard let next else { throw unexpected("a value") }
        values += 1
        guard values <= limits.values else { throw failure("more than \(limits.values) values", at: index) }
        switch next {
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "{"): return try parseObject()
        case UInt8(ascii: "["): return try parseArray()
        case UInt8(ascii: "t"):
            try expect("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try expect("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try expect("null")
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
        default: throw unexpected("a value")
        }
    }

    private mutating func parseObject() throws(JSONError) -> JSON {
        try enter()
        defer { depth -= 1 }
        skipWhitespace()
        if take(UInt8(ascii: "}")) { return .object(JSONObject()) }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(8)
        var names = NamesSeen()
        repeat {
            skipWhitespace()
            guard next == UInt8(ascii: "\"") else { throw unexpected("a member name") }
            let start = index
            let name = try parseString()
            guard names.insert(name, written: UnsafeBufferPointer(rebasing: bytes[start + 1..<index - 1]), after: members) else {
                throw failure("the member \(JSON.string(name)) stands twice in one object", at: start)
            }
            skipWhitespace()
            guard take(UInt8(ascii: ":")) else { throw unexpected("':'") }
            skipWhitespace()
            if depth == 1, let omitted = omission?.name { omission?.isNext = omitted == name }
            members.append(JSONObject.Member(name: name, value: try parseValue()))
            skipWhitespace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw unexpected("',' or '}'") }
        return .object(JSONObject(members))
    }

    private mutating func parseArray() throws(JSONError) -> JSON {
        try enter()
        defer { depth -= 1 }
        skipWhitespace()
        if take(UInt8(ascii: "]")) { return .array([]) }
        if omission?.isNext == true, depth == (omission?.name == nil ? 1 : 2) { return try checkElements() }
        var elements: [JSON] = []
        repeat {
            skipWhitespace()
            elements.append(try parseValue())
            skipWhitespace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected("',' or ']'") }
        return .array(elements)
    }

    /// Reads each element and keeps its place alone.
    private mutating func checkElements() throws(JSONError) -> JSON {
        omission?.isNext = false
        let before = values
        repeat {
            skipWhitespace()
            let start = index
            values = before
            _ = try parseValue()
            omission?.elements.append(start..<index)
            skipWhitespace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected("',' or ']'") }
        return .array([])
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= limits.depth else { throw failure("nested more than \(limits.depth) levels deep", at: index) }
        index += 1
    }

    private mutating func parseNumber() throws(JSONError) -> JSONNumber {
        let start = index
        if next == UInt8(ascii: "-") { index += 1 }
        if !take(UInt8(ascii: "0")) {
            try skipDigits()
        } else if let next, isDigit(next) {
            throw failure("a number does not begin with a zero before another digit", at: start)
        }
        if take(UInt8(ascii: ".")) { try skipDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try skipDigits()
        }
        return JSONNumber(checked: text(start..<index))
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = index
        while let next, isDigit(next) { index += 1 }
        guard index > start else { throw unexpected("a digit") }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private mutating func expect(_ word: StaticString) throws(JSONError) {
        for offset in 0..<word.utf8CodeUnitCount where !take(word.utf8Start[offset]) {
            throw unexpected("the '\(Character(Unicode.Scalar(word.utf8Start[offset])))' of '\(word)'")
        }
    }

    /// The byte that is to be read next.
    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    /// `String(decoding:as:)` does the same and takes twice as long for the short texts of which JSON is made.
    private func text(_ range: Range<Int>) -> String {
        guard let base = bytes.baseAddress, !range.isEmpty else { return "" }
        return String(unsafeUninitializedCapacity: range.count) { target in
            target.baseAddress.unsafelyUnwrapped.update(from: base + range.lowerBound, count: range.count)
            return range.count
        }
    }

    private mutating func skipWhitespace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }
}

// MARK: - Strings

extension JSONParser {
    private mutating func parseString() throws(JSONError) -> String {
        let start = index + 1
        index = firstSpecialByte(in: bytes, from: start)
        guard next == UInt8(ascii: "\"") else { return try parseEscapedString(from: start) }
        let text = text(start..<index)
        index += 1
        return text
    }

    /// `index` stands at the first place that is not plain.
    private mutating func parseEscapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<index])
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try parseEscape(into: &text)
                let plain = index
                index = firstSpecialByte(in: bytes, from: plain)
                text.append(contentsOf: bytes[plain..<index])
            default: throw failure("a control character in a string must be escaped", at: index)
            }
        }
        throw failure("a string that begins here does not end", at: start - 1)
    }

    private mutating func parseEscape(into text: inout [UInt8]) throws(JSONError) {
        let start = index
        index += 1
        guard let byte = next else { throw unexpected("the rest of an escape") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var unit = try parseFourHexDigits()
            if (0xD800..<0xDC00).contains(unit) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("half a surrogate pair", at: start) }
                let low = try parseFourHexDigits()
                guard (0xDC00..<0xE000).contains(low) else { throw failure("half a surrogate pair", at: start) }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw failure("half a surrogate pair", at: start) }
            text.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
        default: throw failure("a backslash before \(Self.shown(byte)) is no escape", at: start)
        }
    }

    private mutating func parseFourHexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Self.hexDigitValue(byte) else {
                throw failure("an escape needs four hexadecimal digits", at: index)
            }
            value = value << 4 | digit
            index += 1
        }
        return value
    }

    private static func hexDigitValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

// MARK: - Errors

extension JSONParser {
    private func unexpected(_ expected: String) -> JSONError {
        guard let next else { return failure("\(expected) was expected, but the text ends", at: index) }
        return failure("\(expected) was expected, not \(Self.shown(next))", at: index)
    }

    private static func shown(_ byte: UInt8) -> String {
        switch byte {
        case 0x20..<0x7F: "'\(Character(Unicode.Scalar(byte)))'"
        case 0x0A: "a line break"
        case 0x09: "a tab"
        default: "the byte \(byte)"
        }
    }

    private func failure(_ problem: String, at place: Int) -> JSONError {
        var line = 1
        var lineStart = 0
        for position in 0..<min(place, bytes.count) where bytes[position] == 0x0A {
            line += 1
            lineStart = position + 1
        }
        return JSONError(line: line, column: place - lineStart + 1, problem: problem)
    }
}
