import Exchange
import RackbeatClient
import SyncCore
import Trade
import Units

/// What booking differs in between shipments and receipts.
struct BookingCalls {
    var kind: RecordRef.Kind
    var job: Job
    /// Such as `order`.
    var noun: String { job.recordKind.noun }
    var mode: DocumentBooking.Mode
    var list: (_ number: String) throws -> [BookedDocument]
    var read: (DocumentID, _ number: String) throws -> BookedDocument?
    /// - Parameter lines: `nil` for everything that is open.
    var create: (_ number: String, [WantedLine]?) throws -> BookedDocument
    var edit: ([DraftEdit], DocumentID, _ number: String) throws -> Void
    var remove: (DocumentID, _ number: String) throws -> Void
    var confirm: (DocumentID, _ number: String) throws -> Void
    /// The order's lines that still have something open, in their order.
    var openLines: (_ number: String) throws -> [OpenLine]

    /// - Parameter number: The number in Rackbeat.
    func record(_ number: String) -> RecordRef { RecordRef(job.recordKind, number) }
}

/// One document of the warehouse and how far it has come.
struct Progress {
    var kind: RecordRef.Kind
    /// The number in the warehouse.
    var number: String
    var id: WarehouseID
    var fingerprint: Fingerprint
    var backOrderFor: WarehouseID?
    var erpNumber: String?
    var lines: [Line]
    /// What of it is booked.
    var rule: BookingRule
    /// That a rest of it is owed and nobody is going to send it, as far as that was asked for.
    var owed: RecordFailure?

    struct Line {
        var id: WarehouseID
        var row: LineID?
        var article: ItemNumber?
        var done: Quantity
        var reported: Quantity?
    }
}

/// Books in Rackbeat what the warehouse did: shipments of what was picked, receipts of what was received.
final class BookingDriver: Driver {
    let context: JobContext
    let records: RecordKeeper
    let facts: ProductFacts
    /// The kinds of document of which nothing is being booked, so that the journal need not be asked.
    private var idle: Set<RecordRef.Kind> = []
    /// The jobs that this process has run to their end.
    var jobsThatEnded: Set<Job> = []
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
                var there = try calls.list(erp.number)
                // A draft that a second delivery made holds on to what is open.
                if try dealWithLaterCopies(in: there, of: erp.number, calls) { there = try calls.list(erp.number) }
                while try adoptWhatIsBooked(there, beside: wanted, progress, erp, calls) {
                    delivery = try self.delivery(of: progress, erp, calls)
                    wanted = try delivery.toBook.map(wantedLine)
                }
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
    private func needsNobody(_ job: Job, _ number: String) throws -> Bool {
        let now = clock.now()
        if let since = try records.parkedRecord(job, number)?.wellSince { return now - since >= JobContext.settlingTime }
        try journal.seemsWell(since: now, job, subject: number)
        return false
    }

    /// Goes on with what an earlier run or process began.
    func resumeIntents(with calls: BookingCalls) throws {
        for intent in try openIntents(calls.kind) { try resume(intent, with: calls) }
    }

    private func resume(_ intent: DocumentIntent, with calls: BookingCalls) throws {
        try records.attempt(
            calls.job, intent.warehouseNumber, record: calls.record(intent.number), fingerprint: intent.fingerprint,
            waitsFor: calls.record(intent.number),
            settles: false
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
    private func begin(_ intent: DocumentIntent) throws -> Int64 {
        idle.remove(intent.kind)
        return try journal.begin(intent)
    }

    // MARK: Reading

    struct ERPDocument {
        var number: String
        var lines: [LineID: (item: ItemNumber, quantity: Quantity)]
    }

    /// The document of Rackbeat that one of the warehouse serves: by its id, its number, or the order whose rest it is.
    func erpDocument(of progress: Progress) throws -> ERPDocument? {
        let document =
            try journal.pushed(progress.kind, warehouseID: progress.id)?.document
            ?? journal.pushed(progress.kind, warehouseNumber: progress.number)?.document
            ?? progress.backOrderFor.flatMap { try journal.pushed(progress.kind, warehouseID: $0)?.document }
            ?? progress.erpNumber.flatMap { try journal.pushed(RecordRef(progress.kind, $0))?.document }
            ?? progress.backOrderFor.flatMap { try root(of: $0, progress.kind) }
        guard let document else { return nil }
        let lines = try journal.pushedLines(document)
        return ERPDocument(
            number: document.number,
            lines: Dictionary(uniqueKeysWithValues: lines.map { ($0.row, ($0.item, $0.quantity)) }))
    }

    /// A back order may come without row numbers; an article that stands on one line of the order alone tells which it is.
    private func rowsRestored(_ progress: Progress, _ erp: ERPDocument) -> Progress {
        guard progress.backOrderFor != nil else { return progress }
        var progress = progress
        for index in progress.lines.indices where progress.lines[index].row == nil {
            let rows = erp.lines.filter { $0.value.item == progress.lines[index].article }.map(\.key)
            if rows.count == 1 { progress.lines[index].row = rows[0] }
        }
        return progress
    }

    private func delivery(of progress: Progress, _ erp: ERPDocument, _ calls: BookingCalls) throws -> Delivery {
        let booked = try journal.booked(progress.kind, warehouseID: progress.id)
        let verb = progress.kind == .order ? "picked" : "received"
        return Delivery.work(
            out: progress.lines.map { line in
                DeliveredLine(
                    row: line.row, article: line.article, done: line.done, booked: line.row.flatMap { booked[$0] } ?? .zero)
            }, by: progress.rule, ordered: erp.lines, bookedInAll: try journal.bookedInAll(progress.kind, number: erp.number),
            mayExceed: progress.kind == .purchaseOrder, countsByItem: progress.kind == .purchaseOrder, verb: verb,
            document: "\(calls.noun) \(progress.number)")
    }

    /// - Parameter planned: What a dry run has noted to be booked first.
    private func report(
        _ progress: Progress, planned: [WantedLine], _ report: (WarehouseID, Quantity) throws -> Void
    ) throws {
        var booked = try journal.booked(progress.kind, warehouseID: progress.id)
        for line in planned { booked[line.row, default: .zero] += line.quantity }
        let due = progress.lines.compactMap { line -> (id: WarehouseID, line: PushedLine)? in
            guard let row = line.row, let quantity = booked[row], (line.reported ?? .zero) != quantity else { return nil }
            return (line.id, PushedLine(row: row, item: line.article ?? ItemNumber(""), quantity: quantity))
        }
        guard !due.isEmpty, !isNoted(.reportLines(progress.kind, number: progress.number, due.map(\.line))) else { return }
        for (id, line) in due {
            do {
                try report(id, line.quantity)
                tally.reported += 1
            } catch let error as ExchangeError {
                // A courtesy to the warehouse; our own ledger decides. The list of what is to be reported brings it again.
                guard case .refused = error.reason else { throw error }
            }
        }
    }

    // MARK: Booking

    private func wantedLine(_ line: Delivery.Line) throws -> WantedLine {
        WantedLine(
            row: line.row, item: try journal.product(ofArticle: line.item), location: settings.location, quantity: line.quantity)
    }

    /// Where what lies inside the location belongs to the connection, goods move at the location of their line.
    private func atOwnLocations(
        _ wanted: [WantedLine], of number: String, _ calls: BookingCalls
    ) throws -> [WantedLine] {
        guard rackbeat.locationsIncludeChildren else { return wanted }
        let locations = Dictionary(
            try calls.openLines(number).map { ($0.row, $0.location) }, uniquingKeysWith: { first, _ in first })
        return wanted.map { line in
            var line = line
            line.location = locations[line.row].flatMap(\.self) ?? line.location
            return line
        }
    }

    /// Compares what both systems hold with what the journal says, before something is booked.
    ///
    /// - Returns: Whether the journal was behind, and has taken over what is booked.
    /// - Throws: What is contradictory.
    private func adoptWhatIsBooked(
        _ there: [BookedDocument], beside wanted: [WantedLine], _ progress: Progress, _ erp: ERPDocument, _ calls: BookingCalls
    ) throws -> Bool {
        switch try verdict(on: there, beside: wanted, progress, erp, calls) {
        case .agrees: return false
        case .contradictory(let failure):
            listener(.reached(connection: name, .journalContradicted))
            throw ContradictoryFailure(failure: failure)
        case .behind(let documents):
            listener(.reached(connection: name, .journalWasBehind))
            try journal.adopt(
                documents,
                of: DocumentIntent(
                    id: 0, kind: progress.kind, number: erp.number, warehouseNumber: progress.number, warehouseID: progress.id,
                    fingerprint: progress.fingerprint, wanted: [], before: [], createdAt: clock.now(), state: .intended,
                    outcomeWasUnknown: false))
            for document in documents {
                listener(.booked(connection: name, calls.job, subject: erp.number, document: document.id.value))
            }
            return true
        }
    }

    private func verdict(
        on there: [BookedDocument], beside wanted: [WantedLine], _ progress: Progress, _ erp: ERPDocument, _ calls: BookingCalls
    ) throws -> LedgerComparison.Verdict {
        let parked = try records.parkedRecord(calls.job, progress.number)
        let named = Set((parked?.documents ?? []).compactMap { Int($0.number).map { DocumentID($0) } })
        // Whoever asks for a retry says that those the record names are something else.
        let isRetried = parked?.retryAt != nil
        let known = try journal.documentsJudged(calls.kind, number: erp.number).union(isRetried ? named : [])
        let booked = try journal.booked(progress.kind, warehouseID: progress.id)
        let lines = try progress.lines.compactMap { line -> LedgerComparison.Line? in
            guard let row = line.row, let article = line.article else { return nil }
            return LedgerComparison.Line(
                row: row, item: try journal.product(ofArticle: article), booked: booked[row] ?? .zero,
                reported: line.reported ?? .zero)
        }
        let comparison = LedgerComparison(
            subject: "\(calls.noun) \(erp.number)", lines: lines, wanted: wanted,
            locations: mapping.locations, reports: settings.marksReported,
            verb: progress.kind == .order ? "picked" : "received")
        return comparison.verdict(
            on: there.filter { !known.contains($0.id) },
            asked: LedgerComparison.Question(documents: named, areOurs: parked?.isDismissed ?? false))
    }

    /// Whether a person dismissed what is parked, and so said that documents of Rackbeat are what was moved. What was moved besides is
    /// then to be booked, although nothing has changed since.
    private func isAnswered(_ progress: Progress, _ erp: ERPDocument, _ calls: BookingCalls) throws -> Bool {
        guard let record = try records.parkedRecord(calls.job, progress.number), record.isDismissed, !record.documents.isEmpty
        else { return false }
        let there = try calls.list(erp.number)
        if case .behind = try verdict(on: there, beside: [], rowsRestored(progress, erp), erp, calls) { return true }
        return false
    }

    /// - Throws: While the draft stands for which the latest creation was refused: it would be refused again.
    private func waitForDraft(_ there: [BookedDocument], _ progress: Progress, _ calls: BookingCalls) throws {
        guard let record = try records.parkedRecord(calls.job, progress.number), record.failingSince != nil else { return }
        let named = Set(record.documents.compactMap { Int($0.number).map { DocumentID($0) } })
        guard let draft = DocumentBooking.draftInTheWay(named, of: there) else { return }
        throw TransientFailure(failure: Self.draftStands(draft, record.reason))
    }

    private static func draftStands(_ draft: DocumentID, _ reason: String) -> RecordFailure {
        RecordFailure(
            reason: reason, effect: "Nothing was booked for it in Rackbeat, where draft \(draft) is not finished.",
            remedy: "It is tried again automatically.", documents: [draft],
            remedyIfItStays: "Finish draft \(draft) in Rackbeat, or delete it if nobody works on it.")
    }

    private func book(
        _ wanted: [WantedLine], beside before: [BookedDocument], _ progress: Progress, _ erp: ERPDocument,
        with calls: BookingCalls
    ) throws -> Bool {
        let wanted = try atOwnLocations(wanted, of: erp.number, calls)
        var intent = DocumentIntent(
            id: 0, kind: progress.kind, number: erp.number, warehouseNumber: progress.number, warehouseID: progress.id,
            fingerprint: progress.fingerprint,
            wanted: wanted, before: Set(before.map(\.id)), createdAt: clock.now(), state: .intended, outcomeWasUnknown: false)
        intent.id = try begin(intent)
        return try carryOut(intent, with: calls)
    }

    /// Carries an intent as far as it goes now.
    ///
    /// - Returns: Whether it is booked; `false` leaves the outcome unknown for a later run.
    private func carryOut(_ intent: DocumentIntent, with calls: BookingCalls, isResumed: Bool = false) throws -> Bool {
        // What another of our connections made since is not ours either, however much it looks like it; nor is what was booked of an
        // earlier part, which an old list may have hidden when this one was begun.
        let others = try journal.documentsOfOthers(than: intent)
        var booking = DocumentBooking(
            subject: "\(calls.noun) \(intent.number)", mode: calls.mode, wanted: intent.wanted,
            open: calls.mode == .linesInBody ? nil : try calls.openLines(intent.number), before: intent.before.union(others),
            settlingTime: JobContext.settlingTime, pauses: JobContext.lookupPauses, begun: intent.createdAt,
            // What an earlier run left unsent by the journal may have been sent where the journal is an older copy: looked up first.
            state: isResumed && intent.state == .intended ? .creating(since: Moment(milliseconds: 0)) : intent.state,
            outcomeWasUnknown: intent.outcomeWasUnknown)
        var saved = (state: intent.state, outcomeWasUnknown: intent.outcomeWasUnknown)
        var directive = booking.resume(at: clock.now())
        while true {
            // Before the directive is carried out, so that a restart knows what may have been sent. A giving up is written down
            // when the draft is gone: until then the draft is still to be removed. What is done is written with its ledger.
            if !directive.endsTheBooking, saved != (booking.state, booking.outcomeWasUnknown) {
                saved = (booking.state, booking.outcomeWasUnknown)
                try journal.save(saved.state, outcomeWasUnknown: saved.outcomeWasUnknown, of: intent.id)
            }
            listener(.decided(connection: name, calls.job, calls.record(intent.number), directive.words))
            switch directive {
            case .list:
                let wasMissing = booking.isMissing
                directive = booking.listed(try calls.list(intent.number), at: clock.now())
                if wasMissing, !booking.isMissing { listener(.reached(connection: name, .readBackFoundOurDocument)) }
            case .listAgain(let pause):
                try clock.wait(for: pause)
                directive = .list
            case .create:
                try endIfNoted(.book(calls.record(intent.number), intent.wanted, draft: nil))
                directive = try create(&booking, intent, calls)
            case .edit(let id, let edits):
                try endIfNoted(.book(calls.record(intent.number), intent.wanted, draft: id))
                directive = try edit(id, edits, &booking, intent, calls)
            case .remove(let ids):
                if isNoted(.removeDrafts(ids, of: booking.subject)) {
                    try endIfNoted(.book(calls.record(intent.number), intent.wanted, draft: nil))
                }
                for id in ids { try calls.remove(id, intent.number) }
                listener(.reached(connection: name, .spareDraftRemoved))
                directive = booking.spareDraftsWereRemoved()
            case .confirm(let id):
                try endIfNoted(.book(calls.record(intent.number), intent.wanted, draft: id))
                directive = try confirm(id, &booking, intent, calls)
            case .read(let id):
                directive = booking.wasRead(try calls.read(id, intent.number), at: clock.now())
                if case .done = directive { listener(.reached(connection: name, .confirmationFoundDone)) }
            case .wait:
                listener(.reached(connection: name, .readBackFoundNothing))
                return false
            case .done(let id, let twins):
                try journal.complete(intent, documents: [id] + twins, at: clock.now())
                tally.booked += 1
                listener(.booked(connection: name, calls.job, subject: intent.number, document: id.value))
                if !twins.isEmpty { throw Self.bookedTwice(intent, [id] + twins, calls) }
                return true
            case .giveUp(let id, let failure):
                if let id, !isNoted(.removeDrafts([id], of: booking.subject)) { try calls.remove(id, intent.number) }
                throw PermanentFailure(
                    failure: failure, ended: .document(intent.id, booking.state, outcomeWasUnknown: booking.outcomeWasUnknown))
            }
        }
    }

    /// The lists may not bring the document again when the outcome is known.
    private static func notKnownYet(_ number: String, _ calls: BookingCalls) -> TransientFailure {
        TransientFailure(
            failure: RecordFailure(
                reason: "\(calls.noun) \(number): whether what was moved before is booked is not known yet.",
                effect: "Nothing more was booked for it in Rackbeat.", remedy: "Tandem looks again automatically."))
    }

    /// What was booked twice stands twice in our ledger too: should the warehouse move as much again, nothing is left to book.
    private static func bookedTwice(_ intent: DocumentIntent, _ documents: [DocumentID], _ calls: BookingCalls) -> RecordFailure {
        RecordFailure(
            reason: "\(calls.noun) \(intent.number): the request was carried out \(documents.count) times, and Rackbeat booked "
                + "documents \(documents.map(\.description).joined(separator: ", ")).",
            effect: "Rackbeat holds more as moved than the warehouse.",
            remedy: "Correct the booking in Rackbeat by hand, then dismiss this.")
    }

    private func create(
        _ booking: inout DocumentBooking, _ intent: DocumentIntent, _ calls: BookingCalls
    ) throws -> DocumentBooking.Directive {
        do {
            return booking.wasCreated(try calls.create(intent.number, calls.mode == .linesInBody ? intent.wanted : nil))
        } catch let error as ExchangeError {
            if case .refused(_, let message) = error.reason {
                if !booking.outcomeWasUnknown { try checkDrafts(of: intent, message, calls) }
                return booking.creationWasRefused(message)
            }
            guard error.effect == .unknown else {
                // Certainly not carried out; the intent stands and the next run begins with it.
                try journal.save(.intended, outcomeWasUnknown: booking.outcomeWasUnknown, of: intent.id)
                throw error
            }
            return booking.creationOutcomeIsUnknown()
        }
    }

    /// A draft that another connection or the office has not finished holds on to what is open of the order. What is refused
    /// meanwhile is no matter for a person yet: it is tried again, with a new intent that knows which drafts are not its own.
    private func checkDrafts(of intent: DocumentIntent, _ message: String, _ calls: BookingCalls) throws {
        guard let draft = try calls.list(intent.number).first(where: { !$0.isConfirmed }) else { return }
        throw TransientFailure(
            failure: Self.draftStands(draft.id, "\(calls.noun) \(intent.number): \(message)"),
            ended: .document(intent.id, .abandoned, outcomeWasUnknown: false))
    }

    private func edit(
        _ id: DocumentID, _ edits: [DraftEdit], _ booking: inout DocumentBooking, _ intent: DocumentIntent, _ calls: BookingCalls
    ) throws -> DocumentBooking.Directive {
        do {
            try calls.edit(edits, id, intent.number)
        } catch let error as ExchangeError {
            guard case .refused(_, let message) = error.reason else { throw error }
            return booking.editWasRefused(message, draft: id)
        } catch let failure as RecordFailure {
            // What the draft has no line for: it is of no use, and must not stay behind.
            return booking.editWasRefused(failure.reason, draft: id)
        }
        listener(.reached(connection: name, .draftEdited))
        return booking.wasEdited(try calls.read(id, intent.number))
    }

    private func confirm(
        _ id: DocumentID, _ booking: inout DocumentBooking, _ intent: DocumentIntent, _ calls: BookingCalls
    ) throws -> DocumentBooking.Directive {
        do {
            try calls.confirm(id, intent.number)
            return booking.wasConfirmed()
        } catch let error as ExchangeError {
            if case .refused(_, let message) = error.reason {
                return booking.confirmationWasRefused(message, document: try calls.read(id, intent.number))
            }
            guard error.effect == .unknown else { throw error }
            let document = try calls.read(id, intent.number)
            guard document?.isConfirmed == true else {
                // Not to be seen, but it may still be on its way: the next run looks again before it repeats anything.
                throw error
            }
            listener(.reached(connection: name, .confirmationFoundDone))
            return booking.wasRead(document, at: clock.now())
        }
    }
}
