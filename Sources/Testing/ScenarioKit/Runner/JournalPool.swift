package import SyncEngine
import Synchronization

/// Journals in memory, one for each concurrent run. A run returns its journal, which is cleared for the next one.
package final class JournalPool: Sendable {
    private let idle: Mutex<[Journal]> = Mutex([])

    package init() {}

    /// - Parameter body: Gets an empty journal that nobody else uses, or `nil` when none can be made; the run then reports it.
    package func lend<Value>(_ body: (Journal?) throws -> Value) rethrows -> Value {
        let journal = idle.withLock { $0.popLast() } ?? (try? Journal.inMemory())
        defer {
            // A journal that cannot be cleared is not used again.
            if let journal, (try? journal.clear()) != nil { idle.withLock { $0.append(journal) } }
        }
        return try body(journal)
    }
}
