package import ScenarioKit
import Simulation
import SyncEngine
import Synchronization

/// Runs divided into items that share nothing. Items may run on different threads in any order; the same number always gives the
/// same result.
package protocol Batch: Sendable {
    /// The number of items; `nil`: as many as time allows.
    var count: Int? { get }

    /// - Parameter number: From 0.
    func run(_ number: Int) -> ItemResult
}

/// The result of one item.
package struct ItemResult: Sendable {
    package private(set) var figures = Figures()
    /// At most one for each run of the item.
    package private(set) var failures: [Failure] = []
    /// Of all runs of the item, to compare two explorations.
    package private(set) var digest: UInt64 = 0

    package init() {}

    package mutating func add(_ run: ScenarioRun) {
        figures.add(run)
        var combined = EventDigest()
        combined.add(Int64(bitPattern: digest))
        combined.add(run.result.digest)
        digest = combined.value
    }

    package mutating func add(_ failure: Failure) {
        failures.append(failure)
        figures.violations += 1
    }
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

/// Journals in memory, one for each concurrent run. A run returns its journal, which is cleared for the next one.
final class JournalPool: Sendable {
    private let idle: Mutex<[Journal]> = Mutex([])

    /// - Parameter body: Gets an empty journal that nobody else uses, or `nil` when none can be made; the run then reports it.
    func lend<Value>(_ body: (Journal?) throws -> Value) rethrows -> Value {
        let journal = idle.withLock { $0.popLast() } ?? (try? Journal.inMemory())
        defer {
            // A journal that cannot be cleared is not used again.
            if let journal, (try? journal.clear()) != nil { idle.withLock { $0.append(journal) } }
        }
        return try body(journal)
    }
}
