import Dispatch
import Exchange
import Logging
import Service
import Sockets
import SyncEngine
import Synchronization

/// A configuration that was read, its secrets, and the way to its endpoints.
struct EndpointAccess: Sendable {
    let configuration: Configuration
    let credentials: Credentials
    let outside: Outside
    let log: Logger

    /// - Throws: ``UsageError`` with everything that is wrong with the configuration or its secrets.
    init(_ options: ConfigurationOptions, _ more: [FlagSetting] = [], on terminal: Terminal) throws {
        configuration = try options.read(more)
        credentials = try options.credentials(of: configuration)
        log = LogOutput.logger(configuration, credentials, on: terminal)
        outside = Outside(
            transport: { _, origin in SocketTransport(to: origin) },
            watch: {
                let bell = DispatchSemaphore(value: 0)
                return Watch(WallClock(bell: bell), wake: { bell.signal() })
            }, chance: { SystemRandomNumberGenerator() })
    }

    /// The journal for the one process that works with it; made when there is none.
    func ownJournal() throws -> Journal { try Journal.open(path: configuration.general.journal) }
}

/// What a command has to say, and how it ended.
struct Report: Sendable {
    let text: String
    let verdict: Verdict
}

extension EndpointAccess {
    /// Does work that ends by itself, on a thread of its own. SIGINT and SIGTERM end it early: the exchange in flight is
    /// finished, and no other is begun.
    func report(
        on terminal: Terminal, _ work: @escaping @Sendable (EndpointAccess, RoundStop) throws -> Report
    ) throws -> Ending {
        let stop = RoundStop()
        let report = Mutex<Report?>(nil)
        let piece = ThreadService.Piece(name: "tandem") {
            do {
                let done = try work(self, stop)
                report.withLock { $0 = done }
            } catch is Stopped {}
        }
        try Supervision.run([ThreadService(pieces: [piece], stop: stop.stop)], log: log)
        guard let report = report.withLock({ $0 }) else {
            terminal.complain("Stopped before the end.\n")
            return .ruleBroken
        }
        terminal.print(report.text)
        return Ending(report.verdict)
    }
}
