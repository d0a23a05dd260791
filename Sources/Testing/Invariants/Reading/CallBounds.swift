import Exchange
import HTTPTypes
import SyncCore
import Units

/// How many calls of a connection the work of a time accounts for.
struct CallBounds {
    private let use: EngineUse
    private let schedule: Schedule
    /// When something happened: people, faults, new processes.
    private let disturbances: [Moment]
    private let changes: [Moment]
    /// The most rows that a list can have.
    private let documents: Int
    /// The numbers of the warehouse's documents of which goods were moved, and that other jobs ask for as well.
    private let moved: Set<String>

    init(_ use: EngineUse, _ connection: ConnectionFacts, _ evidence: Evidence) {
        self.use = use
        schedule = connection.settings.schedule
        disturbances = use.disturbances.sorted()
        changes = use.changes.sorted()
        documents = [
            evidence.rackbeat.products.count, evidence.rackbeat.orders.count, evidence.rackbeat.purchaseOrders.count,
            evidence.ongoing.articles.count, evidence.ongoing.orders.count, evidence.ongoing.purchaseOrders.count,
            evidence.rackbeat.adjustments.count, evidence.rackbeat.locations.count,
        ].max()!
        moved = Set(
            evidence.ongoing.orders.filter { $0.lines.contains { !$0.moved.isZero } }.map(\.number)
                + evidence.ongoing.purchaseOrders.filter { $0.lines.contains { !$0.moved.isZero } }.map(\.number))
    }

    /// How many records may be behind the tries of one request.
    func records(behind call: Exchanged) -> Int {
        // An article is sent for itself, and for orders that need it.
        if call.request.path.hasSuffix("/articles") { return 2 }
        guard let number = Self.numberAskedFor(call) else { return 1 }
        return moved.contains(number) ? 2 : 1
    }

    /// The number of the document that the warehouse is asked for, as is done before it is sent.
    static func numberAskedFor(_ call: Exchanged) -> String? {
        guard call.system == .ongoing, call.request.method == .get else { return nil }
        let query = Query(parsing: call.request.queryText ?? "")
        return query["orderNumber"] ?? query["purchaseOrderNumber"]
    }

    /// Whether somebody had both systems compared then.
    func isComparing(at time: Moment) -> Bool {
        use.work.contains { $0.kind == .comparison && $0.from <= time && time <= $0.until }
    }

    /// Whether anything happened in this time. What happens at its beginning is not what the call there was made for.
    func isDisturbed(_ from: Moment, _ until: Moment) -> Bool { Self.hasOne(in: disturbances, from, until) }

    /// The same, without faults.
    func isChanged(_ from: Moment, _ until: Moment) -> Bool { Self.hasOne(in: changes, from, until) }

    private static func hasOne(in moments: [Moment], _ from: Moment, _ until: Moment) -> Bool {
        let first = moments.partitioningIndex { $0 >= from }
        return first < moments.count && moments[first] <= until
    }

    /// How often any one job may run in this time.
    func runs(_ from: Moment, _ until: Moment) -> Int { runs(from, until) { $0 / fastest + 1 } }

    /// How many runs of jobs there may be.
    func runsOfJobs(_ from: Moment, _ until: Moment) -> Int {
        let jobs = Job.ofRound.count
        return runs(from, until) { elapsed in
            Job.ofRound.reduce(0) { $0 + elapsed / max(1, schedule[$1].milliseconds) + 1 } + 1
        } + use.work.count { $0.kind != .schedule && $0.until >= from && $0.from <= until } * (jobs - 1)
    }

    private var fastest: Int64 { max(1, Job.ofRound.map { schedule[$0].milliseconds }.min()!) }

    private func runs(_ from: Moment, _ until: Moment, _ ofSchedule: (Int64) -> Int64) -> Int {
        var runs = use.nudges.count { $0 >= from && $0 <= until }
        for work in use.work where work.until >= from && work.from <= until {
            switch work.kind {
            case .round, .comparison: runs += 1
            case .schedule:
                let (begun, ended) = (max(work.from, from), min(work.until, until))
                runs += Int(ofSchedule((ended - begun).milliseconds)) + nights(begun, ended)
            }
        }
        return runs
    }

    /// How often the schedule has both systems compared, which reads the lists once more. One that is due shortly before may still be
    /// under way.
    private func nights(_ from: Moment, _ until: Moment) -> Int {
        var nights = 0
        var last = from - .milliseconds(fastest)
        while let due = schedule.reconcileDue(after: last), due <= until {
            nights += 1
            last = due
        }
        return nights
    }

    /// How often it may be read while nothing happens.
    func reads(of target: ReadTarget, _ from: Moment, _ until: Moment) -> Int {
        switch target.kind {
        // Shelves are moved at any time: each job that decides by them asks.
        case .locations: (runsOfJobs(from, until) + 1) * (documents / 100 + 1)
        // A server that does not sort is read twice; where pages are cut by key, one more without a row ends the list. A run may have been
        // under way when the time began.
        case .list(let limit): (runs(from, until) + 1) * (documents / max(1, limit) + 1) * 2
        // What goods are due of is looked at in every run until it is booked or parked. The newest product and the newest purchase order
        // are in every list of changes, and their suppliers are read anew with each, since nothing shows that one was renamed.
        case .documentOfEveryRun: runs(from, until) * 2 + ReadTarget.fewest
        case .document: CallsAreFew.tries(within: until - from) * 3 + ReadTarget.fewest
        }
    }
}

/// What a GET reads, whatever moment or row it begins at.
struct ReadTarget {
    enum Kind {
        /// The shelves of a location.
        case locations
        /// With so many rows on a page.
        case list(limit: Int)
        /// An order or purchase order, or what belongs to it; a supplier.
        case documentOfEveryRun
        /// Anything else.
        case document
    }

    /// So many reads of anything are never too many.
    static let fewest = 6

    let name: String
    let kind: Kind

    init(_ call: Exchanged) {
        let query = Query(parsing: call.request.queryText ?? "")
        let isStart: (String) -> Bool = { $0.hasSuffix("From") || $0 == "from" || $0.hasSuffix("_from") || $0 == "page" }
        let parameters = query.parameters.map { isStart($0.name) ? $0.name : "\($0.name)=\($0.value)" }.sorted()
        name = "\(call.system) \(call.request.path)?\(parameters.joined(separator: "&"))"
        let limits = ["limit", "maxOrdersToGet", "maxPurchaseOrdersToGet", "maxArticlesToGet"].compactMap { query[$0] }
        let segments = call.request.path.split(separator: "/")
        let isNested = segments.contains { $0.allSatisfy(\.isNumber) } || query["search"] != nil
        if segments.last == "flat" {
            kind = .locations
        } else if let limit = limits.first.flatMap({ Int($0) }), !isNested {
            kind = .list(limit: limit)
        } else if query.parameters.contains(where: { $0.name == "from" }), !isNested {
            kind = .list(limit: 1000)
        } else if segments.contains(where: { $0.lowercased().contains("orders") || $0 == "suppliers" }) {
            kind = .documentOfEveryRun
        } else {
            kind = .document
        }
    }
}
