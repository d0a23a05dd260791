import ArgumentParser
import Service
import SyncEngine

struct RetryCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Lets records that were set aside be tried again, or takes them off the list.",
        discussion: "Works while 'tandem sync' runs: the records are tried in the next run of their jobs.")

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "The numbers in brackets that 'tandem status' shows.")
    var ids: [Int64] = []

    @Flag(help: "All of them.")
    var all = false

    @Option(help: ArgumentHelp("A record that a person settled by hand; needs --why.", valueName: "number"))
    var dismiss: Int64?

    @Option(help: ArgumentHelp("How it was settled; kept in the journal.", valueName: "text"))
    var why: String?

    func validate() throws {
        guard [!ids.isEmpty, all, dismiss != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("Name the records, or --all of them, or one to --dismiss.")
        }
        guard (dismiss != nil) == (why != nil), why?.isEmpty != true else {
            throw ValidationError("--dismiss and --why belong together.")
        }
    }

    func perform(on terminal: Terminal) throws -> Ending {
        let journal = try CompanionJournal.open(options.read())
        let request: RetryRequest =
            if let dismiss, let why { .dismiss(dismiss, why: why) } else { all ? .all : .records(ids) }
        let answer = try request.carryOut(on: journal, at: WallTime.now())
        terminal.print(answer.text)
        return Ending(answer.verdict)
    }
}
