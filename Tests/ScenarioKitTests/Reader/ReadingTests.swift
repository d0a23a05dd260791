import Testing
import Units

@testable import ScenarioKit

struct ReadingTests {
    private func read(_ text: String, path: String = "Scenarios/orders/a-promise.yaml") throws -> Scenario {
        try ScenarioReader.read(text, path: path)
    }

    /// The file's name is the promise, its head the story: a scenario says what it is for without being opened.
    @Test func theNameIsThePromiseAndTheHeadTheStory() throws {
        let scenario = try read(
            """
            # yaml-language-server: $schema=../scenario.schema.json
            # Five were ordered.
            # Three were there.

            # Not part of it.
            tags: [ quick ]
            steps: []
            """)
        #expect(scenario.title == "orders/a-promise")
        #expect(scenario.story == "Five were ordered.\nThree were there.")
        #expect(scenario.tags == ["quick", "orders"])
    }

    /// What is text stays the text it is, whatever YAML would make of it.
    @Test func textIsReadAsItIsWritten() throws {
        let scenario = try read(
            """
            world:
              customers: [ { number: 502, name: no, zipcode: 0800, street: 12:30, city: "~", phone: 1_000 } ]
            steps: []
            """)
        let customer = try #require(scenario.world?["customers"]?.list.first)
        #expect(customer["name"]?.text == "no")
        #expect(customer["zipcode"]?.text == "0800")
        #expect(customer["street"]?.text == "12:30")
        #expect(customer["city"]?.text == "~")
        #expect(customer["phone"]?.text == "1_000")
    }

    @Test func numbersAreExact() throws {
        let scenario = try read("world: { products: [ { number: A, price: 0.07 } ] }\nsteps: []\n")
        #expect(scenario.world?["products"]?.list.first?["price"]?.decimal == ExactDecimal("0.07"))
    }

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

    static let times: [(text: String, expected: TimePoint?)] = [
        ("5m", .sinceStart(.seconds(300))), ("18:00", .timeOfDay(minutes: 1080)), ("00:00", .timeOfDay(minutes: 0)),
        ("24:00", nil), ("8:00", nil), ("18:60", nil),
        ("2026-03-02T08:00:00Z", .moment(Moment(iso: "2026-03-02T08:00:00Z")!)), ("2026-03-02T08:00:00", nil),
    ]

    @Test(arguments: times)
    func timesAreAfterTheStartOfTheDayOrMoments(_ example: (text: String, expected: TimePoint?)) {
        #expect(ScalarReading.time(example.text) == example.expected)
    }

    static let decimals: [(text: String, isRead: Bool)] = [
        ("5", true), ("-2", true), ("0.25", true), ("-0.5", true), ("007", false), ("1e3", false), (".5", false), ("5.", false),
        ("+5", false), ("0x10", false), ("1.2345678", false), ("", false), ("-", false), ("1.2.3", false),
    ]

    @Test(arguments: decimals)
    func numbersHaveOneSpelling(_ example: (text: String, isRead: Bool)) {
        #expect((ScalarReading.decimal(example.text) != nil) == example.isRead)
    }

    /// Names may be used before they are given: people write the story, then the world.
    @Test func theOrderOfTheKeysDoesNotMatter() throws {
        let scenario = try read(
            """
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { item: CHAIR-01 } ] }
            world:
              products: [ { number: CHAIR-01 } ]
            """)
        #expect(scenario.steps.count == 1)
    }

    @Test func generatedProductsCanBeNamed() throws {
        let scenario = try read(
            """
            world: { generate: { products: 12 } }
            steps:
              - rackbeat.touch-product: { number: P-0012 }
            """)
        #expect(scenario.steps.count == 1)
        #expect(throws: BadScenario.self) {
            try read("world: { generate: { products: 12 } }\nsteps: [ rackbeat.touch-product: { number: P-0013 } ]\n")
        }
    }
}
