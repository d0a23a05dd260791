import Exchange
import HTTPTypes
package import ScenarioKit
import Simulation
import StrictYAML
import SyncEngine
import Units

/// The account that a day of work runs on. Some operations are used on some accounts only.
package enum OutageAccount: Sendable, Hashable, CaseIterable {
    /// Everything as the ledger has it.
    case standard
    /// Drafts of shipments are edited, lists have no lines, and shelves inside a location belong to it.
    case other

    var circumstances: Circumstances {
        switch self {
        case .standard: Circumstances()
        case .other:
            Circumstances([
                .rackbeat: [
                    "shipment.partial_mode": "edit_after_create", "orders.list_embeds_lines": "false",
                    "po.list_embeds_lines": "false", "location_match": "children",
                ]
            ])
        }
    }

    var words: String {
        switch self {
        case .standard: "nothing is out of order"
        case .other: "drafts are edited, lists have no lines, and shelves belong to their location"
        }
    }
}

/// Every operation of the day of work × every kind of fault that can stand on it.
package struct OutageMatrix: Sendable {
    /// One outage, and where it stands.
    package struct Cell: Sendable {
        package let outage: Outage
        package let account: OutageAccount
        /// From the first exchange on that the fault can happen to.
        package let from: Duration
        package let until: Duration
        /// A run that makes as many exchanges, or more, tries too often.
        package let mostExchanges: Int
        package let end: Duration

        var path: String { "outages/\(outage.kind.rawValue).yaml" }
    }

    /// The days without an outage.
    package private(set) var undisturbed: [ScenarioRun] = []
    package private(set) var cells: [Cell] = []
    /// The outages that nothing can be demanded of, see ``reason(for:)``.
    package private(set) var leftOut: [Outage] = []

    /// Why nothing can be demanded when this outage is over.
    package static func reason(for outage: Outage) -> String { beyondHelp[outage.name] ?? "" }

    private static let beyondHelp = [
        "stale-read@rackbeat GET /products/{}/locations/{}":
            "A total is booked by the stock that Rackbeat shows. Where it shows that of hours ago, drafts do something else than they "
            + "are to, and a person has to look.",
        "stale-read@rackbeat GET /orders/{}/shipments":
            "The response to a shipment's creation is lost, and the list is hours old: the draft cannot be found. Rackbeat refuses a "
            + "second one, and the order is parked for a person, who finds the draft.",
    ]

    package static let defaultDuration = Duration.seconds(4 * 3600)

    /// Runs the days without an outage, to learn which operations they use, and when.
    package init(duration: Duration) throws {
        let end = Self.end(duration)
        var known: Set<Operation> = []
        for account in OutageAccount.allCases {
            var options = Self.options(duration)
            options.listsExchanges = true
            let scenario = try WorkingDay.scenario(account, end: end)
            let run = Runner.run(scenario, .plain, options)
            undisturbed.append(run)
            guard run.result.outcome.isGood else { continue }
            let uses = Self.uses(of: run).filter { !known.contains($0.operation) }
            known.formUnion(uses.map(\.operation))
            for use in uses {
                let retries = use.calls * Engine.attempts(within: duration) * RetryingClient.RetryPolicy().attempts
                for (kind, from) in use.kinds {
                    let outage = Outage(operation: use.operation, kind: kind)
                    guard Self.beyondHelp[outage.name] == nil else {
                        leftOut.append(outage)
                        continue
                    }
                    cells.append(
                        Cell(
                            outage: outage, account: account, from: from, until: from + duration,
                            mostExchanges: 2 * run.result.exchanges + retries, end: end))
                }
            }
        }
    }

    package var operations: Int { Set(cells.map(\.outage.operation)).count }

    /// How long each day is, in simulated time; zero when no day without an outage was good.
    package var length: Duration { cells.first?.end ?? .zero }

    /// At most so many kinds of each operation. Which ones differs from operation to operation.
    package mutating func limit(_ limit: Int) {
        var limited: [Cell] = []
        for (place, cells) in Self.grouped(cells).enumerated() {
            let count = min(limit, cells.count)
            let places = Set((0..<count).map { ($0 * cells.count / count + place) % cells.count })
            limited += places.sorted().map { cells[$0] }
        }
        cells = limited
    }

    package mutating func keep(where isKept: (Int, Cell) -> Bool) {
        cells = cells.enumerated().filter { isKept($0.offset, $0.element) }.map(\.element)
    }

    private static func grouped(_ cells: [Cell]) -> [[Cell]] {
        var groups: [[Cell]] = []
        for cell in cells {
            if groups.last?.first?.outage.operation == cell.outage.operation {
                groups[groups.count - 1].append(cell)
            } else {
                groups.append([cell])
            }
        }
        return groups
    }

    // MARK: The undisturbed day

    private struct Use {
        let operation: Operation
        /// Each with the moment of the first exchange that it can happen to.
        var kinds: [(kind: FaultKind, from: Duration)] = []
        /// How many different calls there are to be retried: every write, and each read of one target by one connection.
        var calls = 0
        var targets: Set<String> = []
    }

    private static func uses(of run: ScenarioRun) -> [Use] {
        var uses: [Use] = []
        var places: [Operation: Int] = [:]
        var read: Set<String> = []
        for exchange in run.exchanges {
            guard let operation = Operation(exchange) else { continue }
            let place = places[operation] ?? uses.count
            if place == uses.count {
                places[operation] = place
                uses.append(Use(operation: operation))
            }
            let target = "\(exchange.connection) \(exchange.system) \(exchange.request.target)"
            for kind in FaultKind.allCases
            where kind.canStand(on: exchange.request, wasReadBefore: read.contains(target))
                && !uses[place].kinds.contains(where: { $0.kind == kind })
            { uses[place].kinds.append((kind, exchange.startedAt)) }
            if exchange.method == .get {
                read.insert(target)
                if uses[place].targets.insert("\(exchange.connection) \(exchange.path)").inserted { uses[place].calls += 1 }
            } else {
                uses[place].calls += 1
            }
        }
        return uses.map { use in
            var use = use
            let order = FaultKind.allCases
            use.kinds.sort { order.firstIndex(of: $0.kind)! < order.firstIndex(of: $1.kind)! }
            return use
        }
    }

    // MARK: Time

    /// Beyond the longest outage: what people could not do before is done, the engine has come back to it, and a night was compared.
    private static func end(_ duration: Duration) -> Duration {
        let (lastStep, night, afterwards) = (Duration.seconds(26 * 3600), Duration.seconds(19 * 3600), Duration.seconds(7 * 3600))
        let quiet = lastStep + duration + .seconds(2 * 3600)
        var end = night
        while end < quiet { end += .seconds(24 * 3600) }
        return end + afterwards
    }

    static func options(_ duration: Duration) -> RunOptions {
        var options = RunOptions.injecting([], demanding: .endState)
        // Every run is as long as the undisturbed one, so that their exchanges can be compared.
        options.settles = false
        // People act by what they see, so what is changed too late depends on when the outage ends.
        options.predictsParked = true
        options.longestWait = duration + .seconds(2 * 3600) + Engine.longestBackOff
        return options
    }
}

extension WorkingDay {
    static func scenario(_ account: OutageAccount, end: Duration) throws(InvalidFile) -> Scenario {
        try ScenarioReader.read(
            text(where: account.words, account.circumstances, end: end), path: "outages/undisturbed.yaml")
    }

    static func scenario(_ cell: OutageMatrix.Cell) throws(InvalidFile) -> Scenario {
        let outage = cell.outage
        let fault =
            "- { match: \"\(outage.operation.match)\", fault: \(outage.kind.rawValue), times: all, from: \(cell.from.written), "
            + "until: \(cell.until.written) }"
        return try ScenarioReader.read(
            text(where: outage.title, cell.account.circumstances, faults: [fault], end: cell.end), path: cell.path)
    }
}
