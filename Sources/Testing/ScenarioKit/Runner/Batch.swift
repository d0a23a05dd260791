/// Runs divided into items that share nothing. Items may run on different threads in any order; the same number always gives the
/// same result.
package protocol Batch<Output>: Sendable {
    associatedtype Output: Sendable

    /// The number of items; `nil`: as many as time allows.
    var count: Int? { get }

    /// - Parameter number: From 0.
    func run(_ number: Int) -> Output
}

/// One of several equal parts of a batch. All parts together run every item once.
package struct Shard: Sendable, Equatable {
    /// From 1.
    package let number: Int
    package let count: Int

    package static let whole = Shard(number: 1, count: 1)

    private init(number: Int, count: Int) {
        self.number = number
        self.count = count
    }

    /// - Parameter text: `3/16`. Anything else, and a part that does not exist, gives `nil`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], number >= 1, number <= count else { return nil }
        self.init(number: number, count: count)
    }

    /// - Parameter item: From 0.
    package func has(_ item: Int) -> Bool { item % count == number - 1 }

    /// The item of the whole batch that is the nth of this part, both from 0.
    package func item(_ nth: Int) -> Int { nth * count + number - 1 }
}
