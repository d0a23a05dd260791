import ArgumentParser
import JSON
import Service
import Units

struct AuditCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Judge the invariants on the configured systems.",
        discussion: """
            Sends only GET requests, also while 'tandem sync' runs. Reads products, orders, purchase orders, shipments, receipts, \
            adjustments and stock of both systems under the rate limits, and says first how many calls and how much time that takes. \
            What may still be on its way and what the journal has parked is pending, not broken. Exits with 0 when nothing is broken, \
            with 1 when an invariant is, with 3 when an endpoint cannot be reached or refuses access. An undecided invariant is shown \
            with its reason and changes no exit code.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, junit, html
    }

    @OptionGroup var options: ConfigurationOptions

    @Option(
        help: ArgumentHelp(
            "Day since which a document must have changed to be judged. Default: all documents.", valueName: "date"))
    var since: String?

    @Option(help: ArgumentHelp("Name of the one connection to audit. Default: all connections.", valueName: "name"))
    var connection: String?

    @Option(help: "Format of the report.")
    var format = Format.text

    @Option(help: ArgumentHelp("File for the report; the summary still goes to stdout.", valueName: "file"))
    var output: String?

    func validate() throws {
        if let since, CivilDate(since) == nil {
            throw ValidationError("--since: expected a date such as 2026-03-01, not '\(since)'")
        }
    }

    func perform(on terminal: Terminal) throws -> ExitReason {
        let access = try EndpointAccess(options, on: terminal)
        if let connection, !access.configuration.connections.contains(where: { $0.name == connection }) {
            let names = access.configuration.connections.map(\.name).joined(separator: ", ")
            throw UsageError("--connection: the configuration has no connection '\(connection)'; it has \(names).")
        }
        let journal = try CompanionJournal.readIfThere(access.configuration)
        let line = AuditProgressLine(terminal: terminal)
        return try access.report(on: terminal) { [since, connection, format, output] access, stop in
            let audit = try Audit(
                access.configuration, access.credentials, journal: journal, since: since.flatMap { CivilDate($0) },
                only: connection, runtime: access.runtime, log: access.log, stop: stop, announce: line.announce,
                progress: line.show)
            line.clear()
            let text =
                switch format {
                case .text: audit.text
                case .json: audit.json.pretty + "\n"
                case .junit: audit.junit
                case .html: audit.html
                }
            guard let output else { return Report(text: text, exitStatus: audit.exitStatus) }
            try OutputFile.write(text, to: output)
            return Report(text: audit.summary + "\n", exitStatus: audit.exitStatus)
        }
    }
}

/// The estimate, and on a terminal one line that shows what is being read.
private struct AuditProgressLine: Sendable {
    private let printError: @Sendable (String) -> Void
    private let isShown: Bool

    init(terminal: Terminal) {
        nonisolated(unsafe) let write = terminal.printError
        printError = { write($0) }
        isShown = terminal.showsProgress
    }

    func announce(_ estimate: AuditEstimate) { printError(estimate.text + "\n") }

    func show(_ list: String, _ rows: Int) {
        if isShown { printError(Terminal.progressStart + "\(list): \(rows)") }
    }

    func clear() {
        if isShown { printError(Terminal.progressStart) }
    }
}
