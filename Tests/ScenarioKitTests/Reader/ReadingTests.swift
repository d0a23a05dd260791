import StrictYAML
import Testing
import Units

@testable import ScenarioKit

struct ReadingTests {
    private func read(_ text: String, path: String = "Scenarios/orders/a-promise.yaml") throws -> Scenario {
        try ScenarioReader.read(text, path: path)
    }

    /// The file's name is the claim, its head the summary: a scenario says what it is for without being opened.
    @Test func theNameIsTheClaimAndTheHeadTheSummary() throws {
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
        #expect(scenario.summary == "Five were ordered.\nThree were there.")
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

    static let times: [(text: String, expected: TimePoint?)] = [
        ("5m", .sinceStart(.seconds(300))), ("18:00", .timeOfDay(minutes: 1080)), ("00:00", .timeOfDay(minutes: 0)),
        ("24:00", nil), ("8:00", nil), ("18:60", nil),
        ("2026-03-02T08:00:00Z", .moment(Moment(iso: "2026-03-02T08:00:00Z")!)), ("2026-03-02T08:00:00", nil),
    ]

    @Test(arguments: times)
    func timesAreAfterTheStartOfTheDayOrMoments(_ example: (text: String, expected: TimePoint?)) {
        #expect(TimePoint(example.text) == example.expected)
    }

    /// Names may be used before they are given: people write what happens, then the world.
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
        #expect(throws: InvalidFile.self) {
            try read("world: { generate: { products: 12 } }\nsteps: [ rackbeat.touch-product: { number: P-0013 } ]\n")
        }
    }
}
