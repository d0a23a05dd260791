import ArgumentParser
import Service
import SyncEngine

struct RetryCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Retry or dismiss parked records.",
        discussion: "Works while 'tandem sync' runs: the next run of each job retries its records.")

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "Numbers of parked records, as 'tandem status' shows them in brackets.")
    var ids: [Int64] = []

    @Flag(help: "All parked records.")
    var all = false

    @Option(help: ArgumentHelp("Number of a record that was settled by hand; needs --why.", valueName: "number"))
    var dismiss: Int64?

    @Option(help: ArgumentHelp("Explanation for the journal; required with --dismiss.", valueName: "text"))
    var why: String?

    func validate() throws {
        guard [!ids.isEmpty, all, dismiss != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("Expected the numbers of records, --all, or --dismiss with one number.")
        }
        guard (dismiss != nil) == (why != nil), why?.isEmpty != true else {
            throw ValidationError("--dismiss and --why need each other.")
        }
    }

    func perform(on terminal: Terminal) throws -> ExitReason {
        let journal = try CompanionJournal.open(options.read())
        let request: RetryRequest =
            if let dismiss, let why { .dismiss(dismiss, why: why) } else { all ? .all : .records(ids) }
        let outcome = try request.carryOut(on: journal, at: WallClock.time())
        terminal.print(outcome.text)
        return ExitReason(outcome.exitStatus)
    }
}
