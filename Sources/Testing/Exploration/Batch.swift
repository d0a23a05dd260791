/// A long row of runs, cut into items that share nothing: each may be worked on a thread of its own, in any order, and the same
/// number gives the same outcome on any of them.
package protocol Batch: Sendable {
    /// How many items there are; `nil`: as many as there is time for.
    var count: Int? { get }

    /// - Parameter number: From 0.
    func work(on number: Int) -> Outcome
}

/// What came of one item.
package struct Outcome: Sendable {
    package var figures = Figures()
    /// At most one for each run of the item.
    package var failures: [Failure] = []
    /// Of all its runs together, to compare two explorations by.
    package var digest: UInt64 = 0

    package init() {}
}
