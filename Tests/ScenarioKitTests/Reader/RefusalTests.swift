import Mutants
import StrictYAML
import Testing

@testable import ScenarioKit

/// What a person reads who made a mistake in a scenario file. Compared whole: file, line, column, what was expected.
struct RefusalTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let yaml: String
        let problems: String

        init(_ name: String, _ yaml: String, _ problems: String) {
            testDescription = name
            self.yaml = yaml
            self.problems = problems
        }
    }

    static let misbehaviour =
        "'true' for RB-28 'shipment.body_ignored' of Rackbeat is not supported: It makes a fake misbehave and says nothing of a real "
        + "account; in a scenario, write it under fake-profile."

    static let cases: [Case] = [
        Case(
            "an unknown key has the nearest valid name",
            """
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantitty: 5 } ] }
            world:
              products: [ { number: CHAIR-01 } ]
            """,
            "s.yaml:2:76: an order line has no key 'quantitty'; did you mean 'quantity'?"),
        Case(
            "an unknown key that is like no other, with all keys",
            "steps: []\nworld:\n  generate: { products: 3, colour: red }\n",
            "s.yaml:3:28: what is to be generated has no key 'colour'; products or stock was expected"),
        Case(
            "an unknown step has the nearest word",
            "steps:\n  - ongoing.colect: { order: 1042 }\n",
            "s.yaml:2:5: a step has no word 'ongoing.colect'; did you mean 'ongoing.collect'?"),
        Case(
            "a step that stands alone and does not exist",
            "steps:\n  - engine.synch\n",
            "s.yaml:2:5: 'steps': a step such as engine.sync was expected, not 'engine.synch'; did you mean 'engine.sync'?"),
        Case(
            "a step that needs more than its word",
            "steps:\n  - ongoing.pick\n",
            "s.yaml:2:5: 'ongoing.pick' takes a pick: write 'ongoing.pick: …'"),
        Case(
            "a request of another program to more than one path",
            "steps:\n  - rackbeat.request: { send: \"GET /orders/{}\", status: 200 }\n",
            "s.yaml:2:31: 'send': a request has one method and one path, without '{}' and '*'"),
        Case(
            "a request of another program that the contract does not have",
            "steps:\n  - ongoing.request: { send: POST /orders, status: 200 }\n",
            "s.yaml:2:30: 'send': the contract of Ongoing has no exchange 'ongoing POST /orders'; the nearest is "
                + "'ongoing POST /orders/{}/files'"),
        Case(
            "two words in one step",
            "steps:\n  - { engine.sync: , engine.restart: }\n",
            "s.yaml:2:5: a step takes exactly one word, not 'engine.sync' and 'engine.restart'"),
        Case(
            "a step without a word",
            "steps:\n  - { at: 5m }\n",
            "s.yaml:2:5: a step takes exactly one word, there is none"),
        Case(
            "a time on what the engine does",
            "steps:\n  - { at: 5m, engine.sync: }\n",
            "s.yaml:2:7: 'engine.sync' takes no 'at': it happens when its turn comes; let time pass with wait or run-until before it"
        ),
        Case(
            "a missing key",
            "steps:\n  - rackbeat.book-order: { lines: [] }\n",
            "s.yaml:2:26: 'number' is missing from an order: the number of an order was expected"),
        Case(
            "a missing top",
            "world: {}\n",
            "s.yaml:1:1: 'steps' is missing from a scenario: a list of steps was expected"),
        Case(
            "a list where a mapping belongs",
            "steps: []\nworld: [ 1 ]\n",
            "s.yaml:2:8: 'world': the world was expected, not a list"),
        Case(
            "a text where a length of time belongs",
            "steps:\n  - wait: soon\n",
            "s.yaml:2:11: 'wait': a length of time such as 90s, 5m, 1h30m or 2d was expected, not 'soon'"),
        Case(
            "a bare number where a length of time belongs",
            "steps:\n  - wait: 90\n",
            "s.yaml:2:11: 'wait': a length of time such as 90s, 5m, 1h30m or 2d was expected, not '90'; write 90s or 90m"),
        Case(
            "YAML's own guesses about numbers are not made",
            """
            steps: []
            world:
              products:
                - { number: A, price: 1_000 }
                - { number: B, price: 12:30 }
                - { number: C, price: "1,5" }
                - { number: D, price: 1,5 }
            """,
            """
            s.yaml:4:27: 'price': a number such as 5 or 0.25 was expected, not '1_000'; write 1000
            s.yaml:5:27: 'price': a number such as 5 or 0.25 was expected, not '12:30'
            s.yaml:6:27: 'price': a number such as 5 or 0.25 was expected, not '1,5'; write 1.5
            s.yaml:7:29: a product has no key '5'; a comma ends a value here, so write decimals with a point
            """),
        Case(
            "nor about yes and no",
            "steps: []\nworld: { products: [ { number: A, barred: yes } ] }\n",
            "s.yaml:2:43: 'barred': true or false was expected, not 'yes'; write true"),
        Case(
            "an empty value where text belongs",
            "steps: []\nworld:\n  products:\n    - number: A\n      name:\n",
            "s.yaml:5:12: 'name': text was expected, not nothing"),
        Case(
            "a word that is no choice",
            "steps: []\nworld: { engine: { receipt-trigger: imediate } }\n",
            "s.yaml:2:37: 'receipt-trigger': completed or immediate was expected, not 'imediate'; did you mean 'immediate'?"),
        Case(
            "an assumption that is not in the ledger",
            "steps: []\nworld: { profile: { rackbeat: { shipment.partial_modes: whole_only } } }\n",
            "s.yaml:2:33: the profile of Rackbeat has no key 'shipment.partial_modes'; did you mean 'shipment.partial_mode'?"),
        Case(
            "a choice that the assumption does not have",
            "steps: []\nworld: { profile: { rackbeat: { list_status: 204 } } }\n",
            "s.yaml:2:46: 'list_status': 206 or 200 was expected, not '204'; did you mean '206'?"),
        Case(
            "a choice that the engine cannot work with, also of a variant",
            """
            steps: []
            world: { profile: { rackbeat: { shipment.body_ignored: true } } }
            matrix: [ { name: a, profile: { rackbeat: { shipment.body_ignored: true } }, fake-profile: { rackbeat: { shipment.body_ignored: true } } } ]
            """,
            """
            s.yaml:2:33: \(RefusalTests.misbehaviour)
            s.yaml:3:45: \(RefusalTests.misbehaviour)
            """),
        Case(
            "two connections with one location or one goods owner",
            """
            steps: []
            world:
              connections: [ { name: main, location: 1001, goods-owner: 42 }, { name: web, location: 1001, goods-owner: 42 } ]
            """,
            """
            s.yaml:3:90: connection 'main' has location 1001 too: its lines would be shipped twice
            s.yaml:3:109: connection 'main' has goods owner 42 too: each needs one of its own
            """),
        Case(
            "an unknown article",
            """
            world:
              products: [ { number: CHAIR-01 } ]
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { item: CHIAR-01 } ] }
            """,
            "s.yaml:4:59: there is no product 'CHIAR-01' in this scenario; did you mean 'CHAIR-01'?"),
        Case(
            "an unknown location",
            """
            world:
              connections: [ { name: south, location: 1002, goods-owner: 43 } ]
            steps: []
            """,
            "s.yaml:2:43: there is no location '1002' in this scenario; did you mean '1001'? It is given under 'world: locations'."
        ),
        Case(
            "an unknown order",
            "steps:\n  - rackbeat.cancel-order: { order: 1042 }\n",
            "s.yaml:2:37: there is no order '1042' in this scenario; it names none"),
        Case(
            "a number given twice",
            """
            steps:
              - rackbeat.draft-order: { number: 1042, lines: [] }
              - rackbeat.draft-order: { number: 1042, lines: [] }
            """,
            "s.yaml:3:37: the order '1042' stands here a second time; the first is in line 2"),
        Case(
            "a fault that names no exchange",
            "steps: []\nfaults: [ { match: ongoing PUT orders, fault: response-lost } ]\n",
            "s.yaml:2:20: 'match': the path 'orders' must begin with '/'"),
        Case(
            "two keys of which one belongs there",
            """
            steps:
              - ongoing.cancel: { order: 1042, purchase-order: 3001 }
            """,
            "s.yaml:2:21: a document to cancel takes exactly one of 'order' or 'purchase-order', not 'order' and 'purchase-order'"
        ),
        Case(
            "an unknown mutant",
            "steps: []\nmutant: order-lines-shuffled\n",
            "s.yaml:2:9: 'mutant': one of \(Mutant.all.count) words was expected, not 'order-lines-shuffled'; the nearest words are "
                + "order-swallowed, returned-order-left-out, cancelled-order-left-out, lines-of-another-location-sent, "
                + "purchase-order-swallowed, lines-of-another-connection-shipped, lines-numbered-by-position, "
                + "lines-of-another-location-received"),
        Case(
            "an exchange that does not exist",
            "faults: [ { match: ongoing PUT /order, fault: 429 } ]\nsteps: []\n",
            "s.yaml:1:20: 'match': the contract of Ongoing has no exchange 'ongoing PUT /order'; the nearest is 'ongoing PUT /orders'"
        ),
        Case(
            "all that is wrong, in the order of the file",
            """
            steps:
              - wait: soon
              - engine.run: { job: product }
            worl: {}
            """,
            """
            s.yaml:2:11: 'wait': a length of time such as 90s, 5m, 1h30m or 2d was expected, not 'soon'
            s.yaml:3:24: 'job': products, orders, purchase-orders, shipments, receipts, stock or reconcile was expected, not 'product'; did you mean 'products'?
            s.yaml:4:1: a scenario has no key 'worl'; did you mean 'world'?
            """),
        Case(
            "broken YAML",
            "steps:\n  - wait: { 10m\n",
            "s.yaml:3:1: this is not YAML: did not find expected ',' or '}' (while parsing a flow mapping, which began at line 2, column 11)"
        ),
        Case(
            "a tab",
            "steps:\n\t- engine.sync\n",
            "s.yaml:2:1: this is not YAML: found character that cannot start any token (while scanning for the next token, which began at line 2, column 1); YAML takes no tabs for indentation, write spaces"
        ),
        Case(
            "a key twice in one mapping",
            "steps: []\ntags: [ a ]\ntags: [ b ]\n",
            "s.yaml:2:1: the key 'tags' stands more than once in the mapping that holds this one"),
        Case(
            "a second document",
            "steps: []\n---\nsteps: []\n",
            "s.yaml:3:1: a second document begins here; one file holds one scenario"),
        Case(
            "an anchor",
            "steps: &all []\n",
            "s.yaml:1:8: anchors are not read here; write out what '&all' stands for"),
        Case(
            "nothing at all",
            "# Only a comment.\n",
            "s.yaml:1:1: the file holds no scenario: at least 'steps' was expected"),
        Case(
            "a list at the top",
            "- engine.sync\n",
            "s.yaml:1:1: 'scenario': a scenario was expected, not a list"),
    ]

    @Test(arguments: cases)
    func aMistakeIsToldWithItsPlaceAndWhatWasExpected(_ example: Case) throws {
        let error = #expect(throws: InvalidFile.self) { try ScenarioReader.read(example.yaml, path: "s.yaml") }
        #expect(error?.description == example.problems)
    }

    @Test func aFileThatIsNotThereIsSaidPlainly() {
        let error = #expect(throws: InvalidFile.self) { try ScenarioReader.read(path: "no/such.yaml") }
        #expect(error?.description == "no/such.yaml:1:1: the file cannot be read")
    }

    /// A thousand brackets must end in a sentence, not in a stack that overflows.
    @Test func deepNestingIsRefused() {
        let text = "steps: " + String(repeating: "[", count: 100_000)
        let error = #expect(throws: InvalidFile.self) { try ScenarioReader.read(text, path: "s.yaml") }
        #expect(error?.problems.count == 1)
    }
}
