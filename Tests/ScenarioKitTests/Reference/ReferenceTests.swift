import Foundation
import Testing

@testable import ScenarioKit

/// The README and schema of `Scenarios/` must match the reader.
///
/// Set TANDEM_REGENERATE=1 to write the generated files instead of comparing them.
struct ReferenceTests {
    private static let folder = URL(filePath: #filePath).appending(path: "../../../../Scenarios").standardized.path()
    private static var regenerates: Bool { ProcessInfo.processInfo.environment["TANDEM_REGENERATE"] == "1" }

    @Test func theSchemaMatchesTheReader() throws {
        let path = Self.folder + "/scenario.schema.json"
        if Self.regenerates { try ScenarioSchema.text.write(toFile: path, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == ScenarioSchema.text)
    }

    @Test func theReadmeMatchesTheCatalogue() throws {
        let path = Self.folder + "/README.md"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let mark = try #require(text.range(of: ReferencePage.mark))
        if Self.regenerates {
            try (text[..<mark.lowerBound] + ReferencePage.text).write(toFile: path, atomically: true, encoding: .utf8)
        } else {
            #expect(text[mark.lowerBound...] == ReferencePage.text)
        }
    }

    /// Each block of YAML in the README, as a whole scenario: what it leaves out is filled in as the README says.
    static var blocks: [(line: Int, text: String)] {
        guard let text = try? String(contentsOfFile: folder + "/README.md", encoding: .utf8) else { return [] }
        var blocks: [(line: Int, text: String)] = []
        var open: (line: Int, lines: [Substring])?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line == "```yaml" {
                open = (index + 1, [])
            } else if line == "```", let block = open {
                blocks.append((block.line, block.lines.joined(separator: "\n") + "\n"))
                open = nil
            } else {
                open?.lines.append(line)
            }
        }
        return blocks
    }

    @Test(arguments: blocks)
    func everyExampleOfTheReadmeRuns(_ block: (line: Int, text: String)) throws {
        try run(block.text, "README.md, line \(block.line)")
    }

    @Test(arguments: ReferencePage.examples)
    func everyExampleOfTheCatalogueRuns(_ example: (name: String, scenario: String)) throws {
        try run(example.scenario, example.name)
    }

    /// Every step must be read and taken, and every expectation met. Invariants may be violated: an example of drift drifts.
    private func run(_ text: String, _ name: String) throws {
        var scenario = text
        if !scenario.contains("world:") { scenario = ReferencePage.exampleWorld + scenario }
        if !scenario.contains("steps:") { scenario += "steps: [ engine.sync ]\n" }
        let read = try ScenarioReader.read(scenario, path: "Scenarios/example.yaml")
        for result in Runner().run([.scenario(read)]) {
            #expect(result.outcome != .error, "\(name): \(result.problem ?? "")")
            let failed = result.failedExpectations.filter { $0.expectation != "fault" }
            #expect(failed.isEmpty, "\(name): \(failed)")
        }
    }

    /// The claim is in the name of the file and the reason at its head. Without it a failure explains nothing.
    @Test func everyScenarioHasAComment() throws {
        for file in try ScenarioFiles.find([Self.folder]) {
            let scenario = try ScenarioReader.read(path: file)
            #expect(!scenario.summary.isEmpty, "\(file) has no comment")
        }
    }
}
