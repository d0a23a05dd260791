/// The names of one object, to tell whether one stands twice.
///
/// Names are compared code unit by code unit (RFC 8259, section 8.3). A filter of 128 bits tells at once that almost every name
/// is new; a set takes over where looking at each member would become quadratic.
struct NamesSeen {
    private var filter: UInt128 = 0
    private var names: Set<ExactName>?

    /// - Returns: `false` when one of `members` has that name.
    mutating func insert(_ name: String, after members: [JSONObject.Member]) -> Bool {
        if members.count >= 64 {
            if names == nil { names = Set(members.map { ExactName(text: $0.name) }) }
            return names!.insert(ExactName(text: name)).inserted
        }
        let bit = UInt128(1) &<< Self.bit(of: name)
        if filter & bit != 0, members.contains(where: { $0.hasName(name) }) { return false }
        filter |= bit
        return true
    }

    private static func bit(of name: String) -> Int {
        var name = name
        return name.withUTF8 { bytes in
            // The end of a name is where names that begin alike differ.
            var word = UInt64(bytes.count)
            if bytes.count >= 8 {
                word ^= UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
            } else {
                for byte in bytes { word = word << 8 ^ UInt64(byte) }
            }
            // Multiplying by the golden ratio brings every bit to bear on the highest seven.
            word ^= word >> 32
            return Int((word &* 0x9E37_79B9_7F4A_7C15) >> 57)
        }
    }
}

private struct ExactName: Hashable {
    let text: String

    static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
