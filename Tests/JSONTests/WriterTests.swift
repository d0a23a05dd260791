import JSON
import Testing

@Suite struct WriterTests {
    @Test func prettyPutsEachMemberAndElementOnALine() throws {
        let tree = try JSON.parse(
            #"{"number":1042,"note":"a\nb","empty":{},"none":[],"lines":[{"id":1,"quantity":2.50},[1,2],null]}"#)
        #expect(
            tree.pretty == """
                {
                  "number": 1042,
                  "note": "a\\nb",
                  "empty": {},
                  "none": [],
                  "lines": [
                    {
                      "id": 1,
                      "quantity": 2.50
                    },
                    [
                      1,
                      2
                    ],
                    null
                  ]
                }
                """)
    }

    @Test(arguments: ["null", "-1.50", "\"a\"", "[]", "{}", "true"]) func prettyLeavesAValueWithoutPartsOnOneLine(_ text: String)
        throws
    {
        #expect(try JSON.parse(text).pretty == text)
    }

    @Test func everyControlCharacterIsEscapedAndNothingElseIs() throws {
        let written = JSON.string(String(String.UnicodeScalarView((0..<0x20).map { Unicode.Scalar(UInt8($0)) }))).text
        #expect(
            written == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\t\n\u000b\u000c\r\u000e\u000f"#
                + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f""#)
        let plain = String(
            String.UnicodeScalarView((0x20..<0x80).map { Unicode.Scalar(UInt8($0)) }.filter { $0 != "\"" && $0 != "\\" }))
        #expect(JSON.string(plain).text == "\"\(plain)\"")
        #expect(JSON.string(#"say "\o/""#).text == #""say \"\\o/\"""#)
    }

    @Test func descriptionIsTheText() {
        #expect("\(["a": [1, true, nil]] as JSON)" == #"{"a":[1,true,null]}"#)
    }

    /// Whatever tree there is, its text reads back as the same tree, and writing that gives the same bytes, plain or pretty.
    @Test(arguments: 0..<50) func everyTreeReadsBackAsItself(seed: UInt64) throws {
        var chance = Chance(seed: seed)
        for _ in 0..<40 {
            let tree = chance.tree(depth: 5)
            let bytes = tree.serialized
            let read = try JSON.parse(bytes)
            #expect(read == tree)
            #expect(read.serialized == bytes)
            #expect(try JSON.parse(tree.pretty).serialized == bytes)
        }
    }

    /// A byte that was damaged on the way is refused or read as another tree; it never traps.
    @Test(arguments: 0..<20) func aDamagedTextIsReadOrRefused(seed: UInt64) {
        var chance = Chance(seed: seed)
        for _ in 0..<100 {
            var bytes = chance.tree(depth: 4).serialized
            for _ in 0...chance.below(3) { bytes[chance.below(bytes.count)] = UInt8(chance.below(256)) }
            if let read = try? JSON.parse(bytes) { #expect((try? JSON.parse(read.serialized)) == read) }
        }
    }
}

/// Repeatable chance (SplitMix64) and the trees drawn with it.
private struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(limit))
    }

    mutating func tree(depth: Int) -> JSON {
        switch below(depth > 0 ? 8 : 5) {
        case 0: return .null
        case 1: return .bool(below(2) == 0)
        case 2: return .number(number())
        case 3, 4: return .string(string())
        case 5: return .array((0..<below(6)).map { _ in tree(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<below(6) { object[string()] = tree(depth: depth - 1) }
            return .object(object)
        }
    }

    private mutating func number() -> JSONNumber {
        var text = below(3) == 0 ? "-" : ""
        text += String(below(4) == 0 ? 0 : below(1 << 40))
        if below(2) == 0 { text += "." + String(below(1_000_000)) }
        if below(4) == 0 { text += ["e", "E", "e+", "E-"][below(4)] + String(below(30)) }
        return JSONNumber(text)!
    }

    private mutating func string() -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<below(24) {
            switch below(10) {
            case 0: scalars.append(Unicode.Scalar(UInt8(below(0x20))))
            case 1: scalars.append(["\"", "\\", "/", "\u{7F}", "\u{2028}", "\u{301}"][below(6)])
            case 2: scalars.append(Unicode.Scalar(UInt32(0x80 + below(0xD800 - 0x80)))!)
            case 3: scalars.append(Unicode.Scalar(UInt32(0xE000 + below(0x110000 - 0xE000)))!)
            default: scalars.append(Unicode.Scalar(UInt8(0x20 + below(0x5F))))
            }
        }
        return String(scalars)
    }
}
