extension Int64 {
    /// Divided and rounded down, below zero too.
    func dividedDown(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}

/// The number that ASCII digits write; `nil` when one of them is no digit.
func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
}

/// With zeros before it until it is `width` digits long.
///
/// - Parameter value: Not below zero.
package func zeroPadded(_ value: some BinaryInteger, _ width: Int, radix: Int = 10) -> String {
    let text = String(value, radix: radix)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}
