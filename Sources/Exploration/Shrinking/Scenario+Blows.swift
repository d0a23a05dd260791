import Exchange
import ScenarioKit
import Simulation

extension Scenario {
    /// The scenario with the trouble in it that was aimed at a run by numbers: as faults and crashes that name the exchange, so that
    /// a file can say them and steps can be left out around them.
    ///
    /// - Parameter struck: The run that was struck, with its exchanges listed.
    /// - Returns: `nil` when a blow fell on nothing.
    package func saying(_ blows: [Blow], of struck: Played) -> Scenario? {
        var faults = faults
        var crashes: [Step] = []
        guard let kind = StepKind.named("engine.crash") else { return nil }
        for blow in blows {
            switch blow {
            case .fault(let fault, let number):
                guard
                    let (hits, nth) = Self.name(number, in: struck, counting: { fault.strikes($0) }, isStale: fault == .staleRead)
                else { return nil }
                faults.append(
                    .record([("hits", hits), ("do", .text(fault.rawValue)), ("nth", nth == 1 ? nil : .whole(nth))]))
            case .crash(let side, .exchange(let number)):
                guard let (hits, nth) = Self.name(number, in: struck, counting: { _ in true }, isStale: false) else { return nil }
                let argument = Value.record([(side.rawValue, hits), ("nth", nth == 1 ? nil : .whole(nth))])
                crashes.append(Step(kind: kind, argument: argument, time: nil, place: .start))
            case .crash(let side, .commit(let number)):
                let argument = Value.record([("\(side.rawValue)-commit", .whole(number))])
                crashes.append(Step(kind: kind, argument: argument, time: nil, place: .start))
            }
        }
        return with(faults: faults, steps: crashes + steps)
    }

    /// The exchange by its path, and which of that path it is.
    private static func name(
        _ number: Int, in struck: Played, counting: (Request) -> Bool, isStale: Bool
    ) -> (hits: Value, nth: Int)? {
        guard let exchange = struck.exchanges.first(where: { $0.number == number }) else { return nil }
        var nth = 0
        var read: Set<String> = []
        for other in struck.exchanges where other.number <= number {
            guard (other.system, other.method, other.path) == (exchange.system, exchange.method, exchange.path) else { continue }
            // Only what was read before can be served stale, by the connection that read it.
            let wasRead = !read.insert("\(other.connection) \(other.request.target)").inserted
            if counting(other.request), !isStale || wasRead { nth += 1 }
        }
        return (Value(.exchange(ExchangePattern(exchange.system, exchange.method, exchange.path)), at: .start), max(1, nth))
    }
}
