import Foundation
import JSON
import SchemaCheck
import StrictYAML
import Testing

@testable import ScenarioKit

/// An editor that knows the schema must take what the reader takes, and mark what it refuses.
struct SchemaTests {
    private static let folder = URL(filePath: #filePath).appending(path: "../../../../Scenarios").standardized.path()
    private let schema = SchemaCheck(ScenarioSchema.json)

    /// The file as a tree, with plain scalars by the rules of YAML 1.2, as editors read it.
    private func tree(_ text: String) throws -> JSON {
        let source = try SourceText(file: "s.yaml", subject: "scenario", bytes: Array(text.utf8))
        let document = try #require(try YAMLDocument.compose(source))
        var reader = StrictReader(source)
        let value = reader.read(document, as: .anything, label: "scenario")
        return try #require(value).tree
    }

    @Test func everyScenarioIsValid() throws {
        let files = try ScenarioFiles.find([Self.folder])
        #expect(files.count > 300)
        for file in files {
            let problems = schema.problems(of: try tree(try String(contentsOfFile: file, encoding: .utf8)))
            #expect(problems.isEmpty, "\(file): \(problems.prefix(3))")
        }
    }

    @Test(arguments: ReferenceTests.blocks)
    func everyExampleOfTheReadmeIsValid(_ block: (line: Int, text: String)) throws {
        let text = block.text.contains("steps:") ? block.text : block.text + "steps: [ engine.sync ]\n"
        let problems = schema.problems(of: try tree(text))
        #expect(problems.isEmpty, "line \(block.line): \(problems.prefix(3))")
    }

    static let bad = [
        "world: {}\n", "- engine.sync\n", "steps: engine.sync\n", "steps: [ engine.synch ]\n", "steps: [ ongoing.pick ]\n",
        "steps: [ { engine.sync: , engine.restart: } ]\n", "steps: [ { at: 5m } ]\n", "worl: {}\nsteps: []\n",
        "steps: [ { wait: soon } ]\n", "steps: [ { wait: 90 } ]\n", "steps: []\nseed: -1\n", "steps: []\nseed: 1.5\n",
        "steps: []\nseed: many\n", "steps: []\nworld: [ 1 ]\n", "steps: []\nworld: { generate: { products: 3, colour: red } }\n",
        "steps: []\nworld: { products: [ { name: A } ] }\n", "steps: []\nworld: { products: [ { number: A, price: 1_000 } ] }\n",
        "steps: []\nworld: { products: [ { number: A, price: 12:30 } ] }\n",
        "steps: []\nworld: { products: [ { number: A, barred: yes } ] }\n",
        "steps: []\nworld: { products: [ { number: A, name: } ] }\n",

        "steps: []\nworld: { engine: { receipt-trigger: imediate } }\n",
        "steps: []\nworld: { profile: { rackbeat: { shipment.partial_modes: whole_only } } }\n",
        "steps: []\nworld: { profile: { rackbeat: { list_status: 204 } } }\n", "steps: []\nworld: { clock: yesterday }\n",
        "steps: []\nworld: { latency: '' }\n", "steps: []\nworld: { clock-skew: { rackbeat: ten } }\n",
        "steps: []\nfaults: [ { match: ongoing PUT orders, fault: response-lost } ]\n",
        "steps: []\nfaults: [ { match: ongoing PUT /orders } ]\n",
        "steps: []\nfaults: [ { match: ongoing PUT /orders, fault: lost } ]\n",
        "steps: []\nfaults: [ { match: ongoing PUT /orders, fault: respond } ]\n",
        "steps: []\nfaults: [ { match: ongoing PUT /orders, fault: { respond: { status: 99 } } } ]\n",
        "steps: []\nfaults: [ { match: ongoing PUT /orders, fault: { respond: { body: x } } } ]\n",
        "steps: []\nfaults: [ { match: ongoing PUT /orders, fault: { respond: { status: 200, headers: { Content-Length: 3 } } } } ]\n",
        "steps: []\nfaults: [ { match: ongoing PUT /orders, fault: slow, times: none } ]\n",
        "steps: []\nfaults: [ { match: ongoing PUT /orders, fault: slow, times: 0 } ]\n",
        "steps: []\nfaults: [ { match: ongoing PUT /orders, fault: slow, from: 25:00 } ]\n",
        "steps: []\nmutant: order-lines-shuffled\ncaught-by: [ stock-agrees ]\n", "steps: []\ncaught-by: [ stock-agree ]\n",
        "steps: []\nexpect: { ongoing.order: [ 1042 ] }\n", "steps: []\nmatrix: [ { engine: { stock-sync: on } } ]\n",
        "steps: [ { ongoing.cancel: { order: 1042, purchase-order: 3001 } } ]\n", "steps: []\nmutant: order-swallowed\n",
        "steps: [ { at: 5m, engine.sync: } ]\n", "steps: []\nsettle: forever\n", "steps: []\ntags: quick\n",
    ]

    @Test(arguments: bad) func whatTheReaderRefusesTheSchemaRefuses(text: String) throws {
        #expect(throws: InvalidFile.self) { try ScenarioReader.read(text, path: "s.yaml") }
        #expect(!schema.problems(of: try tree(text)).isEmpty)
    }

    /// What no schema can say: what a name refers to, what stands twice, which exchanges the contract has, and what the engine can
    /// work with.
    static let beyond = [
        "steps: [ { rackbeat.cancel-order: { order: 1042 } } ]\n",
        "steps: [ { rackbeat.draft-order: { number: 1, lines: [] } }, { rackbeat.draft-order: { number: 1, lines: [] } } ]\n",
        "faults: [ { match: ongoing PUT /order, fault: 429 } ]\nsteps: []\n",
        "steps: []\nworld: { profile: { rackbeat: { shipment.body_ignored: true } } }\n",
    ]

    @Test(arguments: beyond) func theReaderAloneKnowsWhatWordsReferTo(text: String) throws {
        #expect(throws: InvalidFile.self) { try ScenarioReader.read(text, path: "s.yaml") }
        #expect(schema.problems(of: try tree(text)).isEmpty)
    }
}
