import NIOPosix

/// The thread on which servers take connections in and see them off.
///
/// Not the pool that Swift's tasks share: the synchronous world above blocks its threads as it likes, and a server that waited for
/// one of them to come free would wait for whoever waits for the server.
final class Housekeeping: TaskExecutor {
    static let thread = Housekeeping()

    private let pool = NIOThreadPool(numberOfThreads: 1)

    private init() { pool.start() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pool.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
