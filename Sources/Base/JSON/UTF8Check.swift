/// Well-formed UTF-8 by table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Check {
    /// The place of the first byte that does not belong to a well-formed sequence; `nil` when there is none.
    static func firstError(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var place = 0
        while place < bytes.count {
            if bytes[place] < 0x80 {
                place = endOfASCII(in: UnsafeRawPointer(base), from: place, count: bytes.count)
                continue
            }
            guard let length = lengthOfSequence(in: bytes, at: place) else { return place }
            place += length
        }
        return nil
    }

    private static func endOfASCII(in base: UnsafeRawPointer, from start: Int, count: Int) -> Int {
        var place = start
        while place + 8 <= count {
            let high = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt64.self)) & 0x8080_8080_8080_8080
            if high != 0 { return place + high.trailingZeroBitCount >> 3 }
            place += 8
        }
        while place < count, base.load(fromByteOffset: place, as: UInt8.self) < 0x80 { place += 1 }
        return place
    }

    /// The length of the sequence of two to four bytes at `place`; `nil` when it is not well-formed.
    private static func lengthOfSequence(in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[place] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard place + length <= bytes.count, second.contains(bytes[place + 1]) else { return nil }
        for offset in 2..<max(2, length) where !(0x80...0xBF).contains(bytes[place + offset]) { return nil }
        return length
    }
}
