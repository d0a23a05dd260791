/// The names of one object, to tell whether one stands twice.
///
/// Names are compared code unit by code unit (RFC 8259, section 8.3). A filter of 128 bits tells at once that almost every name
/// is new; a set takes over where looking at each member would become quadratic.
struct NamesSeen {
    private var filter: UInt128 = 0
    private var names: Set<ExactName>?

    /// - Parameter written: What stands between the quotes.
    /// - Returns: `false` when one of `members` has that name.
    mutating func insert(_ name: String, written: UnsafeBufferPointer<UInt8>, after members: [JSONObject.Member]) -> Bool {
        guard members.count < 64 else { return insertIntoSet(name, after: members) }
        let bit = UInt128(1) &<< Self.bit(of: name, written: written)
        if filter & bit != 0, members.contains(where: { $0.hasName(name) }) { return false }
        filter |= bit
        return true
    }

    private mutating func insertIntoSet(_ name: String, after members: [JSONObject.Member]) -> Bool {
        if names == nil { names = Set(members.map { ExactName(text: $0.name) }) }
        return names!.insert(ExactName(text: name)).inserted
    }

    private static func bit(of name: String, written: UnsafeBufferPointer<UInt8>) -> Int {
        // Every escape is longer than what it stands for, so a name of the same length was written without one.
        if written.count == name.utf8.count { return bit(of: written) }
        var name = name
        return name.withUTF8 { bit(of: $0) }
    }

    private static func bit(of name: UnsafeBufferPointer<UInt8>) -> Int {
        // The end of a name is where names that begin alike differ.
        var word = UInt64(name.count)
        if name.count >= 8 {
            word ^= UnsafeRawBufferPointer(name).loadUnaligned(fromByteOffset: name.count - 8, as: UInt64.self)
        } else {
            for byte in name { word = word << 8 ^ UInt64(byte) }
        }
        // Multiplying by the golden ratio brings every bit to bear on the highest seven.
        word ^= word >> 32
        return Int((word &* 0x9E37_79B9_7F4A_7C15) >> 57)
    }
}

private struct ExactName: Hashable {
    let text: String

    static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
