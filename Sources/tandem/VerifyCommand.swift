import ArgumentParser
import JSON
import Service

struct VerifyCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Looks at the configured endpoints before going live: credentials, locations, statuses, assumptions.",
        discussion: """
            Nothing but GET is sent unless writing is allowed. Ends with 0 when all is as configured and assumed, with 1 when \
            something is not, with 3 when an endpoint could not be asked.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Also probes by writing and taking back: for a test account.")
    var allowWrites = false

    @Flag(help: "Writes JSON.")
    var json = false

    func perform(on terminal: Terminal) throws -> Ending {
        let access = try EndpointAccess(options, on: terminal)
        return try access.report(on: terminal) { [json, allowWrites] access, stop in
            let verification = try Verification(
                access.configuration, access.credentials, outside: access.outside, mayWrite: allowWrites, log: access.log,
                stop: stop)
            return Report(
                text: json ? verification.json.pretty + "\n" : verification.text, verdict: verification.verdict)
        }
    }
}
