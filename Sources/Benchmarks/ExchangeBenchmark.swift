import Contract
import Exchange
import OngoingClient
import RackbeatClient
import Simulation
import Trade

extension Benchmark {
    static var exchanges: Benchmark {
        Benchmark(
            name: "exchanges",
            description: """
                a call of the real client through the simulated network to the fake and back, in process, one thread, all rate \
                limits kept in simulated time; median of \(Stopwatch.samples) samples
                """,
            run: ExchangeBenchmark.run)
    }
}

/// What a run of scenarios is made of. Building the request, rate limiting, simulated latency, the fake's work, and reading the
/// response are all part of it; so is the observer, where it is on.
private enum ExchangeBenchmark {
    static func run() throws {
        for observes in [false, true] {
            let fixture = try ClientFixture(observes: observes)
            print(
                observes
                    ? "  with the observer checking every request and response against the contract" : "  without the observer")
            try time("Rackbeat GET /orders/{number}         ", in: fixture) { fixture, turn in
                _ = try fixture.rackbeat.order(fixture.orders[turn % fixture.orders.count].number)
            }
            try time("Rackbeat GET /products/…/locations/…  ", in: fixture) { fixture, turn in
                _ = try fixture.rackbeat.stock(of: fixture.items[turn % fixture.items.count], at: fixture.location)
            }
            try time("Ongoing PUT /orders                   ", in: fixture) { fixture, turn in
                try fixture.ongoing.put(fixture.orders[turn % fixture.orders.count], isUpdate: true)
            }
            try time("Ongoing GET /orders, one by its number", in: fixture) { fixture, turn in
                _ = try fixture.ongoing.orders(.number(fixture.orders[turn % fixture.orders.count].number))
            }
            try time("these four in turn                    ", in: fixture) { fixture, turn in
                let order = fixture.orders[turn % fixture.orders.count]
                _ = try fixture.rackbeat.order(order.number)
                _ = try fixture.rackbeat.stock(of: fixture.items[turn % fixture.items.count], at: fixture.location)
                try fixture.ongoing.put(order, isUpdate: true)
                _ = try fixture.ongoing.orders(.number(order.number))
            }
            precondition(
                fixture.violations.isEmpty,
                "an exchange breaks the contract, so the figures mean nothing: \(fixture.violations[0])")
        }
    }

    private static func time(_ name: String, in fixture: ClientFixture, _ call: (ClientFixture, Int) throws -> Void) throws {
        var turn = 0
        let before = fixture.network.journal.count
        let stopwatch = try Stopwatch.time {
            try call(fixture, turn)
            turn += 1
        }
        let each = Double(fixture.network.journal.count - before) / Double(turn)
        stopwatch.print(name, each, "exchanges/s")
    }
}
