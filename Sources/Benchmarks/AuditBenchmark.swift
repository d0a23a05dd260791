import Exchange
import Invariants
import Service
import Simulation
import SyncCore
import SyncEngine
import Trade
import Units

extension Benchmark {
    static var audit: Benchmark {
        Benchmark(
            name: "audit",
            description: """
                an audit of both fakes after 1000 and 10 000 orders (100 000 with TANDEM_AUDIT_ORDERS=100000), all of them shipped: \
                calls, processor time, memory; one thread, a single sample
                """,
            run: AuditBenchmark.run)
    }
}

private enum AuditBenchmark {
    private static let round = 500

    static func run() throws {
        let fixture = try EngineFixture(every: .seconds(300))
        try fixture.engine.syncOnce()
        var done = 0
        for goal in goals {
            while done < goal {
                let numbers = done..<done + round
                for number in numbers { try fixture.book(order: 100_000 + number) }
                try fixture.engine.syncOnce()
                for number in numbers {
                    let isThere = try fixture.ship(order: 100_000 + number)
                    precondition(isThere, "order \(100_000 + number) never reached the warehouse")
                }
                try fixture.engine.syncOnce()
                try fixture.clock.wait(for: .seconds(600))
                done += round
            }
            try audit(fixture, goal)
        }
    }

    private static var goals: [Int] {
        guard let most = Stopwatch.environment("TANDEM_AUDIT_ORDERS").flatMap({ Int($0) }) else { return [1000, 10_000] }
        return [1000, 10_000, 100_000].filter { $0 <= most }
    }

    private static func audit(_ fixture: EngineFixture, _ orders: Int) throws {
        let before = Stopwatch.residentMegabytes
        let began = fixture.clock.now()
        let exchanges = fixture.network.journal.count
        var result: Audit.ConnectionResult?
        let seconds = try Stopwatch.once {
            let clients = try fixture.clients()
            let reading = try RackbeatReading(clients.rackbeat, locations: [fixture.settings.location], now: began)
            let facts = try JournalFacts(of: fixture.settings.name, in: fixture.journal)
            let evidence = try APIEvidence(
                reading, clients, fixture.settings, journal: facts, allLocations: [fixture.settings.location.text],
                settled: began - Audit.grace(of: fixture.settings), now: began)
            result = Audit.judge(evidence, facts)
        }
        let held = result!.sections.count { $0.verdict == .holds }
        print(
            "  \(orders) orders: \(fixture.network.journal.count - exchanges) calls, \(Stopwatch.decimal(seconds)) s, of simulated time "
                + "\((fixture.clock.now() - began).forPeople); \(Stopwatch.residentMegabytes - before) MB more in use, "
                + "\(Stopwatch.peakMegabytes) MB at the peak with both fakes; \(held) of \(result!.sections.count) hold")
    }
}
