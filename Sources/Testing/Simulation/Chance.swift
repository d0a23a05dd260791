import Units

/// SplitMix64 (Steele, Lea, Flood: «Fast Splittable Pseudorandom Number Generators», 2014): a counter in steps of the golden
/// ratio, its bits mixed.
///
/// Our own, so that a seed gives the same run with every version of Swift. Not for secrets.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number of the range, each as likely as any other.
    ///
    /// Not the standard library's draw: how that one uses the generator may change from version to version.
    package mutating func draw(_ range: ClosedRange<Int64>) -> Int64 {
        let width = UInt64(bitPattern: range.upperBound &- range.lowerBound)
        if width == .max { return Int64(bitPattern: next()) }
        let count = width + 1
        // The topmost incomplete run of `count` values is drawn again; it would favour the low ones.
        let limit = UInt64.max - UInt64.max % count
        var value = next()
        while value >= limit { value = next() }
        return range.lowerBound &+ Int64(bitPattern: value % count)
    }

    package mutating func draw(_ range: ClosedRange<Duration>) -> Duration {
        .milliseconds(draw(range.lowerBound.milliseconds...range.upperBound.milliseconds))
    }

    /// True once in `count` draws on average.
    package mutating func once(in count: Int64) -> Bool { draw(1...count) == 1 }

    /// - Precondition: `choices` is not empty.
    package mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[Int(draw(0...Int64(choices.count - 1)))] }
}

/// One seed for a whole run, and from it a stream of its own for each part, so that one more draw in one part moves no other.
package struct Chance: Sendable, Equatable {
    package let seed: UInt64

    package init(seed: UInt64) { self.seed = seed }

    /// - Parameter part: Who draws, such as `latency of ongoing`. The same name gives the same stream from its beginning.
    package func generator(for part: String) -> SeededRandom {
        // One draw between seed and name: seeds are often small and close together, and their streams must not be.
        var mixer = SeededRandom(seed: seed)
        // FNV-1a is the same in every release, so that a seed keeps its run.
        return SeededRandom(seed: mixer.next() ^ FNV1a.hash(Array(part.utf8) + [0]))
    }
}
