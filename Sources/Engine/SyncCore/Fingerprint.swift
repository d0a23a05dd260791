import Units

/// A short name for some content: equal content, equal fingerprint, in every process and on every machine.
///
/// Not a cryptographic hash: it answers «has this changed since we sent it?» about our own data.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(text: String) { self.text = text }

    package var description: String { text }
}

/// Collects the parts of some content in their order.
struct FingerprintBuilder {
    private var hash = FNV1a()

    mutating func add(_ text: String) {
        hash.mix(text.utf8)
        // A separator that UTF-8 never contains, so that ("ab", "c") and ("a", "bc") differ.
        hash.mix(0xFF)
    }

    /// Absent differs from empty.
    mutating func add(_ part: (some CustomStringConvertible)?) {
        if let part { add(part.description) } else { hash.mix(0xFE) }
    }

    var fingerprint: Fingerprint { Fingerprint(text: hash.digits) }
}
