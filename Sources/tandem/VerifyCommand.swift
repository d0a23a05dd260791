import ArgumentParser
import JSON
import Service
import Units

struct VerifyCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Judge whether the configured systems are ready for Tandem.",
        discussion: """
            Tries every read that the engine makes, and looks at the set-up, the assumptions about both systems, the data that the \
            first round would meet, the stock, and whether all that was read is as the contract says. The last line is the verdict: \
            ready, not ready with the list of what to do, or cannot know with the list of what to find out. Sends only GET requests \
            unless --allow-writes is set. Exits with 0 when ready, with 1 when not or when it cannot know, with 3 when an endpoint \
            cannot be reached or refuses access.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, junit, html
    }

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("Name of the one connection to verify. Default: all connections.", valueName: "name"))
    var connection: String?

    @Option(help: ArgumentHelp("Number of records of each kind that are read singly.", valueName: "n"))
    var sample = 3

    @Flag(help: "Show also the assumptions that change nothing in what the engine does.")
    var all = false

    @Option(help: "Format of the report.")
    var format = Format.text

    @Option(help: ArgumentHelp("File for the report; the conclusion still goes to stdout.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "File for the assumptions that were confirmed or seen, as a profile for 'run', 'serve' and the configuration.",
            valueName: "file"))
    var writeProfile: String?

    @Flag(
        help: """
            Write an article, an order, a purchase order and drafts of its own to both systems, read them back, and remove them. \
            Only for goods owners in 'verify.allow-writes-for'.
            """)
    var allowWrites = false

    @Option(
        help: ArgumentHelp(
            "Number of the goods owner to write for. Default: it is asked for on the terminal.", valueName: "number"))
    var yesGoodsOwner: Int?

    @Option(
        help: ArgumentHelp(
            "Number of writes that --allow-writes may send at most. Default: 20, with --with-operator 26.", valueName: "n"))
    var maxWrites: Int?

    @Flag(
        help: """
            With --allow-writes, ask people in the warehouse to receive, pick, send and adjust with documents of its own, and show what \
            the engine would book, without booking it.
            """)
    var withOperator = false

    @Option(help: ArgumentHelp("Minutes to wait for each thing that people are asked to do.", valueName: "n"))
    var operatorMinutes = 10

    @Option(
        help: ArgumentHelp(
            "Folder for a recording of every exchange, without names, addresses, secrets and real numbers.", valueName: "folder"))
    var record: String?

    func validate() throws {
        if sample < 1 { throw ValidationError("--sample: expected a number from 1") }
        if let maxWrites, maxWrites < 0 { throw ValidationError("--max-writes: expected a number from 0") }
        if !allowWrites, withOperator { throw ValidationError("--with-operator goes with --allow-writes") }
        if operatorMinutes < 1 { throw ValidationError("--operator-minutes: expected a number from 1") }
        if !allowWrites, yesGoodsOwner != nil { throw ValidationError("--yes-goods-owner goes with --allow-writes") }
    }

    func perform(on terminal: Terminal) throws -> ExitReason {
        let access = try EndpointAccess(self.options, on: terminal).recording(to: record)
        if let connection, !access.configuration.connections.contains(where: { $0.name == connection }) {
            let names = access.configuration.connections.map(\.name).joined(separator: ", ")
            throw UsageError("--connection: the configuration has no connection '\(connection)'; it has \(names).")
        }
        var options = Verification.Options()
        options.only = connection
        options.sample = sample
        options.showsAll = all
        if allowWrites {
            options.canary = CanaryPlan(
                allowed: access.configuration.general.verify.allowWritesFor,
                confirmed: yesGoodsOwner ?? Self.askForGoodsOwner(on: terminal), maxWrites: maxWrites ?? (withOperator ? 26 : 20))
        }
        let journal = try CompanionJournal.readIfThere(access.configuration)
        let streams = format == .text && output == nil
        let line = VerifyProgressLine(terminal: terminal)
        if withOperator {
            options.people = OperatorPlan { [line, minutes = operatorMinutes] task in
                line.ask("In the warehouse, within \(counted(minutes, "minute")): \(task.request)\n")
            }
            options.people?.patience = .seconds(60 * Int64(operatorMinutes))
        }
        return try access.report(on: terminal) { [options, format, output, writeProfile] access, stop in
            let verification: Verification
            do {
                verification = try Verification(
                    access.configuration, access.credentials, journal: journal, options: options, runtime: access.runtime,
                    log: access.log, stop: stop, progress: line.show,
                    tell: { section, so in
                        line.clear()
                        if streams { line.print(so.text(of: section)) }
                    })
            } catch is Stopped where options.canary != nil {
                line.clear()
                return Report(text: Self.stopped, exitStatus: .needsAction)
            }
            line.clear()
            if let writeProfile { try OutputFile.write(verification.profileText, to: writeProfile) }
            let text =
                switch format {
                case .text: streams ? verification.conclusion : verification.text
                case .json: verification.json.pretty + "\n"
                case .junit: verification.junit
                case .html: verification.html
                }
            guard let output else { return Report(text: text, exitStatus: verification.exitStatus) }
            try OutputFile.write(text, to: output)
            return Report(text: verification.conclusion, exitStatus: verification.exitStatus)
        }
    }

    private static let stopped =
        "stopped: what the canary has made so far stands. The next 'tandem verify --allow-writes' removes it first.\n"

    /// Typed, so that nobody writes to a goods owner by pressing return.
    private static func askForGoodsOwner(on terminal: Terminal) -> Int? {
        guard terminal.showsProgress else { return nil }
        terminal.printError("Documents of Tandem's own will be written and removed. Type the number of the goods owner: ")
        return readLine(strippingNewline: true).flatMap { Int($0) }
    }
}

/// What is complete goes to stdout at once; on a terminal one line shows what is being read.
private struct VerifyProgressLine: Sendable {
    let print: @Sendable (String) -> Void
    private let printError: @Sendable (String) -> Void
    private let isShown: Bool

    init(terminal: Terminal) {
        nonisolated(unsafe) let write = terminal.print
        nonisolated(unsafe) let writeError = terminal.printError
        print = { write($0) }
        printError = { writeError($0) }
        isShown = terminal.showsProgress
    }

    func show(_ doing: String, _ count: Int) {
        if isShown { printError(Terminal.progressStart + doing + (count > 0 ? ": \(count)" : "")) }
    }

    /// A request to people stays on the screen.
    func ask(_ request: String) {
        clear()
        printError(request)
    }

    func clear() {
        if isShown { printError(Terminal.progressStart) }
    }
}
