import ArgumentParser
import ScenarioKit

/// For those who work on Tandem: what is generated from the catalogue, to be kept in the repository.
struct SchemaCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of scenario files, or the reference half of their README.",
        shouldDisplay: false)

    @Flag(help: "The reference half of Scenarios/README.md instead of the schema.")
    var reference = false

    func perform(on terminal: Terminal) throws -> Ending {
        terminal.print(reference ? ReferencePage.text : ScenarioSchema.text)
        return .allHeld
    }
}
