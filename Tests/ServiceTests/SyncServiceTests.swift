import Exchange
import Foundation
import JSON
import SyncCore
import SyncEngine
import Synchronization
import Testing
import Units

@testable import Service

@Suite(.timeLimit(.minutes(1))) struct SyncServiceTests {
    /// A clock whose waits end when it is woken; by then as much time has passed as lies between two runs that nudges ask for.
    private final class StandingClock: Clock {
        private let bell: DispatchSemaphore
        private var moment = noon
        init(_ bell: DispatchSemaphore) { self.bell = bell }
        func now() -> Moment { moment }
        func wait(for duration: Duration) { bell.wait() }
        func wait(for duration: Duration, unless isNudged: () -> Bool) {
            while !isNudged() { bell.wait() }
            moment = moment + .seconds(10)
        }
    }

    private func runtime(_ servers: CannedServers, bell: DispatchSemaphore) -> Runtime {
        var runtime = servers.runtime
        runtime.clock = { WakeableClock(StandingClock(bell), wake: { bell.signal() }) }
        return runtime
    }

    private func inBackground(_ body: @escaping @Sendable () throws -> Void) -> DispatchSemaphore {
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            #expect(throws: Never.self) { try body() }
            ended.signal()
        }
        return ended
    }

    private func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<2000 {
            if try condition() { return true }
            Thread.sleep(forTimeInterval: 0.005)
        }
        return false
    }

    /// A webhook comes in on the listener's thread while the connection's own thread sleeps until its next job.
    @Test func aNudgeFromAnotherThreadWakesTheConnection() throws {
        let servers = smallWorld()
        let bell = DispatchSemaphore(value: 0)
        let configuration = try configuration()
        let service = try SyncService(
            configuration, credentials(of: configuration), journal: .inMemory(), runtime: runtime(servers, bell: bell),
            log: silence, startedAt: noon)
        let ended = inBackground { try service.run("main") }
        // The first round is over when the last of its jobs has been dealt with and the clock is waited for.
        #expect(eventually { service.serviceHealth.now.jobs["main"]?.count == 6 })
        func orderLists() -> Int { servers.conversation.filter { $0.hasPrefix("GET /api/orders?") }.count }
        let before = orderLists()
        service.nudge(.orders, of: "main")
        #expect(eventually { orderLists() > before })
        service.stop()
        #expect(ended.wait(timeout: .now() + 10) == .success)
    }

    /// Each connection has a thread, an engine and a warehouse of its own; the journal and the token's pace they share.
    @Test func connectionsRunSideBySideOnOneJournal() throws {
        let file =
            plainFile + """

                  second:
                    location: 1002
                    ongoing:
                      base-url: https://api.ongoingsystems.se/other/api/v1
                      user: WSI-other
                      password: { env: ONGOING_PASSWORD }
                      goods-owner: 42
                """
        let servers = smallWorld()
        servers.on("GET /api/locations/1002", ["location": ["number": 1002, "name": "Other"]])
        servers.on("PUT /other/api/v1/articles", ["articleSystemId": 1, "message": ""])
        for list in ["articles", "orders", "purchaseOrders"] { servers.on("GET /other/api/v1/\(list)", []) }
        let configuration = try configuration(file)
        let journal = try Journal.inMemory()
        let bells = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
        let next = Atomic(0)
        var runtime = servers.runtime
        runtime.clock = {
            let bell = bells[next.wrappingAdd(1, ordering: .relaxed).oldValue]
            return WakeableClock(StandingClock(bell), wake: { bell.signal() })
        }
        let service = try SyncService(
            configuration, credentials(of: configuration), journal: journal, runtime: runtime, log: silence, startedAt: noon)
        let ends = service.connections.map { name in inBackground { try service.run(name) } }
        #expect(eventually { service.serviceHealth.now.jobs.values.filter { $0.count == 6 }.count == 2 })
        service.stop()
        for end in ends { #expect(end.wait(timeout: .now() + 10) == .success) }
        #expect(
            Set(servers.writes) == [
                "PUT /demo/api/v1/articles", "PUT /demo/api/v1/orders", "PUT /other/api/v1/articles",
            ])
        #expect(try journal.runs().count == 12)
        #expect(try journal.runs().allSatisfy(\.succeeded))
    }

    /// The exchange in flight is finished and written down; the one after it is not begun.
    @Test func aStoppedServiceLeavesNothingHalfKnown() throws {
        let servers = smallWorld()
        let configuration = try configuration()
        let journal = try Journal.inMemory()
        let service = try SyncService(
            configuration, credentials(of: configuration), journal: journal, runtime: servers.runtime, log: silence,
            startedAt: noon)
        servers.on("PUT /demo/api/v1/orders") { _ in
            service.stop()
            return Response(status: 200, json: ["orderId": 70_011])
        }
        try service.run("main")
        #expect(servers.conversation.last == "PUT /demo/api/v1/orders")
        #expect(try journal.unknownOutcomes() == [])
    }
}
