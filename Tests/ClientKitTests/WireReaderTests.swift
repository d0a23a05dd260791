import ClientKit
import JSON
import Testing
import Units

@Suite struct WireReaderTests {
    private let reader = WireReader(
        ["name": "KOP-01", "empty": nil, "item": ["number": "7", "sizes": [["text": "S"], ["text": 4]]]], zone: .utc)

    private func problem<Value>(_ read: () throws(WireError) -> Value) -> String? {
        do {
            _ = try read()
            return nil
        } catch {
            return error.problem
        }
    }

    @Test func nullAndAbsentAreNoValue() throws {
        #expect(try reader.optional("empty", .text) == nil)
        #expect(try reader.optional("other", .text) == nil)
        #expect(try reader.object("empty") == nil)
        #expect(try reader.rows("other") == nil)
        #expect(problem { () throws(WireError) in try reader.required("empty", .text) } == "/empty is null")
        #expect(problem { () throws(WireError) in try reader.required("other", .text) } == "/other is missing")
        #expect(problem { () throws(WireError) in try reader.requiredRows("other") } == "/other is missing")
    }

    @Test func anErrorNamesTheMember() throws {
        let sizes = try #require(try reader.object("item")?.rows("sizes"))
        #expect(try sizes[0].required("text", .text) == "S")
        #expect(
            problem { () throws(WireError) in try sizes[1].required("text", .text) }
                == "/item/sizes/1/text is 4; a text was expected")
        #expect(problem { () throws(WireError) in try reader.object("name") } == "/name is \"KOP-01\"; an object was expected")
        #expect(problem { () throws(WireError) in try reader.list() } == "it is an object; an array was expected")
    }

    @Test func theFirstPlaceWithAValueCounts() throws {
        #expect(try reader.first(.text, of: "empty", "empty/number", "item/number", "name") == "7")
        #expect(try reader.first(.text, of: "other/number", "empty") == nil)
    }
}
