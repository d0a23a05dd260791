import ScenarioKit
import Testing

@testable import Recording

@Suite struct RecordedDocumentTests {
    private func document(_ recorded: Recorded, order: Int) throws -> RecordedScenario {
        try #require(RecordedScenario(documentOf: testKey.key("\(order)"), isSale: true, in: recorded.recording))
    }

    /// What a broken engine did to an account makes a scenario that is red with that engine and green with the right one.
    @Test(arguments: [
        (
            "shipment-created-twice",
            """
            world:
              products: [ { number: CHAIR-01, stock: 10 }, { number: TABLE-01, stock: 4 } ]
            steps:
              - rackbeat.book-order: { number: 1041, lines: [ { id: 1, item: TABLE-01, quantity: 1 } ] }
              - wait: 3m
              - rackbeat.book-order: { number: 1042, lines: [ { id: 5, item: CHAIR-01, quantity: 8 } ] }
              - engine.sync
              - wait: 20m
              - ongoing.pick: { order: 1042, lines: { 5: 3 } }
              - ongoing.send: { order: 1042 }
              - engine.sync
            """
        ),
        (
            "lines-of-another-location-sent",
            """
            world:
              locations: [ { number: 1001, default: true }, { number: 1002 } ]
              products: [ { number: CHAIR-01, stock: { 1001: 10, 1002: 10 } } ]
            steps:
              - rackbeat.book-order:
                  number: 1042
                  lines: [ { id: 1, item: CHAIR-01, quantity: 5, location: 1001 }, { id: 2, item: CHAIR-01, quantity: 2, location: 1002 } ]
              - engine.sync
            """
        ),
    ])
    func aRecordedIncidentIsRedOnTheBrokenEngineAndGreenOnTheUnmodifiedOne(_ mutant: String, _ incident: String) throws {
        let recorded = try Recorded(incident, mutant: mutant)
        #expect(recorded.result.outcome == .failed, "\(recorded.result)")
        let text = try document(recorded, order: 1042).text
        let broken = try outcome(of: text, mutant: mutant)
        #expect(broken.outcome == .failed, "\(text)\n\(broken)")
        let sound = try outcome(of: text)
        #expect(sound.outcome == .passed, "\(text)\n\(sound)")
    }

    @Test func aStoryTellsWhatPeopleDidAndWhen() throws {
        let recorded = try Recorded(
            """
            world:
              products: [ { number: CHAIR-01, stock: 10, price: 80 } ]
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 5, item: CHAIR-01, quantity: 5 }, { id: 6, text: Call first } ] }
              - fault.begin: { match: 'ongoing PUT /orders', fault: response-lost, times: 1 }
              - engine.sync
              - wait: 10m
              - rackbeat.reopen-order: { order: 1042 }
              - rackbeat.change-order: { order: 1042, quantities: { 5: 4 }, add-lines: [ { id: 7, item: CHAIR-01, quantity: 1 } ] }
              - rackbeat.book-draft: { order: 1042 }
              - engine.sync
              - wait: 1h
              - ongoing.pick: { order: 1042, lines: { 5: 3 } }
              - ongoing.send: { order: 1042 }
              - engine.sync
            """)
        #expect(recorded.result.outcome == .passed, "\(recorded.result)")
        let text = try document(recorded, order: 1042).text
        let steps = text.split(separator: "\n").filter { $0.hasPrefix("  - ") }.map(String.init)
        #expect(
            steps.filter { !$0.contains("run-until") && !$0.contains("engine.sync") } == [
                "  - rackbeat.book-order: { number: 5001, lines: [ { id: 1, item: ITEM-1, quantity: 5, location: 1001, price: 80, vat: 25 }, "
                    + "{ id: 2, text: Covered, quantity: 1, no-location: true, price: 0, vat: 0 } ] }",
                "  - fault.begin: { match: 'ongoing PUT /orders', fault: response-lost, times: 1 }",
                "  - rackbeat.reopen-order: { order: 5001 }",
                "  - rackbeat.change-order: { order: 5001, quantities: { 1: 4 }, add-lines: [ { id: 3, item: ITEM-1, quantity: 1, "
                    + "location: 1001, price: 80, vat: 25 } ] }",
                "  - rackbeat.book-draft: { order: 5001 }", "  - ongoing.pick: { order: '5001', lines: { 1: 3 } }",
                "  - ongoing.send: { order: '5001' }",
            ], "\(text)")
        #expect(try outcome(of: text).outcome == .passed, "\(text)")
    }

    @Test func aDocumentThatTheRecordingDoesNotShowHasNoStory() throws {
        let recorded = try Recorded("steps: [ engine.sync ]")
        #expect(RecordedScenario(documentOf: "1042", isSale: true, in: recorded.recording) == nil)
    }

    @Test func aPurchaseOrderHasAStoryToo() throws {
        let recorded = try Recorded(
            """
            world:
              products: [ { number: CHAIR-01, stock: 10 } ]
              engine: { receipt-trigger: immediate }
            steps:
              - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
              - engine.sync
              - wait: 10m
              - ongoing.receive: { purchase-order: 3001, lines: { 1: 15 } }
              - engine.sync
            """)
        let scenario = try #require(RecordedScenario(documentOf: testKey.key("3001"), isSale: false, in: recorded.recording))
        #expect(scenario.text.contains("ongoing.receive: { purchase-order: '7001', lines: { 1: 15 } }"), "\(scenario.text)")
        #expect(scenario.text.contains("receipt-trigger: immediate"), "\(scenario.text)")
        let result = try outcome(of: scenario.text)
        #expect(result.outcome == .passed, "\(scenario.text)\n\(result)")
    }

    /// Open documents of both sides, half done, with the stock from before.
    @Test func theWorldOfARecordingIsTheStateThatItSawLast() throws {
        let recorded = try Recorded(
            """
            world:
              products: [ { number: CHAIR-01, stock: 10 }, { number: TABLE-01, stock: 4 } ]
              engine: { receipt-trigger: immediate, stock-sync: on }
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - rackbeat.book-order: { number: 1043, lines: [ { id: 2, item: TABLE-01, quantity: 2 } ] }
              - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
              - engine.sync
              - ongoing.pick: { order: 1042, lines: { 1: 3 } }
              - ongoing.send: { order: 1042 }
              - ongoing.receive: { purchase-order: 3001, lines: { 1: 15 } }
              - engine.sync
              - engine.reconcile
              - engine.sync
            """)
        #expect(recorded.result.outcome == .passed, "\(recorded.result)")
        let text = RecordedScenario(worldOf: recorded.recording).text
        #expect(text.contains("{ number: ITEM-1, price: 100, stock: { 1001: 4 } }"), "\(text)")
        #expect(text.contains("{ number: ITEM-2, price: 100, stock: { 1001: 10 } }"), "\(text)")
        #expect(text.contains("ongoing.pick: { order: '5001', lines: { 1: 3 } }"), "\(text)")
        #expect(text.contains("ongoing.receive: { purchase-order: '7001'"), "\(text)")
        #expect(text.contains("rackbeat.book-order: { number: 5002"), "\(text)")
        let result = try outcome(of: text)
        #expect(result.outcome == .passed, "\(text)\n\(result)")
    }
}

/// What people do that is rarer, and what is said where the recording does not show it.
@Suite struct RecordedRarityTests {
    private func scenario(_ text: String, _ number: Int, isSale: Bool = true) throws -> RecordedScenario {
        let recorded = try Recorded(text)
        #expect(recorded.result.problem == nil, "\(recorded.result)")
        return try #require(
            RecordedScenario(documentOf: testKey.key("\(number)"), isSale: isSale, in: recorded.recording))
    }

    /// The steps of people, without the rounds between them.
    private func steps(_ scenario: RecordedScenario) -> [String] {
        scenario.steps.map { String($0.dropFirst(4)) }.filter { !$0.hasPrefix("engine.") && !$0.hasPrefix("run-until") }
    }

    @Test func aShipmentByHandIsAStep() throws {
        let scenario = try scenario(
            """
            world:
              products: [ { number: CHAIR-01, stock: 10 } ]
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 5, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
              - wait: 20m
              - rackbeat.ship-by-hand: { order: 1042, lines: { 5: 2 } }
              - wait: 10m
              - ongoing.pick: { order: 1042, lines: { 5: 3 } }
              - ongoing.send: { order: 1042 }
              - engine.sync
            """, 1042)
        #expect(steps(scenario).contains("rackbeat.ship-by-hand: { order: 5001, lines: { 1: 2 } }"), "\(scenario.text)")
        #expect(scenario.gaps.allSatisfy { !$0.contains("shipped") }, "\(scenario.text)")
        #expect(try outcome(of: scenario.text).problem == nil, "\(scenario.text)")
    }

    /// Two lines of one item, and an account whose shipments do not name the lines of the order: nothing tells which were shipped.
    @Test func aShipmentByHandWhoseLinesNothingTellsIsNamedAsLeftOut() throws {
        let scenario = try scenario(
            """
            world:
              fake-profile: { rackbeat: { shipment.line_exposes_order_line_id: false } }
              products: [ { number: CHAIR-01, stock: 10 } ]
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 5, item: CHAIR-01, quantity: 5 }, { id: 6, item: CHAIR-01, quantity: 4 } ] }
              - engine.sync
              - wait: 20m
              - rackbeat.ship-by-hand: { order: 1042, lines: { 6: 2 } }
              - engine.sync
            """, 1042)
        #expect(!steps(scenario).contains { $0.contains("ship-by-hand") }, "\(scenario.text)")
        #expect(
            scenario.gaps.contains {
                $0.hasPrefix("2 of what was shipped in Rackbeat: the engine of the recording did not do it")
            },
            "\(scenario.text)")
        #expect(scenario.text.contains("# Not reconstructed: 2 of what was shipped"), "\(scenario.text)")
    }

    @Test func aReceiptByHandIsAStep() throws {
        let scenario = try scenario(
            """
            world:
              products: [ { number: CHAIR-01, stock: 10 } ]
              engine: { receipt-trigger: immediate }
            steps:
              - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
              - engine.sync
              - wait: 10m
              - rackbeat.receive-by-hand: { purchase-order: 3001, lines: { 1: 4 } }
              - wait: 10m
              - ongoing.receive: { purchase-order: 3001, lines: { 1: 15 } }
              - engine.sync
            """, 3001, isSale: false)
        #expect(
            steps(scenario).contains("rackbeat.receive-by-hand: { purchase-order: 7001, lines: { 1: 4 } }"), "\(scenario.text)")
        #expect(try outcome(of: scenario.text).problem == nil, "\(scenario.text)")
    }

    /// Which statuses end a purchase order is the connection's to say.
    @Test(arguments: [
        (
            "[ 300, 400 ]", "ongoing.set-status: { purchase-order: 3001, status: 500 }",
            "ongoing.set-status: { purchase-order: '7001', status: 500 }"
        ),
        ("[ 400, 500 ]", "ongoing.finish: { purchase-order: 3001 }", "ongoing.finish: { purchase-order: '7001' }"),
        ("[ 500 ]", "ongoing.finish: { purchase-order: 3001 }", "ongoing.finish: { purchase-order: '7001' }"),
    ])
    func theEndOfAPurchaseOrderFollowsTheSettings(completed: String, done: String, told: String) throws {
        let scenario = try scenario(
            """
            world:
              products: [ { number: CHAIR-01, stock: 10 } ]
              engine: { completed-statuses: \(completed) }
            steps:
              - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
              - engine.sync
              - wait: 10m
              - ongoing.receive: { purchase-order: 3001, lines: { 1: 15 } }
              - engine.sync
              - wait: 10m
              - \(done)
              - engine.sync
            """, 3001, isSale: false)
        #expect(steps(scenario).contains(told), "\(scenario.text)")
        #expect(steps(scenario).count { $0 == told } == 1, "\(scenario.text)")
        #expect(try outcome(of: scenario.text).problem == nil, "\(scenario.text)")
    }

    /// One order with lines in two warehouses, which may even give it the same id.
    @Test func severalConnectionsEachHaveTheirOwnSteps() throws {
        let text = """
            world:
              locations: [ { number: 1001, default: true }, { number: 1002 } ]
              connections:
                - { name: main, location: 1001, goods-owner: 42 }
                - { name: shop, location: 1002, goods-owner: 43, completed-statuses: [ 400, 500 ] }
              products: [ { number: CHAIR-01, stock: { 1001: 10, 1002: 6 } } ]
            steps:
              - rackbeat.book-order:
                  number: 1042
                  lines: [ { id: 1, item: CHAIR-01, quantity: 5, location: 1001 }, { id: 2, item: CHAIR-01, quantity: 4, location: 1002 } ]
              - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 3, item: CHAIR-01, quantity: 40, location: 1002 } ] }
              - engine.sync
              - wait: 10m
              - ongoing.pick: { order: 1042, connection: main, lines: { 1: 3 } }
              - ongoing.send: { order: 1042, connection: main }
              - ongoing.pick: { order: 1042, connection: shop, lines: { 2: 4 } }
              - ongoing.send: { order: 1042, connection: shop }
              - ongoing.receive: { purchase-order: 3001, lines: { 3: 15 } }
              - engine.sync
              - wait: 10m
              - ongoing.finish: { purchase-order: 3001 }
              - engine.sync
            """
        let order = try scenario(text, 1042)
        for step in [
            "ongoing.pick: { order: '5001', connection: main, lines: { 1: 3 } }",
            "ongoing.send: { order: '5001', connection: main }",
            "ongoing.pick: { order: '5001', connection: connection-2, lines: { 2: 4 } }",
            "ongoing.send: { order: '5001', connection: connection-2 }",
        ] {
            #expect(steps(order).contains(step), "\(order.text)")
        }
        let played = try outcome(of: order.text)
        #expect(played.outcome == .passed, "\(order.text)\n\(played)")
        let purchase = try scenario(text, 3001, isSale: false)
        #expect(
            steps(purchase).contains("ongoing.finish: { purchase-order: '7001', connection: connection-2 }"), "\(purchase.text)")
        #expect(try outcome(of: purchase.text).problem == nil, "\(purchase.text)")
        let recorded = try Recorded(text)
        let world = RecordedScenario(worldOf: recorded.recording)
        #expect(try outcome(of: world.text).problem == nil, "\(world.text)")
    }

    @Test func anAdjustmentOfTheItemIsAStepOfTheStory() throws {
        let scenario = try scenario(
            """
            world:
              products: [ { number: CHAIR-01, stock: 10 } ]
              engine: { stock-sync: on }
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 5, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
              - wait: 10m
              - ongoing.adjust: { item: CHAIR-01, change: -2 }
              - engine.sync
              - wait: 10m
              - ongoing.pick: { order: 1042, lines: { 5: 5 } }
              - ongoing.send: { order: 1042 }
              - engine.sync
            """, 1042)
        #expect(steps(scenario).contains("ongoing.adjust: { item: ITEM-1, change: -2 }"), "\(scenario.text)")
        let result = try outcome(of: scenario.text)
        #expect(result.outcome == .passed, "\(scenario.text)\n\(result)")
    }

    @Test(arguments: [
        ("rackbeat.cancel-order: { order: 1042 }", "rackbeat.cancel-order: { order: 5001 }"),
        ("ongoing.cancel: { order: 1042 }", "ongoing.cancel: { order: '5001' }"),
        (
            "rackbeat.reopen-order: { order: 1042 }\n  - rackbeat.delete-order: { order: 1042 }",
            "rackbeat.delete-order: { order: 5001 }"
        ),
    ])
    func aCancellationIsAStepOfTheSideThatCancelled(done: String, told: String) throws {
        let scenario = try scenario(
            """
            world:
              products: [ { number: CHAIR-01, stock: 10 } ]
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 5, item: CHAIR-01, quantity: 5 } ] }
              - rackbeat.book-order: { number: 1043, lines: [ { id: 6, item: CHAIR-01, quantity: 1 } ] }
              - engine.sync
              - wait: 10m
              - \(done)
              - engine.sync
              - engine.reconcile
              - wait: 1h
              - engine.reconcile
            """, 1042)
        #expect(steps(scenario).filter { $0.contains("cancel") || $0.contains("delete") } == [told], "\(scenario.text)")
        #expect(try outcome(of: scenario.text).problem == nil, "\(scenario.text)")
    }
}
