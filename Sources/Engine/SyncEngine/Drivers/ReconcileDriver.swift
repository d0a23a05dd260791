import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// A document that a list of the warehouse has shown.
enum ObservedDocument {
    case order(WarehouseOrder)
    case purchaseOrder(WarehousePurchaseOrder)
}

/// Compares everything open in both systems with the journal.
///
/// Changes are a hint. What no list of changes shows (a document deleted in Rackbeat, cancelled, renumbered or edited in the
/// warehouse, or lost by the journal) is found here, and goes the way of every other decision: through ``SyncCore/DocumentPush``.
/// Nothing is asked about a document that both sides show alike.
struct ReconcileDriver: Driver {
    let context: JobContext
    let records: RecordKeeper
    let pushes: PushDriver
    let bookings: BookingDriver
    let stock: StockDriver
    let catalogue: CatalogueDriver
    /// What was parked while this comparison was made and could not be completed: made again, it would only be refused again.
    private let parkedMeanwhile = ParkedMeanwhile()

    private final class ParkedMeanwhile {
        var records: Set<RecordRef> = []
    }

    init(
        context: JobContext, records: RecordKeeper, pushes: PushDriver, bookings: BookingDriver, stock: StockDriver,
        catalogue: CatalogueDriver
    ) {
        self.context = context
        self.records = records
        self.pushes = pushes
        self.bookings = bookings
        self.stock = stock
        self.catalogue = catalogue
    }

    func run() throws {
        let began = clock.now()
        var cursor = try journal.cursor(.reconcile)
        // Begun and not ended: after a crash it begins again, and a restart does not wait for the next night.
        cursor.sweptAt = began
        try journal.set(cursor, .reconcile)
        let statuses = try checkStatuses()
        try journal.forgetSightings()
        let since = ClockWatch.dated(cursor.moment, at: began, farReach: farReach).map { $0 - settings.schedule.overlap }
        let (_, asOf) = try ongoing.dated {
            try see(pushes.orderSource, since, statuses.orders)
            try see(pushes.purchaseSource, since, statuses.purchaseOrders)
        }
        try compare(pushes.orderSource)
        try compare(pushes.purchaseSource)
        try catalogue.compare()
        try journal.forgetSightings()
        try bookings.lookForLaterCopies()
        try stock.lookForLaterCopies()
        pushes.surveyed = []
        // Never later than our own time: a warehouse whose clock was fast for one night would hide what changes until then.
        cursor.moment = min(asOf ?? began, began)
        cursor.begunAt = began
        try journal.set(cursor, .reconcile)
        parkedMeanwhile.records = []
    }

    /// Reads the warehouse's lists.
    ///
    /// - Parameter statuses: Those of its catalogue; empty when it has none.
    private func see<Document>(_ source: PushSource<Document>, _ since: Moment?, _ statuses: Set<Int>) throws {
        let kind = source.calls.job.recordKind
        var reported: Set<String> = []
        pushes.surveyed.insert(kind)
        try source.seen(since) { page in
            tally.read += page.count
            try journal.note(page, kind)
            guard !statuses.isEmpty else { return }
            for seen in page where !statuses.contains(seen.statusNumber) {
                guard let record = try journal.pushed(kind, warehouseID: seen.document.id) else { continue }
                let subject = "status of \(record.document)"
                reported.insert(subject)
                pushes.disagreed(.statusUnknown, record.document)
                try records.attempt(.reconcile, subject, record: record.document) {
                    throw RecordFailure(
                        reason:
                            "\(record.document) stands at status \(seen.document.status), which the warehouse's catalogue does not have.",
                        effect: "Whether it counts as shipped, completed or cancelled is not known.",
                        remedy: "Ask the warehouse what the status means, and set the statuses of the connection.")
                }
            }
        }
        try unpark(exceptFor: reported) { $0.hasPrefix("status of \(kind.noun) ") }
    }

    private func compare<Document>(_ source: PushSource<Document>) throws {
        let kind = source.calls.job.recordKind
        var number = 1
        while true {
            let page = try source.openPage(number)
            var open: [String] = []
            for document in page.rows.compactMap(\.value) {
                tally.read += 1
                let document = try source.map(document)
                // Never trust a filter.
                guard document.isOpen else { continue }
                open.append(document.number)
                try compare(document, source)
            }
            try journal.noteOpen(open, kind)
            if page.isLast { break }
            number += 1
        }
        try compareUnlisted(source)
        let deleted = try compareUnknown(source)
        try report(deleted, source.calls)
        tally.foreign += try journal.foreignDocuments(kind)
    }

    /// Compares one document that Rackbeat calls open.
    private func compare<Document>(_ document: MappedDocument, _ source: PushSource<Document>) throws {
        let (calls, job, number) = (source.calls, source.calls.job, document.number)
        guard try !isLeftAlone(job, number, document.fingerprint) else { return }
        try records.attempt(job, number, fingerprint: document.fingerprint) {
            guard let record = try journal.pushed(calls.document(number)) else {
                let elsewhere = try journal.seen(job.recordKind, ownersNumber: number).first { $0.number != number }
                return try pushes.decide(document, calls, heldUnder: elsewhere?.number)
            }
            try pushes.decide(document, calls, sighting: try sighting(of: record, calls))
        }
    }

    /// Looks up in Rackbeat what the warehouse may hold and Rackbeat does not call open: it is done, given up, or deleted.
    private func compareUnlisted<Document>(_ source: PushSource<Document>) throws {
        let (calls, job) = (source.calls, source.calls.job)
        var missing: [String] = []
        var last = ""
        while true {
            let page = try journal.unlisted(job.recordKind, after: last, limit: 200)
            guard let end = page.last else { break }
            last = end.document.number
            for record in page {
                let number = record.document.number
                guard try !isBookedInFull(record) || records.parkedRecord(job, number) != nil else {
                    try journal.isDone(record.document)
                    continue
                }
                guard try !isLeftAlone(job, number, nil) else { continue }
                switch try pushes.turn(to: number, source, missing: .leave, sighting: { try sighting(of: record, calls) }) {
                case .done: if try records.parkedRecord(job, number) == nil { try journal.isDone(record.document) }
                case .missing: missing.append(number)
                case .open, .failed: break
                }
            }
        }
        try dealWithMissing(missing, source)
    }

    /// Takes what Rackbeat did not find for deleted, or parks all of it at once when that cannot be believed.
    private func dealWithMissing<Document>(_ numbers: [String], _ source: PushSource<Document>) throws {
        let missing = try pushes.missingRecords(numbers, source)
        guard try records.mayBeTakenForDeleted(missing) else { return pushes.disagreed(.deleted, missing.first!) }
        // One bad answer must not cancel anything: each is looked for once more.
        if !numbers.isEmpty { try clock.wait(for: JobContext.lookupPauses[0]) }
        for number in numbers {
            guard let record = try journal.pushed(source.calls.document(number)) else { continue }
            try pushes.turn(to: number, source, missing: .isDeleted) { try sighting(of: record, source.calls) }
        }
        try records.wereDealtWith(missing)
    }

    /// What is tried again later has its time, and what a person dismissed is as they left it.
    private func isLeftAlone(_ job: Job, _ number: String, _ fingerprint: Fingerprint?) throws -> Bool {
        guard let parked = try records.parkedRecord(job, number) else { return false }
        if let retryAt = parked.retryAt { return retryAt > clock.now() }
        let record = RecordRef(job.recordKind, number)
        // Noted when it is tried: whatever comes of it, once is enough until the comparison is complete.
        guard parkedMeanwhile.records.insert(record).inserted else { return true }
        return parked.isDismissed && (fingerprint == nil || parked.fingerprint == fingerprint)
    }

    private func isBookedInFull(_ record: PushRecord) throws -> Bool {
        guard case .held = record.state else { return false }
        let booked = try journal.bookedInAll(record.document.kind, number: record.document.number)
        guard !booked.isEmpty else { return false }
        return try journal.pushedLines(record.document).allSatisfy { booked[$0.row] ?? .zero >= $0.quantity }
    }

    /// What the warehouse shows of a document otherwise than the journal says; `nil` when they agree.
    private func sighting(of record: PushRecord, _ calls: PushCalls) throws -> Sighting? {
        guard let id = record.warehouseID else { return nil }
        let push = try pushes.push(of: record.document)
        let recorded = try journal.pushedLines(record.document)
        let movedAway = try journal.seenMovedAway(from: id)
        func discrepancy(_ shown: WarehouseDocument?, _ movedAway: [MovedLine]) -> DiscrepancyKind? {
            push.discrepancy(shown, movedAway: movedAway, recorded: recorded)
        }
        var shown = try journal.seen(record.document.kind, id)
        guard var found = discrepancy(shown, movedAway) else { return nil }
        if found == .vanished {
            // Most likely it is done, and changed its status long ago.
            shown = try calls.read(id)
            guard let now = discrepancy(shown, movedAway) else { return nil }
            found = now
        }
        return try pushes.sighting(of: record.document, id, calls) { movedAway in
            found != .edited || discrepancy(shown, movedAway) != nil
        }
    }

    /// Turns to what the warehouse works on, the journal does not know, and Rackbeat does not call open: sent after this copy of the
    /// journal was made, or by another engine, and given up before anybody looked.
    ///
    /// - Returns: What Rackbeat does not find.
    private func compareUnknown<Document>(_ source: PushSource<Document>) throws -> [WarehouseDocument] {
        let (calls, job) = (source.calls, source.calls.job)
        var missing: [WarehouseDocument] = []
        var last = 0
        while true {
            let page = try journal.unknownDocuments(job.recordKind, after: last, limit: 200)
            guard let end = page.last else { break }
            last = end.id.value
            // What has no number such as Rackbeat gives came from elsewhere.
            for shown in page where Int(shown.origin) != nil {
                let document = calls.document(shown.origin)
                guard try !journal.isNotedOpen(document), try !pushes.push(of: document).state.mayBeHeld,
                    try !isLeftAlone(job, document.number, nil)
                else { continue }
                let look = try pushes.turn(to: document.number, source, missing: .leave, unknown: shown)
                if look == .missing { missing.append(shown) }
            }
        }
        guard !missing.isEmpty else { return [] }
        let newest = try rackbeat.newestNumber(in: job.recordKind == .order ? .orders : .purchaseOrders)
        return missing.filter { $0.mayHaveComeFromDeleted(newest: newest) }
    }

    /// Parks what a person has to cancel in the warehouse.
    private func report(_ deleted: [WarehouseDocument], _ calls: PushCalls) throws {
        var reported: Set<String> = []
        for shown in deleted {
            let subject = "\(calls.job.recordKind.noun) \(shown.number)"
            let document = calls.document(shown.origin)
            reported.insert(subject)
            pushes.disagreed(.unknownDocument, document)
            try records.attempt(.reconcile, subject, record: document) {
                throw RecordFailure(
                    reason:
                        "\(subject) in the warehouse bears a number that Rackbeat has given. Rackbeat has no \(document), and "
                        + "this journal did not send it.",
                    effect: "The warehouse works on \(shown.number), which stands at status \(shown.status).",
                    remedy: "If \(document) was deleted in Rackbeat, cancel \(shown.number) in the warehouse. If another system "
                        + "sent it, dismiss this.")
            }
        }
        for copy in try journal.secondCopies(calls.job.recordKind) {
            let subject = "\(calls.job.recordKind.noun) \(copy.number)"
            reported.insert(subject)
            pushes.disagreed(.secondCopy, copy.of)
            try records.attempt(.reconcile, subject, record: copy.of) {
                throw RecordFailure(
                    reason: "\(subject) in the warehouse came from \(copy.of) as well.",
                    effect: "The warehouse holds \(copy.of) twice, as \(copy.beside) and as \(copy.number), and may ship both.",
                    remedy: "Cancel \(copy.number) in the warehouse.")
            }
        }
        try unpark(exceptFor: reported) { $0.hasPrefix("\(calls.job.recordKind.noun) ") }
    }

    /// Takes off the list what was parked by an earlier run and is no longer so.
    private func unpark(exceptFor found: Set<String>, _ isConcerned: (String) -> Bool) throws {
        for subject in try journal.parkedSubjects(.reconcile).sorted() where isConcerned(subject) && !found.contains(subject) {
            try records.attempt(.reconcile, subject) {}
        }
    }

    // MARK: Statuses

    /// Whether the warehouse has the statuses that the settings name: where it has not, nothing would ever count as shipped,
    /// completed or cancelled, and nobody would know.
    @discardableResult
    func checkStatuses() throws -> (orders: Set<Int>, purchaseOrders: Set<Int>) {
        let orders: Set<Int>
        let purchaseOrders: Set<Int>
        do {
            orders = Set(try ongoing.orderStatuses().map(\.number))
            purchaseOrders = Set(try ongoing.purchaseOrderStatuses().map(\.number))
        } catch let error as ExchangeError {
            // An account without the catalogue is not worse off for it.
            guard case .refused = error.reason else { throw error }
            return ([], [])
        }
        var problems: [String] = []
        func check(_ setting: String, _ status: Int, _ catalogue: Set<Int>, _ what: String) {
            guard !catalogue.isEmpty, !catalogue.contains(status) else { return }
            problems.append("\(setting) is \(status), and its \(what) have no such status")
        }
        if !orders.isEmpty, !orders.contains(where: { (settings.shippedStatusFrom...settings.shippedStatusTo).contains($0) }) {
            problems.append(
                "shipped-status-from and shipped-status-to are \(settings.shippedStatusFrom) and \(settings.shippedStatusTo), and its "
                    + "orders have no status between them")
        }
        check("cancelled-order-status", settings.cancelledOrderStatus, orders, "orders")
        for status in settings.completedStatuses.sorted() {
            check("completed-statuses", status, purchaseOrders, "purchase orders")
        }
        check("cancelled-purchase-status", settings.cancelledPurchaseStatus, purchaseOrders, "purchase orders")
        let isParked = try journal.parkedSubjects(.reconcile).contains(Self.statuses)
        guard !problems.isEmpty || isParked else { return (orders, purchaseOrders) }
        try records.attempt(.reconcile, Self.statuses) {
            guard !problems.isEmpty else { return }
            throw RecordFailure(
                reason: "The settings name statuses that the warehouse does not have: \(problems.joined(separator: "; ")).",
                effect: "What stands at another status is not booked, or not seen as cancelled.",
                remedy: "Set statuses of the warehouse's catalogue, and start again.")
        }
        return (orders, purchaseOrders)
    }

    /// The subject under which statuses are parked.
    private static let statuses = "statuses"
}

extension PushDriver {
    /// Notes what a list of changes shows otherwise than the journal says.
    func observe(_ shown: WarehouseDocument, _ kind: RecordRef.Kind) throws {
        guard let record = try journal.pushed(kind, warehouseID: shown.id), !observed.contains(record.document) else { return }
        // Lines are compared by the nightly comparison: the list does not show what moved to back orders.
        switch try push(of: record.document).discrepancy(shown, movedAway: [], recorded: shown.lines) {
        case .cancelled, .renumbered, .revived: observed.append(record.document)
        default: break
        }
    }

    /// Turns to what the lists of changes have shown.
    func lookAtObserved<Document>(_ source: PushSource<Document>) throws {
        let kind = source.calls.job.recordKind
        let documents = observed.filter { $0.kind == kind }
        observed.removeAll { $0.kind == kind }
        for document in documents {
            guard let id = try journal.pushed(document)?.warehouseID else { continue }
            try turn(to: document.number, source) { try sighting(of: document, id, source.calls) }
        }
    }

    /// What is to be known to look at both sides of a document; `nil` for one that the warehouse does not hold by our records.
    func sighting(ofHeld document: RecordRef, _ calls: PushCalls) throws -> Sighting? {
        guard let record = try journal.pushed(document), case .held = record.state, let id = record.warehouseID else {
            return nil
        }
        return try sighting(of: document, id, calls)
    }

    /// - Parameter isSo: Whether there still is something to look at, once it is known what moved to back orders.
    func sighting(
        of document: RecordRef, _ id: WarehouseID, _ calls: PushCalls, isSo: ([MovedLine]) -> Bool = { _ in true }
    ) throws -> Sighting? {
        let movedAway = try calls.movedAway(id)
        guard isSo(movedAway) else { return nil }
        return Sighting(
            movedAway: movedAway, isBooked: try !journal.bookedInAll(document.kind, number: document.number).isEmpty)
    }
}

extension Worker {
    /// When the comparison of both systems is due; `nil`: never.
    ///
    /// A night is neither skipped nor repeated by a restart: it counts from the last comparison that came to its end. One that was
    /// begun and did not is due at once. Before the first one it counts from the first run of a job, since an engine that runs by day
    /// alone would see no night at all.
    func reconcileDue(at now: Moment) throws -> Moment? {
        guard settings.schedule.reconcile != nil else { return nil }
        let cursor = try journal.cursor(.reconcile)
        if let begun = cursor.sweptAt, cursor.begunAt.map({ $0 < begun }) ?? true { return now }
        return settings.schedule.reconcileDue(after: min(cursor.begunAt ?? now, now))
    }
}
