/// Decimal notation with a point and, as JSON allows, an exponent, taken apart into a whole number and a power of ten.
struct DecimalNotation {
    private var isNegative = false
    /// The digits as one whole number, without the zeros at the end of the fraction.
    private var digits: Int128 = 0
    /// The power of ten by which `digits` is to be multiplied.
    private var power = 0

    /// - Returns: `nil` when the text is anything else, or has more digits than 100 bits hold.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var rest = text[...]
        isNegative = Self.take("-", from: &rest)
        guard readWhole(&rest) else { return nil }
        if Self.take(".", from: &rest) {
            guard readFraction(&rest) else { return nil }
        }
        if Self.take("e", from: &rest) || Self.take("E", from: &rest) {
            guard readExponent(&rest) else { return nil }
        }
        guard rest.isEmpty else { return nil }
    }

    /// The value in millionths; `nil` when that is no whole number, or one above `largest`.
    func millionths(largest: Int128) -> Int128? {
        var value = digits
        var shift = value == 0 ? 0 : power + 6
        while shift > 0 {
            value *= 10
            shift -= 1
            if value > largest { return nil }
        }
        while shift < 0 {
            guard value % 10 == 0 else { return nil }
            value /= 10
            shift += 1
        }
        guard value <= largest else { return nil }
        return isNegative ? -value : value
    }

    private mutating func readWhole(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let before = rest.count
        while let digit = Self.takeDigit(from: &rest) {
            guard append(digit, after: 0) else { return false }
        }
        return rest.count < before
    }

    private mutating func readFraction(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let before = rest.count
        // Zeros count only when another digit follows: 0.50 and 1.0000000 have no more decimals than 0.5 and 1.
        var zeros = 0
        while let digit = Self.takeDigit(from: &rest) {
            if digit == 0 {
                zeros += 1
            } else {
                guard append(digit, after: zeros) else { return false }
                power -= zeros + 1
                zeros = 0
            }
        }
        return rest.count < before
    }

    private mutating func readExponent(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let sign = Self.take("-", from: &rest) ? -1 : 1
        if sign > 0 { _ = Self.take("+", from: &rest) }
        let before = rest.count
        var exponent = 0
        while let digit = Self.takeDigit(from: &rest) {
            // Beyond any value that is read, and far from where sums would overflow.
            exponent = min(exponent * 10 + Int(digit), 1_000_000)
        }
        power += sign * exponent
        return rest.count < before
    }

    private mutating func append(_ digit: Int128, after zeros: Int) -> Bool {
        for _ in 0..<(digits == 0 ? 0 : zeros) {
            digits *= 10
            guard digits < Int128(1) << 100 else { return false }
        }
        digits = digits * 10 + digit
        return digits < Int128(1) << 100
    }

    private static func take(_ character: Unicode.Scalar, from rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private static func takeDigit(from rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Int128? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest.removeFirst()
        return Int128(byte - UInt8(ascii: "0"))
    }
}
