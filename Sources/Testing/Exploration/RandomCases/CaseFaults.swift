import Exchange
import ScenarioKit
import Simulation
import StrictYAML
import SyncCore
import Units

/// Draws the faults of exchanges, and the crashes and restarts of the engine.
struct CaseFaults {
    private let options: CaseOptions
    private var random: SeededRandom
    private var disturbances: SeededRandom
    /// For what happens to lists.
    private var listRandom: SeededRandom
    private var hasStaleRead = false

    init(options: CaseOptions, random: SeededRandom, disturbances: SeededRandom, listRandom: SeededRandom) {
        self.options = options
        self.random = random
        self.disturbances = disturbances
        self.listRandom = listRandom
    }

    /// The faults that begin with a phase; mostly none.
    mutating func draw() -> [(word: String, argument: Value?)] {
        var steps: [(word: String, argument: Value?)] = []
        if options.has(.faults), random.percent(45) { steps.append(fault()) }
        if options.has(.listFaults), listRandom.percent(40) { steps.append(listFault()) }
        if options.has(.crashes), random.percent(30) { steps.append(crash()) }
        if options.has(.restarts), random.percent(10) { steps.append(("engine.restart", nil)) }
        if options.has(.disturbances) { steps += disturb() }
        return steps
    }

    // MARK: Disturbances

    private mutating func disturb() -> [(word: String, argument: Value?)] {
        var steps: [(word: String, argument: Value?)] = []
        if disturbances.percent(25) {
            let times = disturbances.pick([1, 3, 20])
            steps.append(
                (
                    "fault.begin",
                    .record([
                        ("match", Self.pattern(disturbances.pick(Self.lists))),
                        ("fault", .text(disturbances.pick(Self.listKinds).rawValue)), ("times", times == 1 ? nil : .whole(times)),
                    ])
                ))
        }
        if disturbances.percent(25) {
            let length = disturbances.pick([2, 20, 120, Self.longestPause])
            let side = disturbances.percent(50) ? "before" : "after"
            let point: (String, Value?) =
                disturbances.percent(50)
                ? (side, Self.pattern(disturbances.pick(Self.places)))
                : ("\(side)-commit", .whole(disturbances.whole(1...12)))
            steps.append(("engine.pause", .record([point, ("for", .duration(.seconds(length)))])))
        }
        if disturbances.percent(20) {
            let step = disturbances.pick([-86_400, -3600, -300, -20, 20, 300, 3600, 86_400])
            steps.append(
                ("set-clock", .record([("of", .text("engine")), ("by", .duration(.seconds(step)))])))
            if disturbances.percent(70) { steps.append(("engine.restart", nil)) }
        }
        return steps
    }

    /// In seconds.
    static let longestPause = 1200

    private static let lists = [
        "ongoing GET /orders", "ongoing GET /purchaseOrders", "ongoing GET /articles", "rackbeat GET /orders",
        "rackbeat GET /products",
        "rackbeat GET /purchase-orders", "rackbeat GET /**", "ongoing GET /**",
    ]

    private static let listKinds: [FaultKind] = [.endlessList, .endlessRows, .oversized]

    // MARK: Faults and crashes

    private static let places = [
        "ongoing PUT /orders", "ongoing PUT /articles", "ongoing PUT /purchaseOrders", "ongoing GET /orders",
        "ongoing GET /purchaseOrders", "ongoing GET /inventoryAdjustments", "ongoing * /orders/**",
        "ongoing * /purchaseOrders/**",
        "rackbeat GET /orders", "rackbeat GET /products", "rackbeat GET /purchase-orders",
        "rackbeat POST /orders/{}/create-shipment", "rackbeat POST /orders/shipments/{}/mark-shipped", "rackbeat GET /**",
        "rackbeat POST /**", "rackbeat PUT /**", "ongoing * /**", "rackbeat * /**",
    ]

    /// All but those that are to the engine what another kind is, a second delivery that no look of its round can show, a row from the
    /// future, which the sweep tries on every list, and those of ``listFault()``.
    private static let kinds = FaultKind.allCases.filter {
        ![
            .serviceUnavailableAfter, .requestTimeoutAfter, .duplicatedLater, .futureRow, .badGatewayAfter,
            .serviceUnavailableWithRetryAfter, .notFoundPage, .unsorted, .filterIgnored, .lateRow, .numbersAsTexts,
        ].contains($0) && !listKinds.contains($0) && $0.isComplete
    }

    private mutating func fault() -> (word: String, argument: Value?) {
        var kind = random.pick(Self.kinds)
        // A stale read repeats what was read since the fault began, so a case has only one.
        if kind == .staleRead { kind = hasStaleRead ? .responseLost : .staleRead }
        hasStaleRead = hasStaleRead || kind == .staleRead
        let nth = random.pick([1, 1, 1, 2, 3, 5])
        // Credentials that are refused several times stop the engine for an hour.
        let times = kind == .unauthorised ? random.pick([1, 2]) : random.pick([1, 1, 1, 2, 3, 6])
        return (
            "fault.begin",
            .record([
                ("match", pattern()), ("fault", .text(kind.rawValue)), ("nth", nth == 1 ? nil : .whole(nth)),
                ("times", times == 1 ? nil : .whole(times)),
            ])
        )
    }

    private static let shownLists = [
        "ongoing GET /orders", "ongoing GET /purchaseOrders", "ongoing GET /inventoryAdjustments", "ongoing GET /articles",
        "rackbeat GET /orders", "rackbeat GET /products", "rackbeat GET /purchase-orders", "rackbeat GET /orders/{}/shipments",
        "rackbeat GET /purchase-orders/{}/receipts",
    ]

    /// A server or proxy that does to a list, or to any exchange, what no client expects.
    private mutating func listFault() -> (word: String, argument: Value?) {
        let ofLists: [FaultKind] = [.unsorted, .filterIgnored, .lateRow]
        let ofAny: [FaultKind] = [.badGatewayAfter, .serviceUnavailableWithRetryAfter, .notFoundPage, .numbersAsTexts]
        let kind = listRandom.pick(ofLists + ofAny)
        let place = listRandom.pick(ofLists.contains(kind) ? Self.shownLists : Self.places)
        let times = listRandom.pick([1, 1, 2, 3])
        return (
            "fault.begin",
            .record([
                ("match", Self.pattern(place)), ("fault", .text(kind.rawValue)), ("times", times == 1 ? nil : .whole(times)),
            ])
        )
    }

    private mutating func pattern() -> Value { Self.pattern(random.pick(Self.places)) }

    private static func pattern(_ text: String) -> Value {
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
