/// A text that is not JSON, with the place where that became clear.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// In bytes, from 1.
    public let column: Int
    /// What was found and what was expected.
    public let problem: String

    public var description: String { "line \(line), column \(column): \(problem)" }
}

/// How large a text the parser takes.
public struct JSONLimits: Sendable {
    public var depth: Int
    public var bytes: Int

    public init(depth: Int, bytes: Int) {
        self.depth = depth
        self.bytes = bytes
    }

    /// 128 levels and 64 MiB: the engine's limit for one answer.
    public static let standard = JSONLimits(depth: 128, bytes: 64 << 20)
}

extension JSON {
    /// Reads one JSON text in UTF-8, by RFC 8259 and nothing beyond it.
    ///
    /// Refused, although the RFC leaves it open: a byte order mark, two members of one name in one object, and a lone
    /// surrogate in an escape.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSON {
        var parser = JSONParser(bytes: bytes, limits: limits)
        return try parser.parseDocument()
    }

    public static func parse(_ text: String, limits: JSONLimits = .standard) throws(JSONError) -> JSON {
        try parse(Array(text.utf8), limits: limits)
    }
}

struct JSONParser {
    private let bytes: [UInt8]
    private let limits: JSONLimits
    private var index = 0
    private var depth = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parseDocument() throws(JSONError) -> JSON {
        guard bytes.count <= limits.bytes else {
            throw failure("the text has \(bytes.count) bytes; at most \(limits.bytes) are read", at: 0)
        }
        skipWhitespace()
        let value = try parseValue()
        skipWhitespace()
        guard index == bytes.count else { throw unexpected("the end of the text") }
        return value
    }

    private mutating func parseValue() throws(JSONError) -> JSON {
        guard index < bytes.count else { throw unexpected("a value") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try parseObject()
        case UInt8(ascii: "["): return try parseArray()
        case UInt8(ascii: "\""): return .string(try parseString())
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
        index += 1
        skipWhitespace()
        var members: [JSONObject.Member] = []
        var seen: Set<String>?
        if index < bytes.count, bytes[index] == UInt8(ascii: "}") {
            index += 1
            depth -= 1
            return .object(JSONObject())
        }
        members.reserveCapacity(8)
        while true {
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw unexpected("a member name") }
            let start = index
            let name = try parseString()
            if isRepeated(name, members: members, seen: &seen) {
                throw failure("the member \"\(name)\" stands twice in one object", at: start)
            }
            skipWhitespace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { throw unexpected("':'") }
            index += 1
            skipWhitespace()
            members.append(JSONObject.Member(name: name, value: try parseValue()))
            skipWhitespace()
            guard index < bytes.count else { throw unexpected("',' or '}'") }
            if bytes[index] == UInt8(ascii: "}") { break }
            guard bytes[index] == UInt8(ascii: ",") else { throw unexpected("',' or '}'") }
            index += 1
            skipWhitespace()
        }
        index += 1
        depth -= 1
        return .object(JSONObject(members))
    }

    /// Compares names one by one in small objects; a set takes over where that would become quadratic.
    private func isRepeated(_ name: String, members: [JSONObject.Member], seen: inout Set<String>?) -> Bool {
        if members.count < 48 { return members.contains { $0.name == name } }
        if seen == nil { seen = Set(members.map(\.name)) }
        return !seen!.insert(name).inserted
    }

    private mutating func parseArray() throws(JSONError) -> JSON {
        try enter()
        index += 1
        skipWhitespace()
        var elements: [JSON] = []
        if index < bytes.count, bytes[index] == UInt8(ascii: "]") {
            index += 1
            depth -= 1
            return .array([])
        }
        while true {
            elements.append(try parseValue())
            skipWhitespace()
            guard index < bytes.count else { throw unexpected("',' or ']'") }
            if bytes[index] == UInt8(ascii: "]") { break }
            guard bytes[index] == UInt8(ascii: ",") else { throw unexpected("',' or ']'") }
            index += 1
            skipWhitespace()
        }
        index += 1
        depth -= 1
        return .array(elements)
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= limits.depth else { throw failure("nested more than \(limits.depth) levels deep", at: index) }
    }

    private mutating func parseNumber() throws(JSONError) -> JSONNumber {
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        guard index < bytes.count else { throw unexpected("a digit") }
        if bytes[index] == UInt8(ascii: "0") {
            index += 1
        } else {
            try skipDigits()
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            try skipDigits()
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
            try skipDigits()
        }
        return JSONNumber(checked: String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
        guard index > start else { throw unexpected("a digit") }
    }

    private mutating func parseString() throws(JSONError) -> String {
        index += 1
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                let text = try utf8(start..<index)
                index += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try parseEscapedString(from: start) }
            guard byte >= 0x20 else { throw failure("a control character in a string must be escaped", at: index) }
            index += 1
        }
        throw failure("a string that begins here does not end", at: start - 1)
    }

    private mutating func parseEscapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                guard let result = String(validating: text, as: UTF8.self) else {
                    throw failure("a string that is not UTF-8", at: start)
                }
                index += 1
                return result
            }
            if byte == UInt8(ascii: "\\") {
                text.append(contentsOf: try parseEscape())
                continue
            }
            guard byte >= 0x20 else { throw failure("a control character in a string must be escaped", at: index) }
            text.append(byte)
            index += 1
        }
        throw failure("a string that begins here does not end", at: start - 1)
    }

    private mutating func parseEscape() throws(JSONError) -> [UInt8] {
        let start = index
        index += 1
        guard index < bytes.count else { throw unexpected("the rest of an escape") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var unit = try parseFourHexDigits()
            if (0xD800..<0xDC00).contains(unit) {
                guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
                else { throw failure("half a surrogate pair", at: start) }
                index += 2
                let low = try parseFourHexDigits()
                guard (0xDC00..<0xE000).contains(low) else { throw failure("half a surrogate pair", at: start) }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw failure("half a surrogate pair", at: start) }
            return Array(String(Character(scalar)).utf8)
        default:
            throw failure("'\\\(Character(Unicode.Scalar(byte)))' is no escape", at: start)
        }
    }

    private mutating func parseFourHexDigits() throws(JSONError) -> UInt32 {
        guard index + 4 <= bytes.count else { throw failure("an escape needs four hexadecimal digits", at: index) }
        var value: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[index + offset])).hexDigitValue,
                bytes[index + offset] < 0x80
            else { throw failure("an escape needs four hexadecimal digits", at: index + offset) }
            value = value << 4 | UInt32(digit)
        }
        index += 4
        return value
    }

    private func utf8(_ range: Range<Int>) throws(JSONError) -> String {
        let text = bytes.withUnsafeBufferPointer { buffer in
            String(validating: UnsafeBufferPointer(rebasing: buffer[range]), as: UTF8.self)
        }
        guard let text else { throw failure("a string that is not UTF-8", at: range.lowerBound) }
        return text
    }

    private mutating func expect(_ word: StaticString) throws(JSONError) {
        let length = word.utf8CodeUnitCount
        for offset in 0..<length {
            guard index + offset < bytes.count, bytes[index + offset] == word.utf8Start[offset] else {
                throw unexpected("'\(word)'")
            }
        }
        index += length
    }

    private mutating func skipWhitespace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    private func unexpected(_ expected: String) -> JSONError {
        guard index < bytes.count else { return failure("\(expected) was expected, but the text ends", at: index) }
        let byte = bytes[index]
        let found = byte >= 0x20 && byte < 0x7F ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte \(byte)"
        return failure("\(expected) was expected, not \(found)", at: index)
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
