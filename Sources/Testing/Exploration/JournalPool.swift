import SyncEngine
import Synchronization

/// Journals that one run after another uses, emptied in between: as many as there are runs at the same time.
final class JournalPool: Sendable {
    private let idle: Mutex<[Journal]> = Mutex([])

    init() {}

    /// - Parameter body: Gets an empty journal that nobody else uses meanwhile; `nil` when none could be made, which the run then
    ///   says of itself.
    func lend<Value>(_ body: (Journal?) throws -> Value) rethrows -> Value {
        let journal = idle.withLock { $0.popLast() } ?? (try? Journal.inMemory())
        defer {
            // One that cannot be emptied is not lent again.
            if let journal, (try? journal.clear()) != nil { idle.withLock { $0.append(journal) } }
        }
        return try body(journal)
    }
}
