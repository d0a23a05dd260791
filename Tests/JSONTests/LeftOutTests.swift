import JSON
import Testing

/// Reading a text without keeping the elements of its long array.
@Suite struct LeftOutTests {
    private func elements(_ text: String, _ name: String?) throws -> (rest: String, elements: [String]) {
        let bytes = Array(text.utf8)
        let (rest, ranges) = try JSON.parse(bytes, leavingOut: name)
        return (
            String(decoding: rest.serialized, as: UTF8.self),
            try ranges.map { String(decoding: try JSON.parse(bytes, element: $0).serialized, as: UTF8.self) }
        )
    }

    @Test func theElementsOfTheNamedArrayAreFoundByTheirPlaces() throws {
        let (rest, found) = try elements(#" {"page": 1, "rows": [ {"a":[1,2]} , 2,"x" ] , "other": [7]} "#, "rows")
        #expect(rest == #"{"page":1,"rows":[],"other":[7]}"#)
        #expect(found == [#"{"a":[1,2]}"#, "2", #""x""#])
    }

    @Test func theTextItselfMayBeTheArray() throws {
        let (rest, found) = try elements("[1, [2, 3], {\"rows\": [4]}]", nil)
        #expect(rest == "[]")
        #expect(found == ["1", "[2,3]", #"{"rows":[4]}"#])
    }

    /// Only the member at the top is left out.
    @Test func anArrayOfThatNameFurtherDownIsKept() throws {
        let (rest, found) = try elements(#"{"a": {"rows": [1]}, "b": [[2]], "rows": []}"#, "rows")
        #expect(rest == #"{"a":{"rows":[1]},"b":[[2]],"rows":[]}"#)
        #expect(found.isEmpty)
    }

    @Test(arguments: [#"{"rows": [1, }"#, #"{"rows": [{"a":1,"a":2}]}"#, #"{"rows": [1] "#, #"{"rows": [1 2]}"#, "[01]"])
    func aFaultyTextIsRefusedAllTheSame(text: String) {
        #expect(throws: JSONError.self) { try JSON.parse(Array(text.utf8), leavingOut: text.hasPrefix("[") ? nil : "rows") }
    }

    @Test func theLimitOfValuesHoldsForEachElement() throws {
        let limits = JSONLimits(depth: 10, bytes: 1000, values: 5)
        let bytes = Array("[[1,2],[3,4],[5,6],[7,8]]".utf8)
        #expect(try JSON.parse(bytes, leavingOut: nil, limits: limits).elements.count == 4)
        #expect(throws: JSONError.self) { try JSON.parse(bytes, limits: limits) }
        #expect(throws: JSONError.self) { try JSON.parse(Array("[[1,2,3,4,5]]".utf8), leavingOut: nil, limits: limits) }
    }
}
