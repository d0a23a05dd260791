import Dispatch
import Exchange
import Logging
import Service
import Sockets
import SyncEngine
import Synchronization

/// A configuration with its secrets, and access to its endpoints.
struct EndpointAccess: Sendable {
    let configuration: Configuration
    let credentials: Credentials
    private(set) var runtime: Runtime
    private(set) var log: Logger

    /// - Throws: ``UsageError`` with everything that is wrong with the configuration or its secrets.
    init(_ options: ConfigurationOptions, _ more: [FlagSetting] = [], on terminal: Terminal) throws {
        try self.init(options, more) { LogOutput.logger($0, $1, on: terminal) }
    }

    private init(
        _ options: ConfigurationOptions, _ more: [FlagSetting], log makeLog: (Configuration, Credentials) -> Logger
    ) throws {
        configuration = try options.read(more)
        credentials = try options.credentials(of: configuration)
        log = makeLog(configuration, credentials)
        for warning in credentials.warnings { log.warning("\(warning)") }
        let outbound = try options.outbound(of: configuration)
        var runtime = Runtime(
            transport: { _, origin in SocketTransport(to: origin, through: outbound) },
            clock: {
                let wake = DispatchSemaphore(value: 0)
                return WakeableClock(WallClock(wake: wake), wake: { wake.signal() })
            }, generator: { SystemRandomNumberGenerator() })
        runtime.certificate = { origin in
            HostCertificate.shown(at: origin, through: outbound).map {
                SeenCertificate(subject: $0.names.first ?? origin, expiresAt: $0.expiresAt)
            }
        }
        self.runtime = runtime
    }

    /// Reads configuration and secrets again, on any thread.
    ///
    /// - Returns: One with the log of this one, which masks the secrets of this one; see ``logging(on:)``.
    func reread(_ options: ConfigurationOptions, _ more: [FlagSetting]) throws -> EndpointAccess {
        var next = try EndpointAccess(options, more) { [log] _, _ in log }
        next.runtime.record = runtime.record
        return next
    }

    /// The same, recording to a folder from now on; `nil`: as it is.
    func recording(to folder: String?) throws -> EndpointAccess {
        guard let folder else { return self }
        var copy = self
        copy.runtime.record = try RecordingFolder(path: folder).begin(configuration, at: WallClock.time(), log: log)
        return copy
    }

    /// The same with a log of its own, at its level, which masks its secrets.
    func logging(on terminal: Terminal) -> EndpointAccess {
        var copy = self
        copy.log = LogOutput.logger(configuration, credentials, on: terminal)
        return copy
    }

    /// The journal, for the one process that writes it; created when there is none.
    func ownJournal() throws -> Journal {
        let journal = try Journal.open(path: configuration.general.journal)
        if let fault = try SQLiteVersion.inUse()?.knownFault {
            log.warning("\(fault); a version from 3.51.3 on does not; keep backups ('tandem journal backup')")
        }
        return journal
    }
}

/// The output of a command and its verdict.
struct Report: Sendable {
    let text: String
    let exitStatus: ExitStatus
}

extension EndpointAccess {
    /// Does work that ends by itself, on a thread of its own. SIGINT and SIGTERM end it early: the exchange in flight is finished,
    /// and no other starts.
    func report(
        on terminal: Terminal, _ body: @escaping @Sendable (EndpointAccess, StopRequest) throws -> Report
    ) throws -> ExitReason {
        let stop = StopRequest()
        let report = Mutex<Report?>(nil)
        let work = ThreadService.Work(name: "tandem") {
            do {
                let done = try body(self, stop)
                report.withLock { $0 = done }
            } catch is Stopped {}
        }
        try ServiceRunner.run([ThreadService(work: [work], stop: stop.stop)], log: log, cutShort: .violation)
        guard let report = report.withLock({ $0 }) else {
            terminal.printError("Stopped before the end.\n")
            return .violation
        }
        terminal.print(report.text)
        return ExitReason(report.exitStatus)
    }
}
