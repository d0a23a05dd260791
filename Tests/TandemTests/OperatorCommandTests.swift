import Foundation
import Testing

@testable import tandem

/// The commands of an operator that need no network.
struct OperatorCommandTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func tandem(_ arguments: String...) -> (status: ExitReason, output: String, errors: String) {
        let output = Box()
        let errors = Box()
        let terminal = Terminal(
            print: { output.text += $0 }, printError: { errors.text += $0 }, isColoured: false, showsProgress: false)
        let status = Main.run(arguments, on: terminal)
        return (status, output.text, errors.text.replacingOccurrences(of: folder, with: "FOLDER"))
    }

    private final class Box {
        var text = ""
    }

    private func file(_ name: String, _ text: String) throws -> String {
        let path = folder + "/" + name
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func thePrintedExamplePassesTheCheck() throws {
        let example = tandem("config", "example")
        #expect(example.status == .allHeld)
        let path = try file("tandem.yaml", example.output)
        let check = tandem("config", "check", "--config", path, "--without-secrets")
        #expect(check.output == "\(path): no mistakes. Connections: main.\n")
        #expect(check.status == .allHeld)
    }

    @Test func everyMistakeIsReportedAndEndsWithTwo() throws {
        let path = try file("tandem.yaml", "jurnal: x\nconnections: { main: 5 }\n")
        let check = tandem("config", "check", "--config", path)
        #expect(check.status.rawValue == 2)
        #expect(
            check.errors.hasPrefix(
                """
                Error: the configuration has mistakes.
                FOLDER/tandem.yaml:1:1: 'rackbeat.base-url' is missing from the configuration: a URL such as https://host/path was expected
                FOLDER/tandem.yaml:1:1: 'rackbeat.email' is missing from the configuration: an email address was expected

                """), "\(check.errors)")
        #expect(
            check.errors.contains(
                "\nFOLDER/tandem.yaml:1:1: the configuration has no key 'jurnal'; did you mean 'journal'?\n"))
        #expect(check.errors.contains("\nFOLDER/tandem.yaml:2:22: 'main': nothing or a connection was expected, not '5'\n"))
    }

    @Test func missingSecretsAreReported() throws {
        let path = try file(
            "tandem.yaml",
            tandem("config", "example").output.replacingOccurrences(of: "RACKBEAT_TOKEN", with: "NO_SUCH_TOKEN_ANYWHERE"))
        let check = tandem("config", "check", "--config", path)
        #expect(check.status.rawValue == 2)
        #expect(
            check.errors.contains(
                "\nenvironment variable NO_SUCH_TOKEN_ANYWHERE: it is not set, but 'rackbeat.token' refers to it\n"),
            "\(check.errors)")
    }

    @Test func aMissingFileIsReportedWithWhatToDo() {
        let check = tandem("status", "--config", folder + "/nowhere.yaml")
        #expect(check.status.rawValue == 2)
        #expect(
            check.errors == """
                Error: FOLDER/nowhere.yaml cannot be read. 'tandem config example' prints an example configuration; \
                --config names another file.

                """)
    }

    @Test func aMissingJournalIsReported() throws {
        let path = try file("tandem.yaml", tandem("config", "example").output)
        let status = tandem("status", "--config", path, "--journal", folder + "/none.db")
        #expect(status.status.rawValue == 2)
        #expect(
            status.errors
                == "Error: the journal FOLDER/none.db does not exist. Run 'tandem sync' first, or name another file.\n")
    }

    @Test func auditRefusesADayThatIsNone() {
        let audit = tandem("audit", "--since", "yesterday", "--config", folder + "/nowhere.yaml")
        #expect(audit.status.rawValue == 2)
        #expect(
            audit.errors.hasPrefix("Error: --since: expected a date such as 2026-03-01, not 'yesterday'\n"), "\(audit.errors)")
    }

    @Test func auditRefusesAConnectionThatIsNotConfigured() throws {
        let path = try file("tandem.yaml", "\(Self.trial)")
        let audit = tandem("audit", "--connection", "north", "--config", path)
        #expect(audit.status.rawValue == 2)
        #expect(
            audit.errors == "Error: --connection: the configuration has no connection 'north'; it has main.\n", "\(audit.errors)")
    }

    private static let trial = """
        rackbeat: { base-url: "http://127.0.0.1:1/api", token: { env: PATH }, name: Trial, email: trial@example.test }
        connections:
          main:
            location: 1001
            ongoing: { base-url: "http://127.0.0.1:1/demo/api/v1", user: WSI-demo, password: { env: PATH }, goods-owner: 42 }
        """

    @Test(arguments: [[], ["1", "--all"], ["--dismiss", "1"], ["1", "--why", "x"], ["--dismiss", "1", "--why", ""]])
    func retryNeedsExactlyOneSelection(arguments: [String]) {
        let output = Box()
        let terminal = Terminal(print: { _ in }, printError: { output.text += $0 }, isColoured: false, showsProgress: false)
        #expect(Main.run(["retry"] + arguments, on: terminal).rawValue == 2)
        #expect(output.text.contains("Usage: tandem retry"))
    }
}
