import ClientKit
import Exchange
import RackbeatClient
import SyncCore
import Trade
import Units

/// A record of Rackbeat as far as reading changes is concerned.
protocol Changing {
    var updatedAt: Moment { get }
    /// What tells it from others of its kind.
    var key: String { get }
}

extension Product: Changing { var key: String { number.text } }
extension SalesOrder: Changing { var key: String { number.text } }
extension PurchaseOrder: Changing { var key: String { number.text } }

/// A row of which nothing can be made.
struct UnreadableRow {
    var problem: String
    /// Whether only the answer was spoilt that has the rest of it.
    var mayPass: Bool
    var updatedAt: Moment?
}

/// What a scan read.
struct Scanned<Value: Changing> {
    /// Oldest change first, each record once.
    var values: [Value]
    var unreadable: [(key: String, row: UnreadableRow)]
    /// The newest change that was seen.
    var newest: Moment?

    /// When each record changed, by its own date.
    var dates: [(key: String, date: Moment)] {
        values.map { ($0.key, $0.updatedAt) } + unreadable.compactMap { key, row in row.updatedAt.map { (key, $0) } }
    }
}

/// Reads what changed in Rackbeat since a job's cursor.
struct Scanner: Driver {
    let context: JobContext
    let records: RecordKeeper

    /// Reads what changed since the cursor, deals with it, and only then moves the cursor.
    func scan<Value: Changing>(
        _ job: Job, page: (Moment?, Int) throws -> RackbeatClient.Page<Value>, dealWith: (Value) throws -> Void
    ) throws {
        let now = clock.now()
        var cursor = try journal.cursor(job)
        let isSweep = isSweepDue(cursor, at: now)
        let requests = context.sweepRequests[job]
        // A change that became visible late, behind the overlap, is found by the sweep.
        func scan(reach: Duration) throws -> Scanned<Value> {
            try read(from: cursor.moment.map { rackbeat.earliestReading(of: $0 - reach) }, page: page)
        }
        var (scanned, ahead) = try rackbeat.watchingClock { try scan(reach: isSweep ? farReach : settings.schedule.overlap) }
        let watch = clockWatch(cursor, ahead)
        if watch.standsInTheFuture(cursor.moment, at: now), !watch.wasSetBack {
            scanned = try read(from: nil, page: page)
        } else if watch.wasSetBack, !isSweep {
            listener(.reached(connection: name, .clockSetBack))
            scanned = try scan(reach: farReach)
        }
        tally.read += scanned.values.count + scanned.unreadable.count
        for (key, row) in scanned.unreadable {
            try records.attempt(job, key) {
                let failure = RecordFailure(
                    reason: "Rackbeat's \(job.rawValue) record \(key) cannot be read: \(row.problem).",
                    effect: "Nothing was sent to the warehouse for it.",
                    remedy: row.mayPass ? "It is tried again automatically." : "Correct the record in Rackbeat.")
                if row.mayPass { throw TransientFailure(failure: failure) }
                throw failure
            }
        }
        for value in scanned.values { try dealWith(value) }
        try records.setDatedInTheFuture(
            scanned.dates.filter { watch.isInTheFuture($0.date, at: clock.now()) }.map { ($0.key, $0.date) }, job, by: .rackbeat)
        cursor.moment = watch.moved(cursor.moment, to: scanned.newest, began: now)
        cursor.clockAhead = watch.noted
        if isSweep {
            if cursor.sweptAt != nil { listener(.reached(connection: name, .sweepMade)) }
            // What was asked for meanwhile concerns documents that this sweep may have dealt with before.
            cursor.sweptAt = context.sweepRequests[job] == requests ? now : nil
        } else {
            // What was dealt with may have asked for everything to be read again.
            cursor.sweptAt = try journal.cursor(job).sweptAt
        }
        try journal.set(cursor, job)
    }

    /// Reads every page, newest change first.
    ///
    /// Pages are cut by offset. Newest first, a row that changes meanwhile moves to the front and pushes others down: they are
    /// seen twice, never missed, and the row itself is newer than the cursor will be. Only rows that go away pull others up, over
    /// the edge of a page; then the total falls, and the scan starts again. A server that does not sort shows it in the rows, and
    /// is read twice.
    private func read<Value: Changing>(
        from: Moment?, page: (Moment?, Int) throws -> RackbeatClient.Page<Value>
    ) throws -> Scanned<Value> {
        var collection = Collection<Value>()
        for _ in 0..<Self.mostScans {
            let pass = try readOnce(from: from, page: page, into: &collection)
            switch pass {
            case .whole where collection.isSorted || collection.passes > 1: return collection.scanned
            case .whole: continue
            case .rowsWent: listener(.reached(connection: name, .scanBegunAnew))
            }
        }
        throw RecordFailure(
            reason: "Rackbeat's list changed under every one of \(Self.mostScans) readings.",
            effect: "Nothing is lost: the next run reads from the same place.", remedy: "None is needed unless it stays so.")
    }

    private static var mostScans: Int { 8 }

    private enum Pass { case whole, rowsWent }

    private struct Collection<Value: Changing> {
        var newestByKey: [String: Value] = [:]
        var unreadable: [String: UnreadableRow] = [:]
        var newest: Moment?
        var isSorted = true
        var passes = 0

        var scanned: Scanned<Value> {
            Scanned(
                values: newestByKey.values.sorted { ($0.updatedAt, $0.key.count, $0.key) < ($1.updatedAt, $1.key.count, $1.key) },
                unreadable: unreadable.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, newest: newest)
        }
    }

    private func readOnce<Value: Changing>(
        from: Moment?, page fetch: (Moment?, Int) throws -> RackbeatClient.Page<Value>, into collection: inout Collection<Value>
    ) throws -> Pass {
        var total: Int?
        var previous: Moment?
        var number = 1
        while true {
            let page = try fetch(from, number)
            if let before = total, let now = page.total, now < before { return .rowsWent }
            total = page.total ?? total
            for row in page.rows {
                switch row {
                case .value(let value):
                    if let previous, value.updatedAt > previous { collection.isSorted = false }
                    previous = value.updatedAt
                    collection.newest = max(collection.newest ?? value.updatedAt, value.updatedAt)
                    // Never trust a filter: what is older than was asked for is not ours to deal with.
                    if let from, value.updatedAt < from { continue }
                    if collection.newestByKey[value.key].map({ $0.updatedAt > value.updatedAt }) ?? false { continue }
                    collection.newestByKey[value.key] = value
                case .unreadable(let key, let updatedAt, let problem, let mayPass):
                    if let updatedAt { collection.newest = max(collection.newest ?? updatedAt, updatedAt) }
                    collection.unreadable[key ?? "without a number"] = UnreadableRow(
                        problem: problem, mayPass: mayPass && key != nil, updatedAt: updatedAt)
                }
            }
            if page.isLast { break }
            number += 1
        }
        collection.passes += 1
        return .whole
    }
}
