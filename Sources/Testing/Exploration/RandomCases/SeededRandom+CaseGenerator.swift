import Simulation
import Units

/// The random streams of a test case. Each part draws from its own, so that a new draw in one part changes no other.
enum CaseStream: String {
    // The texts decide what a seed generates: another text changes every case.
    case options = "case: options"
    case clockSkew = "case: whether clocks are wrong"
    case world = "case: world"
    case clocks = "case: clocks"
    case people = "case: people"
    case faults = "case: faults"
    case isDisturbed = "case: whether the process is disturbed"
    case disturbances = "case: disturbances"
    case times = "case: times"
    case webhooks = "case: webhooks"
    case moreOptions = "case: more options"
    case rareActions = "case: rare actions"
    case listFaults = "case: list faults"
    case standstills = "case: standstills"
    case settings = "case: settings"
    case actionsBeside = "case: actions beside"
    case actionsByHand = "case: actions by hand"
}

extension SeededRandom {
    static func stream(_ stream: CaseStream, of seed: UInt64) -> SeededRandom {
        Chance(seed: seed).generator(for: stream.rawValue)
    }

    /// True in this percentage of draws on average.
    mutating func percent(_ percent: Int64) -> Bool { draw(1...100) <= percent }

    mutating func whole(_ range: ClosedRange<Int>) -> Int { Int(draw(Int64(range.lowerBound)...Int64(range.upperBound))) }

    /// A duration in whole steps, so that times in a scenario are short.
    mutating func duration(_ range: ClosedRange<Int64>, of step: Duration) -> Duration { step * Int(draw(range)) }

    /// Picks a choice with the probability of its weight.
    ///
    /// - Precondition: Some weight is above zero.
    mutating func pick<Choice>(weighted choices: [(weight: Int, choice: Choice)]) -> Choice {
        var place = whole(1...choices.reduce(0) { $0 + $1.weight })
        for (weight, choice) in choices {
            place -= weight
            if place <= 0 { return choice }
        }
        preconditionFailure("the place lies within the sum of the weights")
    }

    /// A part of a quantity, at least one step and at most all of it: in whole units if the quantity is whole, else in quarters.
    mutating func part(of quantity: ExactDecimal) -> ExactDecimal {
        let step: Int128 = quantity.isWhole ? 1_000_000 : 250_000
        let steps = Int64(clamping: quantity.millionths / step)
        guard steps > 1 else { return quantity }
        return ExactDecimal(millionths: Int128(draw(1...steps)) * step)
    }
}
