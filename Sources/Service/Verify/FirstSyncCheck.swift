import Exchange
import SyncCore
import SyncEngine
import Trade
import Units

/// What the first round would meet and take, as the engine itself says: a dry run, gathered by what is the matter.
struct FirstSyncCheck {
    private(set) var data: [ReadinessFinding] = []
    private(set) var firstRun: ReadinessFinding

    /// - Parameters:
    ///   - isFirst: Whether there is no journal yet, so that the warehouse holds nothing of ours.
    ///   - reads: The calls that it took to find out, by system.
    init(
        _ run: DryRun, of connection: String, _ stock: DriftReport.Section?, isFirst: Bool, reads: [System: Int],
        limits: [System: (calls: Int, window: Int)]
    ) {
        let writes = run.writes.filter { $0.connection == connection }
        func count(_ job: Job) -> Int { writes.count { $0.job == job && [.create, .change].contains($0.action) } }
        var kinds: [ReadinessFinding.Kind] = [
            .wouldBePut(articles: count(.products), orders: count(.orders), purchaseOrders: count(.purchaseOrders))
        ]
        if isFirst {
            for (job, kind) in [(Job.orders, ReadinessFinding.DocumentKind.order), (.purchaseOrders, .purchaseOrder)] {
                let held = writes.filter { $0.job == job && $0.action == .change }.map(\.subject)
                if !held.isEmpty { kinds.append(.heldWithOtherContent(kind, .init(held))) }
            }
        }
        var parked = Gathered<Parked>()
        for record in run.parked where record.connection == connection {
            parked.add(
                Parked(job: record.job, reason: Self.general(record.reason), remedy: record.remedy), record.record.number)
        }
        kinds += parked.all.map { .wouldBeParked($0.job, reason: $0.reason, remedy: $0.remedy, $1) }
        var mapped = Gathered<Mapped>()
        for found in run.findings where found.connection == connection {
            mapped.add(
                Mapped(job: found.job, field: found.finding.field, problem: found.finding.withoutQuotes.problem), found.subject)
        }
        kinds += mapped.all.map { .mapped($0.job, field: $0.field, problem: $0.problem, $1) }
        for outcome in run.outcomes where outcome.connection == connection && outcome.ending != .done {
            kinds.append(.jobNotTold(outcome.job, summary: outcome.summary))
        }
        data = kinds.map { ReadinessFinding(.data, connection, $0) }
        var figures = FirstRun()
        figures.articles = count(.products)
        figures.orders = count(.orders)
        figures.purchaseOrders = count(.purchaseOrders)
        figures.reads = System.allCases.reduce(0) { $0 + (reads[$1] ?? 0) }
        figures.writes = writes.count
        for system in System.allCases {
            let calls = (reads[system] ?? 0) + writes.count { $0.system == system }
            figures.duration += Self.time(calls, limits[system] ?? (0, 60))
        }
        firstRun = ReadinessFinding(.firstRun, connection, .firstRun(figures))
    }

    /// A third of a second for each call, or what the rate limit makes of it.
    private static func time(_ calls: Int, _ limit: (calls: Int, window: Int)) -> Duration {
        let byCalls = Duration.milliseconds(333 * calls)
        guard limit.calls > 0 else { return byCalls }
        return max(byCalls, .seconds(limit.window * (max(0, calls - 1) / max(1, limit.calls * 11 / 12))))
    }

    /// The same for records that differ in what is quoted, so that they can be counted together.
    private static func general(_ reason: String) -> String {
        MappingFinding(field: "", problem: reason).withoutQuotes.problem
    }

    private struct Parked: Hashable {
        let job: Job
        let reason: String
        let remedy: String
    }

    private struct Mapped: Hashable {
        let job: Job
        let field: String
        let problem: String
    }
}

/// Records by what is the matter with them, in the order in which each was first met.
private struct Gathered<Key: Hashable> {
    private(set) var all: [(Key, ReadinessFinding.Records)] = []
    private var indices: [Key: Int] = [:]

    mutating func add(_ key: Key, _ record: String) {
        if let index = indices[key] {
            all[index].1.add(record)
        } else {
            indices[key] = all.count
            all.append((key, .init([record])))
        }
    }
}

extension ReadinessFinding {
    /// Whether stock sync may be switched on.
    static func stock(_ section: DriftReport.Section) -> ReadinessFinding {
        let unexplained = section.rows.filter { !$0.unexplained.isZero }.map { "\($0.item) (\($0.unexplained.signed))" }
        let kind: Kind =
            if !unexplained.isEmpty {
                .stockDiffers(items: section.items, .init(unexplained))
            } else if !section.rows.isEmpty {
                .stockUnderWay(items: section.items, .init(section.rows.map(\.item)))
            } else {
                .stockEqual(items: section.items)
            }
        return ReadinessFinding(.stock, section.connection, kind)
    }
}
