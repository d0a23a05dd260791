import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Ends the process in time, whatever is in flight: some seconds after the first SIGINT or SIGTERM, and at once at the second. A service
/// manager kills after ten or more seconds what has not ended by then; an exchange may take ninety.
///
/// Nothing is lost by it: what was sent is in the journal, and its outcome is looked up at the next start.
final class StopDeadline {
    /// Less than the ten seconds that are promised, since the end takes its time as well.
    static let limit = DispatchTimeInterval.seconds(8)

    private let queue = DispatchQueue(label: "tandem.stop")
    private let sources: [any DispatchSourceSignal]

    /// - Parameters:
    ///   - exitReason: The end of a process whose time is up.
    ///   - say: Told why, when the time is up.
    init(exitReason: ExitReason, say: @escaping @Sendable (String) -> Void) {
        let queue = queue
        let count = Count()
        sources = [SIGINT, SIGTERM].map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                count.value += 1
                guard count.value == 1 else { _exit(128 + number) }
                queue.asyncAfter(deadline: .now() + Self.limit) {
                    guard !count.isOver else { return }
                    // Whoever reads the message may be what it waits for.
                    DispatchQueue.global().async {
                        say("stopped with an exchange in flight: the next start looks up its outcome")
                        queue.async { _exit(exitReason.rawValue) }
                    }
                    queue.asyncAfter(deadline: .now() + .milliseconds(500)) { _exit(exitReason.rawValue) }
                }
            }
            return source
        }
        self.count = count
        for source in sources { source.activate() }
        // A terminal that is closed, or a session that ends, is no reason to stop a service.
        signal(SIGHUP, SIG_IGN)
        // A reader that hangs up shows as an error of the write.
        signal(SIGPIPE, SIG_IGN)
    }

    private let count: Count

    /// Touched on the queue only.
    private final class Count: @unchecked Sendable {
        var value = 0
        var isOver = false
    }

    /// Everything has ended by itself.
    func end() {
        for source in sources { source.cancel() }
        queue.sync { count.isOver = true }
    }
}
