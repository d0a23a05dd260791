import Foundation
import Testing

/// `Tests/README.md` says which test holds which promise. A name in it that nothing bears any more would promise nothing.
@Suite struct RobustnessPageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// What stands between backquotes in the rows of the table.
    private static func names() throws -> [String] {
        let rows = try text("Tests/README.md").split(separator: "\n").filter { $0.hasPrefix("| ") }
        return rows.flatMap { row in
            row.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
                .map { String($0.element) }
        }
    }

    @Test func everyNameOnThePageIsThere() throws {
        let sources = try Self.files(in: "Tests", ending: ".swift").map { try Self.text($0) }
        let mechanisms = try Self.files(in: "Sources/Testing/Mutants/Mechanisms", ending: ".swift").map { try Self.text($0) }
        let names = try Self.names()
        #expect(names.count > 40)
        let unknown = names.filter { name in
            if name.hasPrefix("/") || ["Retry-After", ".ci/fuzz", "promise"].contains(name) { return false }
            if name.contains("/") {
                return !FileManager.default.fileExists(atPath: Self.root.appending(path: "Scenarios/\(name).yaml").path)
            }
            if name.contains("-") { return !mechanisms.contains { $0.contains("\"\(name)\"") } }
            return !sources.contains { $0.contains("func \(name)(") || $0.contains("struct \(name)") }
                && !FileManager.default.fileExists(atPath: Self.root.appending(path: "Tests/\(name)").path)
        }
        #expect(unknown == [])
    }

    private static func files(in folder: String, ending: String) -> [String] {
        let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
    }
}
