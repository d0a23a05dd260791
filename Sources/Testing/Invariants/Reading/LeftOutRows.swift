import Exchange
import HTTPTypes
import JSON
import SyncCore
import Units

/// The rows that lists of changes left out although the server had them, with the times of the readings: those that the next reading
/// does not look back to.
struct LeftOutRows {
    private struct Row: Hashable {
        let connection: String
        let job: Job
        let record: RecordRef
    }

    private var times: [Row: [Moment]] = [:]

    init(_ evidence: Evidence) {
        for exchange in evidence.exchanges where exchange.fault != nil && exchange.request.method == .get {
            // A list of one document's number shows no changes.
            guard let job = Self.job(reading: exchange),
                let connection = evidence.connections.first(where: { $0.name == exchange.connection }),
                let left = Self.passedBy(exchange, job, overlap: connection.settings.schedule.overlap),
                evidence.identity.recordsAsked(by: exchange).isEmpty
            else { continue }
            for record in evidence.identity.records(in: left, of: exchange.system) where record.kind == job.recordKind {
                times[Row(connection: connection.name, job: job, record: record), default: []].append(exchange.startedAt)
            }
        }
    }

    /// When lists that the job reads left out the record.
    func times(_ record: RecordRef, _ job: Job, of connection: String) -> [Moment] {
        times[Row(connection: connection, job: job, record: record)] ?? []
    }

    /// The job that looks for changes in the list.
    private static func job(reading exchange: Exchanged) -> Job? {
        switch (exchange.system, exchange.request.path.split(separator: "/").last) {
        case (.rackbeat, "products"): .products
        case (.rackbeat, "orders"): .orders
        case (.rackbeat, "purchase-orders"): .purchaseOrders
        case (.ongoing, "orders"): .shipments
        case (.ongoing, "purchaseOrders"): .receipts
        case (.ongoing, "inventoryAdjustments"): .stock
        default: nil
        }
    }

    /// The same list with the rows that were served and not shown, and that are older by more than the overlap than what the next reading
    /// begins from; `nil` where anything else was shown than some of what was served.
    private static func passedBy(_ exchange: Exchanged, _ job: Job, overlap: Duration) -> JSON? {
        guard case .response(let shown) = exchange.outcome, let served = exchange.served, served.isSuccess, shown.isSuccess,
            served.body.count > shown.body.count, let all = List(served), let some = List(shown)
        else { return nil }
        let known = Set(some.rows)
        guard known.isSubset(of: all.rows) else { return nil }
        let left = all.rows.filter { !known.contains($0) }
        guard let member = member(dating: job) else { return all.with(left) }
        func date(_ row: JSON) -> Moment? { row[member]?.string.flatMap { Moment(iso: $0, zone: .utc) } }
        guard let newest = some.rows.compactMap(date).max() else { return nil }
        return all.with(left.filter { row in date(row).map { $0 < newest - overlap } ?? true })
    }

    /// The member of a row with the time that the next reading begins from; `nil` where it is the time of the response.
    private static func member(dating job: Job) -> String? {
        switch job {
        case .products, .orders, .purchaseOrders: "updated_at"
        case .stock: "inventoryTime"
        case .shipments, .receipts, .reconcile: nil
        }
    }

    /// A list at the top of a body, or the first one in its envelope.
    private struct List {
        let name: String?
        let rows: [JSON]

        init?(_ response: Response) {
            switch try? JSON.parse(response.body) {
            case .array(let rows): (name, self.rows) = (nil, rows)
            case .object(let envelope):
                guard let member = envelope.first(where: { $0.value.array != nil }), let rows = member.value.array else {
                    return nil
                }
                (name, self.rows) = (member.name, rows)
            default: return nil
            }
        }

        func with(_ rows: [JSON]) -> JSON {
            name.map { .object(JSONObject([JSONObject.Member(name: $0, value: .array(rows))])) } ?? .array(rows)
        }
    }
}

extension Evidence {
    /// Whether a list left out the record at a time when its change was older than the overlap, and no night has passed since.
    ///
    /// A reading of changes looks back by the overlap. What is left out later than that, while something newer shows, is in no reading
    /// before the comparison of the next night.
    func isShownLate(_ record: RecordRef, to job: Job, of connection: ConnectionFacts, changed: Moment) -> Bool {
        writeIndex.leftOut(in: self).times(record, job, of: connection.name).contains {
            changed < $0 - connection.settings.schedule.overlap && isYoung(since: $0)
        }
    }

    /// The same of what people did with it in the warehouse.
    func isShownLate(_ record: RecordRef, to job: Job, of connection: ConnectionFacts) -> Bool {
        guard !writeIndex.leftOut(in: self).times(record, job, of: connection.name).isEmpty else { return false }
        let latest = actionLog.entries.last { entry in
            entry.action.job == job
                && entry.action.subjects.contains { number in
                    switch record.kind {
                    case .order: identity.order(inWarehouse: number) == record
                    case .purchaseOrder: identity.purchaseOrder(inWarehouse: number) == record
                    default: withoutEdges(number) == withoutEdges(record.number)
                    }
                }
        }
        return latest.map { isShownLate(record, to: job, of: connection, changed: $0.time) } ?? false
    }
}
