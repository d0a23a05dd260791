package import Units

/// A number of sales units of one article, held as an exact decimal with at most six decimals. May be negative.
package struct Quantity: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let units: ExactDecimal

    package init(_ units: ExactDecimal) { self.units = units }

    /// - Parameter text: Decimal notation with a point, such as `-2` or `0.25`.
    /// - Returns: `nil` for anything else, such as `1,5` and `12 pcs`.
    package init?(_ text: some StringProtocol) {
        guard let units = ExactDecimal(text) else { return nil }
        self.units = units
    }

    package static let zero = Quantity(.zero)
    package var isZero: Bool { units.isZero }
    package var isNegative: Bool { units.isNegative }
    package var isPositive: Bool { !isZero && !isNegative }
    package var magnitude: Quantity { Quantity(units.magnitude) }

    package static func < (left: Self, right: Self) -> Bool { left.units < right.units }
    package static func + (left: Self, right: Self) -> Self { Quantity(left.units + right.units) }
    package static func - (left: Self, right: Self) -> Self { Quantity(left.units - right.units) }
    package static prefix func - (value: Self) -> Self { Quantity(-value.units) }
    package static func += (left: inout Self, right: Self) { left = left + right }

    package var description: String { units.description }
    /// With a plus sign when it is positive: for changes.
    package var signed: String { units.signed }
}

/// An amount of money in a currency that the context names, held as an exact decimal.
package struct Money: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let amount: ExactDecimal

    package init(_ amount: ExactDecimal) { self.amount = amount }

    package init?(_ text: some StringProtocol) {
        guard let amount = ExactDecimal(text) else { return nil }
        self.amount = amount
    }

    package static func < (left: Self, right: Self) -> Bool { left.amount < right.amount }
    package static func + (left: Self, right: Self) -> Self { Money(left.amount + right.amount) }

    /// This amount and `percent` per cent of it, rounded to two decimals, half away from zero, in one step.
    package func adding(percent: ExactDecimal) -> Money { Money(amount.adding(percent: percent, decimals: 2)) }

    package var description: String { amount.description }
}
