import Exchange
import RackbeatClient
import SyncCore
import Trade
import Units

/// Books in Rackbeat what the warehouse did: shipments of what was picked, receipts of what was received.
final class BookingDriver: Driver {
    let context: JobContext
    let records: RecordKeeper
    let facts: ProductFacts
    /// The kinds of document of which nothing is being booked, so that the journal need not be asked.
    var idle: Set<RecordRef.Kind> = []
    /// Whether this process has looked at the receipts that an earlier one had booked and perhaps not reported.
    var hasLookedAtEarlierReceipts = false
    /// The cancelled back orders whose orders were looked at, as they were then.
    var splitsSeen: [WarehouseID: Fingerprint] = [:]
    /// The orders that back orders complete, where the journal knows them by another back order only.
    var roots: [WarehouseID: RecordRef?] = [:]
    /// Told of every document that the lists show: what happened to it there may concern whoever sent it.
    var observe: (ObservedDocument) throws -> Void = { _ in }

    init(_ context: JobContext, records: RecordKeeper, facts: ProductFacts) {
        self.context = context
        self.records = records
        self.facts = facts
    }

    /// Books what the warehouse did and we have not booked yet: done minus booked, line by line.
    func dealWith(_ progress: Progress, with calls: BookingCalls, report: (WarehouseID, Quantity) throws -> Void) throws {
        guard let erp = try erpDocument(of: progress) else {
            tally.foreign += 1
            return
        }
        guard try !records.isSettled(calls.job, progress.number, progress.fingerprint) || isAnswered(progress, erp, calls) else {
            if try records.parkedRecord(calls.job, progress.number)?.wellSince != nil {
                try journal.seemsWell(since: nil, calls.job, subject: progress.number)
            }
            return
        }
        // An intent of this order with an unknown outcome decides first: its lines may be booked already. It is about what had been
        // moved when it was begun. When it ends parked, what has been moved by now is another matter, for the next run.
        for intent in try openIntents(calls.kind) where intent.warehouseID == progress.id {
            try resume(intent, with: calls)
            // Given up, and it is parked now.
            guard try !records.isSettled(calls.job, progress.number, intent.fingerprint) else { return }
        }
        let bookedBefore = tally.booked
        try records.attempt(
            calls.job, progress.number, record: calls.record(erp.number), fingerprint: progress.fingerprint,
            waitsFor: calls.record(erp.number),
            settles: try tally.booked > bookedBefore || needsNobody(calls.job, progress.number)
        ) {
            if let open = try openIntents(calls.kind).first(where: { $0.number == erp.number }) {
                guard !records.isPlanned(calls.job, open.warehouseNumber) else { throw EndOfPlan() }
                throw Self.notKnownYet(erp.number, calls)
            }
            let progress = rowsRestored(progress, erp)
            var delivery = try delivery(of: progress, erp, calls)
            var wanted = try delivery.toBook.map(wantedLine)
            var isPlanned = false
            if !wanted.isEmpty {
                guard var there = try documents(of: erp.number, calls) else {
                    throw DocumentBooking.orderIsGone("\(calls.noun) \(erp.number)", mayBeBooked: false)
                }
                // A draft that a second delivery made holds on to what is open. What it booked counts as booked from here on.
                if try dealWithLaterCopies(in: there, of: erp.number, calls) { there = try calls.list(erp.number) }
                repeat {
                    delivery = try self.delivery(of: progress, erp, calls)
                    wanted = try delivery.toBook.map(wantedLine)
                } while try adoptWhatIsBooked(there, beside: wanted, progress, erp, calls)
                if !wanted.isEmpty { try waitForDraft(there, progress, calls) }
                isPlanned = !wanted.isEmpty && isNoted(.book(calls.record(erp.number), wanted, draft: nil))
                guard try wanted.isEmpty || isPlanned || book(wanted, beside: there, progress, erp, with: calls) else {
                    // What else there is to say about it, and what is moved meanwhile, comes when the outcome is known.
                    throw Self.notKnownYet(erp.number, calls)
                }
            }
            if settings.marksReported { try self.report(progress, planned: isPlanned ? wanted : [], report) }
            var failures = delivery.failures
            if !failures.isEmpty { listener(.reached(connection: name, .negativeDifferenceFlagged)) }
            if let owed = progress.owed { failures.append(owed) }
            if let first = failures.first {
                throw RecordFailure(
                    reason: failures.map(\.reason).joined(separator: " "), effect: first.effect, remedy: first.remedy)
            }
            if isPlanned { throw EndOfPlan() }
        }
    }

    /// Whether what was parked, and of which nothing is left to book, can be taken off the list: when it is seen so twice, with
    /// time between. One response of an earlier time would take it off for good, as nothing turns to it again.
    func needsNobody(_ job: Job, _ number: String) throws -> Bool {
        let now = clock.now()
        if let since = try records.parkedRecord(job, number)?.wellSince { return now - since >= JobContext.settlingTime }
        try journal.seemsWell(since: now, job, subject: number)
        return false
    }

    /// Goes on with what an earlier run or process began.
    func resumeIntents(with calls: BookingCalls) throws {
        for intent in try openIntents(calls.kind) { try resume(intent, with: calls) }
    }

    func resume(_ intent: DocumentIntent, with calls: BookingCalls) throws {
        try records.attempt(
            calls.job, intent.warehouseNumber, record: calls.record(intent.number), fingerprint: intent.fingerprint,
            waitsFor: calls.record(intent.number), settles: false
        ) {
            _ = try carryOut(intent, with: calls, isResumed: true)
        }
    }

    /// Looks at what is parked and stood in no list. What was moved may have been put back: then the warehouse has
    /// nothing to tell of it any more, and nobody need look.
    ///
    /// - Parameter look: Says whether the warehouse has a document of that number.
    func lookAgain(
        _ job: Job, beside shown: [String], _ look: (_ number: String) throws -> Bool, byID: (WarehouseID) throws -> String?
    ) throws {
        for subject in try journal.waitingSubjects(job) where !shown.contains(subject) {
            guard try !look(subject), let kind = try records.parkedRecord(job, subject)?.record.kind,
                let id = try journal.pushed(kind, warehouseNumber: subject)?.warehouseID,
                let number = try byID(id), number != subject
            else { continue }
            // The warehouse gave it another number, under which it is parked if it still has to be.
            try records.attempt(job, subject) {}
        }
    }

    // MARK: What is being booked

    /// What is being booked, oldest first.
    func openIntents(_ kind: RecordRef.Kind) throws -> [DocumentIntent] {
        guard !idle.contains(kind) else { return [] }
        let open = try journal.openIntents(kind)
        if open.isEmpty { idle.insert(kind) }
        return open
    }

    /// Writes down what is to be booked, before anything of it is sent.
    func begin(_ intent: DocumentIntent) throws -> Int64 {
        idle.remove(intent.kind)
        return try journal.begin(intent)
    }
}
