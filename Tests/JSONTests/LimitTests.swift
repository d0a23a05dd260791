import JSON
import Testing

/// A hostile or broken server must not be able to exhaust the stack or the memory.
@Suite struct LimitTests {
    @Test func theDepthLimitCountsArraysAndObjectsTogether() {
        let limits = JSONLimits(depth: 4, bytes: 1000)
        #expect(refusal(Array("[[[[1]]]]".utf8), limits: limits) == nil)
        #expect(refusal(Array(#"[{"a":[{}]},[[[]]]]"#.utf8), limits: limits) == nil)
        #expect(refusal(Array("[[[[[1]]]]]".utf8), limits: limits) == "line 1, column 5: nested more than 4 levels deep")
        #expect(
            refusal(Array("{\"a\":[{\"b\":\n[[1]]}]}".utf8), limits: limits) == "line 2, column 2: nested more than 4 levels deep"
        )
    }

    @Test func theStandardLimitTakes128Levels() {
        func nested(_ levels: Int) -> [UInt8] {
            Array(repeating: UInt8(ascii: "["), count: levels) + Array(repeating: UInt8(ascii: "]"), count: levels)
        }
        #expect(refusal(nested(128)) == nil)
        #expect(refusal(nested(129)) == "line 1, column 129: nested more than 128 levels deep")
        #expect(refusal(nested(1_000_000)) == "line 1, column 129: nested more than 128 levels deep")
    }

    @Test func theSizeLimitCountsBytesAndIsCheckedBeforeReading() {
        let limits = JSONLimits(depth: 4, bytes: 10)
        #expect(refusal(Array(#""12345678""#.utf8), limits: limits) == nil)
        #expect(
            refusal(Array(#""1234567æ""#.utf8), limits: limits) == "line 1, column 1: the text has 11 bytes; at most 10 are read")
    }

    /// Sixty-four members are looked at one by one; beyond that a set takes over, and both must find every repetition.
    @Test(arguments: [2, 63, 64, 65, 66, 300]) func aRepeatedNameIsFoundInAnObjectOfAnySize(count: Int) throws {
        let members = (1..<count).map { "\"member\($0)\":\($0)" }
        let whole = "{" + members.joined(separator: ",") + "}"
        #expect(try JSON.parse(whole).object?.count == count - 1)
        for repeated in [1, count / 2, count - 1] where repeated > 0 {
            let text = "{\n" + (members + ["\"member\(repeated)\":0"]).joined(separator: ",\n") + "}"
            #expect(
                refusal(Array(text.utf8))
                    == "line \(count + 1), column 1: the member \"member\(repeated)\" stands twice in one object")
        }
    }

    /// As in small objects, é and e with an accent are two names.
    @Test func aLargeObjectTellsNamesApartByTheirBytes() throws {
        let members = (1...100).map { "\"member\($0)\":\($0)" } + ["\"\u{E9}\":1", "\"e\u{301}\":2"]
        let tree = try JSON.parse("{" + members.joined(separator: ",") + "}")
        #expect(tree["\u{E9}"] == 1)
        #expect(tree["e\u{301}"] == 2)
    }
}
