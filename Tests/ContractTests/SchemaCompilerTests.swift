import Exchange
import HTTPTypes
import JSON
import Testing

@testable import Contract

/// A contract that cannot be obeyed as it is written is refused when it is loaded, with the place.
@Suite struct SchemaCompilerTests {
    @Test(arguments: [
        (#"{"A":{"type":"text"}}"#, #"/components/schemas/A/type: "text" is no type"#),
        (
            ##"{"A":{"$ref":"#/components/schemas/B"}}"##,
            "/components/schemas/A/$ref: '#/components/schemas/B' leads to no schema"
        ),
        (
            #"{"A":{"type":"string","pattern":"x"}}"#,
            "/components/schemas/A/pattern: no such member is known here"
        ),
        (#"{"A":{"type":"string","format":"day"}}"#, "/components/schemas/A/format: 'day' is no format known here"),
        (
            #"{"A":{"type":"object","properties":{},"required":["x"]}}"#,
            "/components/schemas/A/required: 'x' is required but not declared"
        ),
        (
            #"{"A":{"oneOf":[{"type":"string"},{"type":["string","null"]}]}}"#,
            "/components/schemas/A: two of the schemas it may be speak of the same kind of value"
        ),
        (
            ##"{"A":{"oneOf":[{"$ref":"#/components/schemas/A"},{"type":"null"}]}}"##,
            "/components/schemas/A: the schema is nothing but itself"
        ),
    ])
    func aSchemaThatCannotBeObeyedIsRefused(text: String, message: String) throws {
        let components = try #require(JSON.parse(text).object)
        #expect {
            var compiler = try SchemaCompiler(components: components, at: JSONPointer(["components", "schemas"]))
            _ = try compiler.finish()
        } throws: { "\($0)" == message }
    }

    /// Orders hold sub-lines that are lines, so a schema may contain itself.
    @Test func aSchemaMayContainItself() throws {
        let text = ##"""
            {"Line":{"type":"object","additionalProperties":false,"properties":{"id":{"type":"integer"},
            "inner":{"oneOf":[{"$ref":"#/components/schemas/Line"},{"type":"null"}]}}}}
            """##
        #expect(try findings(text, #"{"id":1,"inner":{"id":2,"inner":null}}"#) == [])
        #expect(
            try findings(text, #"{"id":1,"inner":{"id":2,"inner":{"id":"3"}}}"#) == [
                "/inner/inner/id the string '3' a whole number"
            ])
    }

    @Test(arguments: [
        ("date", "2026-03-01", true), ("date", "2026-13-01", false), ("date", "01-03-2026", false),
        ("date", "2026-02-30", false), ("date", "2028-02-29", true), ("date", "2026-04-31", false), ("date", "2026-03-00", false),
        ("date", "2026-03-01T08:00:00Z", false), ("date-time", "2026-03-01T08:00:00Z", true),
        ("date-time", "2026-03-01T08:00:00.1234567+01:00", true), ("date-time", "2026-03-01T08:00:00", false),
        ("date-time", "2026-03-01T24:00:00Z", false), ("date-time", "2026-03-01 08:00:00", false),
        ("date-time", "2026-03-01T08:00:00.Z", false), ("sql-date-time", "2026-03-01 08:00:00", true),
        ("sql-date-time", "2026-03-01 08:00:00Z", false), ("date-or-date-time", "2026-03-01", true),
        ("date-or-date-time", "2026-03-01T08:00:00Z", true), ("date-time-or-sql-date-time", "2026-03-01 08:00:00", true),
        ("date-time-or-sql-date-time", "2026-03-01", false), ("date", "", false), ("date", "yesterday", false),
    ])
    func datesAndMomentsAreHeldAgainstTheirForm(format: String, text: String, fits: Bool) throws {
        #expect(try #require(TextFormats(keyword: format)).accept(text) == fits)
    }

    /// A strict reader of integers does not take `2.0`, so the contract does not either.
    @Test func aWholeNumberIsWrittenWhole() throws {
        let schema = #"{"A":{"type":"integer"}}"#
        #expect(try findings(schema, "2") == [])
        #expect(try findings(schema, "-2") == [])
        #expect(try findings(schema, "2.0") == [" the number 2.0 a whole number"])
        #expect(try findings(schema, "2e1") == [" the number 2e1 a whole number"])
        #expect(try findings(#"{"A":{"type":"number"}}"#, "2e1") == [])
    }

    @Test func membersAreFoundInAnyOrder() throws {
        let schema = #"""
            {"A":{"type":"object","additionalProperties":false,"required":["a","c"],
            "properties":{"a":{"type":"integer"},"b":{"type":"string","minLength":2},"c":{"type":"boolean"}}}}
            """#
        #expect(try findings(schema, #"{"c":true,"b":"xy","a":1}"#) == [])
        #expect(
            try findings(schema, #"{"b":"x","d":0}"#) == [
                "/b the string 'x' a string of at least 2 characters", "/d a number no such member; did you mean 'a'?",
                "/a nothing a whole number", "/c nothing true or false",
            ])
    }

    /// A member name with a slash or a tilde must not be mistaken for two.
    @Test func pointersAreEscaped() throws {
        let schema = #"{"A":{"type":"object","additionalProperties":{"type":"integer"}}}"#
        #expect(try findings(schema, #"{"a/b~c":[{}]}"#) == ["/a~1b~0c an array a whole number"])
    }

    @Test func aListRepeatsItsMistakeAtMostSoOften() throws {
        let schema = #"{"A":{"type":"array","items":{"type":"string"}}}"#
        let list = "[" + Array(repeating: "1", count: 1000).joined(separator: ",") + "]"
        #expect(try findings(schema, list).count == 25)
    }

    /// Pointer, found and expected of each finding against the first of the schemas.
    private func findings(_ schemas: String, _ value: String) throws -> [String] {
        let components = try #require(JSON.parse(schemas).object)
        var compiler = try SchemaCompiler(components: components, at: JSONPointer())
        var walk = SchemaWalk(
            tree: try compiler.finish(), root: try JSON.parse(value), requiresMembers: true,
            secrets: Secrets(of: Request(.get, "/")))
        walk.check(against: 0)
        return walk.findings.map { "\($0.pointer) \($0.found) \($0.expected)" }
    }
}
