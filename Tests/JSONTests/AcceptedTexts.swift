import JSON
import Testing

/// A text that RFC 8259 allows, and what the writer makes of its tree.
struct AcceptedText: CustomTestStringConvertible {
    let text: String
    let written: String

    /// - Parameter written: `nil` when the writer gives the text back as it was.
    init(_ text: String, _ written: String? = nil) {
        self.text = text
        self.written = written ?? text
    }

    var testDescription: String { JSON.string(text).text }
}

private let accepted: [AcceptedText] = [
    // Any value may stand alone, not only objects and arrays.
    .init("null"), .init("true"), .init("false"), .init("0"), .init(#""""#), .init("[]"), .init("{}"),
    // White space: space, line feed, carriage return and tab, wherever a token may begin or end.
    .init(" null ", "null"), .init("\n\r\t 1\t\r\n", "1"), .init("\r\n[]\r\n", "[]"), .init("[ ]", "[]"), .init("{\n}", "{}"),
    .init("[ 1 ,\t2\r\n, 3 ]", "[1,2,3]"), .init("{ \"a\" : 1 ,\n\"b\"\t:\r2 }", #"{"a":1,"b":2}"#),
    .init(#"" a\tb ""#),
    // Numbers keep every character.
    .init("-0"), .init("0.0"), .init("-0.0"), .init("0.07"), .init("2.0"), .init("2.50"), .init("10"), .init("-1"),
    .init("1234567890"), .init("1e3"), .init("1E3"), .init("1e+3"), .init("1e-3"), .init("1E+03"), .init("0e0"), .init("0e+1"),
    .init("-1.5e-07"), .init("1.000000000000000000000000000001"), .init("123456789012345678901234567890"), .init("1e400"),
    .init("-1e-400"), .init("0.000001"), .init("9223372036854775808"), .init("[-9223372036854775809]"),
    // Strings.
    .init(#""a""#), .init(#""'""#), .init(#""//no comment""#), .init(#""{[,:]}""#), .init(#""/""#), .init("\"\u{7F}\""),
    .init(#""sixteen bytes and more than that""#), .init(#""1234567""#), .init(#""12345678""#), .init(#""123456789""#),
    .init(#""Møbler på Nørrebro, 25 €""#), .init(#""家具""#), .init(#""🪑""#), .init("\"e\u{301}\""), .init("\"\u{2028}\u{2029}\""),
    .init("\"\u{FEFF}\""), .init("\"\u{10FFFF}\""), .init("\"\u{FFFF}\""),
    // Escapes: the writer escapes only what must be escaped.
    .init(#""\"""#), .init(#""\\""#), .init(#""\/""#, #""/""#), .init(#""\n\r\t""#), .init(#""\b\f""#, #""\u0008\u000c""#),
    .init(#""\u0000""#), .init(#""\u001f""#), .init(#""\u001F""#, #""\u001f""#), .init(#""\u0020""#, #"" ""#),
    .init(#""\u0041""#, #""A""#), .init(#""\u00e6\u00F8\u00c5""#, #""æøÅ""#), .init(#""\u20ac""#, #""€""#),
    .init(#""\u0022\u005c""#, #""\"\\""#), .init(#""\\u0041""#), .init(#""\\\"""#), .init(#""\uffff""#, "\"\u{FFFF}\""),
    .init(#""a\u006Eb""#, #""anb""#), .init(#""seven77\nand on\u0020""#, #""seven77\nand on ""#),
    // Surrogate pairs.
    .init(#""\ud83e\ude91""#, #""🪑""#), .init(#""\uD83E\uDE91""#, #""🪑""#), .init(#""\ud800\udc00""#, "\"\u{10000}\""),
    .init(#""\udbff\udfff""#, "\"\u{10FFFF}\""), .init(#""x\ud83e\ude91y""#, #""x🪑y""#),
    // Structure.
    .init("[[]]"), .init("[{}]"), .init(#"{"a":[]}"#), .init(#"{"a":{}}"#), .init("[[[[[[[[[[]]]]]]]]]]"),
    .init("[null,true,false]"),
    .init(#"[1,"1",[1],{"1":1}]"#), .init(#"{"":0}"#), .init(#"{"a":null}"#), .init(#"{"a\nb":1}"#),
    .init(#"{"\u0061":1}"#, #"{"a":1}"#),
    // Names are compared code unit by code unit: case and composition tell them apart.
    .init(#"{"a":1,"A":2}"#), .init("{\"\u{E9}\":1,\"e\u{301}\":2}"), .init(#"{"a":{"a":{"a":1}},"b":{"a":2}}"#),
    .init(#"{"a":1,"a ":2," a":3}"#),
]

/// What RFC 8259 allows is read, and nothing of it is lost but white space and the spelling of escapes.
@Suite struct AcceptedTexts {
    @Test(arguments: accepted) func isReadAndWrittenBack(_ row: AcceptedText) throws {
        #expect(try JSON.parse(row.text).text == row.written)
    }

    /// `String` compares by canonical equivalence, which would let another spelling of é pass, so the bytes are compared too.
    @Test(arguments: accepted) func keepsEveryByte(_ row: AcceptedText) throws {
        #expect(try JSON.parse(row.text).serialized == Array(row.written.utf8))
    }
}
