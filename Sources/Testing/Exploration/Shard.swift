/// One part of the items, of several that are as good as equal: whoever plays all parts has played everything once.
package struct Shard: Sendable, Equatable {
    /// From 1.
    package let number: Int
    package let count: Int

    package static let whole = Shard(number: 1, count: 1)

    private init(number: Int, count: Int) {
        self.number = number
        self.count = count
    }

    /// - Parameter text: `3/16`. `nil` is returned for anything else, and for a part that there is not.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], number >= 1, number <= count else { return nil }
        self.init(number: number, count: count)
    }

    /// - Parameter item: From 0.
    package func has(_ item: Int) -> Bool { item % count == number - 1 }

    /// The item of the whole that is the nth of this part, both from 0.
    package func item(_ nth: Int) -> Int { nth * count + number - 1 }
}
