import JSON
import Testing
import Units

@testable import StrictYAML

/// What the reader makes of a small file, and what a person reads who made a mistake in one.
struct StrictReaderTests {
    private static let crate = NameKind("crate", isWhole: false)

    private static let colour = CustomScalar("a colour such as red", words: ["red", "green"], schema: ["type": "string"]) {
        text throws(ScalarRefusal) in
        if text == "ultraviolet" { throw ScalarRefusal("nobody sees 'ultraviolet'") }
        return ["red", "green"].contains(text) ? .custom(text.count) : nil
    }

    private static let shape = Shape.record(
        Record(
            "a load",
            [
                .required("crates", .list(.record(Record("a crate", [.required("name", .newName(crate), "Its name.")]))), "All."),
                .optional("top", .name(crate), "The one on top."),
                .optional("colour", .custom(colour), "The colour."),
                .optional("weights", .table(key: .name(crate), value: .decimal), "Weights of crates."),
                .optional(
                    "driver", .either([.text, .record(Record("a driver", [.required("name", .text, "The name.")]))]), "Who."),
            ]))

    private func read(_ text: String) throws -> (value: Value?, problems: String) {
        let source = try SourceText(file: "l.yaml", subject: "load", bytes: Array(text.utf8))
        let document = try #require(try YAMLDocument.compose(source))
        var reader = StrictReader(source)
        let value = reader.read(document, as: Self.shape, label: "load")
        reader.checkNames()
        return (value, reader.problems.map(\.description).joined(separator: "\n"))
    }

    @Test func whatHasTheRightShapeIsRead() throws {
        let read = try read("crates: [ { name: A } ]\ncolour: red\nweights: { A: 0.5 }\ndriver: 007\ntop: A\n")
        let value = try #require(read.value)
        #expect(read.problems == "")
        #expect(value.required("crates").list.map { $0.required("name").text } == ["A"])
        #expect(value["colour"]?.custom(as: Int.self) == 3)
        #expect(value["weights"]?.table.first?.value.decimal == ExactDecimal("0.5"))
        #expect(value["driver"]?.text == "007")
    }

    @Test(arguments: [
        ("colour: read\ncrates: []", "l.yaml:1:9: 'colour': a colour such as red was expected, not 'read'; did you mean 'red'?"),
        ("colour: ultraviolet\ncrates: []", "l.yaml:1:9: 'colour': nobody sees 'ultraviolet'"),
        ("crates: [ { name: A }, { name: A } ]", "l.yaml:1:32: the crate 'A' stands here a second time; the first is in line 1"),
        ("crates: [ { name: A1 } ]\ntop: A2", "l.yaml:2:6: there is no crate 'A2' in this load; did you mean 'A1'?"),
        ("crates: []\ntpo: A", "l.yaml:2:1: a load has no key 'tpo'; did you mean 'top'?"),
        ("top: &a A\ncrates: []", "l.yaml:1:6: anchors are not read here; write out what '&a' stands for"),
        ("driver: {}", "l.yaml:1:1: 'crates' is missing from a load: a list of mappings, each a crate was expected"),
    ]) func aMistakeIsToldWithItsPlace(text: String, problem: String) throws {
        let problems = try read(text).problems
        #expect(problems.split(separator: "\n").contains(Substring(problem)), "\(problems)")
    }

    @Test(arguments: [
        ("a: 1\na: 2", "l.yaml:1:1: the key 'a' stands more than once in the mapping that holds this one"),
        ("a: 1\n---\na: 2", "l.yaml:3:1: a second document begins here; one file holds one load"),
        (
            "a: {",
            "l.yaml:2:1: this is not YAML: did not find expected node content (while parsing a flow node, which began at line 2, column 1)"
        ),
    ]) func whatIsNoSingleDocumentIsRefused(text: String, problem: String) {
        let error = #expect(throws: InvalidFile.self) { try read(text) }
        #expect(error?.description == problem)
    }

    /// A large file is somebody's mistake, and composing it would take a while.
    @Test func aFileOfFiveMegabytesIsRefusedUnread() {
        let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: 5_000_000)
        let error = #expect(throws: InvalidFile.self) { try SourceText(file: "l.yaml", subject: "load", bytes: bytes) }
        #expect(error?.description == "l.yaml:1:1: the file holds 5000000 bytes; a load of at most 1000000 was expected")
    }

    @Test func textThatIsNotUTF8IsRefusedWhereItBegins() {
        let bytes = Array("steps: []\n# caf".utf8) + [0xE9] + Array("\n".utf8)
        let error = #expect(throws: InvalidFile.self) { try SourceText(file: "l.yaml", subject: "load", bytes: bytes) }
        #expect(error?.description == "l.yaml:2:6: the file is not UTF-8 from here on; save it as UTF-8")
    }
}
