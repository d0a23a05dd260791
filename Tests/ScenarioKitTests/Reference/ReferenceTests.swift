import Foundation
import Testing

@testable import ScenarioKit

/// What `Scenarios/` tells people and editors must be what the reader does.
///
/// Set TANDEM_REGENERATE=1 to write the generated files anew instead of comparing them.
struct ReferenceTests {
    private static let folder = URL(filePath: #filePath).appending(path: "../../../../Scenarios").standardized.path()
    private static var regenerates: Bool { ProcessInfo.processInfo.environment["TANDEM_REGENERATE"] == "1" }

    @Test func theSchemaIsInStepWithTheReader() throws {
        let path = Self.folder + "/scenario.schema.json"
        if Self.regenerates { try ScenarioSchema.text.write(toFile: path, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == ScenarioSchema.text)
    }

    @Test func theReadmeIsInStepWithTheCatalogue() throws {
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
    func everyExampleOfTheReadmeIsPlayed(_ block: (line: Int, text: String)) throws {
        try play(block.text, "README.md, line \(block.line)")
    }

    @Test(arguments: ReferencePage.examples)
    func everyExampleOfTheCatalogueIsPlayed(_ example: (name: String, scenario: String)) throws {
        try play(example.scenario, example.name)
    }

    /// Everything must be read and taken, and whatever is expected must come true. Rules may be broken: an example of drift drifts.
    private func play(_ text: String, _ name: String) throws {
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

    /// The promise is in the file's name and the reason at its head: without it nobody knows what a red one means.
    @Test func everyScenarioHasAStory() throws {
        for file in try ScenarioFiles.find([Self.folder]) {
            let scenario = try ScenarioReader.read(path: file)
            #expect(!scenario.story.isEmpty, "\(file) has no story")
        }
    }
}
