import FoundationEssentials

/// The text of one scenario file, checked before anything looks inside it.
struct SourceText {
    /// A file above this is refused unread: the largest honest scenario is a few kilobytes.
    static let largestBytes = 1_000_000

    let file: String
    let text: String
    /// The comment block at the head of the file: what it is about, in a line or a few.
    let story: String

    init(file: String, bytes: [UInt8]) throws(BadScenario) {
        func refuse(_ place: Place, _ text: String) -> BadScenario {
            BadScenario([Problem(file: file, place: place, text: text)])
        }
        guard bytes.count <= Self.largestBytes else {
            throw refuse(.start, "the file holds \(bytes.count) bytes; a scenario of at most \(Self.largestBytes) was expected")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let place = Self.placeOfBadUTF8(bytes)
            throw refuse(place, "the file is not UTF-8 from here on; save it as UTF-8")
        }
        self.file = file
        self.text = text.first == "\u{feff}" ? String(text.dropFirst()) : text
        self.story = Self.story(of: self.text)
    }

    /// - Throws: ``BadScenario`` when the file cannot be read at all.
    static func load(_ path: String) throws(BadScenario) -> SourceText {
        let bytes: [UInt8]
        do {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            // A file that is far too large is not even loaded.
            bytes = size > largestBytes ? [UInt8](repeating: 0, count: 0) : [UInt8](try Data(contentsOf: URL(filePath: path)))
            if size > largestBytes {
                throw BadScenario([
                    Problem(
                        file: path, place: .start,
                        text: "the file holds \(size) bytes; a scenario of at most \(largestBytes) was expected")
                ])
            }
        } catch let bad as BadScenario {
            throw bad
        } catch {
            throw BadScenario([Problem(file: path, place: .start, text: "the file cannot be read")])
        }
        return try SourceText(file: path, bytes: bytes)
    }

    private static func story(of text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let trimmed = line.drop { $0 == " " || $0 == "\r" }
            guard trimmed.hasPrefix("#") else { break }
            // The line that tells an editor where the schema lies is no part of the story.
            if trimmed.contains("yaml-language-server:") { continue }
            let words = trimmed.drop { $0 == "#" }
            lines.append(words.hasPrefix(" ") ? words.dropFirst() : words)
        }
        return lines.map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }.joined(separator: "\n")
    }

    private static func placeOfBadUTF8(_ bytes: [UInt8]) -> Place {
        var low = 0
        var high = bytes.count
        // The longest valid prefix, by halving; a prefix that ends inside a character is given the benefit of three bytes.
        while low < high {
            let middle = (low + high + 1) / 2
            if isValidPrefix(bytes[..<middle]) { low = middle } else { high = middle - 1 }
        }
        let before = String(decoding: bytes[..<low], as: UTF8.self)
        let line = before.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        let last = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        return Place(line: line, column: last.unicodeScalars.count { $0 != "\u{fffd}" } + 1)
    }

    private static func isValidPrefix(_ bytes: ArraySlice<UInt8>) -> Bool {
        (0...min(3, bytes.count)).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
    }
}
