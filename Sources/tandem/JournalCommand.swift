import ArgumentParser
import Service
import SyncEngine

struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Back up, check or adopt a journal.",
        subcommands: [Backup.self, Check.self, Adopt.self])

    struct Backup: Command {
        static let configuration = CommandConfiguration(
            commandName: "backup", abstract: "Copy the journal into a new file.",
            discussion: """
                Works while 'tandem sync' runs; a copy of the file alone would miss what stands beside it. The copy is checked, is readable \
                by its owner alone, and replaces nothing.
                """)

        @OptionGroup var options: ConfigurationOptions

        @Argument(help: "File to create.")
        var file: String

        func perform(on terminal: Terminal) throws -> ExitReason {
            let (path, journal) = try CompanionJournal.reader(options)
            try journal.backUp(to: file)
            terminal.print("\(file): a checked copy of \(path).\n")
            return .allHeld
        }
    }

    struct Check: Command {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Read every row of the journal, and name each that is damaged.",
            discussion: "Works while 'tandem sync' runs. Exits with 0 when all is sound, otherwise with 1.")

        @OptionGroup var options: ConfigurationOptions

        func perform(on terminal: Terminal) throws -> ExitReason {
            let (path, journal) = try CompanionJournal.reader(options)
            let check = try journal.checkMigrated()
            terminal.print(check.text(of: path))
            return check.isSound ? .allHeld : .violation
        }
    }

    struct Adopt: Command {
        static let configuration = CommandConfiguration(
            commandName: "adopt", abstract: "Take a journal that was made for another place as that of this configuration.",
            discussion: "Says what that means. Writes only with --yes, while no engine runs.")

        @OptionGroup var options: ConfigurationOptions

        @Flag(help: "Consent to what it means.")
        var yes = false

        func perform(on terminal: Terminal) throws -> ExitReason {
            let configuration = try options.read()
            let journal = try Journal.open(path: configuration.general.journal, access: yes ? .owner : .reader)
            let adoption = try JournalAdoption(of: journal, for: configuration)
            terminal.print(adoption.text)
            guard adoption.isNeeded else { return .allHeld }
            guard yes else { throw UsageError("nothing was changed; say --yes to adopt it.") }
            try journal.adopt(configuration.places)
            terminal.print(adoption.done)
            return .allHeld
        }
    }
}
