import ArgumentParser
import JSON
import Logging
import Service
import ServiceLifecycle
import SyncEngine

struct SyncCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Keeps the configured Rackbeat account and its warehouses in step.",
        discussion: """
            Runs until SIGINT or SIGTERM, each job on its schedule; the exchange in flight is finished, and what was begun is \
            in the journal, so that the next start goes on with it. Logs go to stderr.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Runs every job once and says what came of it.")
    var once = false

    @Flag(help: "Says what one round would write, and writes nothing: neither in the two systems nor in the journal.")
    var dryRun = false

    @Flag(help: "Writes JSON; with --once or --dry-run.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Answers /health and /metrics there, and takes webhooks, whatever the configuration says. Port 0: any free one.",
            valueName: "address:port"))
    var listen: String?

    func validate() throws {
        guard !(once && dryRun) else { throw ValidationError("--once writes and --dry-run does not: one of them, please.") }
        guard !json || once || dryRun else { throw ValidationError("--json belongs to --once or --dry-run.") }
        guard listen == nil || !(once || dryRun) else {
            throw ValidationError("--listen is for the service: --once and --dry-run end by themselves.")
        }
    }

    func perform(on terminal: Terminal) throws -> Ending {
        let more = listen.map { [FlagSetting(flag: "--listen", path: "listen.address", value: $0)] } ?? []
        let access = try EndpointAccess(options, more, on: terminal)
        if dryRun { return try rehearse(access, on: terminal) }
        if once { return try runOnce(access, on: terminal) }
        return try serve(access)
    }

    private func runOnce(_ access: EndpointAccess, on terminal: Terminal) throws -> Ending {
        let journal = try access.ownJournal()
        return try access.report(on: terminal) { [json] access, stop in
            let round = try SyncRound(
                access.configuration, access.credentials, journal: journal, outside: access.outside, log: access.log, stop: stop)
            return Report(text: json ? round.json.pretty + "\n" : round.text, verdict: round.verdict)
        }
    }

    private func rehearse(_ access: EndpointAccess, on terminal: Terminal) throws -> Ending {
        // Without a journal nothing was ever written, and that is what an empty one says.
        let journal = try CompanionJournal.readIfThere(access.configuration) ?? .inMemory()
        return try access.report(on: terminal) { [json] access, stop in
            let run = try DryRun(
                access.configuration, access.credentials, journal: journal, outside: access.outside, log: access.log, stop: stop)
            return Report(text: json ? run.json.pretty + "\n" : run.text, verdict: run.verdict)
        }
    }

    private func serve(_ access: EndpointAccess) throws -> Ending {
        let journal = try access.ownJournal()
        let service = try SyncService(
            access.configuration, access.credentials, journal: journal, outside: access.outside, log: access.log,
            startedAt: WallTime.now())
        var services: [any Service] = [
            ThreadService(
                pieces: service.connections.map { name in .init(name: "sync \(name)") { try service.run(name) } },
                stop: service.stop)
        ]
        if let authority = access.configuration.general.listen.authority {
            let handler = ServiceHandler(
                service, access.configuration, access.credentials, journal: journal, now: WallTime.now)
            services.append(try ListenerService(at: authority, log: access.log, answer: handler.answer))
        }
        access.log.info(
            "in service: \(service.connections.joined(separator: ", "))",
            metadata: ["journal": "\(access.configuration.general.journal)"])
        try Supervision.run(services, log: access.log)
        access.log.info("out of service")
        return .allHeld
    }
}
