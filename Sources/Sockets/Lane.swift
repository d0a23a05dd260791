import NIOPosix

/// One thread on which handlers are called, one after another.
///
/// The fakes and everything around them know nothing of threads. Servers that share such a state share a lane, and then no two of
/// its handlers ever run at once; a handler that takes long makes the others wait. Work that must see the same state in between
/// (a timer, a signal) is run on the lane too.
package final class Lane: Sendable {
    private let pool: NIOThreadPool

    /// - Parameter depth: How many handlers may be under way, one within the other. More than one thread serves a lane then, and it
    ///   is the callers who see to it that only one runs: each waits for the answer before anything else happens.
    package init(depth: Int = 1) {
        pool = NIOThreadPool(numberOfThreads: depth)
        pool.start()
    }

    deinit { pool.shutdownGracefully { _ in } }

    /// Calls `work` when everything that was entered before it is done. Returns at once.
    package func enter(_ work: @escaping @Sendable () -> Void) {
        // The pool is stopped by nothing but the end of this lane, so no item is ever cancelled.
        pool.submit { _ in work() }
    }
}

/// Takes what only one lane ever touches past the compiler, which cannot know that.
struct OnLane<Value>: @unchecked Sendable {
    let value: Value
}
