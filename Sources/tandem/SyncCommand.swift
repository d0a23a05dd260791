import ArgumentParser
import Foundation
import JSON
import Logging
import Service
import ServiceLifecycle
import Sockets
import SyncEngine

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct SyncCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Keep a Rackbeat account and its warehouses in step.",
        discussion: """
            Runs each job on its schedule until SIGINT or SIGTERM. The exchange in flight is then finished; unfinished work is in the \
            journal, and the next start continues it. The log goes to stderr. On SIGHUP it reads configuration and secrets again and \
            says what changed; one with mistakes changes nothing.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "One run of every job, with a report.")
    var once = false

    @Flag(
        help: ArgumentHelp(
            "One run of every job, then a comparison of everything open in both systems, with a report. With --dry-run, what it would write."
        ))
    var reconcile = false

    @Flag(help: "A report of what a run would write; nothing is written, neither to the systems nor to the journal.")
    var dryRun = false

    @Flag(help: "JSON output, with --once or --dry-run.")
    var json = false

    @Flag(help: "HTML output, with --dry-run.")
    var html = false

    @Option(
        help: ArgumentHelp(
            "Address for webhooks, /health and /metrics; overrides the configuration. Port 0: any free port.",
            valueName: "address:port"))
    var listen: String?

    @Option(
        help: ArgumentHelp(
            "Folder for a recording of every exchange, without names, addresses, secrets and real numbers.", valueName: "folder"))
    var record: String?

    func validate() throws {
        guard !(once && dryRun) else { throw ValidationError("--once and --dry-run exclude each other.") }
        guard !json || once || reconcile || dryRun else {
            throw ValidationError("--json needs --once, --reconcile or --dry-run.")
        }
        guard !html || dryRun && !json else { throw ValidationError("--html needs --dry-run, and excludes --json.") }
        guard listen == nil || !(once || reconcile || dryRun) else {
            throw ValidationError("--listen is for the service, not for --once, --reconcile or --dry-run.")
        }
    }

    func perform(on terminal: Terminal) throws -> ExitReason {
        let more = listen.map { [FlagSetting(flag: "--listen", path: "listen.address", value: $0)] } ?? []
        let access = try EndpointAccess(options, more, on: terminal).recording(to: record)
        if dryRun { return try runDry(access, on: terminal) }
        if once || reconcile { return try runOnce(access, on: terminal) }
        return try serve(access, more, on: terminal)
    }

    private func runOnce(_ access: EndpointAccess, on terminal: Terminal) throws -> ExitReason {
        let journal = try access.ownJournal()
        return try access.report(on: terminal) { [json, reconcile] access, stop in
            let round = try SyncRound(
                access.configuration, access.credentials, journal: journal, runtime: access.runtime, log: access.log,
                reconciles: reconcile, stop: stop)
            return Report(text: json ? round.json.pretty + "\n" : round.text, exitStatus: round.exitStatus)
        }
    }

    private func runDry(_ access: EndpointAccess, on terminal: Terminal) throws -> ExitReason {
        // Without a journal nothing was ever written, which an empty one expresses.
        let journal = try CompanionJournal.readIfThere(access.configuration) ?? .inMemory()
        return try access.report(on: terminal) { [json, html, reconcile] access, stop in
            let run = try DryRun(
                access.configuration, access.credentials, journal: journal, runtime: access.runtime, log: access.log,
                reconciles: reconcile, stop: stop)
            let text = json ? run.json.pretty + "\n" : html ? run.html : run.text
            return Report(text: text, exitStatus: run.exitStatus)
        }
    }

    private func serve(_ access: EndpointAccess, _ more: [FlagSetting], on terminal: Terminal) throws -> ExitReason {
        let journal = try access.ownJournal()
        var access = access
        while let next = try serve(access, more, journal) { access = next.logging(on: terminal) }
        access.log.info("stopped")
        return .allHeld
    }

    /// - Returns: What to go on with after SIGHUP; `nil` when it was stopped.
    private func serve(
        _ access: EndpointAccess, _ more: [FlagSetting], _ journal: Journal
    ) throws -> EndpointAccess? {
        let reload = ReloadService(access) { [options] in try access.reread(options, more) }
        let service = try SyncService(
            access.configuration, access.credentials, journal: journal, runtime: access.runtime, log: access.log,
            startedAt: WallClock.time())
        var services: [any Service] = [
            ThreadService(
                work: service.connections.map { name in .init(name: "sync \(name)") { try service.run(name) } },
                stop: service.stop)
        ]
        if let authority = access.configuration.general.listen.authority {
            let handler = ServiceHandler(
                service, access.configuration, access.credentials, journal: journal, now: WallClock.time)
            services.append(try ListenerService(at: authority, log: access.log, answer: { handler.respond(to: $0) }))
        }
        if let notifier = ServiceNotifier(environment: ProcessInfo.processInfo.environment, process: getpid()) {
            services.append(
                NotifierService(
                    notifier: notifier, isAlive: { service.isAlive(at: WallClock.time()) }, goesOn: { reload.next != nil }))
        }
        services.append(reload)
        access.log.info(
            "started: \(service.connections.joined(separator: ", "))",
            metadata: ["journal": "\(access.configuration.general.journal)"])
        try ServiceRunner.run(services, log: access.log)
        return reload.next
    }
}
