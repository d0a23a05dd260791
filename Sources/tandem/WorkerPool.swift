import Exploration
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Threads that work on the items of a campaign, each taking the next one that nobody has taken.
///
/// What came of the items is handed over in their order, whichever thread was done first, so that the output of an exploration
/// does not depend on how many threads there were.
struct WorkerPool {
    /// How many threads; at least one.
    var size = WorkerPool.processors

    /// One for each processor that is there.
    static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Works until every item is done, or until `isOver` says that no further one is to be begun.
    ///
    /// - Parameters:
    ///   - isOver: Is asked before each item, on any thread, by one at a time.
    ///   - handOver: Gets what came of each item, in order, on any thread, by one at a time.
    func work(
        on batch: some Batch, isOver: @escaping () -> Bool = { false }, handOver: @escaping (Int, Outcome) -> Void
    ) {
        let desk = Desk(batch: batch, isOver: isOver, handOver: handOver)
        let threads = (0..<min(size, batch.count ?? size)).map { _ in Self.start { desk.work() } }
        for thread in threads { pthread_join(thread, nil) }
    }

    // MARK: Threads

    private final class Errand: Sendable {
        let act: @Sendable () -> Void
        init(_ act: @escaping @Sendable () -> Void) { self.act = act }
    }

    private static func start(_ act: @escaping @Sendable () -> Void) -> pthread_t {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        // As much as a main thread has: a second one gets half a megabyte on macOS.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        let errand = Unmanaged.passRetained(Errand(act)).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
            let code = pthread_create(
                &thread, &attributes,
                { argument in
                    Unmanaged<Errand>.fromOpaque(argument).takeRetainedValue().act()
                    return nil
                }, errand)
            precondition(code == 0, "the system gives no thread (\(code))")
            return thread!
        #else
            var thread = pthread_t()
            let code = pthread_create(
                &thread, &attributes,
                { argument in
                    Unmanaged<Errand>.fromOpaque(argument!).takeRetainedValue().act()
                    return nil
                }, errand)
            precondition(code == 0, "the system gives no thread (\(code))")
            return thread
        #endif
    }
}

/// Where the threads take their items and put what came of them. Everything that changes is behind its lock, and so are the two
/// closures, which is what makes it safe to share.
private final class Desk<Work: Batch>: @unchecked Sendable {
    private struct State {
        var next = 0
        /// Done before its turn to be handed over.
        var early: [Int: Outcome] = [:]
        var handedOver = 0
    }

    private let batch: Work
    private let isOver: () -> Bool
    private let handOver: (Int, Outcome) -> Void
    private let state = Mutex(State())

    init(batch: Work, isOver: @escaping () -> Bool, handOver: @escaping (Int, Outcome) -> Void) {
        self.batch = batch
        self.isOver = isOver
        self.handOver = handOver
    }

    func work() {
        while let number = take() { put(batch.work(on: number), number) }
    }

    private func take() -> Int? {
        state.withLock { state in
            guard batch.count.map({ state.next < $0 }) ?? true, !isOver() else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    private func put(_ outcome: Outcome, _ number: Int) {
        state.withLock { state in
            state.early[number] = outcome
            while let outcome = state.early.removeValue(forKey: state.handedOver) {
                handOver(state.handedOver, outcome)
                state.handedOver += 1
            }
        }
    }
}
