import JSON
import Testing

/// A text that is not JSON, and the whole error.
struct RefusedText: CustomTestStringConvertible {
    let text: String
    let error: String

    init(_ text: String, _ error: String) {
        self.text = text
        self.error = error
    }

    var testDescription: String { JSON.string(text).text }
}

private let structure: [RefusedText] = [
    .init("", "line 1, column 1: a value was expected, but the text ends"),
    .init(" \n\t", "line 2, column 2: a value was expected, but the text ends"),
    .init("\u{0}", "line 1, column 1: a value was expected, not the byte 0"),
    .init("\u{FEFF}1", "line 1, column 1: a byte order mark, which JSON does not have"),
    .init("\u{A0}1", "line 1, column 1: a value was expected, not the byte 194"),
    .init("\u{B}1", "line 1, column 1: a value was expected, not the byte 11"),
    .init("\u{C}1", "line 1, column 1: a value was expected, not the byte 12"),
    // Words.
    .init("tru", "line 1, column 4: the 'e' of 'true' was expected, but the text ends"),
    .init("fals3", "line 1, column 5: the 'e' of 'false' was expected, not '3'"),
    .init("nulL", "line 1, column 4: the 'l' of 'null' was expected, not 'L'"),
    .init("truetrue", "line 1, column 5: the end of the text was expected, not 't'"),
    .init("True", "line 1, column 1: a value was expected, not 'T'"),
    .init("NaN", "line 1, column 1: a value was expected, not 'N'"),
    .init("Infinity", "line 1, column 1: a value was expected, not 'I'"),
    .init("undefined", "line 1, column 1: a value was expected, not 'u'"),
    .init("'a'", "line 1, column 1: a value was expected, not '''"),
    // More than one value.
    .init("1 2", "line 1, column 3: the end of the text was expected, not '2'"),
    .init("1,", "line 1, column 2: the end of the text was expected, not ','"),
    .init("{} {}", "line 1, column 4: the end of the text was expected, not '{'"),
    .init("[]]", "line 1, column 3: the end of the text was expected, not ']'"),
    .init(#""ab" c"#, "line 1, column 6: the end of the text was expected, not 'c'"),
    .init("null\u{0}", "line 1, column 5: the end of the text was expected, not the byte 0"),
    // Comments.
    .init("//c\n1", "line 1, column 1: a value was expected, not '/'"),
    .init("[1]/*c*/", "line 1, column 4: the end of the text was expected, not '/'"),
    .init("# 1", "line 1, column 1: a value was expected, not '#'"),
    // Arrays.
    .init("[", "line 1, column 2: a value was expected, but the text ends"),
    .init("]", "line 1, column 1: a value was expected, not ']'"),
    .init("[1", "line 1, column 3: ',' or ']' was expected, but the text ends"),
    .init("[1,", "line 1, column 4: a value was expected, but the text ends"),
    .init("[1,]", "line 1, column 4: a value was expected, not ']'"),
    .init("[,1]", "line 1, column 2: a value was expected, not ','"),
    .init("[1,,2]", "line 1, column 4: a value was expected, not ','"),
    .init("[1 2]", "line 1, column 4: ',' or ']' was expected, not '2'"),
    .init("[1;2]", "line 1, column 3: ',' or ']' was expected, not ';'"),
    .init("[1}", "line 1, column 3: ',' or ']' was expected, not '}'"),
    .init(#"["a":1]"#, "line 1, column 5: ',' or ']' was expected, not ':'"),
    .init("[1\n,2\n3]", "line 3, column 1: ',' or ']' was expected, not '3'"),
    // Objects.
    .init("{", "line 1, column 2: a member name was expected, but the text ends"),
    .init("}", "line 1, column 1: a value was expected, not '}'"),
    .init(#"{"a""#, "line 1, column 5: ':' was expected, but the text ends"),
    .init(#"{"a"}"#, "line 1, column 5: ':' was expected, not '}'"),
    .init(#"{"a":"#, "line 1, column 6: a value was expected, but the text ends"),
    .init(#"{"a":}"#, "line 1, column 6: a value was expected, not '}'"),
    .init(#"{"a":1"#, "line 1, column 7: ',' or '}' was expected, but the text ends"),
    .init(#"{"a":1]"#, "line 1, column 7: ',' or '}' was expected, not ']'"),
    .init(#"{"a":1,"#, "line 1, column 8: a member name was expected, but the text ends"),
    .init(#"{"a":1,}"#, "line 1, column 8: a member name was expected, not '}'"),
    .init("{,}", "line 1, column 2: a member name was expected, not ','"),
    .init(#"{"a" 1}"#, "line 1, column 6: ':' was expected, not '1'"),
    .init(#"{"a"=1}"#, "line 1, column 5: ':' was expected, not '='"),
    .init(#"{"a"::1}"#, "line 1, column 6: a value was expected, not ':'"),
    .init("{a:1}", "line 1, column 2: a member name was expected, not 'a'"),
    .init("{'a':1}", "line 1, column 2: a member name was expected, not '''"),
    .init("{1:1}", "line 1, column 2: a member name was expected, not '1'"),
    .init("{null:1}", "line 1, column 2: a member name was expected, not 'n'"),
    .init(#"{"a":1 "b":2}"#, "line 1, column 8: ',' or '}' was expected, not '\"'"),
    .init(#"{"a":1,/*c*/"b":2}"#, "line 1, column 8: a member name was expected, not '/'"),
    .init("{\n  \"a\": 1,\n  \"b\": tru\n}", "line 3, column 11: the 'e' of 'true' was expected, not a line break"),
    .init("{\"a\":\t1\t\"b\"}", "line 1, column 9: ',' or '}' was expected, not '\"'"),
    .init("[tr\tue]", "line 1, column 4: the 'u' of 'true' was expected, not a tab"),
    // Columns count bytes, so that an editor's «go to byte» and a hex dump agree with them: é is two.
    .init(#"["é", x]"#, "line 1, column 8: a value was expected, not 'x'"),
]

private let numbers: [RefusedText] = [
    .init("01", "line 1, column 1: a number does not begin with a zero before another digit"),
    .init("-01", "line 1, column 1: a number does not begin with a zero before another digit"),
    .init("[1,00]", "line 1, column 4: a number does not begin with a zero before another digit"),
    .init("-", "line 1, column 2: a digit was expected, but the text ends"),
    .init("--1", "line 1, column 2: a digit was expected, not '-'"),
    .init("- 1", "line 1, column 2: a digit was expected, not ' '"),
    .init("-a", "line 1, column 2: a digit was expected, not 'a'"),
    .init("-Infinity", "line 1, column 2: a digit was expected, not 'I'"),
    .init("+1", "line 1, column 1: a value was expected, not '+'"),
    .init(".5", "line 1, column 1: a value was expected, not '.'"),
    .init("-.5", "line 1, column 2: a digit was expected, not '.'"),
    .init("1.", "line 1, column 3: a digit was expected, but the text ends"),
    .init("[1.]", "line 1, column 4: a digit was expected, not ']'"),
    .init("1.e3", "line 1, column 3: a digit was expected, not 'e'"),
    .init("1.-3", "line 1, column 3: a digit was expected, not '-'"),
    .init("1e", "line 1, column 3: a digit was expected, but the text ends"),
    .init("1e+", "line 1, column 4: a digit was expected, but the text ends"),
    .init("1E-", "line 1, column 4: a digit was expected, but the text ends"),
    .init("1e+-2", "line 1, column 4: a digit was expected, not '-'"),
    .init("1ee2", "line 1, column 3: a digit was expected, not 'e'"),
    .init("1e1.5", "line 1, column 4: the end of the text was expected, not '.'"),
    .init("1.2.3", "line 1, column 4: the end of the text was expected, not '.'"),
    .init("0x1F", "line 1, column 2: the end of the text was expected, not 'x'"),
    .init("1_000", "line 1, column 2: the end of the text was expected, not '_'"),
    .init("1,5", "line 1, column 2: the end of the text was expected, not ','"),
    .init("1 000", "line 1, column 3: the end of the text was expected, not '0'"),
    .init("12kg", "line 1, column 3: the end of the text was expected, not 'k'"),
    .init("1e٣", "line 1, column 3: a digit was expected, not the byte 217"),
]

private let strings: [RefusedText] = [
    .init("\"", "line 1, column 1: a string that begins here does not end"),
    .init("\"abc", "line 1, column 1: a string that begins here does not end"),
    .init("[1,\n \"abc]", "line 2, column 2: a string that begins here does not end"),
    .init(#""\""#, "line 1, column 1: a string that begins here does not end"),
    .init(#"{"a":1,"b"#, "line 1, column 8: a string that begins here does not end"),
    .init("abc\"", "line 1, column 1: a value was expected, not 'a'"),
    .init("\"a\nb\"", "line 1, column 3: a control character in a string must be escaped"),
    .init("\"a\tb\"", "line 1, column 3: a control character in a string must be escaped"),
    .init("\"\u{0}\"", "line 1, column 2: a control character in a string must be escaped"),
    .init("\"1234567\u{1F}\"", "line 1, column 9: a control character in a string must be escaped"),
    .init("\"12345678\u{1F}\"", "line 1, column 10: a control character in a string must be escaped"),
    .init("\"\\n\r\"", "line 1, column 4: a control character in a string must be escaped"),
    .init(#""\"#, "line 1, column 3: the rest of an escape was expected, but the text ends"),
    .init(#""a\qb""#, "line 1, column 3: a backslash before 'q' is no escape"),
    .init(#""\x41""#, "line 1, column 2: a backslash before 'x' is no escape"),
    .init(#""\'""#, "line 1, column 2: a backslash before ''' is no escape"),
    .init(#""\U0041""#, "line 1, column 2: a backslash before 'U' is no escape"),
    .init(#""\0""#, "line 1, column 2: a backslash before '0' is no escape"),
    .init(#""\é""#, "line 1, column 2: a backslash before the byte 195 is no escape"),
    .init("\"\\\n\"", "line 1, column 2: a backslash before a line break is no escape"),
    .init(#""\u""#, "line 1, column 4: an escape needs four hexadecimal digits"),
    .init(#""\u12""#, "line 1, column 6: an escape needs four hexadecimal digits"),
    .init(#""\u12"#, "line 1, column 6: an escape needs four hexadecimal digits"),
    .init(#""\u12G4""#, "line 1, column 6: an escape needs four hexadecimal digits"),
    .init(#""\u+123""#, "line 1, column 4: an escape needs four hexadecimal digits"),
    .init(#""\u{41}""#, "line 1, column 4: an escape needs four hexadecimal digits"),
    .init(#""\ud83d""#, "line 1, column 2: half a surrogate pair"),
    .init(#""\ud83dx""#, "line 1, column 2: half a surrogate pair"),
    .init(#""\ud83d\n""#, "line 1, column 2: half a surrogate pair"),
    .init(#""\ud83d\u0041""#, "line 1, column 2: half a surrogate pair"),
    .init(#""\ud83d\ud83d""#, "line 1, column 2: half a surrogate pair"),
    .init(#""ab\udc00""#, "line 1, column 4: half a surrogate pair"),
    .init(#""\udc00\ud83d""#, "line 1, column 2: half a surrogate pair"),
    .init(#""\ud83d\u12""#, "line 1, column 12: an escape needs four hexadecimal digits"),
]

private let duplicates: [RefusedText] = [
    .init(#"{"a":1,"a":2}"#, #"line 1, column 8: the member "a" stands twice in one object"#),
    .init(#"{"a":1,"a":1}"#, #"line 1, column 8: the member "a" stands twice in one object"#),
    .init(#"{"a":1,"\u0061":2}"#, #"line 1, column 8: the member "a" stands twice in one object"#),
    .init(#"{"":1,"":2}"#, #"line 1, column 7: the member "" stands twice in one object"#),
    .init("{\"a\":{\"b\":1,\n\"b\":2}}", #"line 2, column 1: the member "b" stands twice in one object"#),
    .init(#"{"x\ny":1,"x\ny":2}"#, #"line 1, column 11: the member "x\ny" stands twice in one object"#),
    .init(
        #"{"delivery_name":1,"delivery_name":2}"#, #"line 1, column 20: the member "delivery_name" stands twice in one object"#),
]

@Suite struct RefusedTexts {
    @Test(arguments: structure + numbers + strings + duplicates)
    func isRefusedWithThePlaceAndWhatWasExpected(_ row: RefusedText) {
        #expect(refusal(Array(row.text.utf8)) == row.error)
    }

    /// Well-formed by table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF, nothing cut off.
    @Test(
        arguments: [
            ([0x80], 2, 0x80), ([0xBF], 2, 0xBF), ([0xC0, 0x80], 2, 0xC0), ([0xC1, 0xBF], 2, 0xC1), ([0xC2], 2, 0xC2),
            ([0xC2, 0x41], 2, 0xC2), ([0xC3, 0xA6, 0xC3], 4, 0xC3), ([0xE0, 0x9F, 0xBF], 2, 0xE0), ([0xE2, 0x82], 2, 0xE2),
            ([0xE2, 0x82, 0x41], 2, 0xE2), ([0xED, 0xA0, 0x80], 2, 0xED), ([0xED, 0xBF, 0xBF], 2, 0xED),
            ([0xF0, 0x8F, 0xBF, 0xBF], 2, 0xF0), ([0xF0, 0x9F, 0xAA], 2, 0xF0), ([0xF0, 0x9F, 0xAA, 0x41], 2, 0xF0),
            ([0xF4, 0x90, 0x80, 0x80], 2, 0xF4), ([0xF5, 0x80, 0x80, 0x80], 2, 0xF5), ([0xFF], 2, 0xFF), ([0xFE], 2, 0xFE),
            ([0x4D, 0xF8, 0x62, 0x65, 0x6C], 3, 0xF8), ([0x5C, 0x6E, 0xE6], 4, 0xE6),
            ([0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0xE5], 11, 0xE5),
        ] as [([UInt8], Int, Int)])
    func bytesThatAreNoUTF8AreRefusedAtTheFirstOfThem(inner: [UInt8], column: Int, byte: Int) {
        #expect(
            refusal([UInt8(ascii: "\"")] + inner + [UInt8(ascii: "\"")])
                == "line 1, column \(column): the byte \(byte) is not UTF-8 here")
    }

    /// The longest and the shortest sequence of each length, next to the refused ones above.
    @Test(
        arguments: [
            [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBF],
            [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
        ] as [[UInt8]])
    func theBordersOfUTF8AreRead(inner: [UInt8]) throws {
        let text = [UInt8(ascii: "\"")] + inner + [UInt8(ascii: "\"")]
        #expect(try JSON.parse(text).serialized == text)
    }

    /// A truncated response is never taken for a shorter one, wherever it ends.
    @Test func everyBeginningOfATextIsRefused() throws {
        let whole = Array(#"{"order":{"number":1042,"note":"på \"A\" 🪑","lines":[{"quantity":-2.5e1,"ok":true},null]}}"#.utf8)
        #expect(throws: Never.self) { try JSON.parse(whole) }
        for length in 0..<whole.count {
            #expect(refusal(Array(whole.prefix(length))) != nil, "the first \(length) bytes")
        }
    }
}

/// The whole error; `nil` when the text is read.
func refusal(_ bytes: [UInt8], limits: JSONLimits = .standard) -> String? {
    do throws(JSONError) {
        _ = try JSON.parse(bytes, limits: limits)
        return nil
    } catch {
        return error.description
    }
}
