import JSON
import Testing

/// The examples of RFC 6901, section 5, and what is ours beside them.
@Suite struct PointerTests {
    @Test func aPointerIsWrittenAsTheRFCSays() {
        #expect(JSONPointer().description == "")
        #expect(
            JSONPointer().appending("orderLines").appending(0).appending("rowNumber").description == "/orderLines/0/rowNumber")
        #expect(JSONPointer(["a/b"]).description == "/a~1b")
        #expect(JSONPointer(["m~n"]).description == "/m~0n")
        #expect(JSONPointer(["~1"]).description == "/~01")
        #expect(JSONPointer([""]).description == "/")
        #expect(JSONPointer([" ", "c%d"]).description == "/ /c%d")
    }

    /// A tilde with a combining accent is one character to Swift, and still a tilde to whoever reads the pointer.
    @Test func anAccentDoesNotHideATilde() {
        #expect(JSONPointer(["~\u{301}", "/\u{301}"]).description == "/~0\u{301}/~1\u{301}")
    }

    @Test func aPointerFindsItsValue() throws {
        let root = try JSON.parse(#"{"foo":["bar",{"baz":null}],"":0,"a/b":1,"~":2,"01":3}"#)
        #expect(JSONPointer().value(in: root) == root)
        #expect(JSONPointer(["foo"]).value(in: root)?.array?.count == 2)
        #expect(JSONPointer().appending("foo").appending(0).value(in: root) == "bar")
        #expect(JSONPointer(["foo", "1", "baz"]).value(in: root) == .some(.null))
        #expect(JSONPointer([""]).value(in: root) == 0)
        #expect(JSONPointer(["a/b"]).value(in: root) == 1)
        #expect(JSONPointer(["~"]).value(in: root) == 2)
        #expect(JSONPointer(["01"]).value(in: root) == 3)
    }

    @Test(arguments: [
        ["missing"], ["foo", "2"], ["foo", "-"], ["foo", "-1"], ["foo", "+1"], ["foo", "01"], ["foo", "1e0"], ["foo", ""],
        ["foo", "0", "x"], ["", "x"],
    ]) func aPointerToNothingFindsNothing(tokens: [String]) throws {
        let root = try JSON.parse(#"{"foo":["bar",{"baz":null}],"":0}"#)
        #expect(JSONPointer(tokens).value(in: root) == nil)
    }
}
