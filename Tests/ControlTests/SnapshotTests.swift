import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import Testing
import Units

@testable import Control

/// A snapshot is the start of a world and its commands; replayed, they must lead to the same bytes.
@Suite struct SnapshotTests {
    /// Everything that a caller and a person can see of a world.
    private func view(_ harness: ControlHarness, world: String = "") -> [[UInt8]] {
        ["/world", "/exchanges?limit=1000", "/violations", "/faults", "/check", "/check?settled=true", "/webhooks"]
            .map { harness.ask(.get, world + $0).body }
    }

    private func trade(_ harness: ControlHarness) throws {
        _ = harness.rackbeat(.post, "/webhooks", #"{"event":"order.created","url":"http://127.0.0.1:9/hook"}"#)
        harness.ask(.post, "/webhooks", #"{"url":"http://127.0.0.1:9/ongoing","token":"chosen"}"#)
        try harness.take(
            """
            - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
            - { at: 30m, rackbeat.book-order: { number: 1043, lines: [ { id: 2, item: CHAIR-01, quantity: 1 } ] } }
            """)
        harness.ask(.post, "/faults", #"{"match":"rackbeat GET /products","fault":"stale-read","nth":3,"times":4}"#)
        for _ in 0..<4 { _ = harness.rackbeat(.get, "/products?limit=1") }
        harness.clockwork.pass(.seconds(7))
        _ = harness.ongoing(.put, "/articles", #"{"goodsOwnerId":42,"articleNumber":"CHAIR-01","articleName":"Oak chair"}"#)
        _ = harness.rackbeat(.get, "/orders?invented=1")
        harness.ask(.post, "/steps", #"{"ongoing.pick":{"order":"1042"}}"#)
        for post in harness.control.takeDueWebhooks() { harness.control.posted(post, .answered(status: 500)) }
    }

    /// What comes after the snapshot, seen in the responses of both fakes.
    private func after(_ harness: ControlHarness) throws -> [Served] {
        var responses: [Served] = []
        for step in 0..<6 {
            harness.clockwork.pass(.seconds(step * 400))
            responses.append(harness.rackbeat(.get, "/products?limit=1"))
            responses.append(harness.rackbeat(.get, "/orders"))
            responses.append(harness.rackbeat(.post, "/orders/1042/create-shipment", "{}"))
            responses.append(harness.ongoing(.get, "/articles?goodsOwnerId=42"))
        }
        return responses
    }

    @Test(arguments: [false, true])
    func aRestoredWorldAnswersTheSameBytes(isTimeVirtual: Bool) throws {
        let harness = try ControlHarness(ControlHarness.chairs) { $0.isTimeVirtual = isTimeVirtual }
        try trade(harness)
        let before = view(harness)
        #expect(harness.ask(.put, "/snapshots/noon").status == 200)
        let first = try after(harness)
        #expect(view(harness) != before)
        #expect(harness.ask(.post, "/snapshots/noon/restore").status == 200)
        #expect(view(harness) == before)
        #expect(try after(harness) == first)
        // And again: restoring works any number of times.
        #expect(harness.ask(.post, "/snapshots/noon/restore").status == 200)
        #expect(view(harness) == before)
        #expect(first.contains { $0.status == 201 })
    }

    /// The engine inside draws latencies and waits; it too ends in the same state.
    @Test func anEngineInsideIsRestoredToo() throws {
        let harness = try ControlHarness(ControlHarness.chairs) { $0.isTimeVirtual = true }
        try harness.take(
            """
            - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
            - engine.sync
            - fault.begin: { match: "rackbeat POST /orders/{}/create-shipment", fault: response-lost }
            - ongoing.pick: { order: 1042, lines: { 1: 5 } }
            - ongoing.send: { order: 1042 }
            """)
        let before = view(harness)
        harness.ask(.put, "/snapshots/a")
        try harness.take("- engine.sync\n- wait: 10m\n- engine.sync")
        let first = view(harness)
        harness.ask(.post, "/snapshots/a/restore")
        #expect(view(harness) == before)
        try harness.take("- engine.sync\n- wait: 10m\n- engine.sync")
        #expect(view(harness) == first)
    }

    /// In real time the clock goes back to what it showed and runs on from there.
    @Test func theClockGoesBack() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        harness.clockwork.pass(.seconds(10))
        harness.ask(.put, "/snapshots/a")
        harness.clockwork.pass(.seconds(3600))
        #expect(harness.ask(.post, "/snapshots/a/restore").json["now"]?.string == "2026-03-02T07:00:10.000Z")
        harness.clockwork.pass(.seconds(5))
        #expect(try harness.read("/world")["clock"]?["now"]?.string == "2026-03-02T07:00:15.000Z")
    }

    @Test func aResetWorldIsAsItBegan() throws {
        let harness = try ControlHarness(ControlHarness.chairs) { $0.isTimeVirtual = true }
        let before = view(harness)
        try trade(harness)
        harness.ask(.put, "/snapshots/a")
        #expect(harness.ask(.post, "/reset").status == 200)
        #expect(view(harness) == before)
        #expect(harness.rackbeat(.get, "/orders").status == 206)
        #expect(harness.ask(.post, "/snapshots/a/restore").status == 200)
    }

    /// An incomplete log would restore another state.
    @Test func aLogThatIsTooLongIsNoSnapshot() throws {
        let scenario = try ScenarioReader.read(ControlHarness.chairs, path: "test.yaml")
        var setup = ServedWorld.Setup(
            scenario: scenario, runsSteps: false, credentials: Credentials(token: "t", user: "u", password: "p"),
            goodsOwner: nil, isTimeVirtual: true, deliversAnywhere: false, memory: World.Memory(exchanges: 10, breaches: 10))
        setup.logLimit.entries = 2
        let served = try ServedWorld(id: "w", setup, now: ControlHarness.start)
        for _ in 0..<2 { _ = served.serve(Request(.get, "/api/orders"), to: .rackbeat) }
        #expect(served.takeSnapshot("a"))
        _ = served.serve(Request(.get, "/api/orders"), to: .rackbeat)
        #expect(!served.takeSnapshot("b"))
        #expect(try served.restore("a", wall: ControlHarness.start))
        #expect(served.world.exchangeCount == 2)
    }
}
