import Testing

@testable import ScenarioKit

/// An expectation that comes true whatever happens proves nothing. Each kind is tried with what is true, and with each of its members
/// made wrong by itself.
struct ExpectationTests {
    /// A day on which something of everything happened.
    private static let day = """
        world:
          products: [ { number: CHAIR-01, stock: 10 }, { number: TABLE-01, stock: 4 } ]
        steps:
          - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
          - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 11, item: CHAIR-01, quantity: 4 } ] }
          - engine.switch: { stock-sync: on, receipt-trigger: immediate }
          - engine.sync
          - wait: 10m
          - ongoing.pick: { order: 1042, lines: { 1: 3 } }
          - ongoing.send: { order: 1042 }
          - ongoing.receive: { purchase-order: 3001, lines: { 11: 1 } }
          - ongoing.adjust: { item: TABLE-01, change: -2 }
          - engine.sync
        expect:

        """

    /// An address that cannot be mapped, and an order that the warehouse cancelled.
    private static let trouble = """
        world:
          products: [ { number: CHAIR-01, stock: 10 } ]
        steps:
          - rackbeat.book-order:
              number: 1042
              delivery: { name: Ida, street: Vej 1, zipcode: 8000, city: Aarhus, country: Atlantis }
              lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ]
          - engine.sync
          - ongoing.cancel: { order: 1042 }
          - engine.sync
          - engine.reconcile
        expect:

        """

    /// The expectations that did not come true.
    private func failed(_ steps: String, _ expectation: String) throws -> [String] {
        let scenario = try ScenarioReader.read(steps + "  " + expectation + "\n", path: "Scenarios/orders/a-claim.yaml")
        return Runner(options: RunOptions()).run([.scenario(scenario)])[0].failedExpectations.map(\.expectation)
    }

    private func check(_ steps: String, _ key: String, _ right: String, _ wrong: [String]) throws {
        #expect(try failed(steps, "\(key): \(right)").filter { $0 == key } == [])
        for value in wrong { #expect(try failed(steps, "\(key): \(value)").contains(key), "\(key): \(value)") }
    }

    @Test(
        arguments: [
            (
                "rackbeat.shipments", "[ { order: 1042, lines: { 1: 3 } } ]",
                [
                    "[ { order: 1042, lines: { 1: 2 } } ]", "[]",
                    "[ { order: 1042, lines: { 1: 3 } }, { order: 1042, lines: { 1: 3 } } ]",
                ]
            ),
            (
                "rackbeat.receipts", "[ { purchase-order: 3001, lines: { 11: 1 } } ]",
                ["[ { purchase-order: 3001, lines: { 11: 2 } } ]", "[]"]
            ),
            (
                "rackbeat.adjustments", "[ { item: TABLE-01, change: -2, location: 1001 } ]",
                ["[ { item: TABLE-01, change: 2 } ]", "[ { item: CHAIR-01, change: -2 } ]", "[]"]
            ),
            ("rackbeat.drafts", "0", ["1"]),
            (
                "rackbeat.order", "{ number: 1042, state: partly-shipped, shipped: { 1: 3 } }",
                ["{ number: 1042, state: shipped }", "{ number: 1042, shipped: { 1: 2 } }"]
            ),
            (
                "rackbeat.purchase-order", "{ number: 3001, state: partly-received, received: { 11: 1 } }",
                ["{ number: 3001, state: booked }", "{ number: 3001, received: { 11: 4 } }"]
            ),
            ("ongoing.articles", "[ CHAIR-01, TABLE-01 ]", ["[ CHAIR-01 ]", "3", "0"]),
            ("ongoing.orders", "[ 1042 ]", ["[]", "0", "2"]),
            ("ongoing.purchase-orders", "[ 3001 ]", ["[]", "0", "2"]),
            (
                "ongoing.order",
                "{ number: 1042, status: 450, cancelled: false, lines: { 1: { quantity: 5, picked: 3, reported: 3 } }, "
                    + "fields: { consignee.countryCode: DK } }",
                [
                    "{ number: 1042, status: 400 }", "{ number: 1042, cancelled: true }", "{ number: 1042, lines: { 1: 4 } }",
                    "{ number: 1042, lines: { 1: { quantity: 4 } } }", "{ number: 1042, lines: { 1: { picked: 2 } } }",
                    "{ number: 1042, lines: { 1: { reported: 0 } } }", "{ number: 1042, fields: { consignee.countryCode: SE } }",
                ]
            ),
            (
                "ongoing.purchase-order",
                "{ number: 3001, status: 300, cancelled: false, lines: { 11: { quantity: 4, received: 1, reported: 1 } } }",
                [
                    "{ number: 3001, status: 500 }", "{ number: 3001, cancelled: true }",
                    "{ number: 3001, lines: { 11: { quantity: 5 } } }", "{ number: 3001, lines: { 11: { received: 4 } } }",
                    "{ number: 3001, lines: { 11: { reported: 0 } } }",
                ]
            ),
            (
                "ongoing.article", "{ number: CHAIR-01, fields: { articleName: CHAIR-01 } }",
                ["{ number: CHAIR-01, fields: { articleName: Chair } }"]
            ),
            (
                "stock", "{ CHAIR-01: { rackbeat: 8, ongoing: 8 }, TABLE-01: { rackbeat: 2, ongoing: 2 } }",
                ["{ CHAIR-01: { rackbeat: 10 } }", "{ CHAIR-01: { ongoing: 10 } }", "{ TABLE-01: { rackbeat: 4, ongoing: 2 } }"]
            ),
            ("unknown-outcomes", "0", ["1"]), ("parked", "[]", ["[ { subject: 1042 } ]"]),
            ("findings", "[]", ["[ { subject: 1042, field: countryCode } ]"]),
            (
                "exchanges", "{ ongoing PUT /orders: 1, ongoing PUT /articles: { at-least: 2, at-most: 2 } }",
                [
                    "{ ongoing PUT /orders: 0 }", "{ ongoing PUT /orders: 2 }", "{ ongoing PUT /articles: { at-least: 3 } }",
                    "{ ongoing PUT /articles: { at-most: 1 } }",
                ]
            ),
            (
                "pauses", "[ { exchange: rackbeat GET /orders, at-least: 10m, at-most: 11m } ]",
                [
                    "[ { exchange: rackbeat GET /orders, at-least: 11m } ]",
                    "[ { exchange: rackbeat GET /orders, at-most: 9m } ]",
                    "[ { exchange: rackbeat GET /orders, after: 2, at-most: 1h } ]",
                ]
            ),
        ] as [(String, String, [String])])
    func whatHappenedIsExpectedAndNothingElse(key: String, right: String, wrong: [String]) throws {
        try check(Self.day, key, right, wrong)
    }

    @Test(
        arguments: [
            (
                "parked", "[ { job: orders, subject: 1042, needs-person: true, connection: main, reason: cancelled } ]",
                [
                    "[]", "[ { job: shipments, subject: 1042 } ]", "[ { subject: 1043 } ]",
                    "[ { subject: 1042, needs-person: false } ]", "[ { subject: 1042, reason: zebra } ]",
                    "[ { subject: 1042 }, { subject: 1042 } ]",
                ]
            ),
            (
                "findings", "[ { job: orders, subject: 1042, field: countryCode, problem: Atlantis } ]",
                [
                    "[]", "[ { job: products, subject: 1042 } ]", "[ { subject: 1043 } ]", "[ { subject: 1042, field: city } ]",
                    "[ { subject: 1042, problem: zebra } ]", "[ { subject: 1042 }, { subject: 1042 } ]",
                ]
            ),
        ] as [(String, String, [String])])
    func whatNeedsAPersonIsExpectedMemberByMember(key: String, right: String, wrong: [String]) throws {
        try check(Self.trouble, key, right, wrong)
    }

    /// What is declared of stock is judged by the invariant that looks at it.
    @Test(arguments: [("0", true), ("1", false), ("-1", false)])
    func aDifferenceOfStockIsDeclaredExactly(drift: String, passes: Bool) throws {
        let scenario = try ScenarioReader.read(
            Self.day + "  drift: { CHAIR-01: \(drift) }\n", path: "Scenarios/orders/a-claim.yaml")
        #expect((Runner(options: RunOptions()).run([.scenario(scenario)])[0].outcome == .passed) == passes)
    }

    /// A kind that is missing above has no test that it can fail.
    @Test func everyKindIsTried() {
        #expect(Set(ExpectationKind.all.map(\.name)) == Self.tried)
    }

    private static let tried: Set<String> = [
        "rackbeat.shipments", "rackbeat.receipts", "rackbeat.adjustments", "rackbeat.drafts", "rackbeat.order",
        "rackbeat.purchase-order", "ongoing.articles", "ongoing.orders", "ongoing.purchase-orders", "ongoing.order",
        "ongoing.purchase-order", "ongoing.article", "stock", "drift", "parked", "findings", "unknown-outcomes", "exchanges",
        "pauses",
    ]
}
