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
                a call of the real client through the simulated network to the fake and back, in process, one thread, all limits \
                of pace kept in simulated time; median of \(Stopwatch.samples) samples
                """,
            run: ExchangeBenchmark.run)
    }
}

/// What a run of scenarios is made of. Building the request, pacing, simulated latency, the fake's work, and reading the answer
/// into the trade's terms are all part of it; so is the observer, where it is on.
private enum ExchangeBenchmark {
    static func run() throws {
        for observes in [false, true] {
            let town = try SmallTown(observes: observes)
            print(
                observes ? "  with the observer holding every request and answer against the contract" : "  without the observer")
            try time("Rackbeat GET orders/{number}         ", in: town) { town, turn in
                _ = try town.rackbeat.order(town.orders[turn % town.orders.count].number)
            }
            try time("Rackbeat GET products/…/locations/…  ", in: town) { town, turn in
                _ = try town.rackbeat.stock(of: town.items[turn % town.items.count], at: town.location)
            }
            try time("Ongoing PUT orders                   ", in: town) { town, turn in
                try town.ongoing.put(town.orders[turn % town.orders.count], isUpdate: true)
            }
            try time("Ongoing GET orders, one by its number", in: town) { town, turn in
                _ = try town.ongoing.orders(.number(town.orders[turn % town.orders.count].number))
            }
            try time("these four in turn                   ", in: town) { town, turn in
                let order = town.orders[turn % town.orders.count]
                _ = try town.rackbeat.order(order.number)
                _ = try town.rackbeat.stock(of: town.items[turn % town.items.count], at: town.location)
                try town.ongoing.put(order, isUpdate: true)
                _ = try town.ongoing.orders(.number(order.number))
            }
            precondition(town.violations.isEmpty, "what breaks the contract is no measure: \(town.violations[0])")
        }
    }

    private static func time(_ name: String, in town: SmallTown, _ call: (SmallTown, Int) throws -> Void) throws {
        var turn = 0
        let before = town.network.journal.count
        let stopwatch = try Stopwatch.time {
            try call(town, turn)
            turn += 1
        }
        let each = Double(town.network.journal.count - before) / Double(turn)
        stopwatch.print(name, each, "exchanges/s")
    }
}
