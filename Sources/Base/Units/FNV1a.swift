/// FNV-1a in 64 bits (Fowler, Noll, Vo): the same value in every process and release. Not a cryptographic hash.
package struct FNV1a: Sendable {
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    package static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = Self()
        hash.mix(bytes)
        return hash.value
    }

    package mutating func mix(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

    package mutating func mix(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { mix(byte) }
    }

    /// The value as sixteen hexadecimal digits.
    package var digits: String { zeroPadded(value, 16, radix: 16) }
}
