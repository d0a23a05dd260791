import Foundation
import Testing

@testable import tandem

/// The commands with which an operator looks after a connection, as far as they need no network.
struct OperatorCommandTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func tandem(_ arguments: String...) -> (ending: Ending, output: String, complaints: String) {
        let output = Box()
        let complaints = Box()
        let terminal = Terminal(
            print: { output.text += $0 }, complain: { complaints.text += $0 }, isColoured: false, showsProgress: false)
        let ending = Main.run(arguments, on: terminal)
        return (ending, output.text, complaints.text.replacingOccurrences(of: folder, with: "FOLDER"))
    }

    private final class Box {
        var text = ""
    }

    private func file(_ name: String, _ text: String) throws -> String {
        let path = folder + "/" + name
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// What is printed to begin with must be good to begin with.
    @Test func thePrintedExamplePassesTheCheck() throws {
        let example = tandem("config", "example")
        #expect(example.ending == .allHeld)
        let path = try file("tandem.yaml", example.output)
        let check = tandem("config", "check", "--config", path, "--without-secrets")
        #expect(check.output == "\(path): nothing is wrong. Connections: main.\n")
        #expect(check.ending == .allHeld)
    }

    @Test func mistakesEndWithTwoAndAreAllTold() throws {
        let path = try file("tandem.yaml", "jurnal: x\nconnections: { main: 5 }\n")
        let check = tandem("config", "check", "--config", path)
        #expect(check.ending.rawValue == 2)
        #expect(
            check.complaints.hasPrefix(
                """
                Error: the configuration has mistakes.
                FOLDER/tandem.yaml:1:1: 'rackbeat.base-url' is missing from the configuration: a URL such as https://host/path was expected
                FOLDER/tandem.yaml:1:1: 'rackbeat.mail' is missing from the configuration: a mail address was expected

                """), "\(check.complaints)")
        #expect(
            check.complaints.contains(
                "\nFOLDER/tandem.yaml:1:1: the configuration has no key 'jurnal'; did you mean 'journal'?\n"))
        #expect(check.complaints.contains("\nFOLDER/tandem.yaml:2:22: 'main': the connection's keys were expected, not '5'\n"))
    }

    @Test func secretsThatAreNotThereAreTold() throws {
        let path = try file(
            "tandem.yaml",
            tandem("config", "example").output.replacingOccurrences(of: "RACKBEAT_TOKEN", with: "NO_SUCH_TOKEN_ANYWHERE"))
        let check = tandem("config", "check", "--config", path)
        #expect(check.ending.rawValue == 2)
        #expect(
            check.complaints.contains(
                "\nenvironment variable NO_SUCH_TOKEN_ANYWHERE: it is not set, but 'rackbeat.token' refers to it\n"),
            "\(check.complaints)")
    }

    @Test func aMissingFileIsSaidWithWhatToDo() {
        let check = tandem("status", "--config", folder + "/nowhere.yaml")
        #expect(check.ending.rawValue == 2)
        #expect(
            check.complaints == """
                Error: FOLDER/nowhere.yaml cannot be read. 'tandem config example' prints a configuration to begin with; \
                --config names another file.

                """)
    }

    @Test func aJournalThatIsNotThereIsSaid() throws {
        let path = try file("tandem.yaml", tandem("config", "example").output)
        let status = tandem("status", "--config", path, "--journal", folder + "/none.db")
        #expect(status.ending.rawValue == 2)
        #expect(
            status.complaints
                == "Error: the journal FOLDER/none.db does not exist. Run 'tandem sync' first, or name another file.\n")
    }

    @Test(arguments: [[], ["1", "--all"], ["--dismiss", "1"], ["1", "--why", "x"], ["--dismiss", "1", "--why", ""]])
    func whatIsToBeRetriedMustBeSaidOnce(arguments: [String]) {
        let output = Box()
        let terminal = Terminal(print: { _ in }, complain: { output.text += $0 }, isColoured: false, showsProgress: false)
        #expect(Main.run(["retry"] + arguments, on: terminal).rawValue == 2)
        #expect(output.text.contains("Usage: tandem retry"))
    }
}
