import Foundation
import Testing

@testable import ScenarioKit
@testable import tandem

/// Reports show exchanges, and exchanges carry credentials.
struct ReportSecretTests {
    private static let secrets: [String] = {
        let credentials = ScenarioKit.Credentials.simulated
        let pair = "\(credentials.user):\(credentials.password)"
        return [credentials.token, credentials.password, Data(pair.utf8).base64EncodedString()]
    }()

    /// A failure, because failures are reported in detail.
    private static let failing = """
        # Expects more than was picked.
        steps:
          - rackbeat.create-product: { number: LAMP-01, name: Brass lamp }
          - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: LAMP-01, quantity: 5 } ] }
          - engine.sync
        expect:
          ongoing.orders: 7

        """

    @Test(arguments: ["text", "json", "junit", "github"]) func noReportShowsASecret(format: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Self.failing.write(toFile: path, atomically: true, encoding: .utf8)
        let written = Box()
        let terminal = Terminal(
            print: { written.text += $0 }, printError: { written.text += $0 }, isColoured: false, showsProgress: true)
        #expect(Main.run(["run", path, "--format", format], on: terminal).rawValue == 1, "\(written.text)")
        #expect(written.text.contains("ongoing.orders"), "\(written.text)")
        for secret in Self.secrets { #expect(!written.text.contains(secret)) }
    }

    private final class Box {
        var text = ""
    }
}
