import ArgumentParser
import JSON
import Service

struct DriftCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "Shows the stock of both sides beside each other, and what explains a difference.",
        discussion: """
            Reads only, also while 'tandem sync' runs. Ends with 0 when every difference is explained by goods on their way \
            into the books or by an accepted offset, else with 1.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Writes JSON.")
    var json = false

    func perform(on terminal: Terminal) throws -> Ending {
        let access = try EndpointAccess(options, on: terminal)
        let journal = try CompanionJournal.readIfThere(access.configuration)
        return try access.report(on: terminal) { [json] access, stop in
            let report = try DriftReport(
                access.configuration, access.credentials, journal: journal, outside: access.outside, log: access.log, stop: stop)
            return Report(text: json ? report.json.pretty + "\n" : report.text, verdict: report.verdict)
        }
    }
}
