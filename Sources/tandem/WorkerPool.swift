import ScenarioKit
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Threads that run the items of a batch, each taking the next free one.
///
/// Results are delivered in the order of the items, whichever thread finishes first. The output of an exploration therefore does not
/// depend on the number of threads.
struct WorkerPool {
    /// The number of threads, at least one.
    var size = WorkerPool.processors

    /// The number of processors.
    static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Runs items until all are done or `isTimeUp` returns true.
    ///
    /// - Parameters:
    ///   - isTimeUp: Asked before each item, on any thread, by one thread at a time.
    ///   - deliver: Gets the result of each item, in order, on any thread, from one thread at a time.
    func run<Items: Batch>(
        _ batch: Items, until isTimeUp: @escaping () -> Bool = { false }, deliver: @escaping (Int, Items.Output) -> Void
    ) {
        let queue = ItemQueue(batch: batch, isTimeUp: isTimeUp, deliver: deliver)
        let threads = (0..<min(size, batch.count ?? size)).map { _ in Self.start { queue.run() } }
        for thread in threads { pthread_join(thread, nil) }
    }

    // MARK: Threads

    private final class ThreadBody: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        // As large as the main thread's: other threads get half a megabyte on macOS.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        let context = Unmanaged.passRetained(ThreadBody(body)).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
            let code = pthread_create(
                &thread, &attributes,
                { argument in
                    Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
                    return nil
                }, context)
            precondition(code == 0, "cannot start a thread (\(code))")
            return thread!
        #else
            var thread = pthread_t()
            let code = pthread_create(
                &thread, &attributes,
                { argument in
                    Unmanaged<ThreadBody>.fromOpaque(argument!).takeRetainedValue().run()
                    return nil
                }, context)
            precondition(code == 0, "cannot start a thread (\(code))")
            return thread
        #endif
    }
}

/// Gives the threads their items and delivers the results in order. Its state and both closures are used only under its lock, which
/// makes it safe to share.
private final class ItemQueue<Items: Batch>: @unchecked Sendable {
    private struct State {
        var next = 0
        /// Results that wait for an earlier item.
        var waiting: [Int: Items.Output] = [:]
        var delivered = 0
    }

    private let batch: Items
    private let isTimeUp: () -> Bool
    private let deliver: (Int, Items.Output) -> Void
    private let state = Mutex(State())

    init(batch: Items, isTimeUp: @escaping () -> Bool, deliver: @escaping (Int, Items.Output) -> Void) {
        self.batch = batch
        self.isTimeUp = isTimeUp
        self.deliver = deliver
    }

    func run() {
        while let number = take() { put(batch.run(number), number) }
    }

    private func take() -> Int? {
        state.withLock { state in
            guard batch.count.map({ state.next < $0 }) ?? true, !isTimeUp() else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    private func put(_ result: Items.Output, _ number: Int) {
        state.withLock { state in
            state.waiting[number] = result
            while let result = state.waiting.removeValue(forKey: state.delivered) {
                deliver(state.delivered, result)
                state.delivered += 1
            }
        }
    }
}
