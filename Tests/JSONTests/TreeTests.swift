import JSON
import Testing

@Suite struct TreeTests {
    /// The vendor's responses put the data key first, and the observer shows members as they were sent.
    @Test func membersKeepTheirOrder() throws {
        let tree = try JSON.parse(#"{"zebra":1,"apple":2,"mango":3,"Apple":4}"#)
        #expect(tree.object?.names == ["zebra", "apple", "mango", "Apple"])
        #expect(tree.object?.map(\.value) == [1, 2, 3, 4])
    }

    @Test func aNumberIsItsText() throws {
        #expect(try JSON.parse("0.07").number?.text == "0.07")
        #expect(try JSON.parse("2.0") != JSON.parse("2"))
        #expect(try JSON.parse("1e2") != JSON.parse("1E2"))
    }

    @Test func onlyANumberWrittenWholeIsAnInteger() throws {
        #expect(try JSON.parse("1042").int == 1042)
        #expect(try JSON.parse("-7").int == -7)
        #expect(try JSON.parse("9223372036854775807").int == Int.max)
        for text in ["9223372036854775808", "2.0", "1e3", "\"5\"", "true", "null", "[1]"] {
            #expect(try JSON.parse(text).int == nil, "\(text)")
        }
    }

    @Test func aNumberIsMadeOnlyFromATextThatIsOne() {
        for text in ["0", "-0.5", "1e3", "12345678901234567890.000001"] { #expect(JSONNumber(text)?.text == text) }
        for text in ["", " 1", "1 ", "+1", ".5", "1.", "01", "1,5", "NaN", "\"1\"", "null", "[1]", "1 2"] {
            #expect(JSONNumber(text) == nil, "\(text)")
        }
    }

    @Test func aValueReadsOnlyAsWhatItIs() {
        let values: [JSON] = [nil, true, 5, "text", [1], ["a": 1]]
        #expect(values.map(\.isNull) == [true, false, false, false, false, false])
        #expect(values.map { $0.bool } == [nil, true, nil, nil, nil, nil])
        #expect(values.map { $0.number?.text } == [nil, nil, "5", nil, nil, nil])
        #expect(values.map { $0.string } == [nil, nil, nil, "text", nil, nil])
        #expect(values.map { $0.array } == [nil, nil, nil, nil, [1], nil])
        #expect(values.map { $0.object } == [nil, nil, nil, nil, nil, ["a": 1]])
        #expect(values.map(\.kind) == ["null", "a boolean", "a number", "a string", "an array", "an object"])
    }

    @Test func whatIsNotThereIsNil() {
        let tree: JSON = ["lines": [["id": 7]], "note": nil]
        #expect(tree["lines"]?[0]?["id"] == 7)
        #expect(tree["note"] == .some(.null))
        #expect(tree["missing"] == nil)
        #expect(tree["lines"]?[1] == nil)
        #expect(tree["lines"]?[-1] == nil)
        #expect(tree["lines"]?["id"] == nil)
        #expect(tree[0] == nil)
    }

    @Test func settingAMemberKeepsItsPlaceAndANewOneGoesLast() {
        var object: JSONObject = ["a": 1, "b": 2, "c": 3]
        object["b"] = 20
        object["d"] = 4
        object["a"] = nil
        object["missing"] = nil
        #expect(JSON.object(object).text == #"{"b":20,"c":3,"d":4}"#)
        object["c"] = .some(.null)
        #expect(JSON.object(object).text == #"{"b":20,"c":null,"d":4}"#)
    }

    /// RFC 8259 leaves the order of members to the reader. Here it counts: the same content in another order is another text.
    @Test func treesAreEqualWhenTheirTextsAre() throws {
        #expect(try JSON.parse(#"{ "a" : [1, null] }"#) == ["a": [1, nil]])
        #expect(try JSON.parse(#"{"a":1,"b":2}"#) != ["b": 2, "a": 1])
    }
}
