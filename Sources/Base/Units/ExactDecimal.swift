/// A decimal number with at most six decimals, held exactly.
///
/// Both systems write money and quantities as JSON numbers with up to six decimals. A binary fraction cannot hold
/// 0.07, so there is no way in from `Double` and none out to it. The value is a whole number of millionths in 128 bits:
/// sums of anything that can be read from the wire cannot overflow.
package struct ExactDecimal: Hashable, Comparable, Sendable {
    /// The value in millionths.
    package let millionths: Int128

    static let scale: Int128 = 1_000_000
    /// The largest magnitude that is read from text: a million million.
    static let largest: Int128 = 1_000_000_000_000 * scale

    package init(millionths: Int128) { self.millionths = millionths }

    package init(_ whole: Int) { self.millionths = Int128(whole) * Self.scale }

    package static let zero = ExactDecimal(0)

    /// Reads decimal notation with a point, such as `-2`, `0.25` or (as JSON allows) `1.5e3`.
    ///
    /// - Returns: `nil` for anything else (`12 pcs`, `1,5`, `.5`, ` 1`), for more than six decimals that are not zero,
    ///   and for a magnitude above a million million: nothing is rounded on the way in.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let value = text.withUTF8({ DecimalNotation($0)?.millionths(largest: Self.largest) }) else { return nil }
        millionths = value
    }

    package static func < (left: Self, right: Self) -> Bool { left.millionths < right.millionths }
    package static func + (left: Self, right: Self) -> Self { Self(millionths: left.millionths + right.millionths) }
    package static func - (left: Self, right: Self) -> Self { Self(millionths: left.millionths - right.millionths) }
    package static prefix func - (value: Self) -> Self { Self(millionths: -value.millionths) }
    package static func += (left: inout Self, right: Self) { left = left + right }
    package static func -= (left: inout Self, right: Self) { left = left - right }

    package var isZero: Bool { millionths == 0 }
    package var isNegative: Bool { millionths < 0 }
    package var isWhole: Bool { millionths % Self.scale == 0 }
    package var magnitude: Self { Self(millionths: millionths < 0 ? -millionths : millionths) }

    /// The product, rounded half away from zero to `decimals` decimals (0 to 6) in one step.
    package func multiplied(by factor: Self, decimals: Int = 6) -> Self {
        // Twelve decimals after the product. What is read from text is below 2^60 millionths, so 128 bits hold it.
        Self(millionths: Self.rounded(millionths * factor.millionths, from: 12, to: decimals))
    }

    /// This value and `percent` per cent of it, rounded half away from zero to `decimals` decimals (0 to 6) in one step.
    package func adding(percent: Self, decimals: Int) -> Self {
        let hundredths = 100 * Self.scale + percent.millionths
        return Self(millionths: Self.rounded(millionths * hundredths, from: 14, to: decimals))
    }

    /// This value rounded half away from zero to `decimals` decimals.
    package func rounded(decimals: Int) -> Self {
        Self(millionths: Self.rounded(millionths, from: 6, to: decimals))
    }

    /// This value divided by a power of ten, rounded half away from zero at six decimals.
    package func dividedByTen(times: Int) -> Self {
        Self(millionths: Self.rounded(millionths, from: 6 + times, to: 6))
    }

    /// Rounds a number with `from` decimals to `to` decimals; the result is in millionths.
    private static func rounded(_ value: Int128, from: Int, to: Int) -> Int128 {
        precondition((0...6).contains(to) && from >= to)
        let step = power(from - to)
        let half = step / 2
        let quotient = value < 0 ? (value - half) / step : (value + half) / step
        return quotient * power(6 - to)
    }

    private static func power(_ exponent: Int) -> Int128 {
        var result: Int128 = 1
        for _ in 0..<exponent { result *= 10 }
        return result
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// The shortest decimal notation: no trailing zeros, no exponent, no plus sign.
    package var description: String {
        let whole = millionths.magnitude / UInt128(Self.scale)
        var fraction = millionths.magnitude % UInt128(Self.scale)
        let sign = millionths < 0 ? "-" : ""
        guard fraction != 0 else { return sign + String(whole) }
        var digits = 6
        while fraction % 10 == 0 {
            fraction /= 10
            digits -= 1
        }
        return sign + String(whole) + "." + zeroPadded(fraction, digits)
    }

    /// With a plus sign when it is positive: for changes.
    package var signed: String { millionths > 0 ? "+\(self)" : "\(self)" }
}

extension ExactDecimal: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self.init(value) }
}
