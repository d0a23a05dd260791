import Contract
import Exchange
import JSON
import RackbeatClient
import SyncCore
import Testing
import Trade
import Units

@testable import SyncEngine

/// What a driver does when a record goes in circles. The machines end their rounds by themselves (`RoundBoundTests`), so that no
/// scenario comes here.
struct RoundBudgetTests {
    private final class StillClock: Clock {
        func now() -> Moment { Moment(milliseconds: 1_000_000) }
        func wait(for duration: Duration) {}
        func wait(for duration: Duration, unless isNudged: () -> Bool) {}
    }

    /// Has nothing of what it is asked for.
    private final class EmptyServer: Transport {
        func send(_ request: Request) -> Response { Response(status: 404, json: ["message": "No such order."]) }
    }

    private struct FixedNumber: RandomNumberGenerator { func next() -> UInt64 { 7 } }

    @Test func aRecordThatGoesInCirclesIsTriedLaterAndItsNeighbourGoesOn() throws {
        let profile = AssumptionLedger.standard.profile(for: .rackbeat)
        let factory = EngineFactory(
            rackbeat: EngineFactory.RackbeatAccess(
                basePath: "/api", token: "planted", profile: profile, applicationName: "Tandem", email: "tandem@tandem.example"),
            clock: StillClock(), transport: { _, _ in EmptyServer() }, random: { _, _ in FixedNumber() })
        let settings = ConnectionSettings(name: "main", location: LocationNumber("1001"), goodsOwner: 42)
        let clients = try factory.clients(
            of: settings,
            EngineFactory.OngoingAccess(
                basePath: "/demo", user: "user", password: "planted", profile: AssumptionLedger.standard.profile(for: .ongoing)))
        let journal = try Journal.inMemory()
        var marks: [EngineMark] = []
        let context = JobContext(
            connection: Connection(
                settings: settings, rackbeat: clients.rackbeat, ongoing: clients.ongoing, budget: clients.budget),
            journal: journal, clock: StillClock(), writeMode: .carryOut,
            listener: { if case .reached(_, let mark) = $0 { marks.append(mark) } })
        let records = RecordKeeper(context)
        var calls = 0
        func circle() throws {
            try records.attempt(.orders, "1042") {
                while true {
                    _ = try clients.rackbeat.order(OrderNumber("1042"))
                    calls += 1
                }
            }
        }
        records.beginRun()
        try circle()
        var isNeighbourDone = false
        try records.attempt(.orders, "1043") { isNeighbourDone = try clients.rackbeat.order(OrderNumber("1043")) == nil }
        #expect(isNeighbourDone)
        #expect(calls == 1 + CallBudget.mostRepetitions)
        #expect(marks.contains(.roundEndedByBudget))
        let parked = try #require(try journal.parked().first)
        #expect(try journal.parked().count == 1)
        #expect(parked.subject == "1042")
        #expect(!parked.needsPerson)
        #expect(parked.retryAt == StillClock().now() + .seconds(60))
        // The next round counts from the beginning, and the pause grows.
        records.beginRun()
        try circle()
        #expect(calls == 2 + 2 * CallBudget.mostRepetitions)
        #expect(try journal.parked().first?.retryAt == StillClock().now() + .seconds(120))
    }
}
