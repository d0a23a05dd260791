import Simulation
import SyncEngine
import Units

extension Benchmark {
    static var orders: Benchmark {
        Benchmark(
            name: "orders",
            description: """
                what one order costs from Rackbeat to the warehouse and back, after many others: in rounds of 500, each booked, sent \
                to the warehouse, picked and shipped; nothing is ever deleted; one thread, a single sample
                """,
            run: OrderCostBenchmark.run)
    }
}

private enum OrderCostBenchmark {
    private static let round = 500

    static func run() throws {
        let fixture = try EngineFixture(every: .seconds(300))
        try fixture.engine.syncOnce()
        var done = 0
        for goal in [1000, 10_000, 100_000] {
            var latest = 0.0
            let before = (orders: done, exchanges: fixture.network.journal.count)
            let whole = try Stopwatch.once {
                while done < goal {
                    latest = try Stopwatch.once { try trade(done..<done + round, in: fixture) }
                    done += round
                }
            }
            let orders = Double(done - before.orders)
            let exchanges = Double(fixture.network.journal.count - before.exchanges) / orders
            print(
                "  up to \(goal) orders: \(Stopwatch.decimal(whole / orders * 1e6)) µs an order, the last \(round) of them "
                    + "\(Stopwatch.decimal(latest / Double(round) * 1e6)) µs; \(Stopwatch.decimal(exchanges)) exchanges an order; "
                    + "memory at its peak \(Stopwatch.peakMegabytes) MB")
        }
        fixture.checkStock()
    }

    private static func trade(_ numbers: Range<Int>, in fixture: EngineFixture) throws {
        for number in numbers { try fixture.book(order: 100_000 + number) }
        try fixture.engine.syncOnce()
        for number in numbers {
            let isThere = try fixture.ship(order: 100_000 + number)
            precondition(isThere, "order \(100_000 + number) never reached the warehouse")
        }
        try fixture.engine.syncOnce()
        try fixture.clock.wait(for: .seconds(600))
    }
}
