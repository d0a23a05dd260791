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

    @Option(help: ArgumentHelp("Number of writes that --allow-writes may send at most.", valueName: "n"))
    var maxWrites = 20

    @Option(
        help: ArgumentHelp(
            "Folder for a recording of every exchange, without names, addresses, secrets and real numbers.", valueName: "folder"))
    var record: String?

    func validate() throws {
        if sample < 1 { throw ValidationError("--sample: expected a number from 1") }
        if maxWrites < 0 { throw ValidationError("--max-writes: expected a number from 0") }
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
                confirmed: yesGoodsOwner ?? Self.askForGoodsOwner(on: terminal), maxWrites: maxWrites)
        }
        let journal = try CompanionJournal.readIfThere(access.configuration)
        let streams = format == .text && output == nil
        let line = VerifyProgressLine(terminal: terminal)
        return try access.report(on: terminal) { [options, format, output, writeProfile] access, stop in
            let verification = try Verification(
                access.configuration, access.credentials, journal: journal, options: options, runtime: access.runtime,
                log: access.log, stop: stop, progress: line.show,
                tell: { section, so in
                    line.clear()
                    if streams { line.print(so.text(of: section)) }
                })
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

    func clear() {
        if isShown { printError(Terminal.progressStart) }
    }
}
