import Units

/// Covers secrets in a text, in every form in which another side may quote them back: as they are, in either case, percent-encoded, in
/// hexadecimal digits, within base64, and cut off.
///
/// Mask first and cut afterwards: a cut that falls into a secret leaves a part of it that is found no more.
package struct SecretMask: Sendable {
    package static let mark = "•••"

    /// Below it only the secret itself is looked for: its forms would occur in ordinary words.
    private static let shortest = 8
    /// As much of a secret tells something even without the rest.
    private static let longestRest = 6

    /// Exactly these bytes.
    private let exact: [[UInt8]]
    /// These bytes in either case, in small letters.
    private let folded: [[UInt8]]

    package init(_ secrets: [String]) {
        var exact: Set<[UInt8]> = []
        var folded: Set<[UInt8]> = []
        // What has one or two letters is no secret, and our own sentences are full of them.
        for secret in secrets where secret.utf8.count > 2 {
            let bytes = Array(secret.utf8)
            exact.insert(bytes)
            guard bytes.count >= Self.shortest else { continue }
            for form in Self.forms(of: bytes) where form.count >= Self.shortest { folded.insert(form.map(Self.small)) }
        }
        // The longest first, so that a secret that begins like another is not left half uncovered.
        func inOrder(_ forms: Set<[UInt8]>) -> [[UInt8]] {
            forms.sorted { $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1) }
        }
        self.exact = inOrder(exact)
        self.folded = inOrder(folded)
    }

    private static func forms(of bytes: [UInt8]) -> [[UInt8]] {
        let text = String(decoding: bytes, as: UTF8.self)
        let percent = PercentEncoding.encode(text)
        var forms = [text, percent, percent.replacing("%20", with: "+"), hexadecimal(bytes)]
        // Somebody encodes the secret with something before it: three ways in which it may fall.
        for before in 0..<3 {
            let whole = Base64.encode(Array(repeating: 0, count: before) + bytes)
            let certain = (before + bytes.count) * 8 / 6
            let part = String(whole.prefix(certain).dropFirst(before == 0 ? 0 : before + 1))
            forms += [part, part.replacing("+", with: "-").replacing("/", with: "_")]
        }
        return forms.map { Array($0.utf8) }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    package func covering(_ text: String) -> String {
        guard !exact.isEmpty else { return text }
        let bytes = Array(text.utf8)
        let small = bytes.map(Self.small)
        var isCovered = [Bool](repeating: false, count: bytes.count)
        var found = false
        func cover(_ forms: [[UInt8]], in text: [UInt8]) {
            for form in forms {
                for start in Self.places(of: form, in: text) {
                    for index in start..<start + form.count { isCovered[index] = true }
                    found = true
                }
                if let rest = Self.rest(of: form, before: text) {
                    for index in rest { isCovered[index] = true }
                    found = true
                }
            }
        }
        cover(exact, in: bytes)
        cover(folded, in: small)
        guard found else { return text }
        var result: [UInt8] = []
        for index in bytes.indices {
            if !isCovered[index] {
                result.append(bytes[index])
            } else if index == 0 || !isCovered[index - 1] {
                result += Array(Self.mark.utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func places(of form: [UInt8], in text: [UInt8]) -> [Int] {
        var places: [Int] = []
        while let place = text.firstIndex(of: form, from: places.last.map { $0 + form.count } ?? 0) { places.append(place) }
        return places
    }

    /// The beginning of a secret where somebody else has cut the text: before an ellipsis, or at its end.
    private static func rest(of form: [UInt8], before text: [UInt8]) -> Range<Int>? {
        let ellipsis = Array("…".utf8)
        let end = text.suffix(ellipsis.count).elementsEqual(ellipsis) ? text.count - ellipsis.count : text.count
        var length = min(form.count - 1, end)
        while length >= longestRest {
            if text[end - length..<end].elementsEqual(form.prefix(length)) { return end - length..<end }
            length -= 1
        }
        return nil
    }

    private static func small(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 32 : byte }
}
