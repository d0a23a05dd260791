import Units

/// A number of sales units of one article, held as an exact decimal with at most six decimals. May be negative.
public struct Quantity: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let units: ExactDecimal

    public init(_ units: ExactDecimal) { self.units = units }

    /// - Parameter text: Decimal notation with a point, such as `-2` or `0.25`.
    /// - Returns: `nil` for anything else, such as `1,5` and `12 pcs`.
    public init?(_ text: some StringProtocol) {
        guard let units = ExactDecimal(text) else { return nil }
        self.units = units
    }

    public static let zero = Quantity(.zero)
    public var isZero: Bool { units.isZero }
    public var isNegative: Bool { units.isNegative }
    public var isPositive: Bool { !isZero && !isNegative }
    public var magnitude: Quantity { Quantity(units.magnitude) }

    public static func < (left: Self, right: Self) -> Bool { left.units < right.units }
    public static func + (left: Self, right: Self) -> Self { Quantity(left.units + right.units) }
    public static func - (left: Self, right: Self) -> Self { Quantity(left.units - right.units) }
    public static prefix func - (value: Self) -> Self { Quantity(-value.units) }
    public static func += (left: inout Self, right: Self) { left = left + right }

    public var description: String { units.description }
    /// With a plus sign when it is positive: for changes.
    public var signed: String { isPositive ? "+\(units)" : "\(units)" }
}

/// An amount of money in a currency that the context names, held as an exact decimal.
public struct Money: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let amount: ExactDecimal

    public init(_ amount: ExactDecimal) { self.amount = amount }

    public init?(_ text: some StringProtocol) {
        guard let amount = ExactDecimal(text) else { return nil }
        self.amount = amount
    }

    public static func < (left: Self, right: Self) -> Bool { left.amount < right.amount }
    public static func + (left: Self, right: Self) -> Self { Money(left.amount + right.amount) }

    /// This amount and `percent` per cent of it, rounded to two decimals, half away from zero, in one step.
    public func adding(percent: ExactDecimal) -> Money { Money(amount.adding(percent: percent, decimals: 2)) }

    public var description: String { amount.description }
}
