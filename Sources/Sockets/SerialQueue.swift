import NIOPosix

/// A worker thread that calls handlers one after another.
///
/// The fakes and everything around them know nothing of threads. Servers that share such a state share a queue, so that no two
/// handlers run at once; a slow handler makes the others wait. Other work on the same state (a timer, a signal) runs on the queue
/// too.
package final class SerialQueue: Sendable {
    private let pool: NIOThreadPool

    /// - Parameter depth: How many handlers may be in progress, one within the other. Above 1 the queue has that many threads, and the
    ///   callers ensure that only one runs: each waits for its response before anything else happens.
    package init(depth: Int = 1) {
        pool = NIOThreadPool(numberOfThreads: depth)
        pool.start()
    }

    deinit { pool.shutdownGracefully { _ in } }

    /// Calls `work` after everything that was submitted before it. Returns at once.
    package func submit(_ work: @escaping @Sendable () -> Void) {
        // Only the end of this queue stops the pool, so no item is ever cancelled.
        pool.submit { _ in work() }
    }
}

/// Carries a value that only one queue ever touches past the compiler, which cannot know that.
struct Unchecked<Value>: @unchecked Sendable {
    let value: Value
}
