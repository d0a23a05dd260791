/// One Swift file, reduced to what the architecture tests need.
struct SwiftSource {
    /// Relative to `Sources`, such as `Base/Exchange/Query.swift`.
    let path: String
    /// The name of the module that it belongs to; empty for a file outside every module.
    let module: String
    /// The text with every comment and every string literal blanked out, line for line.
    let code: [String]
    /// The lines, from 0, on which each word stands.
    private let lines: [Substring: [Int]]

    init(path: String, module: String, text: String) {
        self.path = path
        self.module = module
        code = Blanker.blank(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var lines: [Substring: [Int]] = [:]
        for (index, line) in code.enumerated() {
            for word in Set(Self.words(of: line)) { lines[word, default: []].append(index) }
        }
        self.lines = lines
    }

    /// The modules it imports, with the number of the line.
    var imports: [(module: String, line: Int)] {
        code.enumerated().compactMap { index, line in
            var words = line.split(separator: " ")[...]
            while let word = words.first, word.hasPrefix("@") || Self.accessLevels.contains(String(word)) { words.removeFirst() }
            guard words.popFirst() == "import", var name = words.popFirst() else { return nil }
            if Self.importKinds.contains(String(name)), let symbol = words.popFirst() { name = symbol }
            return (String(name.prefix { $0 != "." }), index + 1)
        }
    }

    /// The lines on which one of `phrases` stands as code, not as a part of a longer word.
    func uses(of phrases: [String]) -> [(phrase: String, line: Int)] {
        phrases.flatMap { phrase in
            (lines[Self.words(of: phrase)[0]] ?? []).filter { Self.stands(phrase, in: code[$0]) }.map { (phrase, $0 + 1) }
        }
    }

    private static func words(of line: String) -> [Substring] { line.split { !isOfWord($0) } }

    private static let accessLevels: Set = ["public", "package", "internal", "fileprivate", "private"]
    private static let importKinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]

    private static func stands(_ phrase: String, in line: String) -> Bool {
        line.ranges(of: phrase).contains { range in
            !isPartOfWord(line[..<range.lowerBound].last, beside: phrase.first)
                && !isPartOfWord(line[range.upperBound...].first, beside: phrase.last)
        }
    }

    private static func isPartOfWord(_ neighbour: Character?, beside edge: Character?) -> Bool {
        guard let neighbour, let edge else { return false }
        return isOfWord(neighbour) && isOfWord(edge)
    }

    private static func isOfWord(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
}

/// Replaces comments and string literals by nothing, keeping the line breaks.
///
/// It knows line comments, nested block comments, and string literals with their hash signs, three quotes, escapes and
/// interpolations. What stands in an interpolation is blanked too. Regular expression literals it does not know.
struct Blanker {
    private let bytes: [UInt8]
    private var place = 0
    private var code: [UInt8] = []

    static func blank(_ text: String) -> String {
        var blanker = Blanker(bytes: Array(text.utf8))
        while blanker.place < blanker.bytes.count { blanker.step() }
        return String(decoding: blanker.code, as: UTF8.self)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func step() {
        if sees("//") {
            while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        } else if sees("/*") {
            skipBlockComment()
        } else if let hashes = openingOfString() {
            skipString(hashes: hashes)
        } else {
            code.append(bytes[place])
            place += 1
        }
    }

    private func sees(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    private mutating func skip() {
        if bytes[place] == UInt8(ascii: "\n") { code.append(bytes[place]) }
        place += 1
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if sees("/*") {
                depth += 1
                place += 2
            } else if sees("*/") {
                depth -= 1
                place += 2
            } else {
                skip()
            }
        } while depth > 0 && place < bytes.count
    }

    /// How many hash signs stand before a string literal that begins here.
    private func openingOfString() -> Int? {
        let hashes = bytes[place...].prefix { $0 == UInt8(ascii: "#") }.count
        let quote = place + hashes
        return quote < bytes.count && bytes[quote] == UInt8(ascii: "\"") ? hashes : nil
    }

    private mutating func skipString(hashes: Int) {
        place += hashes
        let quotes = sees("\"\"\"") ? 3 : 1
        place += quotes
        let end = String(repeating: "\"", count: quotes) + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        while place < bytes.count {
            if sees(end) {
                place += quotes + hashes
                return
            }
            if sees(escape + "(") {
                place += escape.utf8.count
                skipInterpolation()
            } else if sees(escape) {
                place += escape.utf8.count
                if place < bytes.count { skip() }
            } else {
                skip()
            }
        }
    }

    /// A string in the interpolation may hold the quotes that would end the one around it.
    private mutating func skipInterpolation() {
        var depth = 0
        repeat {
            if let hashes = openingOfString() {
                skipString(hashes: hashes)
                continue
            }
            if bytes[place] == UInt8(ascii: "(") { depth += 1 }
            if bytes[place] == UInt8(ascii: ")") { depth -= 1 }
            skip()
        } while depth > 0 && place < bytes.count
    }
}
