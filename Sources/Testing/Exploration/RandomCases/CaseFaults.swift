import Exchange
import ScenarioKit
import Simulation
import SyncCore
import Units

/// Draws what goes wrong between the engine and both systems, and with the engine's process.
struct Disturbances {
    private let options: ExploreOptions
    private var random: SeededRandom
    private var hasStaleRead = false

    init(options: ExploreOptions, random: SeededRandom) {
        self.options = options
        self.random = random
    }

    /// What begins before a stretch of the story; mostly nothing.
    mutating func draw() -> [(word: String, argument: Value?)] {
        var acts: [(word: String, argument: Value?)] = []
        if options.has(.faults), random.percent(45) { acts.append(fault()) }
        if options.has(.crashes), random.percent(30) { acts.append(crash()) }
        if options.has(.restarts), random.percent(10) { acts.append(("engine.restart", nil)) }
        return acts
    }

    private static let places = [
        "ongoing PUT /orders", "ongoing PUT /articles", "ongoing PUT /purchaseOrders", "ongoing GET /orders",
        "ongoing GET /purchaseOrders", "ongoing GET /inventoryAdjustments", "ongoing * /orders/**",
        "ongoing * /purchaseOrders/**",
        "rackbeat GET /orders", "rackbeat GET /products", "rackbeat GET /purchase-orders",
        "rackbeat POST /orders/{}/create-shipment", "rackbeat POST /orders/shipments/{}/mark-shipped", "rackbeat GET /**",
        "rackbeat POST /**", "rackbeat PUT /**", "ongoing * /**", "rackbeat * /**",
    ]

    private mutating func fault() -> (word: String, argument: Value?) {
        var kind = random.pick(FaultKind.allCases)
        // What is served stale depends on what was read since such a fault began, so one story has one.
        if kind == .staleRead { kind = hasStaleRead ? .responseLost : .staleRead }
        hasStaleRead = hasStaleRead || kind == .staleRead
        let nth = random.pick([1, 1, 1, 2, 3, 5])
        // Credentials that are refused again and again close the way for an hour.
        let times = kind == .unauthorised ? random.pick([1, 2]) : random.pick([1, 1, 1, 2, 3, 6])
        return (
            "fault.begin",
            .record([
                ("match", pattern()), ("fault", .text(kind.rawValue)), ("nth", nth == 1 ? nil : .whole(nth)),
                ("times", times == 1 ? nil : .whole(times)),
            ])
        )
    }

    private mutating func pattern() -> Value {
        let text = random.pick(Self.places)
        do {
            return Value(.exchange(try ExchangePattern(text)), at: .start)
        } catch {
            preconditionFailure("'\(text)' names no exchange: \(error)")
        }
    }

    private mutating func crash() -> (word: String, argument: Value?) {
        switch random.whole(1...4) {
        case 1: return ("engine.crash", .record([("before-commit", .whole(random.whole(1...12)))]))
        case 2: return ("engine.crash", .record([("after-commit", .whole(random.whole(1...12)))]))
        default:
            let nth = random.pick([1, 1, 2, 4])
            return (
                "engine.crash",
                .record([
                    (random.percent(50) ? "before" : "after", pattern()), ("nth", nth == 1 ? nil : .whole(nth)),
                ])
            )
        }
    }
}
