import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import Testing
import Units

@testable import Control

/// A snapshot is the beginning of a world and all that was done to it; done again, it must lead to the same bytes.
@Suite struct SnapshotTests {
    /// Everything that a caller and a person can see of a world.
    private func sight(_ desk: Desk, world: String = "") -> [[UInt8]] {
        ["/world", "/exchanges?limit=1000", "/violations", "/faults", "/check", "/check?settled=true", "/webhooks"]
            .map { desk.ask(.get, world + $0).body }
    }

    private func trade(_ desk: Desk) throws {
        _ = desk.rackbeat(.post, "/webhooks", #"{"event":"order.created","url":"http://127.0.0.1:9/hook"}"#)
        desk.ask(.post, "/webhooks", #"{"url":"http://127.0.0.1:9/ongoing","token":"chosen"}"#)
        try desk.take(
            """
            - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
            - { at: 30m, rackbeat.book-order: { number: 1043, lines: [ { id: 2, item: CHAIR-01, quantity: 1 } ] } }
            """)
        desk.ask(.post, "/faults", #"{"match":"rackbeat GET /products","fault":"stale-read","nth":3,"times":4}"#)
        for _ in 0..<4 { _ = desk.rackbeat(.get, "/products?limit=1") }
        desk.clockwork.pass(.seconds(7))
        _ = desk.ongoing(.put, "/articles", #"{"goodsOwnerId":42,"articleNumber":"CHAIR-01","articleName":"Oak chair"}"#)
        _ = desk.rackbeat(.get, "/orders?invented=1")
        desk.ask(.post, "/steps", #"{"ongoing.pick":{"order":"1042"}}"#)
        for post in desk.control.takeDueWebhooks() { desk.control.posted(post, .answered(status: 500)) }
    }

    /// What comes after the snapshot, told as what both fakes answer.
    private func after(_ desk: Desk) throws -> [Served] {
        var answers: [Served] = []
        for step in 0..<6 {
            desk.clockwork.pass(.seconds(step * 400))
            answers.append(desk.rackbeat(.get, "/products?limit=1"))
            answers.append(desk.rackbeat(.get, "/orders"))
            answers.append(desk.rackbeat(.post, "/orders/1042/create-shipment", "{}"))
            answers.append(desk.ongoing(.get, "/articles?goodsOwnerId=42"))
        }
        return answers
    }

    @Test(arguments: [false, true])
    func aRestoredWorldAnswersTheSameBytes(isTimeVirtual: Bool) throws {
        let desk = try Desk(Desk.chairs) { $0.isTimeVirtual = isTimeVirtual }
        try trade(desk)
        let before = sight(desk)
        #expect(desk.ask(.put, "/snapshots/noon").status == 200)
        let first = try after(desk)
        #expect(sight(desk) != before)
        #expect(desk.ask(.post, "/snapshots/noon/restore").status == 200)
        #expect(sight(desk) == before)
        #expect(try after(desk) == first)
        // And once more, as often as one likes.
        #expect(desk.ask(.post, "/snapshots/noon/restore").status == 200)
        #expect(sight(desk) == before)
        #expect(first.contains { $0.status == 201 })
    }

    /// The engine inside draws latencies and waits; it too comes to the same end.
    @Test func anEngineInsideIsRestoredToo() throws {
        let desk = try Desk(Desk.chairs) { $0.isTimeVirtual = true }
        try desk.take(
            """
            - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
            - engine.sync
            - fault.begin: { match: "rackbeat POST /orders/{}/create-shipment", fault: response-lost }
            - ongoing.pick: { order: 1042, lines: { 1: 5 } }
            - ongoing.send: { order: 1042 }
            """)
        let before = sight(desk)
        desk.ask(.put, "/snapshots/a")
        try desk.take("- engine.sync\n- wait: 10m\n- engine.sync")
        let first = sight(desk)
        desk.ask(.post, "/snapshots/a/restore")
        #expect(sight(desk) == before)
        try desk.take("- engine.sync\n- wait: 10m\n- engine.sync")
        #expect(sight(desk) == first)
    }

    /// In real time the clock goes back to what it showed and runs on from there.
    @Test func theClockGoesBack() throws {
        let desk = try Desk(Desk.chairs)
        desk.clockwork.pass(.seconds(10))
        desk.ask(.put, "/snapshots/a")
        desk.clockwork.pass(.seconds(3600))
        #expect(desk.ask(.post, "/snapshots/a/restore").json["now"]?.string == "2026-03-02T07:00:10.000Z")
        desk.clockwork.pass(.seconds(5))
        #expect(try desk.read("/world")["clock"]?["now"]?.string == "2026-03-02T07:00:15.000Z")
    }

    @Test func aResetWorldIsAsItBegan() throws {
        let desk = try Desk(Desk.chairs) { $0.isTimeVirtual = true }
        let before = sight(desk)
        try trade(desk)
        desk.ask(.put, "/snapshots/a")
        #expect(desk.ask(.post, "/reset").status == 200)
        #expect(sight(desk) == before)
        #expect(desk.rackbeat(.get, "/orders").status == 206)
        #expect(desk.ask(.post, "/snapshots/a/restore").status == 200)
    }

    /// Better no snapshot than one that is not the world.
    @Test func aHistoryThatIsTooLongIsNoSnapshot() throws {
        let scenario = try ScenarioReader.read(Desk.chairs, path: "test.yaml")
        var charter = LiveWorld.Charter(
            scenario: scenario, playsSteps: false, credentials: Credentials(token: "t", user: "u", password: "p"),
            goodsOwner: nil, isTimeVirtual: true, deliversAnywhere: false, memory: World.Memory(exchanges: 10, breaches: 10))
        charter.historyLimit.entries = 2
        let live = try LiveWorld(charter, now: Desk.start)
        for _ in 0..<2 { _ = live.serve(Request(.get, "/api/orders"), to: .rackbeat) }
        #expect(live.takeSnapshot("a"))
        _ = live.serve(Request(.get, "/api/orders"), to: .rackbeat)
        #expect(!live.takeSnapshot("b"))
        #expect(try live.restore("a", wall: Desk.start))
        #expect(live.world.exchangeCount == 2)
    }
}
