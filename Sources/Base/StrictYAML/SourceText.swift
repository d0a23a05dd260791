import FoundationEssentials

/// The text of one file, checked before anything looks inside it.
package struct SourceText {
    /// A file above this is refused unread: the largest honest one is a few kilobytes.
    static let largestBytes = 1_000_000

    /// The path as it was given.
    package let file: String
    /// What such a file holds, in a word that stands in a sentence: `scenario`, `configuration`.
    let subject: String
    let text: String
    /// The comment block at the head of the file: what it is about, in a line or a few.
    package let headComment: String

    package init(file: String, subject: String, bytes: [UInt8]) throws(InvalidFile) {
        guard bytes.count <= Self.largestBytes else { throw Self.tooLarge(file, subject, bytes.count) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InvalidFile([
                Problem(
                    file: file, place: Self.placeOfBadUTF8(bytes), text: "the file is not UTF-8 from here on; save it as UTF-8")
            ])
        }
        self.file = file
        self.subject = subject
        self.text = text.first == "\u{feff}" ? String(text.dropFirst()) : text
        self.headComment = Self.headComment(of: self.text)
    }

    /// - Throws: ``InvalidFile`` when the file cannot be read at all.
    package static func load(_ path: String, subject: String) throws(InvalidFile) -> SourceText {
        let bytes: [UInt8]
        do {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            // A file that is far too large is not even loaded.
            guard size <= largestBytes else { throw tooLarge(path, subject, size) }
            bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch let bad as InvalidFile {
            throw bad
        } catch {
            throw InvalidFile([Problem(file: path, place: .start, text: "the file cannot be read")])
        }
        return try SourceText(file: path, subject: subject, bytes: bytes)
    }

    private static func tooLarge(_ file: String, _ subject: String, _ count: Int) -> InvalidFile {
        InvalidFile([
            Problem(
                file: file, place: .start,
                text: "the file holds \(count) bytes; a \(subject) of at most \(largestBytes) was expected")
        ])
    }

    private static func headComment(of text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let trimmed = line.drop { $0 == " " || $0 == "\r" }
            guard trimmed.hasPrefix("#") else { break }
            // The line that tells an editor where the schema lies is no part of it.
            if trimmed.contains("yaml-language-server:") { continue }
            let words = trimmed.drop { $0 == "#" }
            lines.append(words.hasPrefix(" ") ? words.dropFirst() : words)
        }
        return lines.map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }.joined(separator: "\n")
    }

    private static func placeOfBadUTF8(_ bytes: [UInt8]) -> Place {
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        var line = 1
        var column = 1
        while case .scalarValue(let scalar) = decoder.decode(&rest) {
            line += scalar == "\n" ? 1 : 0
            column = scalar == "\n" ? 1 : column + 1
        }
        return Place(line: line, column: column)
    }
}
