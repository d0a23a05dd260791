import ArgumentParser
import Embedded
import ScenarioKit

/// For programs and editors, and for developers of Tandem: what describes the files that go in and come out.
struct SchemaCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of scenario files, of JSON reports, or the reference of scenarios.",
        shouldDisplay: false)

    @Flag(help: "Reference part of Scenarios/README.md instead of the schema.")
    var reference = false

    @Flag(help: "Schema of the reports that --format json writes.")
    var reports = false

    func perform(on terminal: Terminal) throws -> ExitReason {
        if reference, reports { throw UsageError("--reports does not go with --reference") }
        terminal.print(
            reference
                ? ReferencePage.text : reports ? String(decoding: EmbeddedFile.reportSchema, as: UTF8.self) : ScenarioSchema.text
        )
        return .allHeld
    }
}
