import RackbeatFake
import Simulation
import SyncEngine
import Units

extension Benchmark {
    static var year: Benchmark {
        Benchmark(
            name: "year",
            description: """
                a year of trade: every day 200 orders of two lines from Rackbeat to the warehouse and back, 5 purchase orders, 5 \
                adjustments and 10 changed products; every job every minute, round the clock; both limits kept; one thread
                """,
            run: { try YearBenchmark(days: 365).run() })
    }

    static var month: Benchmark {
        Benchmark(
            name: "month", description: "the first 30 days of the year, to compare with",
            run: { try YearBenchmark(days: 30).run() })
    }
}

/// The actions of people, day by day on the simulated clock, while the engine's schedule runs.
private final class YearBenchmark {
    private static let ordersADay = 200
    private static let purchasesADay = 5

    private let days: Int
    private let fixture: EngineFixture
    private var late = 0

    init(days: Int) throws {
        self.days = days
        fixture = try EngineFixture(every: .seconds(60))
    }

    func run() throws {
        let start = fixture.clock.now()
        let processor = try Stopwatch.once {
            for day in 0..<days {
                try beginDay(day)
                try fixture.engine.run(until: start + .seconds(86_400 * Int64(day + 1)))
                if day % 73 == 72 { print("  day \(day + 1): \(fixture.network.journal.count) exchanges") }
            }
        }
        fixture.checkStock()
        let orders = fixture.rackbeatFake.orders.filter { $0.state == .fulfilled }.count
        precondition(orders == days * Self.ordersADay, "\(orders) orders were shipped, of \(days * Self.ordersADay)")
        let exchanges = fixture.network.journal.count
        print("  \(days) days, \(orders) orders shipped, \(exchanges) exchanges, \(late) retries for an order that was late")
        print(
            "  \(Stopwatch.decimal(processor)) s of one core, \(Stopwatch.decimal(Double(exchanges) / processor)) exchanges/s; "
                + "memory at its peak \(Stopwatch.peakMegabytes) MB")
    }

    /// From 8 in the morning on, for ten hours, at times that are spread evenly; what is booked is shipped two hours later.
    private func beginDay(_ day: Int) throws {
        let morning = fixture.clock.now()
        for turn in 0..<Self.ordersADay {
            let number = 100_000 + day * Self.ordersADay + turn
            let time = morning + .milliseconds(Int64(turn) * 36_000_000 / Int64(Self.ordersADay))
            fixture.clock.at(time) { [fixture] in try fixture.book(order: number) }
            at(time + .seconds(7200)) { [fixture] in try fixture.ship(order: number) }
        }
        for turn in 0..<Self.purchasesADay {
            let number = 10_000 + day * Self.purchasesADay + turn
            let time = morning + .seconds(3600 * Int64(turn + 1) + 30)
            fixture.clock.at(time) { [fixture] in try fixture.book(purchaseOrder: number) }
            at(time + .seconds(14_400)) { [fixture] in try fixture.receive(purchaseOrder: number) }
            fixture.clock.at(time + .seconds(600)) { [fixture] in try fixture.adjust(number) }
            for change in 0..<2 {
                fixture.clock.at(time + .seconds(900)) { [fixture] in try fixture.change(product: number * 3 + change) }
            }
        }
    }

    /// Retries every ten minutes until the order has arrived.
    private func at(_ time: Moment, _ act: @escaping () throws -> Bool) {
        fixture.clock.at(time) { [unowned self] in
            guard try !act() else { return }
            late += 1
            at(time + .seconds(600), act)
        }
    }
}
