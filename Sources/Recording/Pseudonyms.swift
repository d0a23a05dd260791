import Units

/// Other numbers for the numbers of a recording: always the same one for the same number, so that documents still join, and none that
/// tells what it stands for without the key.
///
/// A whole number becomes a whole number and no two become the same (a Feistel network over 31 bits); any other text becomes letters and
/// digits of a keyed hash (SipHash-2-4).
package struct Pseudonyms: Sendable {
    private let hash: KeyedHash

    package init(key: (UInt64, UInt64)) { hash = KeyedHash(key: key) }

    /// - Parameter text: 32 hexadecimal digits.
    package init?(key text: some StringProtocol) {
        let digits = String(text.prefix { $0.isHexDigit })
        guard digits.utf8.count == 32, let high = UInt64(digits.prefix(16), radix: 16),
            let low = UInt64(digits.suffix(16), radix: 16)
        else { return nil }
        self.init(key: (high, low))
    }

    /// As a file keeps it.
    package static func text(ofKey key: (UInt64, UInt64)) -> String {
        zeroPadded(key.0, 16, radix: 16) + zeroPadded(key.1, 16, radix: 16)
    }

    /// Of a number as it stands in JSON.
    package func number(_ number: Int) -> Int {
        if number < 0 { return number == .min ? number : -self.number(-number) }
        guard number < Self.domain else { return Self.domain + Int(hash.of("n\(number)") % UInt64(1 << 50)) }
        var value = UInt32(number)
        // Walks on until it is back in the domain, which keeps it a permutation.
        repeat { value = permuted(value) } while value >= UInt32(Self.domain)
        return Int(value)
    }

    /// Of a key that is written as a text. `1042` stays a number and agrees with the number 1042; of `1042-B` the suffix stays.
    package func key(_ text: String) -> String {
        guard !text.isEmpty else { return "" }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count)
        if let number = Int(digits), number < Self.domain, String(number) == digits, suffix.isEmpty || Self.isSuffix(suffix) {
            return String(self.number(number)) + suffix
        }
        return "K" + letters(hash.of("k" + text), count: 12)
    }

    /// Tells one text from another, and nothing else of it.
    package func tag(_ text: String) -> String { letters(hash.of("t" + text), count: 6).lowercased() }

    /// What warehouses put behind a number: `-B`, `-2`.
    private static func isSuffix(_ text: Substring) -> Bool {
        text.hasPrefix("-") && (2...3).contains(text.count)
            && (text.dropFirst().allSatisfy { ("A"..."Z").contains($0) }
                || text.dropFirst().allSatisfy { ("0"..."9").contains($0) })
    }

    private static let domain = 1 << 31

    /// Four rounds over two halves of 16 bits.
    private func permuted(_ value: UInt32) -> UInt32 {
        var (left, right) = (UInt16(truncatingIfNeeded: value >> 16), UInt16(truncatingIfNeeded: value))
        for round in 0..<4 { (left, right) = (right, left ^ UInt16(truncatingIfNeeded: hash.of("f\(round)/\(right)"))) }
        return UInt32(left) << 16 | UInt32(right)
    }

    private func letters(_ value: UInt64, count: Int) -> String {
        var rest = value
        var text = ""
        for _ in 0..<count {
            text.append(Self.alphabet[Int(rest & 31)])
            rest >>= 5
        }
        return text
    }

    /// Without letters that look like digits.
    private static let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
}

/// SipHash-2-4 of 64 bits.
///
/// Source: Aumasson and Bernstein, «SipHash: a fast short-input PRF», 2012.
struct KeyedHash: Sendable {
    private let key: (UInt64, UInt64)

    init(key: (UInt64, UInt64)) { self.key = key }

    func of(_ text: String) -> UInt64 { of(Array(text.utf8)) }

    func of(_ bytes: [UInt8]) -> UInt64 {
        var state = State(key: key)
        let whole = bytes.count - bytes.count % 8
        for start in stride(from: 0, to: whole, by: 8) { state.take(Self.word(bytes[start..<start + 8])) }
        state.take(Self.word(bytes[whole...]) | UInt64(truncatingIfNeeded: bytes.count) << 56)
        return state.finished
    }

    /// Little-endian.
    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private struct State {
        private var v0, v1, v2, v3: UInt64

        init(key: (UInt64, UInt64)) {
            v0 = key.0 ^ 0x736f_6d65_7073_6575
            v1 = key.1 ^ 0x646f_7261_6e64_6f6d
            v2 = key.0 ^ 0x6c79_6765_6e65_7261
            v3 = key.1 ^ 0x7465_6462_7974_6573
        }

        mutating func take(_ word: UInt64) {
            v3 ^= word
            turn()
            turn()
            v0 ^= word
        }

        var finished: UInt64 {
            var copy = self
            copy.v2 ^= 0xFF
            for _ in 0..<4 { copy.turn() }
            return copy.v0 ^ copy.v1 ^ copy.v2 ^ copy.v3
        }

        private mutating func turn() {
            v0 &+= v1
            v1 = Self.rotated(v1, 13) ^ v0
            v0 = Self.rotated(v0, 32)
            v2 &+= v3
            v3 = Self.rotated(v3, 16) ^ v2
            v0 &+= v3
            v3 = Self.rotated(v3, 21) ^ v0
            v2 &+= v1
            v1 = Self.rotated(v1, 17) ^ v2
            v2 = Self.rotated(v2, 32)
        }

        private static func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }
    }
}
