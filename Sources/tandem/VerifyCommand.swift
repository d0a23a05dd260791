import ArgumentParser
import JSON
import Service

struct VerifyCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the configured endpoints before going live: credentials, locations, statuses, assumptions.",
        discussion: """
            Sends only GET requests unless --allow-writes is set. Exits with 0 when everything is as configured and assumed, with 1 when \
            something is not, with 3 when an endpoint cannot be reached or refuses access.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Probes that write, then undo what they wrote. For test accounts only.")
    var allowWrites = false

    @Flag(help: "JSON output.")
    var json = false

    func perform(on terminal: Terminal) throws -> ExitReason {
        let access = try EndpointAccess(options, on: terminal)
        return try access.report(on: terminal) { [json, allowWrites] access, stop in
            let verification = try Verification(
                access.configuration, access.credentials, runtime: access.runtime, mayWrite: allowWrites, log: access.log,
                stop: stop)
            return Report(
                text: json ? verification.json.pretty + "\n" : verification.text, exitStatus: verification.exitStatus)
        }
    }
}
