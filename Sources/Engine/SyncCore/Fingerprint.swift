/// A short name for some content: equal content, equal fingerprint, in every process and on every machine.
///
/// Not a cryptographic hash: it answers «has this changed since we sent it?» about our own data. FNV-1a in 64 bits.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(text: String) { self.text = text }

    /// Of content that is there and is not known: no other fingerprint is equal to it.
    package static let unknown = Fingerprint(text: "unknown")

    package var description: String { text }
}

/// Collects the parts of some content in their order.
struct FingerprintBuilder {
    private var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ text: String) {
        for byte in text.utf8 { mix(byte) }
        // A separator that UTF-8 never contains, so that ("ab", "c") and ("a", "bc") differ.
        mix(0xFF)
    }

    /// Absent differs from empty.
    mutating func add(_ part: (some CustomStringConvertible)?) {
        if let part { add(part.description) } else { mix(0xFE) }
    }

    private mutating func mix(_ byte: UInt8) {
        value ^= UInt64(byte)
        value = value &* 0x0000_0100_0000_01b3
    }

    var fingerprint: Fingerprint {
        let digits = String(value, radix: 16)
        return Fingerprint(text: String(repeating: "0", count: 16 - digits.utf8.count) + digits)
    }
}
