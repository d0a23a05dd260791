import NIOPosix

/// The thread on which servers accept connections and wait for their end.
///
/// Not the pool that Swift's tasks share: the synchronous code above may block all of its threads while it waits for the server,
/// which would then never get one.
final class ServerExecutor: TaskExecutor {
    static let thread = ServerExecutor()

    private let pool = NIOThreadPool(numberOfThreads: 1)

    private init() { pool.start() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pool.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
