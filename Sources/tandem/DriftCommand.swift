import ArgumentParser
import JSON
import Service

struct DriftCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "Compare the stock of both systems, and explain the differences.",
        discussion: """
            Only reads, also while 'tandem sync' runs. Exits with 0 when every difference is explained by documents that are not yet \
            booked or by an accepted offset, otherwise with 1.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "JSON output.")
    var json = false

    func perform(on terminal: Terminal) throws -> ExitReason {
        let access = try EndpointAccess(options, on: terminal)
        let journal = try CompanionJournal.readIfThere(access.configuration)
        return try access.report(on: terminal) { [json] access, stop in
            let report = try DriftReport(
                access.configuration, access.credentials, journal: journal, runtime: access.runtime, log: access.log, stop: stop)
            return Report(text: json ? report.json.pretty + "\n" : report.text, exitStatus: report.exitStatus)
        }
    }
}
