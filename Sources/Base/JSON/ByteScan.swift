/// The place of the first byte from `start` on that cannot stand unescaped in a JSON string (a quote, a backslash, a control
/// character), or the end of the text.
func firstSpecialByte(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var place = start
    if let base = UnsafeRawPointer(text.baseAddress) {
        let ones: UInt64 = 0x0101_0101_0101_0101
        while place + 8 <= text.count {
            // Eight bytes at a time, the first of them lowest. Subtracting makes a byte that is too small borrow, which sets its
            // high bit. A byte above it may borrow along, but none below it, so the lowest high bit is the first special byte.
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            let quote = word ^ ones &* UInt64(UInt8(ascii: "\""))
            let backslash = word ^ ones &* UInt64(UInt8(ascii: "\\"))
            let borrowed = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word
            let special = borrowed & (ones &* 0x80)
            if special != 0 { return place + special.trailingZeroBitCount >> 3 }
            place += 8
        }
    }
    while place < text.count {
        let byte = text[place]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return place }
        place += 1
    }
    return place
}
