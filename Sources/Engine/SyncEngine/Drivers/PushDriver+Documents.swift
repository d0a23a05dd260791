import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// What pushing differs in between orders and purchase orders.
struct PushCalls {
    var job: Job
    /// Every document of the goods owner with that number.
    var find: (_ number: String) throws -> [WarehouseDocument]
    var read: (WarehouseID) throws -> WarehouseDocument?
    var cancel: (WarehouseID) throws -> Void
    /// The lines of every back order of a document.
    var movedAway: (WarehouseID) throws -> [MovedLine] = { _ in [] }
    /// The live back orders of a document of which nothing is picked, and theirs.
    var untouchedRest: (WarehouseID) throws -> [WarehouseDocument] = { _ in [] }
    /// Everything of the kind that the warehouse has not dealt with, page by page.
    var open: (_ dealWith: ([SeenDocument]) throws -> Void) throws -> Void

    func document(_ number: String) -> RecordRef { RecordRef(job.recordKind, number) }
}

/// One document of Rackbeat, mapped and ready to be sent.
struct Outgoing {
    var content: PushContent
    /// The products of its lines, by their numbers in Rackbeat.
    var products: [ItemNumber]
    var findings: [MappingFinding]
    /// Sends it under a number.
    var put: (_ number: String, _ isUpdate: Bool) throws -> WarehouseID
    /// The same for a dry run.
    var plannedPut: (_ number: String, _ isUpdate: Bool) -> PlannedDirective
    /// Whether the warehouse shows its content under a number, the lines' quantities aside.
    var isShown: (_ number: String, WarehouseID) throws -> Bool
    /// The same without its lines.
    var isHeadShown: (_ number: String, WarehouseID) throws -> Bool
}

/// A sales order or purchase order of Rackbeat, mapped once.
struct MappedDocument {
    var number: String
    var updatedAt: Moment
    /// Whether Rackbeat wants the warehouse to work on it.
    var isOpen: Bool
    /// Whether Rackbeat calls it shipped or received.
    var isDone: Bool
    var skippedLines: Int
    /// What a decision about it hangs on: where it stands, and what would be sent.
    var fingerprint: Fingerprint
    /// What would be sent, by what is on record of it.
    var outgoing: (PushRecord) -> Outgoing
    /// What Rackbeat wants of the warehouse.
    ///
    /// - Parameter booked: Booked so far, by line.
    var decide: (_ booked: [LineID: Quantity], _ mayBeHeld: Bool) -> PushDecision
}

/// Where one kind of document comes from.
struct PushSource<Document: Changing> {
    var calls: PushCalls
    var page: (Moment?, Int) throws -> RackbeatClient.Page<Document>
    /// One page of what Rackbeat calls open, and perhaps more.
    var openPage: (Int) throws -> RackbeatClient.Page<Document>
    /// The warehouse's lists, page by page: what is open, and what changed its status since a moment.
    var seen: (_ since: Moment?, _ dealWith: ([SeenDocument]) throws -> Void) throws -> Void
    var read: (_ number: String) throws -> Document?
    var map: (Document) throws -> MappedDocument
}

extension PushDriver {
    /// Sends what is booked to the warehouse, and cancels there what no longer is.
    func run<Document>(_ source: PushSource<Document>) throws {
        let (calls, job) = (source.calls, source.calls.job)
        func turn(_ number: String) throws { try self.turn(to: number, source) }
        try resume(calls, turn)
        try resend(calls, turn)
        try lookWhetherOpen(calls, turn)
        for number in try records.dueSubjects(job) {
            // What failed may have been a look at both sides, and no list would bring that again.
            try self.turn(to: number, source) { try sighting(ofHeld: calls.document(number), calls) }
        }
        try scanner.scan(job, page: source.page) { document in
            let document = try source.map(document)
            // Also of one that is parked itself: reopened and booked again, it is the same to the warehouse, and Rackbeat may take
            // now what it refused meanwhile.
            if document.isOpen { try records.wake(waitingFor: calls.document(document.number), changedAt: document.updatedAt) }
            guard try !records.isSettled(job, document.number, document.fingerprint) else { return }
            try records.attempt(job, document.number, fingerprint: document.fingerprint) { try decide(document, calls) }
        }
    }

    /// What a look at one document by its number has found; `failed`: the look itself, and that is parked or tried again.
    enum Look { case open, done, missing, failed }

    /// What is made of a document that Rackbeat does not find.
    enum MissingPolicy {
        /// It is looked for once more, and taken for deleted when Rackbeat is seen to find others.
        case judge
        /// Nothing: whoever looks at many judges all of them together.
        case leave
        /// It is deleted if it is missing again: that was judged.
        case isDeleted
    }

    /// Looks at one document by its number.
    ///
    /// - Parameters:
    ///   - unknown: What came from it in the warehouse, and the journal does not know.
    ///   - sighting: Asked for when the warehouse was seen to hold something else than the journal says.
    @discardableResult
    func turn<Document>(
        to number: String, _ source: PushSource<Document>, missing policy: MissingPolicy = .judge,
        unknown: WarehouseDocument? = nil, sighting: () throws -> Sighting? = { nil }
    ) throws -> Look {
        let kind = source.calls.job.recordKind
        var content: Fingerprint?
        var look = Look.failed
        try records.attempt(source.calls.job, number, fingerprint: content, settles: look != .missing) {
            let sighting = try sighting()
            var found = try source.read(number)
            if found == nil, policy == .judge { found = try readAgain(number, source) }
            guard let found else {
                if policy == .leave {
                    look = .missing
                    return
                }
                if policy == .judge { try judgeMissing(number, source) }
                return try wasDeleted(number, source.calls, sighting)
            }
            witnesses[kind] = .sameKind
            let document = try source.map(found)
            content = document.fingerprint
            try decide(document, source.calls, sighting: sighting, unknown: unknown)
            look = document.isOpen ? .open : .done
        }
        return look
    }

    /// What is not there is looked for once more before its order is cancelled: one bad answer must not do that.
    private func readAgain<Document>(_ number: String, _ source: PushSource<Document>) throws -> Document? {
        try clock.wait(for: JobContext.lookupPauses[0])
        return try source.read(number)
    }

    /// - Throws: Unless the document may be taken for deleted.
    private func judgeMissing<Document>(_ number: String, _ source: PushSource<Document>) throws {
        let document = source.calls.document(number)
        guard try push(of: document).state.mayBeHeld else { return }
        missing[document.kind, default: []].insert(number)
        let missing = try missingRecords(missing[document.kind]!.sorted(), source)
        guard let failure = missing.failure(isConfirmed: false) else { return }
        throw TransientFailure(
            failure: RecordFailure(
                reason: failure.reason, effect: failure.effect, remedy: "Tandem looks again automatically.",
                remedyIfItStays: failure.remedy))
    }

    func missingRecords<Document>(_ numbers: [String], _ source: PushSource<Document>) throws -> MissingRecords {
        let kind = source.calls.job.recordKind
        return MissingRecords(
            kind: kind, numbers: numbers, held: try journal.heldDocuments(kind),
            witness: numbers.isEmpty ? .none : try witness(source),
            cancelledVanish: rackbeat.profile["cancelled_orders"] == "vanish")
    }

    /// What shows that Rackbeat finds documents by their numbers. Asked once in a run, and only when something is missing.
    private func witness<Document>(_ source: PushSource<Document>) throws -> MissingRecords.Witness {
        let kind = source.calls.job.recordKind
        if let known = witnesses[kind] { return known }
        let witness: MissingRecords.Witness
        if let number = try rackbeat.newestNumber(in: kind == .order ? .orders : .purchaseOrders) {
            witness = try source.read(number) == nil ? .none : .sameKind
        } else if let product = try rackbeat.newestNumber(in: .products) {
            witness = try rackbeat.product(ItemNumber(product)) == nil ? .none : .otherKind
        } else {
            witness = .none
        }
        witnesses[kind] = witness
        return witness
    }

    /// - Parameters:
    ///   - sighting: When the warehouse was seen to hold something else than the journal says.
    ///   - other: The number under which the warehouse holds what the journal has lost.
    ///   - unknown: What came from it in the warehouse, and the journal does not know.
    func decide(
        _ document: MappedDocument, _ calls: PushCalls, sighting: Sighting? = nil, heldUnder other: String? = nil,
        unknown: WarehouseDocument? = nil
    ) throws {
        let ref = calls.document(document.number)
        tally.skippedLines += document.skippedLines
        var push = try push(of: ref)
        let outgoing = document.outgoing(push.record)
        guard try !isBeingBooked(push, document, outgoing) else { return }
        let other = try other ?? numberFromBefore(push, document, outgoing, calls)
        if let other { push.isHeldUnder(other) }
        if let sighting { try carryOut(&push, with: calls) { $0.disagrees(sighting) } }
        if let unknown { try carryOut(&push, with: calls) { $0.isShownUnknown(unknown, of: outgoing.content.lines) } }
        try carryOut(&push, with: calls, outgoing) { $0.begin() }
        let booked = try journal.bookedInAll(ref.kind, number: document.number)
        switch document.decide(booked, push.state.mayBeHeld) {
        case .leave:
            if push.state == .nothing { tally.foreign += 1 }
            try carryOut(&push, with: calls, outgoing) {
                document.isDone
                    ? $0.isDone(outgoing.content, booked: booked, at: clock.now()) : $0.needsNothing(at: clock.now())
            }
        case .put: try put(&push, document, outgoing, calls)
        case .putIfHeld(let failure):
            let isHeld =
                try settings.existingDocuments == .adopt && calls.find(push.record.warehouseNumber).contains { !$0.isCancelled }
            guard isHeld else { throw failure }
            try put(&push, document, outgoing, calls)
        case .cancel(let reason) where reason == .finishedByOthers || reason == .restGivenUp:
            try carryOut(&push, with: calls, outgoing) {
                $0.isFinished(reason, outgoing.content, booked: booked, at: clock.now())
            }
        case .cancel(let reason): try carryOut(&push, with: calls) { $0.isNotWanted(reason, at: clock.now()) }
        case .park(let failure): throw failure
        }
    }

    private func put(
        _ push: inout DocumentPush, _ document: MappedDocument, _ outgoing: Outgoing, _ calls: PushCalls
    ) throws {
        try records.wake(waitingFor: calls.document(document.number), changedAt: document.updatedAt)
        try records.set(outgoing.findings, calls.job, document.number)
        try carryOut(&push, with: calls, outgoing) { $0.isWanted(outgoing.content, at: clock.now()) }
    }

    /// The number under which the warehouse holds a document that this journal is to send for the first time.
    ///
    /// The journal before this one may have been lost. A document that it sent and the warehouse renumbered has left its own number
    /// free, and would be sent a second time. Until a comparison has seen the document, what the warehouse has open is listed
    /// once in a process, before the first put.
    private func numberFromBefore(
        _ push: DocumentPush, _ document: MappedDocument, _ outgoing: Outgoing, _ calls: PushCalls
    ) throws -> String? {
        let kind = calls.job.recordKind
        guard push.state == .nothing, document.isOpen else { return nil }
        // What has failed may have been left out of a comparison.
        guard try journal.cursor(.reconcile).moment == nil || records.parkedRecord(calls.job, document.number) != nil else {
            return nil
        }
        // What an earlier process has seen is not what there is now.
        if surveyed.isEmpty { try journal.forgetSightings() }
        if surveyed.insert(kind).inserted {
            do {
                try calls.open { try journal.note($0, kind) }
            } catch {
                surveyed.remove(kind)
                throw error
            }
        }
        let found = try journal.seen(kind, of: document.number, outgoing.content.lines).first {
            try $0.number != document.number && journal.pushed(kind, warehouseID: $0.id) == nil
        }
        // It was listed a while ago.
        guard let found, try calls.find(found.number).contains(where: { $0.id == found.id && !$0.isCancelled }) else {
            return nil
        }
        return found.number
    }

    /// A deleted document is gone from Rackbeat's lists; it is only noticed when something asks for it by number.
    private func wasDeleted(_ number: String, _ calls: PushCalls, _ sighting: Sighting?) throws {
        var push = try push(of: calls.document(number))
        if push.state.mayBeHeld { disagreed(.deleted, push.record.document) }
        if let sighting { try carryOut(&push, with: calls) { $0.disagrees(sighting) } }
        try carryOut(&push, with: calls) { $0.begin() }
        try carryOut(&push, with: calls) { $0.isNotWanted(.deleted, at: clock.now()) }
    }

    /// Whether something of the document is being booked right now. That will be known when its intent is resolved; deciding before
    /// would be guessing.
    ///
    /// - Throws: When Rackbeat wants something else than the warehouse was sent: the lists do not bring it again for the end of a
    ///   booking, so it is asked for again.
    private func isBeingBooked(_ push: DocumentPush, _ document: MappedDocument, _ outgoing: Outgoing) throws -> Bool {
        let ref = push.record.document
        guard try bookings.openIntents(ref.kind).contains(where: { $0.number == ref.number }) else { return false }
        let isAsSent = (document.isOpen || document.isDone) && push.state.holds(outgoing.content.fingerprint)
        guard push.state != .nothing, !isAsSent else { return true }
        throw PushFailure(document: ref, warehouseNumber: push.record.warehouseNumber, kind: .changedWhileBooking)
    }

    // MARK: What no list brings again

    /// Decides about what was being sent or cancelled when the process ended. The lists may not bring it again, or it may be parked
    /// already for what it is.
    func resume(_ calls: PushCalls, _ decide: (_ number: String) throws -> Void) throws {
        for number in try journal.pushesOfUnknownOutcome(calls.job.recordKind) {
            // What is tried again later has its time.
            if try records.parkedRecord(calls.job, number)?.retryAt != nil { continue }
            try decide(number)
        }
    }

    /// Sends the warehouse once more what may have reached it in the wrong order.
    ///
    /// - Parameter decide: Looks the document up in Rackbeat and does what is to be done, without throwing for this document alone.
    func resend(_ calls: PushCalls, _ decide: (_ number: String) throws -> Void) throws {
        for number in try journal.dueForResending(calls.job, at: clock.now()) {
            var push = try push(of: calls.document(number))
            if push.state == .nothing {
                try journal.forgetUnknownWrite(calls.job, subject: number)
                continue
            }
            // What settles that comes first.
            guard !push.state.isUnknown else { continue }
            try writes.resend(calls.job, number) {
                if push.state == .cancelled {
                    try records.attempt(calls.job, number, settles: false) {
                        try carryOut(&push, with: calls) { $0.isDueForResend() }
                    }
                    if push.state.mayBeHeld { try decide(number) }
                } else if try records.parkedRecord(calls.job, number).map({ $0.retryAt != nil }) ?? true {
                    // What is parked is looked at by a person, and would only be refused again.
                    try carryOut(&push, with: calls) { $0.isDueForResend() }
                    try decide(number)
                }
            }
        }
    }

    /// Turns again to what the warehouse refused to take or to cancel, when its people have put back what they had begun: once for
    /// each status in which it is seen so. Also to what was cancelled: the process that saw it may not have unparked it.
    func lookWhetherOpen(_ calls: PushCalls, _ decide: (_ number: String) throws -> Void) throws {
        for number in try journal.waitingSubjects(calls.job) {
            let document = calls.document(number)
            guard let record = try journal.pushed(document) else { continue }
            var status: String?
            if record.state != .cancelled {
                guard let live = try calls.find(record.warehouseNumber).first(where: { !$0.isCancelled }) else { continue }
                guard !live.hasBegun else {
                    triedUnbegun[document] = nil
                    continue
                }
                status = live.status
            }
            guard triedUnbegun.updateValue(status, forKey: document) != .some(status) else { continue }
            try decide(number)
        }
    }

    // MARK: Lines that were taken out

    /// The lines of a document that are to be made nothing, where the warehouse keeps what a put does not name: it would still work
    /// on what was taken out in Rackbeat.
    ///
    /// Both what the journal holds and what the warehouse shows: a put with an unknown outcome may have arrived, and a list may be
    /// some seconds late.
    func linesTakenOut(
        of document: RecordRef, as number: String, _ content: [PushedLine], isUpdate: Bool, _ calls: PushCalls
    ) throws -> [PushedLine] {
        guard ongoing.keepsMissingLines, isUpdate || mapping.revivesCancelledNumbers else { return [] }
        var named = Set(content.map(\.row))
        let held = try journal.pushedLines(document) + calls.find(number).flatMap(\.lines)
        return held.filter { named.insert($0.row).inserted }
    }

    // MARK: Reading the warehouse

    /// What has an id was there once: where it is not shown, reading may be some seconds late, and it is looked for again.
    func shown<Value>(_ read: () throws -> Value?) throws -> Value? {
        for pause in JobContext.lookupPauses {
            if let value = try read() { return value }
            try clock.wait(for: pause)
        }
        return try read()
    }

    /// The rows of a list in which every row counts: one that cannot be read is a failure.
    func readable<Value>(_ rows: [Row<Value>], _ subject: String) throws -> [Value] {
        try rows.map { row in
            switch row {
            case .value(let value): return value
            case .unreadable(_, _, let problem, _):
                throw RecordFailure(
                    reason: "\(subject) cannot be read in the warehouse: \(problem).", effect: "Nothing was changed there.",
                    remedy: "Correct the record in the warehouse, then retry.")
            }
        }
    }
}
