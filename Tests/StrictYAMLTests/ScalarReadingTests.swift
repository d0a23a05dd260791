import StrictYAML
import Testing

struct ScalarReadingTests {
    static let durations: [(text: String, expected: Duration?)] = [
        ("90s", .seconds(90)), ("5m", .seconds(300)), ("1h30m", .seconds(5400)), ("2d", .seconds(172_800)),
        ("250ms", .milliseconds(250)),
        ("1d2h3m4s5ms", .milliseconds(93_784_005)), ("0s", .zero), ("", nil), ("5", nil), ("5 m", nil), ("m5", nil),
        ("30m1h", nil),
        ("5m5m", nil), ("-5m", nil), ("1.5h", nil), ("٥m", nil), ("9999999999s", nil),
    ]

    @Test(arguments: durations)
    func lengthsOfTimeAreWholeNumbersWithUnits(_ example: (text: String, expected: Duration?)) {
        #expect(ScalarReading.duration(example.text) == example.expected)
    }

    static let offsets: [(text: String, expected: Duration?)] = [
        ("90s", .seconds(90)), ("-5m", .seconds(-300)), ("-1h30m", .seconds(-5400)), ("-", nil), ("--5m", nil), ("-5", nil),
        ("- 5m", nil), ("+5m", nil),
    ]

    /// Only where something may be either way: nobody waits for less than nothing.
    @Test(arguments: offsets)
    func aLengthOfTimeEitherWayMayHaveAMinusSign(_ example: (text: String, expected: Duration?)) {
        #expect(ScalarReading.offset(example.text) == example.expected)
    }

    static let decimals: [(text: String, isRead: Bool)] = [
        ("5", true), ("-2", true), ("0.25", true), ("-0.5", true), ("007", false), ("1e3", false), (".5", false), ("5.", false),
        ("+5", false), ("0x10", false), ("1.2345678", false), ("", false), ("-", false), ("1.2.3", false),
    ]

    @Test(arguments: decimals)
    func numbersHaveOneSpelling(_ example: (text: String, isRead: Bool)) {
        #expect((ScalarReading.decimal(example.text) != nil) == example.isRead)
    }
}
