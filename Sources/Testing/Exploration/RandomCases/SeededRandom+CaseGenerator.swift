import Simulation
import Units

extension SeededRandom {
    /// True in so many of a hundred draws on average.
    mutating func percent(_ percent: Int64) -> Bool { draw(1...100) <= percent }

    mutating func whole(_ range: ClosedRange<Int>) -> Int { Int(draw(Int64(range.lowerBound)...Int64(range.upperBound))) }

    /// A duration in whole steps, so that times in a scenario are short to write.
    mutating func duration(_ range: ClosedRange<Int64>, of step: Duration) -> Duration { step * Int(draw(range)) }

    /// One of the choices, each as likely as its weight says.
    ///
    /// - Precondition: some weight is above zero.
    mutating func pick<Choice>(weighted choices: [(weight: Int, choice: Choice)]) -> Choice {
        var place = whole(1...choices.reduce(0) { $0 + $1.weight })
        for (weight, choice) in choices {
            place -= weight
            if place <= 0 { return choice }
        }
        preconditionFailure("the place lies within the sum of the weights")
    }

    /// Some of it: at least the least part, at most all. In whole pieces where the whole is one.
    mutating func part(of quantity: ExactDecimal) -> ExactDecimal {
        let step: Int128 = quantity.isWhole ? 1_000_000 : 250_000
        let steps = Int64(clamping: quantity.millionths / step)
        guard steps > 1 else { return quantity }
        return ExactDecimal(millionths: Int128(draw(1...steps)) * step)
    }
}
