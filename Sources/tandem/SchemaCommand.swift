import ArgumentParser
import ScenarioKit

/// For developers of Tandem: files in the repository that are generated from the catalogue of scenario keys.
struct SchemaCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of scenario files, or the reference of their README.",
        shouldDisplay: false)

    @Flag(help: "Reference part of Scenarios/README.md instead of the schema.")
    var reference = false

    func perform(on terminal: Terminal) throws -> ExitReason {
        terminal.print(reference ? ReferencePage.text : ScenarioSchema.text)
        return .allHeld
    }
}
